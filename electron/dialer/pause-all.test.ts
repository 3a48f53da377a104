import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { auditPage } from '../store/audit.ts';
import { saveCallerId } from '../store/campaigns.ts';
import { jobsPage } from '../store/schedule-jobs.ts';
import { aSchedule } from '../store/testing-schedules.ts';
import { USUAL_CONCURRENT } from './background-one.ts';
import { pauseOf } from './pause-all.ts';
import { KernelHome, TEN } from '../testing-kernel.ts';

let home: KernelHome;
afterEach(async () => {
  expect(home.complaints).toEqual([]);
  await home.end();
});

test('while all calling is paused no campaign dials by itself, and resuming lets it go on without a burst', async () => {
  home = new KernelHome();
  const ann = home.agent();
  home.kernel.pauseAll(ann);
  const id = home.campaign();
  home.fill(id, 20, '21');
  home.kernel.background.wake();
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.rung).toEqual([]);
  const { state, paused, waiting } = home.kernel.standing();
  expect({ state, paused }).toEqual({ state: 'paused', paused: { since: TEN, by: 'Ann' } });
  expect(waiting).toMatchObject([{ name: 'Spring', why: 'All calling is paused.' }]);

  home.kernel.resumeAll(ann);
  await home.clock.advance(3 * SECOND_MS);
  expect(home.rung.length).toBeGreaterThan(0);
  // As ever: no more than there are lines, and one after the other.
  expect(home.rung.length).toBeLessThanOrEqual(USUAL_CONCURRENT);
  expect(new Set(home.rung.map(({ at }) => at)).size).toBe(home.rung.length);
  const actions = auditPage(home.db, 10).rows.map(({ action, who }) => `${action} by ${who}`);
  expect(actions).toEqual(['calling.resume by Ann', 'calling.pause by Ann']);
});

test('the pause outlives a restart, and whoever pressed it first stays the one', async () => {
  home = new KernelHome();
  home.kernel.pauseAll(home.agent('Ann'));
  await home.clock.advance(MINUTE_MS);
  home.kernel.pauseAll(home.agent('Ben'));
  home.fill(home.campaign(), 1, '00');
  await home.stop();
  home.begin();
  await home.clock.advance(10 * MINUTE_MS);
  expect(pauseOf(home.db)).toEqual({ since: TEN, by: 'Ann' });
  expect(home.rung).toEqual([]);
});

test('a call of a schedule waits out a short pause; what a long one outlasts is missed and says why', async () => {
  home = new KernelHome();
  saveCallerId(home.db, '+12125550199', 'Main');
  const ann = home.agent();
  aSchedule(home.db, { minute: 10 * 60 + 30, nth: 4 });
  aSchedule(home.db, { minute: 11 * 60 + 30, nth: 21 });
  await planned();
  home.kernel.pauseAll(ann);
  await home.clock.advance(35 * MINUTE_MS);
  home.kernel.resumeAll(ann);
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toHaveLength(1);

  home.kernel.pauseAll(ann);
  await home.clock.advance(2 * HOUR_MS);
  home.kernel.resumeAll(ann);
  await home.clock.advance(MINUTE_MS);
  expect(home.rung).toHaveLength(1);
  expect(jobs().map(({ state, error }) => [state, error])).toContainEqual([
    'failed',
    'Missed: all calling was paused when its time came, and for too long after it.',
  ]);
});

test('power mode dials nobody while all calling is paused; a hand still may, and resuming goes on by itself', async () => {
  home = new KernelHome();
  const ann = home.agent();
  const id = home.campaign({ voice: 'agent', leadInMs: 5 * SECOND_MS });
  home.fill(id, 3, '21');
  home.kernel.desk.start(ann, id, 'power');
  expect(home.kernel.desk.view(ann).session?.state.kind).toBe('previewing');

  home.kernel.pauseAll(ann);
  const waits = home.kernel.desk.view(ann);
  expect(waits.session?.state.kind).toBe('ready');
  expect(waits.waiting?.sentence).toBe(
    'All calling was paused by Ann. Parley dials nobody by itself until it is resumed; dialing by hand stays possible.',
  );
  await home.clock.advance(10 * MINUTE_MS);
  expect(home.rung).toEqual([]);
  expect(home.kernel.desk.dialNumber(ann, '(212) 555-0180')).toMatchObject({ ok: true });
  await home.clock.advance(10 * SECOND_MS);
  expect(home.rung).toHaveLength(1);
  await home.kernel.desk.hangUp(ann);
  await home.clock.advance(MINUTE_MS);

  const { call } = home.kernel.desk.view(ann);
  if (call !== null)
    home.kernel.desk.file(ann, {
      attemptId: call.attemptId,
      dispositionId: 'no-answer',
      note: '',
      callbackAt: null,
    });
  home.kernel.resumeAll(ann);
  home.kernel.desk.resume(ann);
  await home.clock.advance(10 * SECOND_MS);
  expect(home.rung).toHaveLength(2);
});

test('in preview an agent goes on by hand, one press each', async () => {
  home = new KernelHome();
  const ann = home.agent();
  const id = home.campaign({ voice: 'agent' });
  home.fill(id, 2, '21');
  home.kernel.pauseAll(ann);
  home.kernel.desk.start(ann, id, 'preview');
  await home.clock.advance(5 * MINUTE_MS);
  expect(home.rung).toEqual([]);
  expect(home.kernel.desk.dial(ann, null)).toMatchObject({ ok: true });
  await home.clock.advance(SECOND_MS);
  expect(home.rung).toHaveLength(1);
});

test('nothing begins while the computer falls asleep; waking up asks first, and what was slept through is missed', async () => {
  home = new KernelHome();
  const id = home.campaign();
  home.fill(id, 20, '21');
  home.kernel.background.wake();
  await home.clock.advance(2 * SECOND_MS);
  const before = home.rung.length;
  expect(before).toBeGreaterThan(0);
  home.kernel.fallAsleep();
  await home.clock.advance(20 * SECOND_MS);
  expect(home.rung).toHaveLength(before);

  // Timers stand still in sleep; only the wall clock goes on.
  home.clock.jump(after(home.clock.now(), 3 * HOUR_MS));
  const woke = home.kernel.wakeUp();
  await home.clock.advance(5 * SECOND_MS);
  await woke;
  expect(home.rung.length - before).toBeLessThanOrEqual(6);
  await home.clock.advance(3 * MINUTE_MS);
  const missed = auditPage(home.db, 20).rows.filter(({ action }) => action === 'campaign.missed');
  expect(missed).toHaveLength(1);
  expect(home.rung.length).toBeGreaterThan(before);
});

test('a computer that never slept after all goes on by itself a minute later', async () => {
  home = new KernelHome();
  home.kernel.fallAsleep();
  home.fill(home.campaign(), 1, '21');
  home.kernel.background.wake();
  await home.clock.advance(30 * SECOND_MS);
  expect(home.rung).toEqual([]);
  await home.clock.advance(2 * MINUTE_MS);
  expect(home.rung).toHaveLength(1);
});

function jobs() {
  const always = { from: after(TEN, -HOUR_MS * 24), to: after(TEN, 48 * HOUR_MS) };
  return jobsPage(home.db, { ...always, state: null, limit: 100, after: null }).rows.map(({ job }) => job);
}

async function planned(): Promise<void> {
  const plan = home.kernel.scheduler.planNow();
  await home.clock.advance(SECOND_MS);
  await plan;
}
