import { type CallEvent, type CallFacts, storyOf } from '../../../shared/domain/call.ts';
import { present } from '../../../shared/lib/assert.ts';
import { type Clock, sleep } from '../../../shared/lib/clock.ts';
import { type Instant, after, instant } from '../../../shared/lib/instants.ts';
import { type Random, between, seededRandom } from '../../../shared/lib/random.ts';
import type {
  CallAction,
  Capabilities,
  Done,
  Found,
  HistoricCall,
  HistoryPage,
  PlaceRequest,
  Placed,
  Readiness,
  SimulatedCarrier,
  Unreachable,
} from '../carrier.ts';
import { colleagueAt, whyNotNow } from './colleague.ts';
import { type Faults, NO_FAULTS, type PlaceFault, arrivalsOf, hiddenMsOf, placeFaultOf } from './faults.ts';
import { type LoggedRequest, type Ledger, openLedger } from './ledger.ts';
import {
  type Intervention,
  LIFE_MS_MAX,
  type Life,
  type PlacedCall,
  eventsUpTo,
  fateOfCall,
} from './life.ts';
import { TOO_MANY_REQUESTS, type World, provokedBy } from './outcomes.ts';
import { openLives } from './lives.ts';
import { openPost } from './post.ts';
import { practiceWorld } from './practice-world.ts';
import { recordingInSteps } from './sound.ts';
import { worldClock } from './world-clock.ts';

export interface SimulatorOptions {
  /** Where the world is remembered; `:memory:` for one that ends with us. Not the workspace's file. */
  readonly file: string;
  readonly clock: Clock;
  /** The same seed gives the same attempt the same fate. */
  readonly seed: string;
  readonly world?: World;
  readonly faults?: Partial<Faults>;
  /** How long `place` takes to answer, from and to, in milliseconds. */
  readonly latencyMs?: readonly [from: number, to: number];
  /** How long a request that gets no answer is waited for. */
  readonly timeoutMs?: number;
}

/** What only a simulated world can be asked. For tests, rehearsal and practice. */
export interface SimulatorControls {
  /** The next request meets this; called twice, the next two do. */
  nextPlace(fault: PlaceFault): void;
  /** While true nothing reaches the carrier, and its events do not reach us. Calls go on. */
  unreachable(is: boolean): void;
  /** Every request to place a call, in the order they were made, whatever became of them. */
  requests(): readonly LoggedRequest[];
  /** The whole truth about a call, what is still to come included. */
  lifeOf(callRef: string): Life | null;
  /** All we did to a call, tones and muting too, of which no event tells. */
  interventionsIn(callRef: string): readonly Intervention[];
}

const CAN: Capabilities = {
  hold: true,
  mute: true,
  tones: true,
  transfer: true,
  consult: true,
  monitor: true,
  voicemailDrop: true,
  machineDetection: true,
  recording: true,
  transcript: true,
  speaks: true,
  callsPerSecond: 10,
  certaintyMs: 60_000,
};

const PAGE_SIZE = 50;

const TIMED_OUT: Placed = {
  kind: 'unclear',
  sentence:
    'The carrier did not answer in time. There may be a call; it has to be asked before ringing again.',
};
const STUMBLED: Placed = {
  kind: 'unclear',
  sentence:
    'The carrier had an error of its own. There may be a call; it has to be asked before ringing again.',
};
const GAVE_UP: Placed = {
  kind: 'unclear',
  sentence:
    'We stopped waiting for the carrier. There may be a call; it has to be asked before ringing again.',
};
const NOT_SENT: Placed = {
  kind: 'refused',
  code: 'not-sent',
  sentence: 'Stopped before the carrier was asked. Nobody was rung.',
  retry: true,
};
const NO_CONNECTION: Placed = {
  kind: 'refused',
  code: 'no-connection',
  sentence: 'The simulated carrier cannot be reached. Nobody was rung; trying again later is safe.',
  retry: true,
};
const UNREACHABLE: Unreachable = {
  kind: 'unreachable',
  sentence: 'The simulated carrier cannot be reached. Calls under way go on; we will ask again.',
};
const NOT_ANSWERED: Done = {
  kind: 'cannot',
  sentence: 'Nobody has answered yet. Wait for the answer, or hang up.',
};

/**
 * A carrier that reaches nobody. It is a world of its own: every request and everything we do to a call is kept in
 * its file before we are told, and the rest of each call follows from the seed. So it survives our being killed,
 * and calls go on meanwhile, as they would anywhere.
 */
export function simulatedCarrier(options: SimulatorOptions): SimulatedCarrier & SimulatorControls {
  const { seed, world = practiceWorld, latencyMs = [40, 120], timeoutMs = 10_000 } = options;
  const faults: Faults = { ...NO_FAULTS, ...options.faults };
  const ledger = openLedger(options.file);
  const clock = worldClock(options.clock);
  const nextFaults: PlaceFault[] = [];
  let unreachableSince: Instant | null = null;
  const isCutOff = () => unreachableSince !== null;
  const post = openPost(clock, isCutOff);

  const faultsOn = (to: string): Faults => ({ ...faults, ...provokedBy(world, to)?.faults });
  const lives = openLives(world, ledger);
  const lifeIn = lives.of;
  const knownLife = (callRef: string) => {
    const known = lives.known(callRef);
    if (known !== null) return known;
    const call = ledger.call(callRef);
    return call === null ? null : lifeIn(call);
  };
  const expect = (call: PlacedCall, events: readonly CallEvent[], since: Instant) => {
    if (!post.isHeard()) return;
    const on = faultsOn(call.to);
    const { callRef, attemptId } = call;
    const letters = events.map((event) => ({ callRef, attemptId, event, arrivalsAt: arrivalsOf(event, on) }));
    post.expect(callRef, letters, since);
  };

  const receive = (request: PlaceRequest, random: Random): Placed => {
    const at = clock.now();
    const callRef = callRefFrom(random);
    const fault = nextFaults.shift() ?? provokedBy(world, request.to)?.place ?? placeFaultOf(faults, random);
    const fate = fateOfCall(world, callRef, request.to);
    const answer = answerTo(fault, fate, { kind: 'placed', callRef, at });
    const isTaken = answer.kind === 'placed' || fault === 'timeout-after' || fault === '5xx-after';
    const visibleAt = after(at, hiddenMsOf(faultsOn(request.to), random));
    ledger.log({ ...request, at, answer: answer.kind, callRef: isTaken ? callRef : null, visibleAt });
    if (isTaken) {
      const call = { ...request, callRef, placedAt: at };
      expect(call, lives.begun(call).events, at);
    }
    return answer;
  };

  const colleagueIn = (callRef: string, at: Instant) =>
    colleagueAt(world, callRef, ledger.interventionsIn(callRef), at);

  const act = (call: PlacedCall, action: CallAction): Done => {
    const at = clock.now();
    const before = eventsUpTo(lifeIn(call), at);
    const { status, isHeld = false } = storyOf(before);
    if (status === 'ended') return { kind: 'gone' };
    if (action.kind !== 'hang-up' && status !== 'in-progress') return NOT_ANSWERED;
    if (action.kind === 'hold' && action.on === isHeld) return { kind: 'done' };
    const whyNot = whyNotNow(action, colleagueIn(call.callRef, at));
    if (whyNot !== null) return whyNot;
    ledger.intervene(call.callRef, { at, action });
    lives.forget(call.callRef);
    // What had happened by now has been told; an intervention never changes it.
    const told = new Set(before.map((event) => event.key));
    const fresh = lifeIn(call).events.filter((event) => !told.has(event.key));
    expect(call, fresh, at);
    return { kind: 'done' };
  };

  return {
    name: 'simulator',
    reaches: 'nobody',
    can: CAN,
    readiness: () => readinessSince(unreachableSince),

    async place(request, signal) {
      if (signal.aborted) return NOT_SENT;
      const nth = ledger.requestCountOf(request.attemptId);
      const random = seededRandom(`${seed}/${request.attemptId}/${nth}/${request.to}`);
      const waitMs = between(random, ...latencyMs);
      if (isCutOff()) {
        ledger.log({ ...request, at: clock.now(), answer: 'refused', callRef: null, visibleAt: clock.now() });
        return NO_CONNECTION;
      }
      const answer = receive(request, random);
      await pause(clock, answer === TIMED_OUT ? timeoutMs : waitMs, signal);
      return signal.aborted ? GAVE_UP : answer;
    },

    async find({ attemptId }): Promise<Found> {
      if (isCutOff()) return UNREACHABLE;
      const call = ledger.callOf(attemptId, clock.now());
      return call === null ? { kind: 'absent' } : { kind: 'found', callRef: call.callRef, at: call.placedAt };
    },

    async fetch(callRef) {
      if (isCutOff()) return UNREACHABLE;
      const life = knownLife(callRef);
      return life === null ? null : withoutSuperseded(eventsUpTo(life, clock.now()));
    },

    async control(callRef, action) {
      if (isCutOff()) return UNREACHABLE;
      const call = ledger.call(callRef);
      return call === null ? { kind: 'gone' } : act(call, action);
    },

    async consulted(callRef) {
      if (isCutOff()) return UNREACHABLE;
      const life = knownLife(callRef);
      const isOver = life === null || life.endedAt <= clock.now();
      return { kind: 'consulted', colleague: isOver ? 'gone' : colleagueIn(callRef, clock.now()) };
    },

    async history(range, cursor): Promise<HistoryPage> {
      if (isCutOff()) return UNREACHABLE;
      return historyPage(ledger, range, cursor, clock.now(), lifeIn);
    },

    async recording(recordingRef) {
      if (isCutOff()) return UNREACHABLE;
      const callRef = recordingRef.replace(/\.wav$/, '');
      const life = knownLife(callRef);
      const isReady = life && storyOf(eventsUpTo(life, clock.now())).recordingRef === recordingRef;
      if (!isReady) return null;
      const talkMs = life.endedAt - present(life.answeredAt, 'the answer of a recorded call');
      const making = recordingInSteps({ callRef, talkMs, said: life.said, beepMs: life.beepMs });
      for (;;) {
        const step = making.next();
        if (step.done === true) return { kind: 'sound', mime: 'audio/wav', bytes: step.value };
        // A talk of ten minutes takes half a second to make: calls go on meanwhile.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },

    listen(onEvent) {
      const isFirst = !post.isHeard();
      const stop = post.listen(onEvent);
      if (isFirst) {
        // What fell due while nobody listened is not brought again, only what is still to come.
        const now = clock.now();
        for (const call of ledger.callsSince(after(now, -LIFE_MS_MAX))) {
          expect(call, lifeIn(call).events, after(now, 1));
        }
      }
      return stop;
    },

    async close() {
      post.stop();
      ledger.close();
    },

    nextPlace: (fault) => void nextFaults.push(fault),
    unreachable(is) {
      if (is !== isCutOff()) unreachableSince = is ? clock.now() : null;
    },
    requests: () => ledger.requests(),
    lifeOf: knownLife,
    interventionsIn: (callRef) => ledger.interventionsIn(callRef),
  };
}

function callRefFrom(random: Random): string {
  let digits = '';
  while (digits.length < 24) digits += between(random, 0, 15).toString(16);
  return `SIM${digits}`;
}

function answerTo(fault: PlaceFault | null, fate: ReturnType<typeof fateOfCall>, placed: Placed): Placed {
  if (fault === 'timeout-before' || fault === 'timeout-after') return TIMED_OUT;
  if (fault === '5xx-before' || fault === '5xx-after') return STUMBLED;
  if (fault === 'rate-limited') return TOO_MANY_REQUESTS;
  return fate.kind === 'refused' ? fate : placed;
}

function readinessSince(since: Instant | null): Readiness {
  if (since === null) return { kind: 'ready' };
  return {
    kind: 'in-trouble',
    sentence: 'The simulated carrier cannot be reached. No calls are placed.',
    since,
  };
}

/** A simulated clock would have to be moved for even no time to pass. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(clock, ms, signal);
}

/** Each telling of a transcript holds the ones before it, so only the last is worth carrying. */
function withoutSuperseded(events: readonly CallEvent[]): readonly CallEvent[] {
  const last = events.findLast(({ facts }) => facts.transcript !== undefined);
  return events.filter((event) => event.facts.transcript === undefined || event === last);
}

function historyPage(
  ledger: Ledger,
  { from, to }: { from: Instant; to: Instant },
  cursor: string | null,
  now: Instant,
  lifeIn: (call: PlacedCall) => Life,
): HistoryPage {
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor);
  const rows = ledger.page(from, to, now, before, PAGE_SIZE + 1);
  const shown = rows.slice(0, PAGE_SIZE);
  const calls = shown.map((call) => historicCall(call, eventsUpTo(lifeIn(call), now)));
  return { calls, next: rows.length > PAGE_SIZE ? String(shown.at(-1)!.id) : null };
}

/** As carriers list calls: what became of them, without what was said. */
function historicCall(call: PlacedCall, events: readonly CallEvent[]): HistoricCall {
  const {
    ringingAt: _ringing,
    answeredAt: _answered,
    endedAt: _ended,
    transcript: _said,
    ...facts
  } = storyOf(events);
  return {
    callRef: call.callRef,
    attemptId: call.attemptId,
    direction: 'outbound',
    from: call.from,
    to: call.to,
    startedAt: instant(call.placedAt),
    facts: facts satisfies CallFacts,
  };
}
