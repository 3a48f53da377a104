import { afterEach, expect, test } from 'vitest';
import { standingShape } from '../../shared/contract/standing.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { aNumber, anAttempt } from '../store/testing.ts';
import { KernelHome, TEN } from '../testing-kernel.ts';

let home: KernelHome;
afterEach(async () => {
  expect(home.complaints).toEqual([]);
  await home.end();
});

const now = () => standingShape.parse(home.kernel.standing());

test('a campaign that dials by itself shows its calls under way and how many it made today', async () => {
  home = new KernelHome();
  const id = home.campaign();
  home.fill(id, 3, '04');
  home.kernel.background.wake();
  await home.clock.advance(5 * SECOND_MS);
  expect(now()).toMatchObject({ state: 'running', underWay: 3 });
  expect(now().running).toMatchObject([{ name: 'Spring', voice: 'ai', agents: 0, underWay: 3, today: 3 }]);
  expect(now().today).toBe(3);
});

test('what was made yesterday is not counted as today’s', async () => {
  // Ten to seven in the evening; its hours end at seven.
  home = new KernelHome(after(TEN, 9 * HOUR_MS - 10 * MINUTE_MS));
  home.fill(home.campaign(), 1, '20');
  home.kernel.background.wake();
  await home.clock.advance(5 * MINUTE_MS);
  expect(now().today).toBe(1);
  await home.stop();
  await home.clock.advance(6 * HOUR_MS);
  home.begin();
  await home.clock.advance(5 * SECOND_MS);
  expect(now().today).toBe(0);
  expect(now().waiting).toMatchObject([{ name: 'Spring', what: 'campaign', at: expect.any(Number) }]);
});

test('outside its hours a campaign waits, and says for when and why', async () => {
  home = new KernelHome(after(TEN, -3 * HOUR_MS));
  home.fill(home.campaign(), 1, '00');
  home.kernel.background.wake();
  await home.clock.advance(2 * SECOND_MS);
  const { state, waiting } = now();
  expect(state).toBe('resting');
  expect(waiting).toMatchObject([
    { name: 'Spring', at: after(TEN, -HOUR_MS), why: expect.stringMatching(/\w/) },
  ]);
});

test('a campaign for agents runs while one is at work on it, and waits for one otherwise', async () => {
  home = new KernelHome();
  const ann = home.agent();
  const id = home.campaign({ voice: 'agent' });
  home.fill(id, 2, '00');
  expect(now().waiting).toMatchObject([{ name: 'Spring', at: null, why: 'No agent is at work on it.' }]);
  home.kernel.desk.start(ann, id, 'preview');
  expect(now()).toMatchObject({ state: 'running', running: [{ name: 'Spring', agents: 1, underWay: 0 }] });
});

test('an attempt nobody knows the fate of is being checked, since when, until the carrier has said', async () => {
  home = new KernelHome();
  const id = home.campaign({ voice: 'agent' });
  const at = home.clock.now();
  const attempt = anAttempt({ campaignId: id, to: aNumber(21), intendedAt: at });
  insertIntent(home.db, attempt, { kind: 'ring' });
  markAttempt(home.db, attempt.id, 'intended', 'sent', { at });
  markAttempt(home.db, attempt.id, 'sent', 'unknown', { at, trouble: 'The carrier did not answer in time.' });
  expect(now().checking).toEqual([
    { attemptId: attempt.id, since: at, name: 'Unknown', number: '(212) 555-0121', campaign: 'Spring' },
  ]);
  expect(now().underWay).toBe(0);
  await home.clock.advance(10 * MINUTE_MS);
  expect(now().checking).toEqual([]);
});

test('what it costs to ask does not grow with what is over', () => {
  home = new KernelHome();
  for (let nth = 0; nth < 100; nth += 1) home.campaign({}, `Campaign ${nth}`);
  now();
  const begun = performance.now();
  for (let nth = 0; nth < 20; nth += 1) home.kernel.standing();
  expect((performance.now() - begun) / 20).toBeLessThan(60);
});
