import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CallEvent, storyOf } from '../../../shared/domain/call.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { HOUR_MS, MINUTE_MS, after, instant } from '../../../shared/lib/instants.ts';
import { type SimulatedClock, simulatedClock } from '../../../shared/lib/simulated-clock.ts';
import type { CarrierEvent, PlaceRequest, Placed, Unreachable } from '../carrier.ts';
import { BUSY, HUMAN, NOT_A_NUMBER, PATIENT_HUMAN, VOICEMAIL, exactly, worldOf } from './outcomes.ts';
import { practiceWorld } from './practice-world.ts';
import { type SimulatorOptions, simulatedCarrier } from './simulator.ts';

const NINE = instant(Date.UTC(2026, 10, 20, 14));
/** Rings after 2 seconds, answers after 6, and talks until we hang up. */
const PATIENT = { ...worldOf(PATIENT_HUMAN), setUp: exactly(2_000) };
const PATIENCE = new AbortController().signal;

function aWorld(about: Partial<SimulatorOptions> = {}) {
  const clock = about.clock ?? simulatedClock(NINE);
  const options = { file: ':memory:', seed: 'a test', latencyMs: [0, 0] as const, ...about, clock };
  const carrier = simulatedCarrier(options);
  onTestFinished(() => carrier.close());
  return { carrier, clock: clock as SimulatedClock };
}

function aRequest(about: Partial<PlaceRequest> = {}): PlaceRequest {
  return {
    attemptId: 'attempt-1',
    to: '+12125550188' as E164,
    from: '+12125550100',
    ringMs: 30_000,
    record: true,
    detectMachine: true,
    ...about,
  };
}

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'world.sqlite');
}

function refOf(placed: Placed): string {
  if (placed.kind !== 'placed') throw new Error(`expected a call, got: ${placed.sentence}`);
  return placed.callRef;
}

function told(events: readonly CallEvent[] | null | Unreachable): readonly CallEvent[] {
  if (events === null || 'kind' in events) throw new Error('expected events');
  return events;
}

const sought = { attemptId: 'attempt-1', to: '+12125550188' as E164, from: '+12125550100', sentAt: NINE };

test('a call lives its whole life, and listening and asking tell the same story', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN) });
  const heard: CarrierEvent[] = [];
  carrier.listen((event) => void heard.push(event));
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  await clock.advance(HOUR_MS);
  const story = storyOf(heard.map(({ event }) => event));
  expect(story).toMatchObject({ status: 'ended', end: 'completed', answeredBy: 'human', currency: 'USD' });
  expect(story).toEqual(storyOf(told(await carrier.fetch(callRef))));
  expect(heard.every((event) => event.attemptId === 'attempt-1' && event.callRef === callRef)).toBe(true);
  expect(new Set(heard.map(({ event }) => event.key)).size).toBe(heard.length);
});

test('each event is heard at its own instant, by everyone who listens and nobody who stopped', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN) });
  const lateMs: number[] = [];
  let others = 0;
  let stopped = 0;
  carrier.listen(({ event }) => void lateMs.push(clock.now() - event.at));
  carrier.listen(() => void others++);
  carrier.listen(() => void stopped++)();
  await carrier.place(aRequest(), PATIENCE);
  await clock.advance(HOUR_MS);
  expect(new Set(lateMs)).toEqual(new Set([0]));
  expect([others, stopped]).toEqual([lateMs.length, 0]);
});

test('asking tells no more than has happened', async () => {
  const { carrier, clock } = aWorld({ world: PATIENT });
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  const status = async () => storyOf(told(await carrier.fetch(callRef))).status;
  expect(await status()).toBe('queued');
  await clock.advance(5_000);
  expect(await status()).toBe('ringing');
  await clock.advance(1_000);
  expect(await status()).toBe('in-progress');
  await clock.advance(60_000);
  const tellings = told(await carrier.fetch(callRef)).filter(({ facts }) => facts.transcript);
  expect(tellings).toHaveLength(1);
  expect(tellings[0]!.facts.transcript!.length).toBeGreaterThan(5);
  expect(await carrier.fetch('SIM-never-heard-of')).toBeNull();
});

test('a world killed and opened again answers find and fetch as before', async () => {
  const file = aFile();
  const first = aWorld({ file, world: PATIENT });
  const callRef = refOf(await first.carrier.place(aRequest(), PATIENCE));
  await first.clock.advance(60_000);
  await first.carrier.control(callRef, { kind: 'hold', on: true });
  const before = await first.carrier.fetch(callRef);
  // Not closed: a killed process closes nothing.
  const clock = simulatedClock(first.clock.now());
  const { carrier } = aWorld({ file, clock, world: PATIENT });
  expect(await carrier.find(sought)).toEqual({ kind: 'found', callRef, at: NINE });
  expect(await carrier.fetch(callRef)).toEqual(before);
  expect(storyOf(told(before)).isHeld).toBe(true);
  expect(carrier.requests()).toHaveLength(1);
});

test('a call placed by a process that was then killed by force goes on', async () => {
  const file = aFile();
  const placed = await placeInAChildAndKillIt(file);
  const clock = simulatedClock(after(NINE, 20_000));
  const { carrier } = aWorld({ file, clock, seed: 'a child', world: practiceWorld });
  expect(await carrier.find(sought)).toEqual({ kind: 'found', callRef: placed, at: NINE });
  expect(storyOf(told(await carrier.fetch(placed))).status).toBe('in-progress');
});

test('after a restart only what is still to come is heard; the rest is there for the asking', async () => {
  const file = aFile();
  const world = PATIENT;
  const first = aWorld({ file, world });
  const callRef = refOf(await first.carrier.place(aRequest(), PATIENCE));
  const clock = simulatedClock(after(NINE, 5 * MINUTE_MS));
  const { carrier } = aWorld({ file, clock, world });
  const heard: CallEvent[] = [];
  carrier.listen(({ event }) => void heard.push(event));
  const missed = told(await carrier.fetch(callRef));
  await clock.advance(HOUR_MS);
  expect(missed.map(({ facts }) => facts.status)).toContain('in-progress');
  expect(heard.every((event) => event.at > after(NINE, 5 * MINUTE_MS))).toBe(true);
  expect(storyOf(heard)).toMatchObject({ status: 'ended', answeredAt: null });
  expect(storyOf([...missed, ...heard])).toEqual(storyOf(told(await carrier.fetch(callRef))));
});

test('a time-out after the carrier took the call is unclear, and the call is found', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN) });
  carrier.nextPlace('timeout-after');
  const placing = carrier.place(aRequest(), PATIENCE);
  await clock.advance(10_000);
  expect((await placing).kind).toBe('unclear');
  expect(clock.now() - NINE).toBe(10_000);
  expect(await carrier.find(sought)).toMatchObject({ kind: 'found', at: NINE });
});

test('a time-out before the carrier took the call is unclear, and there is no call', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN) });
  carrier.nextPlace('timeout-before');
  const placing = carrier.place(aRequest(), PATIENCE);
  await clock.advance(10_000);
  expect((await placing).kind).toBe('unclear');
  await clock.advance(HOUR_MS);
  expect(await carrier.find(sought)).toEqual({ kind: 'absent' });
  expect(carrier.requests()).toMatchObject([{ attemptId: 'attempt-1', answer: 'unclear', callRef: null }]);
});

test('a call may turn up late, but always before the carrier is certain', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN), faults: { turnsUpLate: 1 } });
  carrier.nextPlace('5xx-after');
  expect((await carrier.place(aRequest(), PATIENCE)).kind).toBe('unclear');
  await clock.advance(4_000);
  expect(await carrier.find(sought)).toEqual({ kind: 'absent' });
  await clock.advance(carrier.can.certaintyMs - 4_000);
  expect((await carrier.find(sought)).kind).toBe('found');
});

test('a request given up half-way is unclear; one given up before it left was never made', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN), latencyMs: [100, 100] });
  const impatience = new AbortController();
  const placing = carrier.place(aRequest(), impatience.signal);
  await clock.advance(50);
  impatience.abort();
  expect((await placing).kind).toBe('unclear');
  expect((await carrier.find(sought)).kind).toBe('found');
  const never = await carrier.place(aRequest({ attemptId: 'attempt-2' }), impatience.signal);
  expect(never).toMatchObject({ kind: 'refused', retry: true });
  expect(carrier.requests()).toHaveLength(1);
});

test('a refused number has no call, and says whether asking again may help', async () => {
  const { carrier } = aWorld({ world: worldOf(NOT_A_NUMBER) });
  expect(await carrier.place(aRequest(), PATIENCE)).toMatchObject({ kind: 'refused', retry: false });
  carrier.nextPlace('rate-limited');
  expect(await carrier.place(aRequest(), PATIENCE)).toMatchObject({ code: '429', retry: true });
  expect(await carrier.find(sought)).toEqual({ kind: 'absent' });
});

test('asked twice for one attempt it rings twice, as carriers do, and the log shows it', async () => {
  const { carrier } = aWorld({ world: worldOf(HUMAN) });
  const first = refOf(await carrier.place(aRequest(), PATIENCE));
  const second = refOf(await carrier.place(aRequest(), PATIENCE));
  expect(second).not.toBe(first);
  expect(carrier.requests().map(({ callRef }) => callRef)).toEqual([first, second]);
});

test('the fate of an attempt depends on the seed, not on the instant it was placed', async () => {
  expect(await endsOf('one', NINE)).toEqual(await endsOf('one', NINE + 12_345));
  expect(await endsOf('one', NINE)).not.toEqual(await endsOf('two', NINE));
});

test('hanging up while it rings cancels the call at once', async () => {
  const { carrier, clock } = aWorld({ world: PATIENT });
  const heard: CallEvent[] = [];
  carrier.listen(({ event }) => void heard.push(event));
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  await clock.advance(5_000);
  expect(storyOf(heard).status).toBe('ringing');
  expect(await carrier.control(callRef, { kind: 'hang-up' })).toEqual({ kind: 'done' });
  await clock.advance(HOUR_MS);
  expect(storyOf(heard)).toMatchObject({
    end: 'canceled',
    endedBy: 'us',
    answeredAt: null,
    endedAt: NINE + 5_000,
  });
  expect(await carrier.control(callRef, { kind: 'hang-up' })).toEqual({ kind: 'gone' });
});

test('nothing but hanging up can be done before the answer', async () => {
  const { carrier, clock } = aWorld({ world: PATIENT });
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  expect((await carrier.control(callRef, { kind: 'hold', on: true })).kind).toBe('cannot');
  await clock.advance(30_000);
  expect((await carrier.control(callRef, { kind: 'hold', on: true })).kind).toBe('done');
  expect((await carrier.control(callRef, { kind: 'tones', digits: '12#' })).kind).toBe('done');
  expect(carrier.interventionsIn(callRef).map(({ action }) => action.kind)).toEqual(['hold', 'tones']);
  expect((await carrier.control('SIM-never-heard-of', { kind: 'hang-up' })).kind).toBe('gone');
});

test('a call we meddle with is heard once, to the end we made', async () => {
  const { carrier, clock } = aWorld({ world: PATIENT });
  const heard: CallEvent[] = [];
  carrier.listen(({ event }) => void heard.push(event));
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  for (const on of [true, false, true]) {
    await clock.advance(30_000);
    await carrier.control(callRef, { kind: 'hold', on });
  }
  await carrier.control(callRef, { kind: 'hang-up' });
  await clock.advance(HOUR_MS);
  expect(heard.map(({ key }) => key)).toEqual(carrier.lifeOf(callRef)?.events.map(({ key }) => key));
});

test('lost events are never heard, doubled ones twice, and asking tells all the same', async () => {
  const { carrier, clock } = aWorld();
  const heard = new Map<string, number>();
  carrier.listen(({ attemptId }) => void heard.set(attemptId!, (heard.get(attemptId!) ?? 0) + 1));
  const place = (line: string) =>
    carrier.place(aRequest({ attemptId: line, to: `+12125550${line}` as E164 }), PATIENCE);
  const [lost, doubled] = [refOf(await place('153')), refOf(await place('150'))];
  await clock.advance(2 * HOUR_MS);
  expect(heard.get('153')).toBeUndefined();
  expect(heard.get('150')).toBe(2 * carrier.lifeOf(doubled)!.events.length);
  expect(storyOf(told(await carrier.fetch(lost)))).toMatchObject({ status: 'ended', end: 'completed' });
});

test('events that fell due while the machine slept are not heard', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(BUSY) });
  let heard = 0;
  carrier.listen(() => void heard++);
  await carrier.place(aRequest(), PATIENCE);
  clock.jump(after(NINE, HOUR_MS));
  await clock.advance(HOUR_MS);
  expect(heard).toBe(0);
});

test('setting our clock back does not turn the world back', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(HUMAN) });
  const heard: CallEvent[] = [];
  carrier.listen(({ event }) => void heard.push(event));
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  await clock.advance(2_000);
  clock.jump(after(NINE, -HOUR_MS));
  await clock.advance(40 * MINUTE_MS);
  expect(storyOf(heard)).toMatchObject({ status: 'ended', end: 'completed' });
  expect(storyOf(told(await carrier.fetch(callRef)))).toEqual(storyOf(heard));
});

test('while the carrier is out of reach nothing is placed, and calls go on', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(BUSY) });
  let heard = 0;
  carrier.listen(() => void heard++);
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  carrier.unreachable(true);
  expect(carrier.readiness()).toMatchObject({ kind: 'in-trouble', since: NINE });
  expect(await carrier.place(aRequest({ attemptId: 'attempt-2' }), PATIENCE)).toMatchObject({
    kind: 'refused',
    retry: true,
  });
  const answers = [
    await carrier.find(sought),
    await carrier.fetch(callRef),
    await carrier.control(callRef, { kind: 'hang-up' }),
    await carrier.history({ from: NINE, to: after(NINE, 1) }, null),
    await carrier.recording(`${callRef}.wav`),
  ];
  expect(answers.map((answer) => answer && 'kind' in answer && answer.kind)).toEqual(
    Array(5).fill('unreachable'),
  );
  await clock.advance(MINUTE_MS);
  expect(heard).toBe(0);
  carrier.unreachable(false);
  expect(carrier.readiness()).toEqual({ kind: 'ready' });
  expect(storyOf(told(await carrier.fetch(callRef))).end).toBe('busy');
});

test('history brings every call of the range once, newest first, fifty to a page', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(BUSY) });
  const refs: string[] = [];
  for (let nth = 0; nth < 130; nth++) {
    refs.push(refOf(await carrier.place(aRequest({ attemptId: `attempt-${nth}` }), PATIENCE)));
    await clock.advance(1_000);
  }
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let cursor: string | null = null, isDone = false; !isDone; ) {
    const page = await carrier.history({ from: after(NINE, 20_000), to: after(NINE, 120_000) }, cursor);
    if ('kind' in page) throw new Error(page.sentence);
    seen.push(...page.calls.map(({ callRef }) => callRef));
    sizes.push(page.calls.length);
    cursor = page.next;
    isDone = cursor === null;
  }
  expect(seen).toEqual(refs.slice(20, 120).toReversed());
  expect(sizes).toEqual([50, 50]);
});

test('a recording can be had once it is ready, and only of a call that was recorded', async () => {
  const { carrier, clock } = aWorld({ world: worldOf(VOICEMAIL) });
  const callRef = refOf(await carrier.place(aRequest(), PATIENCE));
  const silent = refOf(await carrier.place(aRequest({ attemptId: 'attempt-2', record: false }), PATIENCE));
  await clock.advance(40_000);
  expect(await carrier.recording(`${callRef}.wav`)).toBeNull();
  await clock.advance(HOUR_MS);
  const { recordingRef, seconds } = storyOf(told(await carrier.fetch(callRef)));
  const sound = await carrier.recording(recordingRef!);
  if (sound?.kind !== 'sound') throw new Error('expected a sound');
  expect(Math.floor((sound.bytes.length - 44) / 4 / 8_000)).toBe(seconds);
  expect(await carrier.recording(`${silent}.wav`)).toBeNull();
});

test('a day of 2,000 calls with everything going wrong takes seconds, and asking tells each call in full', async () => {
  const faults = {
    timeoutBefore: 0.02,
    timeoutAfter: 0.02,
    http5xx: 0.02,
    rateLimited: 0.05,
    duplicate: 0.1,
    reorder: 0.1,
    late: 0.05,
    lose: 0.05,
  };
  const { carrier, clock } = aWorld({ faults, latencyMs: [40, 120] });
  let heard = 0;
  carrier.listen(() => void heard++);
  const placing: Promise<Placed>[] = [];
  for (let nth = 0; nth < 2_000; nth++) {
    const to = `+1${212 + (nth % 400)}55501${String(55 + (nth % 45))}` as E164;
    placing.push(carrier.place(aRequest({ attemptId: `attempt-${nth}`, to }), PATIENCE));
    await clock.advance((8 * HOUR_MS) / 2_000);
  }
  await clock.advance(2 * HOUR_MS);
  const answers = await Promise.all(placing);
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['placed', 'refused', 'unclear']));
  const ends = new Set<string | undefined>();
  for (const { callRef } of carrier.requests()) {
    if (callRef === null) continue;
    const story = storyOf(told(await carrier.fetch(callRef)));
    expect(story).toEqual(storyOf(carrier.lifeOf(callRef)!.events));
    ends.add(story.end);
  }
  expect(ends).toEqual(new Set(['completed', 'busy', 'no-answer', 'failed']));
  expect(heard).toBeGreaterThan(10_000);
});

async function endsOf(seed: string, at: number): Promise<string[]> {
  const { carrier, clock } = aWorld({ seed, clock: simulatedClock(instant(at)) });
  const ends: string[] = [];
  for (let nth = 0; nth < 40; nth++) {
    const placed = await carrier.place(aRequest({ attemptId: `attempt-${nth}` }), PATIENCE);
    await clock.advance(1_000);
    ends.push(
      placed.kind === 'placed' ? `${placed.callRef} ${carrier.lifeOf(placed.callRef)?.end}` : placed.kind,
    );
  }
  return ends;
}

/** Places one call on the number that answers after four seconds and talks on, then dies without a word. */
async function placeInAChildAndKillIt(file: string): Promise<string> {
  const code = `
    import { simulatedClock } from './shared/lib/simulated-clock.ts';
    import { simulatedCarrier } from './electron/carriers/simulator/simulator.ts';
    const carrier = simulatedCarrier({
      file: ${JSON.stringify(file)}, clock: simulatedClock(${NINE}), seed: 'a child', latencyMs: [0, 0],
    });
    const request = ${JSON.stringify(aRequest({ to: '+12125550102' as E164 }))};
    const placed = await carrier.place(request, new AbortController().signal);
    console.log(placed.callRef);
    setInterval(() => {}, 1000);
  `;
  const root = join(import.meta.dirname, '../../..');
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], { cwd: root });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const callRef = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.stderr.once('data', (line) => reject(new Error(String(line))));
  });
  child.kill('SIGKILL');
  await gone;
  return callRef;
}
