import { shippedLaw } from '../../shared/domain/law/book.ts';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Job } from '../../shared/domain/schedule.ts';
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  SECOND_MS,
  after,
  instant,
} from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { simulatedCarrier } from '../carriers/simulator/simulator.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { saveCallerId } from '../store/campaigns.ts';
import { giveConsent } from '../store/consents.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { cancelJob, jobsPage, sessionsOf } from '../store/schedule-jobs.ts';
import { changeSchedule, listedSchedule } from '../store/schedules.ts';
import { type Db, closeStore } from '../store/open.ts';
import { setSetting } from '../store/settings.ts';
import { aNumber, aStore, anAttempt } from '../store/testing.ts';
import { aSchedule } from '../store/testing-schedules.ts';
import { PER_MINUTE } from './jobs.ts';
import { openInquiry } from './recover.ts';
import { replan } from './schedule-planner.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import { applyPending, takeIn } from './track.ts';

/** Seven in the morning in New York, on a Wednesday. */
const SEVEN = instant(Date.UTC(2026, 10, 18, 12));
const TEN = after(SEVEN, 3 * HOUR_MS);

/** The scheduler between its workspace and its world, wired as the kernel wires it; doubts are asked about each minute. */
class Home {
  readonly folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-jobs-'));
  readonly clock: SimulatedClock;
  readonly complaints: string[] = [];
  /** What the wall clock showed at each request. */
  readonly rungAt: { to: string; at: Instant }[] = [];
  world!: ReturnType<typeof simulatedCarrier>;
  scheduler!: Scheduler;
  db!: Db;
  private end: () => Promise<void> = async () => {};

  constructor(at: Instant = SEVEN) {
    this.clock = simulatedClock(at);
    this.begin();
    saveCallerId(this.db, '+12125550199', 'Main');
  }

  begin() {
    const { clock, folder } = this;
    const world = simulatedCarrier({ file: join(folder, 'world.db'), clock, seed: 'jobs' });
    const carrier: typeof world = {
      ...world,
      place: (request, signal) => {
        this.rungAt.push({ to: request.to, at: clock.now() });
        return world.place(request, signal);
      },
    };
    const db = aStore(join(folder, 'parley.db'));
    const log = (line: string, error?: unknown) => void this.complaints.push(`${line} ${String(error)}`);
    const random = seededRandom(`kernel ${clock.now()}`);
    const scheduler = startScheduler({ db, carrier, clock, random, law: shippedLaw, log, changed() {} });
    const apply = () => scheduler.learned(applyPending(db, clock).flatMap((each) => each.attemptId ?? []));
    const stopListening = carrier.listen((event) => takeIn(db, carrier.name, event, clock) && apply());
    const inquiry = openInquiry({ db, carrier, clock, isUnderWay: scheduler.isUnderWay });
    let cancel = () => {};
    let isOver = false;
    const ask = async (everything: boolean) => {
      const found = await inquiry.ask(everything);
      if (isOver) return;
      apply();
      scheduler.learned(found);
      cancel = clock.after(MINUTE_MS, () => void (asking = ask(false)));
    };
    let asking = ask(true);
    Object.assign(this, { world, db, scheduler });
    this.end = async () => {
      isOver = true;
      cancel();
      stopListening();
      inquiry.close();
      await scheduler.close();
      await asking;
      await carrier.close();
      closeStore(db);
    };
  }

  /** Everybody's jobs, the earliest first. */
  jobs(): Job[] {
    const always = { from: instant(0), to: instant(Number.MAX_SAFE_INTEGER) };
    return jobsPage(this.db, { ...always, state: null, limit: 5_000, after: null }).rows.map(
      (row) => row.job,
    );
  }

  async stop() {
    const stopped = this.end();
    await this.clock.advance(20 * SECOND_MS);
    await stopped;
  }

  async plan() {
    const planned = this.scheduler.planNow();
    await this.clock.advance(SECOND_MS);
    return planned;
  }
}

const homes: Home[] = [];

function aHome(at?: Instant): Home {
  const home = new Home(at);
  homes.push(home);
  return home;
}

afterEach(async () => {
  for (const home of homes.splice(0)) {
    expect(home.complaints).toEqual([]);
    await home.stop();
    rmSync(home.folder, { recursive: true, force: true });
  }
});

/** The number’s last two digits say what happens: see the simulator's practice world. */
const ANSWERS = 4;
const NEVER_ANSWERS = 21;

test('a person is called at their own time, and the job follows the call to its end', async () => {
  const home = aHome();
  const { contactId } = aSchedule(home.db, { nth: ANSWERS });
  expect(await home.plan()).toEqual({ planned: 1, missed: 0 });
  expect(home.jobs()).toMatchObject([{ state: 'queued', localDate: '2026-11-18', plannedAt: TEN }]);
  await home.clock.advance(3 * HOUR_MS - 2 * SECOND_MS);
  expect(home.rungAt).toEqual([]);
  await home.clock.advance(5 * SECOND_MS);
  expect(home.jobs()).toMatchObject([
    { state: 'started', attempts: 1, callRef: expect.stringMatching(/^SIM/) },
  ]);
  await home.clock.advance(HOUR_MS);
  expect(home.jobs()).toMatchObject([{ state: 'completed', error: null }]);
  expect(home.rungAt).toEqual([{ to: aNumber(ANSWERS), at: TEN }]);
  expect(sessionsOf(home.db, contactId, 5)).toMatchObject([
    { end: 'completed', answeredBy: 'human', carrier: 'simulator', seconds: expect.any(Number) },
  ]);
});

test('planned at 00:00 UTC by itself, day after day, and never twice for a day', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  for (let hour = 0; hour < 72; hour++) {
    if (hour % 7 === 0) await home.plan();
    await home.clock.advance(HOUR_MS);
  }
  expect(home.rungAt).toHaveLength(3);
  expect(home.jobs().map((job) => [job.localDate, job.state])).toEqual([
    ['2026-11-18', 'completed'],
    ['2026-11-19', 'completed'],
    ['2026-11-20', 'completed'],
    ['2026-11-21', 'queued'],
  ]);
});

test('who did not agree to a machine’s voice is not called by one', async () => {
  const home = aHome();
  aSchedule(home.db, { mayBeSpokenTo: false });
  await home.plan();
  await home.clock.advance(4 * HOUR_MS);
  expect(home.jobs()).toMatchObject([
    { state: 'failed', error: 'They have not agreed to be called by an AI voice.', attempts: 0 },
  ]);
  expect(home.rungAt).toEqual([]);
});

test('nothing is recorded of who did not agree to that', async () => {
  const home = aHome();
  const kept = { kind: 'recording', basis: 'in writing', source: 'form', givenAt: SEVEN } as const;
  giveConsent(home.db, { ...kept, contactId: aSchedule(home.db, { nth: ANSWERS }).contactId });
  aSchedule(home.db, { nth: NEVER_ANSWERS });
  await home.plan();
  await home.clock.advance(4 * HOUR_MS);
  expect(home.world.requests().map((each) => [each.to, each.record])).toEqual([
    [aNumber(ANSWERS), true],
    [aNumber(NEVER_ANSWERS), false],
  ]);
});

test('too early there is put off to the first minute allowed, and said; too late is not called at all', async () => {
  const home = aHome(after(SEVEN, -8 * HOUR_MS));
  aSchedule(home.db, { nth: ANSWERS, minute: 6 * 60 });
  aSchedule(home.db, { nth: NEVER_ANSWERS, minute: 21 * 60 + 5 });
  await home.plan();
  await home.clock.advance(24 * HOUR_MS);
  const [early, late] = home.jobs();
  expect(early).toMatchObject({
    state: 'completed',
    note: expect.stringMatching(
      /^Moved to 08:00 \(America\/New_York\)\. Outside the hours the law allows there: it is 6:00 in New York\./,
    ) as string,
  });
  expect(late).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/^Outside the hours the law allows there/) as string,
  });
  expect(home.rungAt).toEqual([{ to: aNumber(ANSWERS), at: after(SEVEN, HOUR_MS) }]);
});

test('whoever asked not to be called is not, however the schedule stands', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  const entry = {
    kind: 'number',
    value: aNumber(ANSWERS),
    reason: 'asked',
    since: SEVEN,
    byAgent: null,
  } as const;
  addDoNotCall(home.db, entry);
  await home.clock.advance(4 * HOUR_MS);
  expect(home.jobs()).toMatchObject([
    { state: 'failed', error: 'The number is on the do-not-call list since 2026-11-18: asked.' },
  ]);
  expect(home.rungAt).toEqual([]);
});

test('a number that an agent is talking to is called once it is free', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  await home.clock.advance(3 * HOUR_MS - 2 * SECOND_MS);
  const held = anAttempt({ to: aNumber(ANSWERS), carrier: 'another', intendedAt: home.clock.now() });
  insertIntent(home.db, held, { kind: 'ring' }, 'by-hand');
  await home.clock.advance(5 * MINUTE_MS);
  expect(home.jobs()).toMatchObject([{ state: 'scheduled', error: 'Another call holds this number.' }]);
  markAttempt(home.db, held.id, 'intended', 'refused', { at: home.clock.now() });
  await home.clock.advance(HOUR_MS);
  expect(home.jobs()).toMatchObject([{ state: 'completed' }]);
  expect(home.rungAt).toHaveLength(1);
});

test('a job that was called off does not call, and the next day is another job', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  cancelJob(home.db, home.jobs()[0]!.id, 'person', home.clock.now());
  await home.clock.advance(27 * HOUR_MS + MINUTE_MS);
  expect(
    home
      .jobs()
      .map((job) => job.state)
      .slice(0, 2),
  ).toEqual(['canceled', 'started']);
});

test('switched off, what is planned is taken back; switched on again the same day is called', async () => {
  const home = aHome();
  const { id, version } = aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  changeSchedule(home.db, id, version, { isActive: false }, home.clock.now());
  replan(home.db, id, home.clock.now());
  expect(home.jobs()).toMatchObject([{ state: 'canceled', canceledBy: 'change' }]);
  changeSchedule(home.db, id, version + 1, { isActive: true }, home.clock.now());
  replan(home.db, id, home.clock.now());
  await home.clock.advance(4 * HOUR_MS);
  expect(home.jobs()).toMatchObject([{ state: 'completed' }]);
});

test('a later time after today’s call does not call a second time today', async () => {
  const home = aHome();
  const { id, version } = aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  await home.clock.advance(4 * HOUR_MS);
  changeSchedule(home.db, id, version, { minute: 15 * 60 }, home.clock.now());
  replan(home.db, id, home.clock.now());
  await home.clock.advance(8 * HOUR_MS);
  expect(home.rungAt).toHaveLength(1);
});

test('what was slept through is missed and said so: waking up calls nobody', async () => {
  const home = aHome();
  for (const nth of [ANSWERS, NEVER_ANSWERS]) aSchedule(home.db, { nth });
  await home.plan();
  home.clock.jump(after(TEN, 2 * HOUR_MS));
  await home.clock.advance(HOUR_MS);
  expect(home.rungAt).toEqual([]);
  for (const job of home.jobs().slice(0, 2))
    expect(job).toMatchObject({
      state: 'failed',
      error: 'Missed: at 10:00 (America/New_York) Parley was not running, or the computer slept.',
    });
});

test('a call that is late by minutes is made; one that is late by more is not', async () => {
  for (const [lateMs, calls] of [
    [9 * MINUTE_MS, 1],
    [11 * MINUTE_MS, 0],
  ] as const) {
    const home = aHome();
    aSchedule(home.db, { nth: ANSWERS });
    await home.plan();
    home.clock.jump(after(TEN, lateMs));
    await home.clock.advance(MINUTE_MS);
    expect(home.rungAt).toHaveLength(calls);
  }
});

test('after days away the last day is noted as missed, nobody is called for it, and today goes on', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  await home.stop();
  home.clock.jump(after(SEVEN, 3 * DAY_MS + 30 * MINUTE_MS));
  home.begin();
  await home.clock.advance(MINUTE_MS);
  expect(home.jobs().map((job) => [job.localDate, job.state])).toEqual([
    ['2026-11-18', 'failed'],
    ['2026-11-20', 'failed'],
    ['2026-11-21', 'queued'],
  ]);
  await home.clock.advance(4 * HOUR_MS);
  expect(home.rungAt).toHaveLength(1);
});

test('a start in the afternoon does not make up for a morning that nobody had planned', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  await home.stop();
  home.clock.jump(after(TEN, 2 * DAY_MS + 5 * HOUR_MS));
  home.begin();
  await home.clock.advance(HOUR_MS);
  expect(home.rungAt).toEqual([]);
  expect(home.jobs().map((job) => [job.localDate, job.state])).toEqual([
    ['2026-11-18', 'failed'],
    ['2026-11-20', 'failed'],
    ['2026-11-21', 'queued'],
  ]);
});

test('while a request is on the wire nobody else asks about it', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: 41 });
  await home.plan();
  await home.clock.advance(3 * HOUR_MS + 2 * SECOND_MS);
  const { attemptId } = home.jobs()[0]!;
  expect(home.scheduler.isUnderWay(attemptId!)).toBe(true);
  await home.clock.advance(20 * SECOND_MS);
  expect(home.scheduler.isUnderWay(attemptId!)).toBe(false);
});

test('a clock that went forward and back again has called nobody twice, and today’s call is made after all', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: ANSWERS });
  await home.plan();
  home.clock.jump(after(TEN, 6 * HOUR_MS));
  await home.clock.advance(MINUTE_MS);
  expect(home.jobs()[0]).toMatchObject({ state: 'failed' });
  home.clock.jump(after(SEVEN, HOUR_MS));
  await home.clock.advance(3 * HOUR_MS);
  expect(home.jobs()[0]).toMatchObject({ state: 'completed', localDate: '2026-11-18' });
  home.clock.jump(SEVEN);
  await home.clock.advance(6 * HOUR_MS);
  expect(home.rungAt).toHaveLength(1);
});

test('a hundred calls at once are spread: never more a minute than the workspace wants', async () => {
  const home = aHome();
  setSetting(home.db, 'workspace', PER_MINUTE, 10);
  for (let nth = 0; nth < 28; nth++) aSchedule(home.db, { nth: nth === 21 ? 98 : nth + 60 });
  await home.plan();
  await home.clock.advance(3 * HOUR_MS + 4 * MINUTE_MS);
  expect(home.rungAt).toHaveLength(28);
  home.rungAt.forEach(({ at }, nth) => {
    const tenLater = home.rungAt[nth + 10];
    if (tenLater) expect(tenLater.at - at).toBeGreaterThanOrEqual(MINUTE_MS);
    const next = home.rungAt[nth + 1];
    if (next) expect(next.at - at).toBeGreaterThanOrEqual(SECOND_MS / home.world.can.callsPerSecond);
  });
});

test.each([
  ['busy at the carrier is asked three times, a little later each time', 31, 3, /too many|takes no more/i],
  ['a caller ID that is refused is asked once', 32, 1, /caller ID/],
  ['a number nobody can reach is asked once', 30, 1, /reach this number/],
  ['a request without an answer is never sent again', 41, 1, /never placed/],
])('%s', async (_what, nth, requests, error) => {
  const home = aHome();
  aSchedule(home.db, { nth });
  await home.plan();
  await home.clock.advance(4 * HOUR_MS);
  expect(home.rungAt).toHaveLength(requests);
  expect(home.jobs()[0]).toMatchObject({ state: 'failed', error: expect.stringMatching(error) });
});

test.each([
  ['nobody answers', NEVER_ANSWERS, 'failed', 'Nobody answered.'],
  ['the line is busy', 20, 'failed', 'The line was busy.'],
  ['the request timed out and the call was taken', 40, 'completed', null],
  ['every event is lost', 53, 'completed', null],
] as const)('where %s the job ends as the call did', async (_what, nth, state, error) => {
  const home = aHome();
  aSchedule(home.db, { nth });
  await home.plan();
  await home.clock.advance(5 * HOUR_MS);
  expect(home.jobs()[0]).toMatchObject({ state, error });
  expect(home.rungAt).toHaveLength(1);
});

test('stopped in the middle of a call, the job is followed to its end at the next start', async () => {
  const home = aHome();
  aSchedule(home.db, { nth: 2 });
  await home.plan();
  await home.clock.advance(3 * HOUR_MS + MINUTE_MS);
  expect(home.jobs()[0]).toMatchObject({ state: 'started' });
  await home.stop();
  home.clock.jump(after(home.clock.now(), 2 * HOUR_MS));
  home.begin();
  await home.clock.advance(2 * MINUTE_MS);
  expect(home.jobs()[0]).toMatchObject({ state: 'completed' });
  expect(home.rungAt).toHaveLength(1);
});

test('on a night when clocks change everybody has one call a day, at the time they know', async () => {
  const nights = [
    [Date.UTC(2026, 2, 7, 12), '2026-03-08'],
    [Date.UTC(2026, 9, 31, 12), '2026-11-01'],
  ] as const;
  for (const [from, date] of nights) {
    const home = aHome(instant(from));
    aSchedule(home.db, { nth: ANSWERS });
    aSchedule(home.db, { nth: 61, minute: 150 });
    await home.clock.advance(36 * HOUR_MS);
    const at = home.rungAt
      .filter(({ to }) => to === aNumber(ANSWERS))
      .map((each) => localTime(each.at, 'America/New_York'));
    expect(at.map(({ minute }) => minute)).toEqual(at.map(() => 600));
    expect(at.filter((each) => each.date === date)).toHaveLength(1);
    const moved = home.rungAt.filter(
      ({ to, at: rung }) => to === aNumber(61) && localTime(rung, 'America/New_York').date === date,
    );
    expect(moved.map((each) => localTime(each.at, 'America/New_York').minute)).toEqual([480]);
  }
});

type Trouble =
  | { kind: 'pass'; minutes: number }
  | { kind: 'jump'; minutes: number }
  | { kind: 'restart' }
  | { kind: 'plan' }
  | { kind: 'change'; which: number; minute: number }
  | { kind: 'switch'; which: number };

const which = fc.integer({ min: 0, max: 3 });
const troubles = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 400 }) }),
    },
    fc.record({ kind: fc.constant('jump' as const), minutes: fc.integer({ min: -2_000, max: 2_000 }) }),
    fc.constant({ kind: 'restart' as const }),
    fc.constant({ kind: 'plan' as const }),
    fc.record({ kind: fc.constant('change' as const), which, minute: fc.integer({ min: 0, max: 1439 }) }),
    fc.record({ kind: fc.constant('switch' as const), which }),
  ),
  { minLength: 3, maxLength: 9 },
);

test('whatever the clocks do and whoever restarts it, a person has one call for each day of theirs, at a lawful hour', async () => {
  await fc.assert(
    fc.asyncProperty(troubles, async (all: readonly Trouble[]) => {
      const home = aHome();
      const zones = ['America/New_York', 'America/Los_Angeles', 'Europe/Dublin', 'Australia/Lord_Howe'];
      const ids = zones.map(
        (zone, nth) => aSchedule(home.db, { nth: nth + 4, zone, minute: 480 + nth * 200 }).id,
      );
      await home.plan();
      for (const each of all) await befall(home, ids, each);
      mayHaveBeenRung(home, zones);
      homes.splice(homes.indexOf(home), 1);
      expect(home.complaints).toEqual([]);
      await home.stop();
      rmSync(home.folder, { recursive: true, force: true });
    }),
    { numRuns: Number(process.env.PARLEY_RUNS ?? 12) },
  );
}, 60_000);

async function befall(home: Home, ids: readonly number[], trouble: Trouble): Promise<void> {
  switch (trouble.kind) {
    case 'pass':
      return home.clock.advance(trouble.minutes * MINUTE_MS);
    case 'jump':
      return home.clock.jump(after(home.clock.now(), trouble.minutes * MINUTE_MS));
    case 'restart':
      await home.stop();
      return home.begin();
    case 'plan':
      return void (await home.plan());
    case 'change':
    case 'switch': {
      const id = ids[trouble.which]!;
      const { schedule } = listedSchedule(home.db, id)!;
      const wish = trouble.kind === 'change' ? { minute: trouble.minute } : { isActive: !schedule.isActive };
      changeSchedule(home.db, id, schedule.version, wish, home.clock.now());
      replan(home.db, id, home.clock.now());
      return home.scheduler.wake();
    }
  }
}

/** Every request belongs to a job, no job made two calls, no day has two jobs, and no hour was unlawful. */
function mayHaveBeenRung(home: Home, zones: readonly string[]): void {
  const jobs = home.jobs();
  const days = jobs.map((job) => `${job.contactId} ${job.localDate}`);
  expect(new Set(days).size).toBe(days.length);
  const requests = home.world.requests();
  const called = jobs.filter((job) => job.attempts > 0);
  expect(called.every((job) => job.attempts === 1)).toBe(true);
  expect(new Set(called.map((job) => job.attemptId)).size).toBe(called.length);
  expect(new Set(requests.map((each) => each.attemptId)).size).toBe(requests.length);
  const known = new Set(called.map((job) => job.attemptId));
  expect(requests.every((each) => known.has(each.attemptId))).toBe(true);
  for (const { to, at } of home.rungAt) {
    const zone = zones[Number(to.slice(-1)) - 4]!;
    const { minute } = localTime(at, zone);
    expect([zone, minute >= 480 && minute < 1260]).toEqual([zone, true]);
  }
}
