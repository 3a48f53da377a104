import { afterEach, expect, test } from 'vitest';
import type { Board } from '../../shared/contract/board.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import { SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { auditPage } from '../store/audit.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

const NOW = instant(Date.UTC(2026, 10, 18, 16));
/** Answers after four seconds and talks until hung up on. */
const PATIENT = '+12065550102';

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.end();
  house = null;
});

async function inCall(): Promise<TestHouse> {
  house = await aHouse(NOW);
  await house.get('desk.start', { campaignId: 1, mode: 'preview' });
  await house.get('desk.dialNumber', { text: PATIENT });
  await house.clock.advance(8 * SECOND_MS);
  const { session } = await house.get<DeskView>('desk.view');
  expect(session?.state.kind).toBe('connected');
  return house;
}

test('the board shows who is at work and each call under way, with what was said last', async () => {
  const { get, clock } = await inCall();
  await clock.advance(4 * SECOND_MS);
  const board = await get<Board>('board.now');
  expect(board.agents).toMatchObject([
    { name: 'Ann', state: 'connected', campaign: 'Practice', lead: 'Priya Raman', dials: 1 },
  ]);
  expect(board.calls).toMatchObject([
    {
      status: 'in-progress',
      name: 'Priya Raman',
      agent: 'Ann',
      voice: 'agent',
      said: { by: expect.any(String) },
    },
  ]);
  expect(board.calls[0]!.since).toBeGreaterThan(board.calls[0]!.startedAt);
  expect(board.can).toMatchObject({ end: null, listen: null, whisper: null, join: null });
});

test('a supervisor listens and ends a call; both are in the audit trail, and the agent is in wrap-up', async () => {
  const { get, no, db, clock } = await inCall();
  const id = (await get<Board>('board.now')).calls[0]!.id;
  await get('board.monitor', { id, as: 'listen' });
  await get('board.end', { id });
  await clock.advance(3 * SECOND_MS);
  expect((await get<Board>('board.now')).calls).toEqual([]);
  expect(await no('board.end', { id })).toBe('not-now: This call is over.');
  expect(auditPage(db, 10).rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['call.listen', 'call.ended-from-board']),
  );
  expect((await get<DeskView>('desk.view')).session?.state.kind).toBe('wrap-up');
});
