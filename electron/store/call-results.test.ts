import { expect, test } from 'vitest';
import { CALL_SORTS, type CallSort, LATEST_FIRST, readCallFilter } from '../../shared/domain/call-filter.ts';
import { DAY_MS, HOUR_MS, after } from '../../shared/lib/instants.ts';
import { insertIntent } from './attempts.ts';
import { type CallOrders, callFigures, callIds } from './call-results.ts';
import { callRows } from './call-rows.ts';
import { insertCall, saveTranscript } from './calls.ts';
import { addList } from './lists.ts';
import { fileOutcome, undoOutcome } from './outcomes.ts';
import { NOON, aCampaign, aContact, aNumber, aStore, anAgent, anAttempt } from './testing.ts';

const db = aStore();
const home = { now: NOON, zone: 'America/New_York', callingCode: '1' };
const spring = addList(db, { name: 'Spring leads', source: 'x', createdAt: NOON });
const campaignId = aCampaign(db, { name: 'Renewals' });
const [ann, ben] = [anAgent(db, 'Ann'), anAgent(db, 'Ben')];
const maria = aContact(db, { name: 'Maria Lopez', listId: spring });
const zoe = aContact(db, { name: 'Zoé Moreau', company: 'Globex', numbers: [] });

interface Made {
  readonly hoursAgo: number;
  readonly contactId?: number;
  readonly agentId?: number | null;
  readonly seconds?: number | null;
  readonly end?: string;
  readonly outcome?: string;
  readonly note?: string;
  readonly nth?: number;
}

function aCall({ hoursAgo, contactId = maria, agentId = ann, seconds = null, ...given }: Made): number {
  const startedAt = after(NOON, -hoursAgo * HOUR_MS);
  const { nth = 1, end = 'completed', outcome, note = '' } = given;
  const attempt = anAttempt({ contactId, agentId, campaignId, to: aNumber(nth), intendedAt: startedAt });
  insertIntent(db, attempt, { kind: 'ring' });
  db.$client.prepare("UPDATE attempts SET state = 'resolved', closed_at = 1 WHERE id = ?").run(attempt.id);
  const id = insertCall(db, { attempt, carrier: 's', callRef: attempt.id, startedAt });
  db.$client
    .prepare(`UPDATE calls SET status = 'ended', ending = ?, seconds = ?, cost_micros = ?, currency = 'USD',
      answered_at = ? WHERE id = ?`)
    .run(end, seconds, (seconds ?? 0) * 1000, seconds === null ? null : startedAt, id);
  if (outcome !== undefined) {
    const filed = { attemptId: attempt.id, contactId, campaignId, agentId, dispositionId: outcome };
    fileOutcome(db, { ...filed, note, callbackAt: null, filedAt: startedAt });
  }
  return id;
}

const long = aCall({ hoursAgo: 1, seconds: 190, outcome: 'qualified', note: 'wants the refund policy' });
const short = aCall({ hoursAgo: 2, seconds: 12, agentId: ben, outcome: 'callback', nth: 2 });
const busy = aCall({ hoursAgo: 30, contactId: zoe, agentId: ben, end: 'busy', nth: 3 });
const byItself = aCall({ hoursAgo: 50, contactId: zoe, agentId: null, seconds: 60, nth: 4 });
saveTranscript(db, byItself, [
  { speaker: 'agent', fromMs: 0, toMs: 900, text: 'Bonjour, ici Globex' },
  { speaker: 'contact', fromMs: 900, toMs: 1800, text: 'Ah, le remboursement très tard' },
]);

function found(filter: string, sort: CallSort = LATEST_FIRST, orders?: CallOrders): number[] {
  const read = readCallFilter(filter);
  expect(read.mistakes).toEqual([]);
  return [...callIds(db, read, sort, home, orders)];
}

test.each<[string, number[]]>([
  ['', [long, short, busy, byItself]],
  ['agent:ann', [long]],
  ['-agent:ann', [short, busy, byItself]],
  ['campaign:renewals agent:Ben', [short, busy]],
  ['outcome:callback', [short]],
  ['outcome:none', [busy, byItself]],
  ['status:busy', [busy]],
  ['status:failed', [busy]],
  ['status:completed >1m', [long]],
  ['<30s', [short]],
  ['>=', []],
  ['on:today', [long, short]],
  ['on:yesterday', [busy]],
  ['before:2026-11-17', [byItself]],
  ['after:2026-11-17', [long, short, busy]],
  ['on:2026-11', [long, short, busy, byItself]],
  ['list:"Spring leads"', [long, short]],
  ['number:2125550102', [short]],
  ['has:transcript', [byItself]],
  ['has:note', [long]],
  ['refund', [long]],
  ['"refund policy"', [long]],
  ['"policy refund"', []],
  ['remboursement', [byItself]],
  ['"tres tard"', [byItself]],
  ['moreau', [busy, byItself]],
  ['2125550103', [busy]],
  ['inbound', []],
])('the filter %j finds what it says', (filter, ids) => {
  if (filter === '>=') {
    expect(readCallFilter(filter).mistakes[0]?.sentence).toContain('is no length');
    return;
  }
  expect(found(filter)).toEqual(ids);
});

test('every column orders all calls, one way and the other, whether few or by the whole order', () => {
  for (const key of CALL_SORTS) {
    const up = found('', { key, direction: 'ascending' });
    expect(up.toSorted((a, b) => a - b)).toEqual([long, short, busy, byItself].toSorted((a, b) => a - b));
    expect(found('', { key, direction: 'descending' })).toEqual(up.toReversed());
    expect(found('campaign:Renewals', { key, direction: 'ascending' })).toEqual(up);
  }
  expect(found('', { key: 'length', direction: 'descending' })).toEqual([long, byItself, short, busy]);
  expect(found('', { key: 'agent', direction: 'ascending' })).toEqual([byItself, long, busy, short]);
});

test('an order that is known takes in the calls that came since, late ones in their place', () => {
  const orders: CallOrders = new Map();
  const before = found('', LATEST_FIRST, orders);
  const next = aCall({ hoursAgo: 0.5, nth: 5 });
  expect(found('', LATEST_FIRST, orders)).toEqual([next, ...before]);
  const late = aCall({ hoursAgo: 100, nth: 6 });
  expect(found('', LATEST_FIRST, orders)).toEqual([next, ...before, late]);
  db.$client.prepare('DELETE FROM calls WHERE id IN (?, ?)').run(next, late);
  expect(found('', LATEST_FIRST, orders)).toEqual(before);
});

test('the figures are those of the filter, and an outcome taken back is no success', () => {
  const figures = (filter: string) => callFigures(db, readCallFilter(filter), home);
  expect(figures('')).toEqual({
    calls: 4,
    talks: 3,
    talkSeconds: 262,
    successes: 1,
    costs: [{ currency: 'USD', micros: 262_000 }],
  });
  expect(figures('agent:ben')).toMatchObject({ calls: 2, talks: 1, successes: 0 });
  const attemptId = db.$client.prepare('SELECT attempt_id FROM calls WHERE id = ?').pluck().get(long);
  undoOutcome(db, attemptId as string, NOON);
  expect(figures('')).toMatchObject({ calls: 4, successes: 0 });
  expect(found('refund')).toEqual([]);
});

test('a day is the day of the workspace, also where its clock is set back', () => {
  const autumn = { ...home, now: after(NOON, 0) };
  const sunday = aCall({ hoursAgo: (18 - 1) * 24 + 12 - 5, nth: 7 });
  // 1 November 2026 has 25 hours in New York: this call is in its last one.
  const at = Date.UTC(2026, 10, 2, 4, 30);
  db.$client.prepare('UPDATE calls SET started_at = ? WHERE id = ?').run(at, sunday);
  const on = (day: string) => [...callIds(db, readCallFilter(`on:${day}`), LATEST_FIRST, autumn)];
  expect(on('2026-11-01')).toEqual([sunday]);
  expect(on('2026-11-02')).toEqual([]);
  db.$client.prepare('DELETE FROM calls WHERE id = ?').run(sunday);
  expect(DAY_MS).toBeLessThan(Date.UTC(2026, 10, 2, 5) - Date.UTC(2026, 10, 1, 4));
});

test('rows come in the order asked for, and a call that is gone leaves its place empty', () => {
  const rows = callRows(db, [busy, 999, long]);
  expect(rows.map((row) => row?.contact ?? null)).toEqual(['Zoé Moreau', null, 'Maria Lopez']);
  expect(rows[0]).toMatchObject({ agent: 'Ben', campaign: 'Renewals', end: 'busy', recording: 'none' });
});
