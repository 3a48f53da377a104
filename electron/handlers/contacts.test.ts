import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  BulkAct,
  BulkJob,
  BulkPreview,
  ContactSheet,
  GridRow,
  JournalEntry,
} from '../../shared/contract/contacts.ts';
import { instant } from '../../shared/lib/instants.ts';
import { addCallback } from '../store/callbacks.ts';
import { campaignsOf } from '../store/campaigns.ts';
import { contactCount, numbersOf } from '../store/contacts.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Contacts as a supervisor’s screen asks for them, in a practice of 25 people. */

const START = instant(Date.UTC(2026, 10, 18, 17));
let house: TestHouse;
beforeAll(async () => {
  house = await aHouse(START);
});
afterAll(async () => house.end());

const byName = { key: 'name', direction: 'ascending' };

async function open(filter: string, sort: object = byName) {
  return house.get<{ resultId: number; count: number }>('contacts.open', { filter, sort });
}

async function found(filter: string): Promise<string[]> {
  const { resultId, count } = await open(filter);
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 0, to: count });
  return rows.map(({ name }) => name);
}

/** Does something to everybody a filter finds, and waits for its end. */
async function done(filter: string, act: BulkAct): Promise<BulkJob> {
  const { resultId, count } = await open(filter);
  const target = { resultId, ranges: [{ from: 0, to: count }] };
  const { id } = await house.get<BulkJob>('contacts.act', { target, act });
  return ended(id);
}

async function ended(id: number): Promise<BulkJob> {
  for (;;) {
    const job = (await house.get<BulkJob[]>('contacts.jobs')).find((each) => each.id === id)!;
    if (job.state !== 'running' && job.state !== 'undoing') return job;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function undone(id: number): Promise<BulkJob> {
  await house.get('contacts.undoJob', { id });
  return ended(id);
}

test('everybody is found in order, and the other way round from the other end', async () => {
  const names = await found('');
  expect(names).toHaveLength(25);
  expect(names).toEqual([...names].sort());
  const { resultId, count } = await open('', { key: 'name', direction: 'descending' });
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 0, to: 1 });
  expect([count, rows[0]!.name]).toEqual([25, names.at(-1)]);
});

test('a filter with a slip in it is refused with the word that was meant', async () => {
  expect(await house.no('contacts.open', { filter: 'lsit:Practice', sort: byName })).toContain(
    'Did you mean list:?',
  );
});

test('a result that nobody looked at for long is let go, and says so', async () => {
  const first = await open('');
  for (let nth = 0; nth < 8; nth++) await open('');
  expect(await house.no('contacts.rows', { resultId: first.resultId, from: 0, to: 1 })).toContain('let go');
});

test('what a preview promises is what is done, and all of it can be taken back', async () => {
  const before = await found('-tag:vip');
  const { resultId } = await open('');
  const target = {
    resultId,
    ranges: [
      { from: 0, to: 3 },
      { from: 10, to: 12 },
    ],
  };
  const act = { kind: 'tag', tag: 'vip' };
  const preview = await house.get<BulkPreview>('contacts.preview', { target, act });
  expect(preview).toMatchObject({ total: 5, changes: 5, sentence: '5 contacts will get the tag vip.' });
  const { id } = await house.get<BulkJob>('contacts.act', { target, act });
  expect(await ended(id)).toMatchObject({ state: 'done', changed: 5, lookedAt: 5 });
  expect(await found('tag:VIP')).toHaveLength(5);
  const again = await house.get<BulkPreview>('contacts.preview', { target, act });
  expect(again).toMatchObject({ changes: 0, stays: [{ why: 'have this tag already', count: 5 }] });
  expect(await undone(id)).toMatchObject({ state: 'undone', changed: 0 });
  expect(await found('-tag:vip')).toEqual(before);
});

test('leaving a campaign and coming back leaves its counts as they were', async () => {
  const { id: campaignId } = campaignsOf(house.db)[0]!;
  const before = enrolmentCounts(house.db, campaignId);
  const job = await done('', { kind: 'leave', campaignId });
  expect(job.changed).toBeGreaterThan(20);
  expect(enrolmentCounts(house.db, campaignId).open).toBeLessThan(before.open);
  expect(await undone(job.id)).toMatchObject({ state: 'undone' });
  expect(enrolmentCounts(house.db, campaignId)).toEqual(before);
});

test('whoever goes on the do-not-call list in bulk is left alone at once, and no longer after the undo', async () => {
  const { resultId } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 0, to: 1 });
  const [number] = numbersOf(house.db, rows[0]!.id);
  const target = { resultId, ranges: [{ from: 0, to: 1 }] };
  const act = { kind: 'do-not-call', reason: 'asked by letter' };
  const { id } = await house.get<BulkJob>('contacts.act', { target, act });
  await ended(id);
  expect(doNotCallFor(house.db, { e164: number!.e164 })?.reason).toBe('asked by letter');
  expect(await found('do-not-call')).toContain(rows[0]!.name);
  await undone(id);
  expect(doNotCallFor(house.db, { e164: number!.e164 })).toBeNull();
});

test('deleted contacts come back with everything that hung on them', async () => {
  const { resultId } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 0, to: 2 });
  const { id: contactId } = rows[1]!;
  addCallback(house.db, {
    contactId,
    numberId: null,
    campaignId: null,
    agentId: null,
    dueAt: START,
    note: 'about the invoice',
    madeByAttempt: null,
    createdAt: START,
  });
  const sheet = await house.get<ContactSheet>('contacts.sheet', { id: contactId });
  const journal = await house.get<{ rows: JournalEntry[] }>('contacts.journal', {
    id: contactId,
    before: null,
  });
  const job = await done('', { kind: 'delete' });
  expect(contactCount(house.db)).toBe(25 - job.changed);
  expect(job.changed).toBe(25);
  await undone(job.id);
  expect(contactCount(house.db)).toBe(25);
  expect(await house.get('contacts.sheet', { id: contactId })).toEqual(sheet);
  expect(await house.get('contacts.journal', { id: contactId, before: null })).toEqual(journal);
});

test('a person’s page says what a verdict says, and an edit of it is in the journal', async () => {
  const { resultId } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 3, to: 4 });
  const { id } = rows[0]!;
  const before = await house.get<ContactSheet>('contacts.sheet', { id });
  expect(before.numbers[0]!.verdict.sentence).not.toBe('');
  const change = { company: 'Initech' };
  const after = await house.get<ContactSheet>('contacts.change', { id, change });
  expect(after).toEqual({ ...before, company: 'Initech' });
  const journal = await house.get<{ rows: JournalEntry[] }>('contacts.journal', { id, before: null });
  const edit = journal.rows.find((entry) => entry.kind === 'edit')!;
  expect(edit).toMatchObject({ title: 'Details changed' });
  expect(edit.detail).toContain('Initech');
  expect(await found('company:initech')).toEqual([before.name]);
});

test('numbers are added, chosen and removed on the page, each once', async () => {
  const { resultId } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 4, to: 5 });
  const { id } = rows[0]!;
  const typed = { id, typed: '(212) 555-0177', kind: 'office' };
  const sheet = await house.get<ContactSheet>('contacts.addNumber', typed);
  const added = sheet.numbers.find(({ e164 }) => e164 === '+12125550177')!;
  expect(added.zones).toContain('America/New_York');
  expect(await house.no('contacts.addNumber', typed)).toContain('already');
  expect(await house.no('contacts.addNumber', { ...typed, typed: '12' })).toContain('Nothing was saved');
  const chosen = await house.get<ContactSheet>('contacts.starNumber', { id, numberId: added.id });
  expect(chosen.numbers[0]!.e164).toBe('+12125550177');
  const without = await house.get<ContactSheet>('contacts.removeNumber', { id, numberId: added.id });
  expect(without.numbers.map(({ e164 }) => e164)).not.toContain('+12125550177');
  expect(without.numbers[0]!.isStarred).toBe(true);
});

test('a saved view is there for everybody, once for each name', async () => {
  const view = { name: 'Never tried', filter: 'never-called', sort: byName };
  await house.get('contacts.saveView', view);
  await house.get('contacts.saveView', { ...view, filter: 'never-called list:Practice' });
  expect(await house.get('contacts.views')).toEqual([{ ...view, filter: 'never-called list:Practice' }]);
  expect(await house.get('contacts.removeView', { name: 'Never tried' })).toEqual([]);
});

test('values are suggested from what is here', async () => {
  await house.get('contacts.setTags', { id: 1, tags: ['vip', 'spring'] });
  expect(await house.get('contacts.suggest', { key: 'tag', begun: 'V' })).toEqual([
    { value: 'vip', count: 1 },
  ]);
  for (const key of ['list', 'campaign', 'company', 'place', 'outcome'])
    expect((await house.get<unknown[]>('contacts.suggest', { key, begun: '' })).length, key).toBeGreaterThan(
      0,
    );
});

test('whoever joins a campaign in bulk is due at once, and those who may not be rung stay out with the reason', async () => {
  const campaign = await house.get<{ id: number }>('campaigns.create', {
    name: 'Autumn',
    template: 'customer-calls',
  });
  const { resultId, count } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 0, to: 1 });
  const first = numbersOf(house.db, rows[0]!.id);
  await house.get('doNotCall.add', {
    kind: 'number',
    text: first.map(({ e164 }) => e164).join('\n'),
    reason: 'asked',
    source: '',
  });
  const target = { resultId, ranges: [{ from: 0, to: count }] };
  const act = { kind: 'enrol', campaignId: campaign.id } as const;
  const preview = await house.get<BulkPreview>('contacts.preview', { target, act });
  expect(preview).toMatchObject({ changes: 24, stays: [{ why: 'are on a do-not-call list', count: 1 }] });
  expect(preview.sentence).toBe('24 contacts will join Autumn.');
  const job = await done('', act);
  expect(job).toMatchObject({ changed: 24, stays: preview.stays });
  expect(await found('campaign:Autumn due:now')).toHaveLength(24);
  await undone(job.id);
  expect(await found('campaign:Autumn')).toEqual([]);
});

test('schedules in bulk are for those alone who agreed to a machine’s voice', async () => {
  const { resultId } = await open('');
  const { rows } = await house.get<{ rows: GridRow[] }>('contacts.rows', { resultId, from: 5, to: 6 });
  const { id, name } = rows[0]!;
  await house.get('schedules.giveConsent', { contactId: id, kind: 'ai-voice', basis: 'form', source: 'x' });
  const act = { kind: 'schedule', time: '10:30', cadence: 'weekdays', voice: '' } as const;
  const job = await done('', act);
  expect(job.changed).toBe(1);
  expect(job.stays[0]!.why).toBe('have not agreed to a machine’s voice');
  const sheet = await house.get<ContactSheet>('contacts.sheet', { id });
  expect(sheet.schedule?.sentence).toContain('10:30');
  expect(await found('consent:ai-voice')).toEqual([name]);
  await undone(job.id);
  expect((await house.get<ContactSheet>('contacts.sheet', { id })).schedule).toBeNull();
  const bad = { ...act, cadence: 'now and then' };
  const target = { resultId, ranges: [{ from: 0, to: 1 }] };
  expect(await house.no('contacts.act', { target, act: bad })).toContain('Nothing was changed');
});
