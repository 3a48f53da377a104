import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ConsentRow, JobRow, Schedulable, ScheduleRow } from '../../shared/contract/schedules.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { assert } from '../../shared/lib/assert.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { sessionSecrets } from '../host.ts';
import { type House, openHouse } from '../house.ts';

/** 13:00 in New York and 10:00 in Portland, on a Wednesday: practice is open. */
const START = instant(Date.UTC(2026, 10, 18, 18));

interface Practice {
  readonly house: House;
  readonly clock: SimulatedClock;
  /** Asks, and takes nothing but an answer. */
  get<T>(call: string, input?: unknown): Promise<T>;
  /** Asks, and takes nothing but a refusal: its code and its sentence. */
  no(call: string, input?: unknown): Promise<string>;
  end(): Promise<void>;
}

const open: Practice[] = [];

/** The practice workspace behind its door, with a supervisor at the screen. */
async function aPractice(): Promise<Practice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-schedules-'));
  const clock = simulatedClock(START);
  const opened = await openHouse({
    dataDir,
    clock,
    practicePace: clock,
    practiceSpeed: 1,
    random: seededRandom('house'),
    host: { kind: 'test', version: '0', showDesk() {}, showStanding() {}, notify() {}, loginItem: null },
    secrets: sessionSecrets(),
    log: (line, error) => expect.unreachable(`${line} ${String(error)}`),
    push() {},
  });
  assert(opened.ok, 'the house opens');
  const house = opened.value;
  const practice: Practice = {
    house,
    clock,
    async get<T>(call: string, input?: unknown) {
      const answer = (await house.answer(call, input)) as Answer<T>;
      if (!answer.ok) throw new Error(`${call}: ${answer.error.sentence}`);
      return answer.value;
    },
    async no(call, input) {
      const answer = await house.answer(call, input);
      return answer.ok ? 'it was done' : `${answer.error.code}: ${answer.error.sentence}`;
    },
    async end() {
      const stopped = house.stop();
      await clock.advance(20 * SECOND_MS);
      await stopped;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  open.push(practice);
  await practice.get('app.begin', { as: 'show-me', name: 'Ann' });
  return practice;
}

afterEach(async () => {
  for (const practice of open.splice(0)) await practice.end();
});

/** Somebody from Portland whose first number is answered. */
async function maria({ get }: Practice): Promise<Schedulable> {
  const { rows } = await get<{ rows: { id: number }[] }>('contacts.page', {
    search: 'Maria Lopez',
    after: null,
  });
  return get('schedules.ofContact', { contactId: rows[0]!.id });
}

async function aWish(practice: Practice, but: Record<string, unknown> = {}) {
  const { contactId, numbers } = await maria(practice);
  const usual = { version: null, time: '11:00', cadence: 'daily', voice: '', zone: 'America/Los_Angeles' };
  return { ...usual, contactId, numberId: numbers[0]!.id, ...but };
}

const CONSENT = { kind: 'ai-voice', basis: 'In writing', source: 'Form of 3 May' } as const;

test('a supervisor schedules a call, and it is made, followed and counted', async () => {
  const practice = await aPractice();
  const { get, clock } = practice;
  const found = await maria(practice);
  expect(found).toMatchObject({
    name: 'Maria Lopez',
    zone: 'America/Los_Angeles',
    schedule: null,
    consents: [],
  });

  const made = await get<ScheduleRow>(
    'schedules.save',
    await aWish(practice, { cadence: 'wed mon tue thu fri' }),
  );
  expect(made).toMatchObject({
    name: 'Maria Lopez',
    time: '11:00',
    cadence: 'weekdays',
    cadenceInWords: 'Mon–Fri',
    next: { at: START + HOUR_MS, remark: null },
    trouble: 'Not called: no consent to an AI voice.',
  });
  const consents = await get<ConsentRow[]>('schedules.giveConsent', {
    contactId: found.contactId,
    ...CONSENT,
  });
  expect(consents).toMatchObject([{ ...CONSENT, revokedAt: null }]);
  expect(await get('schedules.page', { after: null })).toMatchObject({
    rows: [{ trouble: null }],
    next: null,
  });
  expect(await get('schedules.today')).toMatchObject({ date: '2026-11-18', scheduled: 1, completed: 0 });

  await clock.advance(HOUR_MS + 10 * SECOND_MS);
  const wanted = { day: null, state: null, after: null };
  const { rows } = await get<{ rows: JobRow[] }>('schedules.jobs', wanted);
  expect(rows).toMatchObject([
    { name: 'Maria Lopez', state: 'started', zone: 'America/Los_Angeles', mayCancel: false },
  ]);
  await clock.advance(HOUR_MS);
  expect(await get('schedules.today')).toMatchObject({ scheduled: 0, started: 0, completed: 1, failed: 0 });
  expect(await get('schedules.person', { contactId: found.contactId })).toMatchObject({
    total: 1,
    successRate: 1,
    lastError: null,
    sessions: [{ disposition: 'completed', answeredBy: 'human', carrier: 'simulator' }],
  });
  expect(await get('schedules.jobs', { ...wanted, state: 'completed' })).toMatchObject({
    rows: [{ seconds: expect.any(Number), attempts: 1 }],
  });
});

test.each([
  [
    { zone: 'EST' },
    'bad-arguments: “EST” does not say where its clocks change. Write America/New_York if that is the place.',
  ],
  [{ zone: 'Mars/Olympus' }, 'bad-arguments: There is no time zone “Mars/Olympus”.'],
  [{ time: '25:00' }, 'bad-arguments: “25:00” is not a time of day.'],
  [{ time: 'noon' }, 'bad-arguments: Nothing was changed. A time is written as 09:30.'],
  [{ cadence: '' }, 'bad-arguments: No day is chosen.'],
  [{ cadence: 'payday' }, 'bad-arguments: “payday” is not a day of the week.'],
  [{ numberId: 9_999 }, 'not-found: This number is gone, or belongs to somebody else.'],
  [{ contactId: 9_999 }, 'not-found: This contact is gone.'],
  [{ version: 3 }, 'not-found: This schedule is gone.'],
])('%j is refused with a sentence, and nothing is kept', async (but, why) => {
  const practice = await aPractice();
  expect(await practice.no('schedules.save', await aWish(practice, but))).toContain(why);
  expect(await practice.get('schedules.page', { after: null })).toEqual({ rows: [], next: null });
});

test('the second of two who save is told who changed what, and looks again', async () => {
  const practice = await aPractice();
  const { get, no } = practice;
  const { version } = await get<ScheduleRow>('schedules.save', await aWish(practice));
  await get('schedules.save', await aWish(practice, { version, time: '14:30' }));
  const sentence = await no('schedules.save', await aWish(practice, { version, cadence: 'mon' }));
  expect(sentence).toContain(
    'conflict: Ann changed this schedule while you had it open (time 11:00 → 14:30).',
  );
  expect(await no('schedules.save', await aWish(practice))).toContain('conflict: ');
  expect(await get('schedules.page', { after: null })).toMatchObject({
    rows: [{ time: '14:30', cadence: 'daily' }],
  });
});

test('switched off, removed, and brought back: what is planned goes and comes with it', async () => {
  const practice = await aPractice();
  const { get } = practice;
  const { id } = await get<ScheduleRow>('schedules.save', await aWish(practice));
  const planned = async () => (await get<{ scheduled: number }>('schedules.today')).scheduled;
  expect(await planned()).toBe(1);
  expect(await get('schedules.setActive', { id, active: false })).toMatchObject({
    isActive: false,
    next: null,
  });
  expect(await planned()).toBe(0);
  await get('schedules.setActive', { id, active: true });
  expect(await planned()).toBe(1);
  expect(practice.house.isBusy()).toBe(true);
  await get('schedules.remove', { id });
  expect([await planned(), practice.house.isBusy()]).toEqual([0, false]);
  expect(await get('schedules.page', { after: null })).toEqual({ rows: [], next: null });
  await get('schedules.restore', { id });
  expect([await planned(), await get('schedules.planNow')]).toEqual([1, { planned: 0, missed: 0 }]);
  const lines = await get<{ action: string; who: string }[]>('people.audit', { before: null });
  const actions = lines.filter(({ action }) => action.startsWith('schedule')).map(({ action }) => action);
  expect(actions).toEqual([
    'schedule.restore',
    'schedule.remove',
    'schedule.on',
    'schedule.off',
    'schedule.add',
  ]);
});

test('one call is canceled, and cannot be canceled once it is over', async () => {
  const practice = await aPractice();
  const { get, no, clock } = practice;
  const { contactId } = await get<ScheduleRow>('schedules.save', await aWish(practice));
  await get('schedules.giveConsent', { contactId, ...CONSENT });
  const wanted = { day: '2026-11-18', state: null, after: null };
  const job = (await get<{ rows: JobRow[] }>('schedules.jobs', wanted)).rows[0]!;
  expect(await get('schedules.cancelJob', { id: job.id })).toMatchObject({
    state: 'canceled',
    mayCancel: false,
  });
  await clock.advance(25 * HOUR_MS + 10 * MINUTE_MS);
  const days = await Promise.all(
    ['2026-11-18', '2026-11-19'].map((day) => get<{ rows: JobRow[] }>('schedules.jobs', { ...wanted, day })),
  );
  expect(days.map(({ rows }) => rows.map(({ state }) => state))).toEqual([['canceled'], ['completed']]);
  expect(await no('schedules.cancelJob', { id: days[1]!.rows[0]!.id })).toContain(
    'not-now: This call has begun or is over',
  );
  expect(await no('schedules.jobs', { ...wanted, day: '2026-02-30' })).toContain(
    'bad-arguments: “2026-02-30” is not a date.',
  );
});

test('a consent that is taken back stops the call; that to be called at all is kept on the do-not-call list', async () => {
  const practice = await aPractice();
  const { get, clock } = practice;
  const { contactId } = await get<ScheduleRow>('schedules.save', await aWish(practice));
  await get('schedules.giveConsent', { contactId, ...CONSENT });
  const consents = await get<ConsentRow[]>('schedules.giveConsent', { contactId, ...CONSENT, kind: 'call' });
  await get('schedules.revokeConsent', { id: consents.find(({ kind }) => kind === 'call')!.id });
  await clock.advance(2 * HOUR_MS);
  expect(await get('schedules.person', { contactId })).toMatchObject({
    total: 1,
    successRate: 0,
    lastError: {
      sentence: expect.stringMatching(/do-not-call list .*: took back the consent to be called\.$/) as string,
    },
    sessions: [],
  });
});

test('an agent looks at schedules and changes none', async () => {
  const practice = await aPractice();
  const { get, no } = practice;
  const { id } = await get<ScheduleRow>('schedules.save', await aWish(practice));
  const { id: agent } = await get<{ id: number }>('people.add', { name: 'Robin', role: 'agent' });
  await get('people.signIn', { id: agent, pin: null });
  for (const call of [
    'setActive',
    'remove',
    'restore',
    'planNow',
    'cancelJob',
    'save',
    'giveConsent',
    'revokeConsent',
  ])
    expect(await no(`schedules.${call}`, { id })).toMatch(/^not-allowed: /);
  expect(await get('schedules.page', { after: null })).toMatchObject({ rows: [{ id }] });
});
