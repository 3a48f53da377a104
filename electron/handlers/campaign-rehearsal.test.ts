import { afterEach, expect, test, vi } from 'vitest';
import type { RehearsalStanding } from '../../shared/contract/rehearsal.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/* Rehearsing as a supervisor asks for it: the thread is a real one, and so is the time that it takes. */

vi.setConfig({ testTimeout: 60_000 });

const PRACTICE = 1;
const ONCE = { id: PRACTICE, agents: 2, hours: 2, seed: 'x' };

let house: TestHouse | null = null;

afterEach(async () => {
  await house?.end();
  house = null;
});

async function open(): Promise<TestHouse> {
  house = await aHouse(instant(Date.UTC(2026, 10, 18, 16)));
  return house;
}

const standing = (of: TestHouse) => of.get<RehearsalStanding>('campaigns.rehearsal', { id: PRACTICE });

test('a supervisor rehearses a campaign, follows it, and the workspace knows nothing of its calls', async () => {
  const { get, no, db } = await open();
  expect(await standing(house!)).toEqual({ kind: 'none' });
  expect(await get('campaigns.rehearse', ONCE)).toMatchObject({ kind: 'running', share: 0 });
  expect(await no('campaigns.rehearse', ONCE)).toBe(
    'not-now: Another rehearsal is running. Wait for it, or stop it; then start this one.',
  );
  await vi.waitFor(async () => expect(await standing(house!)).toMatchObject({ kind: 'done' }), {
    timeout: 40_000,
    interval: 50,
  });
  const told = await standing(house!);
  expect(told.kind === 'done' && told.rehearsal.dials).toBeGreaterThan(5);
  expect(db.$client.prepare('SELECT count(*) AS n FROM attempts').get()).toEqual({ n: 0 });
});

test('one that is stopped is forgotten, and so is one that runs when the workspace closes', async () => {
  const { get } = await open();
  await get('campaigns.rehearse', { ...ONCE, hours: 72 });
  expect(await get('campaigns.cancelRehearsal', { id: PRACTICE })).toEqual({ kind: 'none' });
  await get('campaigns.rehearse', { ...ONCE, hours: 72 });
});

test('too many agents, no hours and an empty seed are refused with a sentence each', async () => {
  const { no } = await open();
  expect(await no('campaigns.rehearse', { ...ONCE, agents: 201 })).toContain('No more than 200 agents.');
  expect(await no('campaigns.rehearse', { ...ONCE, hours: 0 })).toContain('At least one hour.');
  expect(await no('campaigns.rehearse', { ...ONCE, seed: ' ' })).toContain('A seed is at least one letter.');
});
