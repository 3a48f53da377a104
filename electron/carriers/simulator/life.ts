import type {
  AnsweredBy,
  CallEnd,
  CallEvent,
  CallFacts,
  TranscriptSegment,
} from '../../../shared/domain/call.ts';
import { type Instant, MINUTE_MS, after } from '../../../shared/lib/instants.ts';
import { type Random, between, seededRandom } from '../../../shared/lib/random.ts';
import type { CallAction, PlaceRequest } from '../carrier.ts';
import { announcementOf, dialogueOf, greetingOf, messageOf } from './dialogue.ts';
import { type Answered, type Fate, type World, drawMs, fateOf } from './outcomes.ts';

/** A call as the world keeps it. Its reference was drawn from the seed, and all its chances come from that. */
export interface PlacedCall extends PlaceRequest {
  readonly callRef: string;
  readonly placedAt: Instant;
}

/** What we did to a call while it was alive. */
export interface Intervention {
  readonly at: Instant;
  readonly action: CallAction;
}

/** A call from its beginning to its last late detail, what is still to come included. */
export interface Life {
  readonly events: readonly CallEvent[];
  readonly end: CallEnd;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant;
  /** Everything said, in times since the answer. */
  readonly said: readonly TranscriptSegment[];
  readonly beepMs: number | null;
}

/** No life is longer than this, its late details included: ring 10 min, talk 30 min, and the bill. */
export const LIFE_MS_MAX = 90 * MINUTE_MS;

const RING_MS_MAX = 10 * MINUTE_MS;
const MINUTE_COST_MICROS = 14_000;
const DETECTION_COST_MICROS = 7_500;
const SHORTEST_RECORDING_MS = 1_000;

/** What would happen if we let it. Drawn in one go, so that nothing we do later changes what chance had said. */
interface Plan {
  readonly ringingAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endAt: Instant;
  readonly end: CallEnd;
  readonly endedBy: 'them' | 'carrier';
  readonly error?: { readonly code: string; readonly sentence: string };
  readonly heard: readonly { readonly ms: number; readonly as: AnsweredBy }[];
  readonly said: readonly TranscriptSegment[];
  readonly beepMs: number | null;
}

interface Ending {
  readonly at: Instant;
  readonly end: CallEnd;
  readonly by: 'us' | 'them' | 'carrier';
}

type Told = readonly [at: Instant, facts: CallFacts];

/**
 * The life of a call. What we do at an instant comes after all that happens by itself up to that instant and never
 * changes it: an event once told stays as it was told, place in the order and key included.
 */
export function lifeOf(world: World, call: PlacedCall, interventions: readonly Intervention[]): Life {
  const plan = planOf(world, call);
  const { ending, done } = endingOf(plan, interventions);
  const answeredAt = plan.answeredAt !== null && plan.answeredAt <= ending.at ? plan.answeredAt : null;
  const said = answeredAt === null ? [] : saidBy(plan, answeredAt, ending, done);
  const told = [
    ...beginning(call, plan, ending),
    ...(answeredAt === null ? [] : detection(call, plan, answeredAt, ending)),
    ...(answeredAt === null ? [] : transcript(said, answeredAt)),
    ...(answeredAt === null ? [] : echoes(done)),
    ...closing(plan, answeredAt, ending, done, said),
    ...afterwards(call, answeredAt, ending),
  ];
  // Sorting is stable: what falls on one instant keeps the order above, what we caused after what came by itself.
  const events = told.sort(([a], [b]) => a - b).map(([at, facts], nth) => eventOf(call, nth, at, facts));
  return { events, end: ending.end, answeredAt, endedAt: ending.at, said, beepMs: plan.beepMs };
}

/** What has come to pass by now. */
export function eventsUpTo(life: Life, now: Instant): readonly CallEvent[] {
  return life.events.filter((event) => event.at <= now);
}

/** What chance has in store for the call of this reference; known before there is one. */
export function fateOfCall(world: World, callRef: string, to: string): Fate {
  return fateOf(world, to, seededRandom(`${callRef}/fate`));
}

function planOf(world: World, call: PlacedCall): Plan {
  const random = seededRandom(`${call.callRef}/fate`);
  const fate = fateOf(world, call.to, random);
  const setUpAt = after(call.placedAt, drawMs(random, world.setUp));
  if (fate.kind === 'answered') return answeredPlan(world, call, fate, setUpAt, random);
  return unansweredPlan(call, fate, setUpAt, random);
}

function answeredPlan(
  world: World,
  call: PlacedCall,
  fate: Answered,
  ringingAt: Instant,
  random: Random,
): Plan {
  const ringMs = drawMs(random, fate.ring);
  const ringMsMax = Math.min(call.ringMs, RING_MS_MAX);
  if (ringMs > ringMsMax)
    return unansweredPlan(call, { kind: 'unanswered', end: 'no-answer' }, ringingAt, random);
  const greetingMs = fate.greeting ? drawMs(random, fate.greeting) : 0;
  const stayMs = drawMs(random, fate.stay);
  const messageMs = fate.by === 'human' ? announcedMs(call) : Number.POSITIVE_INFINITY;
  const [soon, atGreetingEnd] = heardBy(fate, random.next() < world.misheardShare);
  const heard = [{ ms: between(random, 1_500, 4_000), as: soon }];
  if (atGreetingEnd) heard.push({ ms: greetingMs, as: atGreetingEnd });
  return {
    ringingAt,
    answeredAt: after(ringingAt, ringMs),
    endAt: after(ringingAt, ringMs + Math.min(greetingMs + stayMs, messageMs)),
    end: 'completed',
    endedBy: messageMs < greetingMs + stayMs ? 'carrier' : fate.endedBy,
    heard,
    said: world.isWordless ? [] : wordsOf(call, fate, greetingMs, stayMs),
    beepMs: fate.heardAs.includes('machine_end_beep') ? greetingMs : null,
  };
}

/** How long a recorded message keeps the line, and no longer; where somebody talks, that is up to them. */
function announcedMs(call: PlacedCall): number {
  if (call.say === undefined) return Number.POSITIVE_INFINITY;
  return announcementOf(seededRandom(`${call.callRef}/words`), call.say).at(-1)!.toMs;
}

function unansweredPlan(
  call: PlacedCall,
  fate: Exclude<Fate, Answered>,
  setUpAt: Instant,
  random: Random,
): Plan {
  const isRung = fate.kind === 'unanswered' && fate.end === 'no-answer';
  const waitMs = isRung ? Math.min(call.ringMs, RING_MS_MAX) : between(random, 400, 1_500);
  return {
    ringingAt: isRung ? setUpAt : null,
    answeredAt: null,
    endAt: after(setUpAt, waitMs),
    end: fate.kind === 'unanswered' ? fate.end : 'failed',
    endedBy: 'carrier',
    ...(fate.kind === 'unanswered' && fate.error ? { error: fate.error } : {}),
    ...(fate.kind === 'refused' ? { error: { code: fate.code, sentence: fate.sentence } } : {}),
    heard: [],
    said: [],
    beepMs: null,
  };
}

function heardBy({ by, heardAs }: Answered, isMisheard: boolean): Answered['heardAs'] {
  if (isMisheard && by === 'human') return ['machine_start'];
  if (isMisheard && by === 'machine') return ['human'];
  return heardAs;
}

function wordsOf(call: PlacedCall, fate: Answered, greetingMs: number, stayMs: number) {
  const random = seededRandom(`${call.callRef}/words`);
  if (fate.by === 'human' && call.say !== undefined) return announcementOf(random, call.say);
  if (fate.by === 'human') return dialogueOf(random, stayMs);
  return fate.by === 'machine' ? greetingOf(random, greetingMs) : [];
}

/**
 * Who ends it, and when: the plan, unless we hang up or a message we left comes to its end before. With what we
 * did until then; later wishes come to nothing.
 */
function endingOf(plan: Plan, interventions: readonly Intervention[]) {
  const done: Intervention[] = [];
  let ending: Ending = { at: plan.endAt, end: plan.end, by: plan.endedBy };
  for (const intervention of interventions) {
    const { at, action } = intervention;
    if (at >= ending.at) break;
    const isAnswered = plan.answeredAt !== null && plan.answeredAt <= at;
    if (action.kind === 'hang-up') {
      return { ending: { at, end: isAnswered ? 'completed' : 'canceled', by: 'us' } satisfies Ending, done };
    }
    const overAt =
      action.kind === 'drop-voicemail' ? after(at, messageOf(action.sound, 0, action.say).toMs) : plan.endAt;
    if (isAnswered && overAt < ending.at) ending = { at: overAt, end: 'completed', by: 'us' };
    if (isAnswered) done.push(intervention);
  }
  return { ending, done };
}

/** Nobody speaks on hold, a muted agent is not heard, and a message we leave ends the conversation. */
function saidBy(
  plan: Plan,
  answeredAt: Instant,
  ending: Ending,
  done: readonly Intervention[],
): readonly TranscriptSegment[] {
  const heard = plan.said.filter(({ speaker, fromMs }) => {
    const at = after(answeredAt, fromMs);
    if (lastOf(done, 'hold', at)?.on) return false;
    if (speaker === 'agent' && lastOf(done, 'mute', at)?.on) return false;
    return lastOf(done, 'drop-voicemail', at) === null || plan.beepMs !== null;
  });
  const left = done.flatMap(({ at, action }) =>
    action.kind === 'drop-voicemail' ? [messageOf(action.sound, at - answeredAt, action.say)] : [],
  );
  // A message that comes to its end ends the call, so it is the last thing said.
  return [...heard, ...left].filter(({ toMs }) => after(answeredAt, toMs) <= ending.at);
}

function lastOf<K extends CallAction['kind']>(interventions: readonly Intervention[], kind: K, by: Instant) {
  const last = interventions.findLast(({ at, action }) => action.kind === kind && at <= by);
  return (last?.action ?? null) as Extract<CallAction, { kind: K }> | null;
}

function beginning(call: PlacedCall, plan: Plan, ending: Ending): Told[] {
  const told: Told[] = [[call.placedAt, { status: 'queued', rawStatus: 'queued' }]];
  if (plan.ringingAt !== null) told.push([plan.ringingAt, { status: 'ringing', rawStatus: 'ringing' }]);
  if (plan.answeredAt !== null)
    told.push([plan.answeredAt, { status: 'in-progress', rawStatus: 'in-progress' }]);
  return told.filter(([at]) => at <= ending.at);
}

function detection(call: PlacedCall, plan: Plan, answeredAt: Instant, ending: Ending): Told[] {
  if (!call.detectMachine) return [];
  return plan.heard
    .map(({ ms, as }): Told => [after(answeredAt, ms), { answeredBy: as }])
    .filter(([at]) => at <= ending.at);
}

/**
 * Told as it is said, each time from the beginning. The longer the talk, the more is said between two tellings;
 * otherwise what an hour's talk takes to tell would grow with the square of it.
 */
function transcript(said: readonly TranscriptSegment[], answeredAt: Instant): Told[] {
  return said.flatMap(({ toMs }, nth): Told[] =>
    isTelling(nth + 1) ? [[after(answeredAt, toMs), { transcript: said.slice(0, nth + 1) }]] : [],
  );
}

/** Every count up to 32, then every second to 64, every third to 96 … */
function isTelling(count: number): boolean {
  return count % Math.ceil(count / 32) === 0;
}

/** What we did, told back. */
function echoes(done: readonly Intervention[]): Told[] {
  return done.flatMap(({ at, action }): Told[] => {
    if (action.kind === 'hold') return [[at, { isHeld: action.on }]];
    // Whoever was on hold while a colleague was asked talks with them now.
    if (action.kind === 'transfer')
      return [[at, { rawStatus: 'transferred', ...(action.warm ? { isHeld: false } : {}) }]];
    return [];
  });
}

/** The words not told yet, and the end. */
function closing(
  plan: Plan,
  answeredAt: Instant | null,
  ending: Ending,
  done: readonly Intervention[],
  said: readonly TranscriptSegment[],
): Told[] {
  const wasHeld = lastOf(done, 'hold', ending.at)?.on === true;
  const end: CallFacts = {
    status: 'ended',
    rawStatus: ending.end,
    end: ending.end,
    endedBy: ending.by,
    ...(answeredAt === null ? {} : { seconds: Math.floor((ending.at - answeredAt) / 1_000) }),
    ...(answeredAt !== null && wasHeld ? { isHeld: false } : {}),
    ...(ending.end === 'failed' && plan.error ? { error: plan.error } : {}),
  };
  const isUntold = said.length > 0 && !isTelling(said.length);
  return isUntold
    ? [
        [ending.at, { transcript: said }],
        [ending.at, end],
      ]
    : [[ending.at, end]];
}

/** The recording takes some seconds to be ready, the bill up to some minutes. */
function afterwards(call: PlacedCall, answeredAt: Instant | null, ending: Ending): Told[] {
  const random = seededRandom(`${call.callRef}/afterwards`);
  const recordedAt = after(ending.at, between(random, 2_000, 15_000));
  const billedAt = after(ending.at, between(random, 4_000, 180_000));
  const talkMs = answeredAt === null ? 0 : ending.at - answeredAt;
  const bill: Told = [billedAt, { costMicros: costOf(call, answeredAt !== null, talkMs), currency: 'USD' }];
  if (!call.record || talkMs < SHORTEST_RECORDING_MS) return [bill];
  return [[recordedAt, { recordingRef: `${call.callRef}.wav` }], bill];
}

/** Started minutes, and detection where it had something to listen to. */
function costOf(call: PlacedCall, isAnswered: boolean, talkMs: number): number {
  if (!isAnswered) return 0;
  const minutes = Math.max(1, Math.ceil(talkMs / MINUTE_MS));
  return minutes * MINUTE_COST_MICROS + (call.detectMachine ? DETECTION_COST_MICROS : 0);
}

/** Keys sort as the events do, so that events of one instant are told in this order. */
function eventOf(call: PlacedCall, nth: number, at: Instant, facts: CallFacts): CallEvent {
  return { key: `${call.callRef}:${String(nth).padStart(4, '0')}`, at, facts };
}
