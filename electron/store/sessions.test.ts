import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionState } from '../../shared/domain/session.ts';
import { type Instant, after, instant } from '../../shared/lib/instants.ts';
import type { Db } from './open.ts';
import {
  agentsAtWorkOn,
  endSession,
  ledgerOf,
  ledgerOfAgentSince,
  openSession,
  openSessions,
  saveCounters,
  saveFace,
  sessionById,
  sessionOfAgent,
} from './sessions.ts';
import { NOON, aCampaign, aStore, anAgent, plansOf } from './testing.ts';

const READY: SessionState = { kind: 'ready' };
const PAUSED: SessionState = { kind: 'paused', reason: 'lunch' };
const DIALING: SessionState = { kind: 'dialing', attemptId: 'a' };

function aSession(db: Db, agentId = anAgent(db)) {
  return openSession(db, { agentId, campaignId: aCampaign(db), mode: 'power', at: NOON });
}

test('an agent is in one session at a time', () => {
  const db = aStore();
  const agentId = anAgent(db);
  const first = aSession(db, agentId);
  expect(() => aSession(db, agentId)).toThrow(/in a session already/);
  expect(openSessions(db).map((each) => each.id)).toEqual([first.id]);
  expect(endSession(db, first.id, after(NOON, 5))).toBe(true);
  expect(endSession(db, first.id, after(NOON, 6))).toBe(false);
  expect(sessionOfAgent(db, agentId)).toBeNull();
  expect(aSession(db, agentId).id).not.toBe(first.id);
});

test('a session comes back as it stood', () => {
  const db = aStore();
  const { id, agentId, campaignId } = aSession(db);
  saveFace(db, id, { state: DIALING, pauseAfter: 'lunch' }, after(NOON, 7));
  saveCounters(db, id, { dials: 3, talks: 1, successes: 0 });
  expect(sessionById(db, id)).toEqual({
    id,
    agentId,
    campaignId,
    mode: 'power',
    state: DIALING,
    pauseAfter: 'lunch',
    since: NOON + 7,
    startedAt: NOON,
    endedAt: null,
    counters: { dials: 3, talks: 1, successes: 0 },
    mutedAttempt: null,
  });
  expect(agentsAtWorkOn(db, campaignId)).toBe(1);
});

test('the same state said again does not start its clock anew', () => {
  const db = aStore();
  const { id } = aSession(db);
  saveFace(db, id, { state: DIALING, pauseAfter: null }, after(NOON, 7));
  saveFace(db, id, { state: DIALING, pauseAfter: 'lunch' }, after(NOON, 9));
  expect(sessionById(db, id)).toMatchObject({ since: NOON + 7, pauseAfter: 'lunch' });
  expect(ledgerOf(db, id)).toHaveLength(2);
});

test('a session that is over is not changed any more', () => {
  const db = aStore();
  const { id } = aSession(db);
  endSession(db, id, NOON);
  expect(() => saveFace(db, id, { state: PAUSED, pauseAfter: null }, NOON)).toThrow(/no open session/);
});

test('every moment of a session is in exactly one state, through any day and any clock', () => {
  const states: SessionState[] = [READY, PAUSED, { kind: 'paused', reason: 'coffee' }, DIALING];
  const turn = fc.record({
    state: fc.constantFrom(...states),
    stepMs: fc.integer({ min: -5_000, max: 60_000 }),
  });
  fc.assert(
    fc.property(
      fc.array(turn, { maxLength: 20 }),
      fc.integer({ min: -5_000, max: 60_000 }),
      (turns, lastMs) => {
        const db = aStore();
        const { id } = aSession(db);
        let at: Instant = NOON;
        for (const { state, stepMs } of turns) {
          at = after(at, stepMs);
          saveFace(db, id, { state, pauseAfter: null }, at);
        }
        endSession(db, id, after(at, lastMs));
        const rows = ledgerOf(db, id);
        expect(rows[0]?.fromAt).toBe(NOON);
        for (const [i, row] of rows.entries()) {
          expect(row.untilAt).not.toBeNull();
          expect(row.untilAt).toBeGreaterThanOrEqual(row.fromAt);
          if (i > 0) expect(row.fromAt).toBe(rows[i - 1]?.untilAt);
        }
        db.$client.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('an agent’s day holds the stretch that was running when it began', () => {
  const db = aStore();
  const { id, agentId } = aSession(db);
  saveFace(db, id, { state: PAUSED, pauseAfter: null }, after(NOON, 100));
  saveFace(db, id, { state: READY, pauseAfter: null }, after(NOON, 200));
  const kinds = (since: number) => ledgerOfAgentSince(db, agentId, instant(since)).map((row) => row.kind);
  expect(kinds(NOON + 150)).toEqual(['paused', 'ready']);
  expect(kinds(NOON - 1)).toEqual(['ready', 'paused', 'ready']);
  expect(kinds(NOON + 250)).toEqual(['ready']);
});

test('open sessions are found without looking at old ones: a lost index fails here', () => {
  const db = aStore();
  const plans = plansOf(db, () => {
    openSessions(db);
    sessionOfAgent(db, 1);
    ledgerOfAgentSince(db, 1, NOON);
  });
  expect(plans.filter((step) => /^SCAN \w+$/.test(step))).toEqual([]);
  expect(plans[0]).toMatch(/SCAN sessions USING INDEX sessions_/);
  expect(plans).toContain('SEARCH agent_states USING INDEX agent_states_agent (agent_id=? AND from_at>?)');
});
