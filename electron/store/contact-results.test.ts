import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ContactSort, USUAL_SORT, readContactFilter } from '../../shared/domain/contact-filter.ts';
import { DAY_MS, HOUR_MS, after } from '../../shared/lib/instants.ts';
import { insertIntent } from './attempts.ts';
import { giveConsent } from './consents.ts';
import { contactIds, contactRows, type Orders } from './contact-results.ts';
import { markNumberUnusable } from './contacts.ts';
import { addDoNotCall } from './do-not-call.ts';
import { enrol, enrolmentOf, settleEnrolment } from './enrolments.ts';
import { addList } from './lists.ts';
import { fileOutcome } from './outcomes.ts';
import { putTag, tagNamed } from './tags.ts';
import { NOON, aCampaign, aContact, aNumber, aStore, anAgent, anAttempt } from './testing.ts';

const db = aStore();
const home = { now: NOON, zone: 'America/New_York', callingCode: '1' };
const spring = addList(db, { name: 'Spring leads', source: 'x', createdAt: NOON });
const campaignId = aCampaign(db, { name: 'Renewals' });
const other = aCampaign(db, { name: 'Win back' });
const phone = (nth: number) =>
  [{ e164: aNumber(nth), kind: 'mobile', zones: ['America/New_York'], isStarred: true }] as const;

const maria = aContact(db, { name: 'Maria Lopez', company: 'Globex', listId: spring, numbers: phone(1) });
const omar = aContact(db, {
  name: 'Omar Kim',
  company: 'Kim & Daughters',
  place: 'Portland, OR',
  email: 'omar@kim.example',
  numbers: [{ ...phone(2)[0], e164: '+15035550102' as never, zones: [] }],
});
const zoe = aContact(db, { name: 'Zoé Moreau', company: 'Globex Motors', numbers: [] });
const ben = aContact(db, { name: 'Ben Adams', company: '', listId: spring, numbers: phone(4) });

enrol(db, campaignId, [maria, ben], { dueAt: after(NOON, -HOUR_MS) });
enrol(db, other, [maria], { dueAt: after(NOON, 2 * DAY_MS) });
settleEnrolment(db, enrolmentOf(db, campaignId, ben)!.id, { state: 'done' });
putTag(db, tagNamed(db, 'vip', NOON), [maria, zoe]);
giveConsent(db, { contactId: omar, kind: 'ai-voice', basis: 'form', source: 'x', givenAt: NOON });
markNumberUnusable(db, aNumber(4), 'not in service');
addDoNotCall(db, { kind: 'company', value: 'GLOBEX', reason: 'asked', since: NOON, byAgent: null });
const attempt = anAttempt({
  contactId: maria,
  campaignId,
  agentId: anAgent(db),
  toE164: aNumber(1),
} as never);
insertIntent(db, attempt, { kind: 'ring' });
fileOutcome(db, {
  attemptId: attempt.id,
  contactId: maria,
  campaignId,
  agentId: null,
  dispositionId: 'callback',
  note: 'wants the refund policy in writing',
  callbackAt: null,
  filedAt: NOON,
});

function found(filter: string, sort: ContactSort = USUAL_SORT): number[] {
  const read = readContactFilter(filter);
  expect(read.mistakes).toEqual([]);
  return [...contactIds(db, read, sort, home)];
}

test.each([
  ['', [ben, maria, omar, zoe]],
  ['list:"spring LEADS"', [ben, maria]],
  // Whoever is on no list is on none that is left out.
  ['-list:"Spring leads"', [omar, zoe]],
  ['tag:VIP', [maria, zoe]],
  ['company:glob', [maria, zoe]],
  ['place:portland', [omar]],
  ['state:OR', [omar]],
  ['campaign:Renewals', [ben, maria]],
  ['campaign:Renewals status:done', [ben]],
  // About one and the same enrolment: she waits in one campaign and is due tomorrow and a day in another.
  ['campaign:Renewals due:now', [maria]],
  ['campaign:"Win back" due:now', []],
  ['due:week', [maria]],
  ['due:tomorrow', []],
  ['consent:ai-voice', [omar]],
  ['number:503', [omar]],
  ['(503) 555-0102', [omar]],
  ['never-called', [ben, omar, zoe]],
  ['no-number', [ben, zoe]],
  ['no-campaign', [omar, zoe]],
  ['do-not-call', [maria]],
  ['zoe', [zoe]],
  ['kim dau', [omar]],
  ['"refund policy"', [maria]],
  ['"policy refund"', []],
  ['refund', [maria]],
  ['"Maria Lop"', [maria]],
  ['tag:vip -company:globex', []],
  ['%%%', []],
] as const)('%s', (filter, ids) => {
  expect(found(filter)).toEqual(ids);
});

test('each order is the other way round from its other end', () => {
  for (const key of ['name', 'company', 'list', 'added'] as const) {
    const up = found('', { key, direction: 'ascending' });
    expect(found('', { key, direction: 'descending' })).toEqual(up.toReversed());
  }
});

test('rows come in the order asked for, and nothing stands for whoever is gone', () => {
  const rows = contactRows(db, [zoe, 9_999, maria]);
  expect(rows.map((row) => row?.name ?? null)).toEqual(['Zoé Moreau', null, 'Maria Lopez']);
  expect(rows[2]).toMatchObject({ list: 'Spring leads', tags: ['vip'], lastCalledAt: attempt.intendedAt });
});

test('many finds are put in order by the whole order as few are by themselves, also when somebody came since', () => {
  const many = aStore();
  const rows = 4_000;
  const insert = many.$client.prepare(
    "INSERT INTO contacts (id, name, company, title, place, email, fields, created_at) VALUES (?, ?, '', '', ?, '', '{}', 1)",
  );
  for (let id = 1; id <= rows; id++) insert.run(id, `n${(id * 7919) % 1_000}`, id % 9 === 0 ? 'no' : 'yes');
  const orders: Orders = new Map();
  const all = readContactFilter('place:yes');
  const ask = () => [...contactIds(many, all, USUAL_SORT, home, orders)];
  const plain = () =>
    many.$client.prepare("SELECT id FROM contacts WHERE place = 'yes' ORDER BY name, id").pluck().all();
  expect(ask()).toEqual(plain());
  insert.run(rows + 1, 'n500', 'yes');
  expect(ask()).toEqual(plain());
});

test('nothing that is typed is ever taken for SQL', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab\'"%;:-() *^\\'.split('')), maxLength: 30 }),
      (typed) => {
        const read = readContactFilter(typed);
        if (read.mistakes.length === 0) contactIds(db, read, USUAL_SORT, home);
      },
    ),
  );
});
