import { expect, test } from 'vitest';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import { type Instant, after } from '../../shared/lib/instants.ts';
import { verdictOn } from '../../shared/domain/verdict.ts';
import { insertIntent } from './attempts.ts';
import {
  addCallback,
  callbacksDue,
  cancelCallbackMadeBy,
  closeCallback,
  keepCallbacks,
  promiseTo,
  reopenCallbacksKeptAt,
} from './callbacks.ts';
import {
  contactCard,
  contactCount,
  markNumberUnusable,
  nameOfContact,
  numbersOf,
  numbersWithResults,
} from './contacts.ts';
import { dispositionsOf, addDispositions } from './dispositions.ts';
import { addDoNotCall, doNotCallFor, removeDoNotCall, removeDoNotCallMadeBy } from './do-not-call.ts';
import { draftFor, dropDraft, saveDraft } from './drafts.ts';
import { addList, listsOf } from './lists.ts';
import type { Db } from './open.ts';
import { fileOutcome, outcomeOf, undoOutcome } from './outcomes.ts';
import { searchContacts } from './search.ts';
import { chosenNumber, subjectOfEnrolment, subjectOfPhone } from './subjects.ts';
import {
  NOON,
  aCampaign,
  aContact,
  aNumber,
  aStore,
  anAgent,
  anAttempt,
  anEnrolment,
  plansOf,
} from './testing.ts';

const mobile = { e164: aNumber(1), kind: 'mobile', zones: ['America/New_York'], isStarred: false } as const;
const office = { e164: aNumber(2), kind: 'office', zones: ['America/New_York'], isStarred: true } as const;

function anIntent(db: Db, given: Parameters<typeof anAttempt>[0] = {}) {
  const attempt = anAttempt(given);
  insertIntent(db, attempt, { kind: 'ring' });
  return attempt;
}

function filed(attempt: ReturnType<typeof anAttempt>, dispositionId: string, at: Instant = NOON) {
  const { contactId, campaignId, agentId } = attempt;
  return {
    attemptId: attempt.id,
    contactId,
    campaignId,
    agentId,
    dispositionId,
    note: 'told',
    callbackAt: null,
    filedAt: at,
  };
}

test('the starred number is rung first, and one of no use only ever last', () => {
  const db = aStore();
  const contactId = aContact(db, { numbers: [mobile, office] });
  const enrolmentId = anEnrolment(db, { campaignId: aCampaign(db), contactId });
  expect(chosenNumber(db, enrolmentId, null)?.e164).toBe(office.e164);
  markNumberUnusable(db, office.e164, 'The carrier says so.');
  expect(chosenNumber(db, enrolmentId, null)?.e164).toBe(mobile.e164);
  const [first, last] = numbersOf(db, contactId);
  expect(chosenNumber(db, enrolmentId, last!.id)).toMatchObject({
    isUsable: false,
    unusableWhy: 'The carrier says so.',
  });
  expect(chosenNumber(db, enrolmentId, first!.id)?.e164).toBe(mobile.e164);
  expect(chosenNumber(db, enrolmentId, 999)).toBeNull();
});

test('a contact’s card holds their numbers and what came of them, undone outcomes left out', () => {
  const db = aStore();
  const contactId = aContact(db, { numbers: [mobile, office], fields: { Interest: 'spring catalogue' } });
  const agentId = anAgent(db);
  const first = anIntent(db, { contactId, agentId, to: mobile.e164 });
  const second = anIntent(db, { contactId, agentId, to: office.e164 });
  fileOutcome(db, filed(first, 'busy'));
  fileOutcome(db, filed(second, 'qualified', after(NOON, 5)));
  undoOutcome(db, second.id, after(NOON, 6));
  const card = contactCard(db, contactId);
  expect(card?.contact.fields).toEqual({ Interest: 'spring catalogue' });
  expect(card?.history).toMatchObject([
    { attemptId: first.id, who: 'Ada', what: 'Busy', note: 'told', at: NOON },
  ]);
  expect(numbersWithResults(db, contactId).map((each) => each.lastResult)).toEqual([null, 'Busy']);
  expect(contactCard(db, 999)).toBeNull();
  expect(nameOfContact(db, 999)).toBe('');
});

test('an attempt has one outcome that stands; undoing it leaves history and makes room for another', () => {
  const db = aStore();
  const attempt = anIntent(db);
  expect(fileOutcome(db, filed(attempt, 'busy'))).not.toBeNull();
  expect(fileOutcome(db, filed(attempt, 'qualified'))).toBeNull();
  expect(outcomeOf(db, attempt.id)?.dispositionId).toBe('busy');
  undoOutcome(db, attempt.id, NOON);
  expect(outcomeOf(db, attempt.id)).toBeNull();
  expect(() => undoOutcome(db, attempt.id, NOON)).toThrow(/undid 0/);
  expect(fileOutcome(db, filed(attempt, 'qualified'))).not.toBeNull();
  expect(db.$client.prepare('SELECT count(*) FROM outcomes').pluck().get()).toBe(2);
});

test('a draft holds the last words typed until it is filed', () => {
  const db = aStore();
  const { id } = anIntent(db);
  const draft = { attemptId: id, note: 'wants a cat', dispositionId: null, callback: 'tue 3', savedAt: NOON };
  saveDraft(db, draft);
  expect(draftFor(db, id)).toEqual({ ...draft, anyoneMayCall: false, answers: {}, ticked: [] });
  const more = { anyoneMayCall: true, answers: { size: '40' }, ticked: ['consent'] };
  saveDraft(db, { ...draft, ...more, note: 'wants a catalogue', savedAt: after(NOON, 1) });
  expect(draftFor(db, id)).toEqual({ ...draft, ...more, note: 'wants a catalogue', savedAt: NOON + 1 });
  dropDraft(db, id);
  expect(draftFor(db, id)).toBeNull();
});

test('a promise stands until it is kept, and stands again when that is taken back', () => {
  const db = aStore();
  const contactId = aContact(db);
  const promise = {
    contactId,
    campaignId: null,
    agentId: null,
    note: 'after lunch',
    madeByAttempt: 'a1',
    createdAt: NOON,
  };
  addCallback(db, { ...promise, dueAt: after(NOON, 90) });
  const sooner = addCallback(db, { ...promise, dueAt: after(NOON, 30), madeByAttempt: null });
  expect(promiseTo(db, contactId)?.dueAt).toBe(NOON + 30);
  expect(callbacksDue(db, after(NOON, 60), 9)).toMatchObject([
    { contact: 'Maria Lopez', callback: { id: sooner } },
  ]);
  expect(keepCallbacks(db, contactId, NOON)).toBe(2);
  expect(promiseTo(db, contactId)).toBeNull();
  expect(reopenCallbacksKeptAt(db, contactId, NOON)).toBe(2);
  expect(cancelCallbackMadeBy(db, 'a1', NOON)).toBe(1);
  expect(closeCallback(db, sooner, 'missed', NOON)).toBe(true);
  expect(closeCallback(db, sooner, 'kept', NOON)).toBe(false);
});

test.each([
  ['their number', { kind: 'number', value: aNumber() }],
  ['their area code', { kind: 'area-code', value: '+1 (212)' }],
  ['their country', { kind: 'area-code', value: '+1' }],
  ['their company, however it is written', { kind: 'company', value: ' GLOBEX  Supply ' }],
  ['their mail domain', { kind: 'domain', value: '@Globex.example' }],
] as const)('somebody is left alone by %s', (_by, entry) => {
  const db = aStore();
  const callee = { e164: aNumber(), company: 'Globex Supply', email: 'maria@globex.example' };
  expect(doNotCallFor(db, callee)).toBeNull();
  expect(addDoNotCall(db, { ...entry, reason: 'asked', since: NOON, byAgent: null })).toBe(true);
  expect(doNotCallFor(db, callee)).toMatchObject({ kind: entry.kind, reason: 'asked', since: NOON });
  expect(doNotCallFor(db, { e164: '+442079460100', company: 'Other', email: 'x@other.example' })).toBeNull();
  expect(removeDoNotCall(db, entry.kind, entry.value)).toBe(true);
  expect(doNotCallFor(db, callee)).toBeNull();
});

test('taking an outcome back never removes somebody who was to be left alone before', () => {
  const db = aStore();
  const entry = {
    kind: 'number',
    value: aNumber(),
    reason: 'wrote to us',
    since: NOON,
    byAgent: null,
  } as const;
  addDoNotCall(db, entry);
  expect(addDoNotCall(db, { ...entry, reason: 'asked', madeByAttempt: 'a1' })).toBe(false);
  expect(removeDoNotCallMadeBy(db, 'a1')).toBe(0);
  expect(doNotCallFor(db, { e164: aNumber() })?.reason).toBe('wrote to us');
});

test('the facts for a verdict are those of this very moment', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const contactId = aContact(db, { numbers: [office] });
  const id = anEnrolment(db, { campaignId, contactId });
  const rules = () => {
    const now = after(NOON, 4 * 3_600_000);
    const verdict = verdictOn(subjectOfEnrolment(db, id, null, { law: shippedLaw, now }), now);
    return verdict.kind === 'ring' ? 'ring' : verdict.because.rule;
  };
  expect(rules()).toBe('ring');
  anIntent(db, { to: office.e164 });
  expect(rules()).toBe('number-in-use');
  db.$client.exec("UPDATE attempts SET state = 'refused', closed_at = 1");
  expect(rules()).toBe('ring');
  db.$client.exec('UPDATE enrolments SET attempts = 99');
  expect(rules()).toBe('attempts-spent');
  addCallback(db, {
    contactId,
    campaignId,
    agentId: null,
    dueAt: NOON,
    note: '',
    madeByAttempt: null,
    createdAt: NOON,
  });
  expect(rules()).toBe('ring');
  addDoNotCall(db, { kind: 'company', value: 'globex', reason: 'asked', since: NOON, byAgent: null });
  expect(rules()).toBe('do-not-call');
  markNumberUnusable(db, office.e164, 'wrong');
  expect(rules()).toBe('bad-number');
});

test('a contact without a number is never rung, and nothing breaks over it', () => {
  const db = aStore();
  const id = anEnrolment(db, { campaignId: aCampaign(db), contactId: aContact(db, { numbers: [] }) });
  expect(chosenNumber(db, id, null)).toBeNull();
  const subject = subjectOfEnrolment(db, id, null, { law: shippedLaw, now: NOON });
  expect(verdictOn(subject, NOON)).toMatchObject({ kind: 'never', because: { rule: 'bad-number' } });
});

test('a number typed by hand is weighed with all that is known of whoever has it', () => {
  const db = aStore();
  const pacific = { ...mobile, zones: ['America/Los_Angeles'] };
  const first = aContact(db, { name: 'Ann', numbers: [mobile] });
  aContact(db, { name: 'Bob', company: 'Initech', numbers: [pacific] });
  const weighing = { law: shippedLaw, now: NOON };
  const known = subjectOfPhone(db, mobile.e164, weighing);
  expect(known).toMatchObject({ contactId: first, name: 'Ann' });
  expect(known.subject.number.places.zones).toEqual(['America/Los_Angeles', 'America/New_York']);
  addDoNotCall(db, { kind: 'company', value: 'Initech', reason: 'asked', since: NOON, byAgent: null });
  expect(subjectOfPhone(db, mobile.e164, weighing).subject.doNotCall?.reason).toBe('asked');

  const unknown = subjectOfPhone(db, aNumber(50), { ...weighing, zone: 'America/Chicago' });
  expect(unknown).toMatchObject({
    contactId: null,
    name: null,
    subject: { number: { places: { zones: ['America/Chicago', 'America/New_York'], states: ['US-NY'] } } },
  });
});

test('a campaign’s own outcome takes its digit from everybody’s', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const standard = dispositionsOf(db, campaignId);
  expect(standard).toHaveLength(10);
  addDispositions(db, campaignId, [{ ...standard[0]!, id: 'demo', label: 'Demo booked' }]);
  expect(dispositionsOf(db, campaignId).find((each) => each.digit === '1')?.label).toBe('Demo booked');
  expect(dispositionsOf(db, campaignId)).toHaveLength(10);
  expect(dispositionsOf(db, null).find((each) => each.digit === '1')?.label).toBe('Qualified');
});

test('contacts are listed by name, each once, however many share a name', () => {
  const db = aStore();
  const ids = ['Bo', 'Al', 'Bo', 'Bo', 'Cy'].map((name) => aContact(db, { name }));
  const seen: number[] = [];
  let from: number | null = null;
  do {
    const page = searchContacts(db, { search: '', after: from, limit: 2 });
    seen.push(...page.rows.map((row) => row.id));
    from = page.next;
  } while (from !== null);
  expect(seen).toEqual([ids[1], ids[0], ids[2], ids[3], ids[4]]);
});

test.each([
  ['the beginning of a name', 'mar'],
  ['two beginnings in any order', 'glo lop'],
  ['a name without its accents', 'perez'],
  ['part of a mail address', 'globex.exam'],
  ['a number as it is written at home', '(212) 555-0101'],
  ['the beginning of a number with its country', '+1 212 5550'],
])('a contact is found by %s', (_by, search) => {
  const db = aStore();
  const id = aContact(db, {
    name: 'Maria López Pérez',
    email: 'maria@globex.example',
    numbers: [mobile, office],
  });
  aContact(db, {
    name: 'Somebody Else',
    company: 'Initech',
    numbers: [{ ...mobile, e164: '+442079460100' as never }],
  });
  const { rows } = searchContacts(db, { search, after: null, limit: 9 });
  expect(rows.map((row) => row.id)).toEqual([id]);
  expect(rows[0]).toMatchObject({ number: office.e164, list: '' });
});

test('a contact who was renamed or deleted is no longer found by the old name', () => {
  const db = aStore();
  const id = aContact(db, { name: 'Maria Lopez' });
  db.$client.prepare("UPDATE contacts SET name = 'Maria Garcia' WHERE id = ?").run(id);
  const found = (search: string) => searchContacts(db, { search, after: null, limit: 9 }).rows.length;
  expect([found('lopez'), found('garcia')]).toEqual([0, 1]);
  db.$client.prepare('DELETE FROM contacts WHERE id = ?').run(id);
  expect(found('garcia')).toBe(0);
  expect(found('AND "')).toBe(0);
});

test('lists know how many contacts they hold without counting them', () => {
  const db = aStore();
  const listId = addList(db, { name: 'June', source: 'june.csv', createdAt: NOON });
  const [gone] = [aContact(db, { listId }), aContact(db, { listId }), aContact(db)];
  db.$client.prepare('DELETE FROM contacts WHERE id = ?').run(gone);
  expect(listsOf(db)).toMatchObject([{ id: listId, name: 'June', contacts: 1 }]);
  expect(contactCount(db)).toBe(2);
});

test('nothing an agent waits for walks through a table: a lost index fails here', () => {
  const db = aStore();
  const weighing = { law: shippedLaw, now: NOON };
  const plans = plansOf(db, () => {
    subjectOfEnrolment(db, anEnrolment(db, { campaignId: aCampaign(db) }), null, weighing);
    subjectOfPhone(db, aNumber(), weighing);
    contactCard(db, 1);
    numbersWithResults(db, 1);
    promiseTo(db, 1);
    for (const search of ['', 'maria', '+1212']) searchContacts(db, { search, after: 1, limit: 5 });
  });
  // Registers in use are a handful, and their index holds no others.
  expect(
    plans.filter((step) =>
      /^SCAN (?!k VIRTUAL|r USING INDEX registries_in_use|s VIRTUAL|json_each|\(subquery)/.test(step),
    ),
  ).toEqual([]);
  expect(plans).toContain('SEARCH do_not_call USING INDEX do_not_call_value (kind=? AND value=?)');
  expect(plans).toContain(
    'SEARCH do_not_call USING INDEX do_not_call_value (kind=? AND value>? AND value<?)',
  );
  expect(plans).toContain('SEARCH c USING INDEX contacts_name (name>?)');
  expect(plans).toContain('SEARCH m USING INDEX contact_numbers_e164 (e164>? AND e164<?)');
});

test('contacts found by number come page by page, each once, whichever of their numbers fits', () => {
  const db = aStore();
  const both = aContact(db, { numbers: [office, mobile] });
  const shared = aContact(db, { numbers: [office] });
  const last = aContact(db, { numbers: [{ ...mobile, e164: aNumber(3) }] });
  const first = searchContacts(db, { search: '+1212555', after: null, limit: 1 });
  const second = searchContacts(db, { search: '+1212555', after: first.next, limit: 1 });
  const third = searchContacts(db, { search: '+1212555', after: second.next, limit: 1 });
  const ids = [first, second, third].map((page) => page.rows.map((row) => row.id));
  expect([ids, third.next]).toEqual([[[both], [shared], [last]], null]);
});
