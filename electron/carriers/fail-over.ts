import type { CallEvent } from '../../shared/domain/call.ts';
import { assert } from '../../shared/lib/assert.ts';
import type {
  Capabilities,
  Carrier,
  CarrierEvent,
  Found,
  HistoryPage,
  PlaceRequest,
  Placed,
  Readiness,
  Refused,
  SoughtAttempt,
} from './carrier.ts';
import { placeCall } from './placed.ts';

/** What somebody may want of a carrier: an agent’s call, a recorded message, a talk that the carrier holds itself. */
export type Purpose = 'agent' | 'message' | 'voice';

/** One carrier of several, in the order in which they are asked. */
export interface Line {
  /** Goes before every reference of its calls, so that later questions find their way. Never changes. */
  readonly kind: string;
  readonly title: string;
  readonly carrier: Carrier;
  readonly serves: readonly Purpose[];
  /** Numbers it may show; empty where nobody has said. */
  readonly numbers: readonly string[];
}

/** The name under which calls of a live workspace are kept, whichever carrier carried them. */
export const LINES = 'carriers';

/**
 * A carrier of carriers. A call goes to the first that is ready; to the next one only with proof that nobody was rung:
 * a refusal that says that it may be tried again. After anything unclear no other is asked (law 2).
 */
export function failOver(lines: readonly [Line, ...Line[]]): Carrier {
  const at = (ref: string): [Line, string] | null => {
    const [kind, rest] = parted(ref);
    const line = lines.find((each) => each.kind === kind);
    return line === undefined ? null : [line, rest];
  };

  return {
    name: LINES,
    can: togetherCan(lines),
    readiness: () => readinessOf(lines),
    place: (request, signal) => placeInTurn(lines, request, signal),
    find: (attempt) => findAmong(lines, attempt),
    async fetch(callRef) {
      const found = at(callRef);
      if (found === null) return NOT_SET_UP;
      const [line, ref] = found;
      const told = await line.carrier.fetch(ref);
      return told === null || 'kind' in told ? told : told.map((event) => prefixed(line.kind, event));
    },
    async control(callRef, action) {
      const found = at(callRef);
      return found === null ? NOT_SET_UP : found[0].carrier.control(found[1], action);
    },
    async consulted(callRef) {
      const found = at(callRef);
      if (found === null) return NOT_SET_UP;
      return (await found[0].carrier.consulted?.(found[1])) ?? { kind: 'consulted', colleague: 'gone' };
    },
    history: (range, cursor) => historyInTurn(lines, range, cursor),
    async recording(recordingRef) {
      const found = at(recordingRef);
      return found === null ? NOT_SET_UP : found[0].carrier.recording(found[1]);
    },
    ...openingOf(lines, at),
    ...steeringOf(lines, at),
    listen(onEvent) {
      const stops = lines.map(({ kind, carrier }) =>
        carrier.listen((event) => onEvent(eventAt(kind, event))),
      );
      return () => {
        for (const stop of stops) stop();
      };
    },
    agentLeft(agentId) {
      for (const { carrier } of lines) carrier.agentLeft?.(agentId);
    },
    async close() {
      await Promise.all(lines.map(({ carrier }) => carrier.close()));
    },
  };
}

/** How a call of a line is known to everybody else. */
export function refAt(kind: string, ref: string): string {
  return `${kind}:${ref}`;
}

/** The carrier’s kind and its own reference; no kind where there is none. */
export function parted(ref: string): [kind: string, rest: string] {
  const colon = ref.indexOf(':');
  return colon < 0 ? ['', ref] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

/** An event as it came from a line, or from the relay, as the kernel knows its call. */
export function eventAt(kind: string, { callRef, event, ...rest }: CarrierEvent): CarrierEvent {
  return { ...rest, callRef: refAt(kind, callRef), event: prefixed(kind, event) };
}

function prefixed(kind: string, event: CallEvent): CallEvent {
  const { recordingRef } = event.facts;
  return recordingRef === undefined
    ? event
    : { ...event, facts: { ...event.facts, recordingRef: refAt(kind, recordingRef) } };
}

function purposeOf({ say, agentId }: PlaceRequest): Purpose {
  if (say !== undefined) return 'message';
  return agentId === undefined ? 'voice' : 'agent';
}

async function placeInTurn(
  lines: readonly Line[],
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<Placed> {
  const purpose = purposeOf(request);
  const able = lines.filter(({ serves }) => serves.includes(purpose));
  if (able.length === 0) return nobodyFor(purpose);
  let refusal: Refused | null = null;
  for (const line of able) {
    if (line.carrier.readiness().kind !== 'ready') continue;
    const placed = await placeCall(line.carrier, { ...request, from: fromAt(line, request.from) }, signal);
    if (placed.kind === 'placed') return { ...placed, callRef: refAt(line.kind, placed.callRef) };
    if (placed.kind === 'unclear' || !placed.retry || signal.aborted) return placed;
    refusal ??= placed;
  }
  return refusal ?? notReady(able);
}

/** A number of another carrier’s cannot be shown here: then the first of its own is. */
function fromAt({ numbers }: Line, from: string): string {
  return numbers.length === 0 || numbers.includes(from) ? from : numbers[0]!;
}

/** All are asked: each of them may have been asked to place it. Only all of them together can say no. */
async function findAmong(lines: readonly Line[], attempt: SoughtAttempt): Promise<Found> {
  let answer: Found = { kind: 'absent' };
  for (const line of lines) {
    const found = await line.carrier.find({ ...attempt, from: fromAt(line, attempt.from) });
    if (found.kind === 'found') return { ...found, callRef: refAt(line.kind, found.callRef) };
    if (found.kind === 'unreachable') answer = found;
  }
  return answer;
}

/** One carrier’s past after the other’s, each newest first. */
async function historyInTurn(
  lines: readonly Line[],
  range: Parameters<Carrier['history']>[0],
  cursor: string | null,
): Promise<HistoryPage> {
  const [kind, rest] = cursor === null ? [lines[0]!.kind, ''] : parted(cursor);
  const place = lines.findIndex((each) => each.kind === kind);
  const line = lines[place];
  if (line === undefined) return NOT_SET_UP;
  const page = await line.carrier.history(range, rest === '' ? null : rest);
  if ('kind' in page) return page;
  const next = lines[place + 1];
  const onwards = page.next === null ? next && refAt(next.kind, '') : refAt(kind, page.next);
  const calls = page.calls.map((call) => ({
    ...call,
    callRef: refAt(kind, call.callRef),
    facts: prefixed(kind, { key: '', at: call.startedAt, facts: call.facts }).facts,
    ...(call.events && { events: call.events.map((event) => prefixed(kind, event)) }),
  }));
  return { calls, next: onwards ?? null };
}

type At = (ref: string) => [Line, string] | null;

/** Sounds come as streams where every carrier can; one that cannot would look as if it had none. */
function openingOf(lines: readonly Line[], at: At): Pick<Carrier, 'openRecording'> {
  if (!lines.every(({ carrier }) => carrier.openRecording !== undefined)) return {};
  return {
    async openRecording(recordingRef, part) {
      const found = at(recordingRef);
      if (found === null) return NOT_SET_UP;
      const { openRecording } = found[0].carrier;
      assert(openRecording !== undefined, 'every line opens recordings');
      return openRecording(found[1], part);
    },
  };
}

/** Voices are spoken to and listened to where one of the carriers lets them; a call of another one says that it cannot. */
function steeringOf(lines: readonly Line[], at: At): Pick<Carrier, 'tell' | 'hear'> {
  const some = (can: 'tell' | 'hear') => lines.some(({ carrier }) => carrier[can] !== undefined);
  return {
    ...(some('tell') && {
      async tell(callRef, word) {
        const found = at(callRef);
        if (found === null) return NOT_SET_UP;
        return found[0].carrier.tell?.(found[1], word) ?? NO_VOICE;
      },
    }),
    ...(some('hear') && {
      async hear(callRef, listener) {
        const found = at(callRef);
        if (found === null) return NOT_SET_UP;
        return found[0].carrier.hear?.(found[1], listener) ?? NO_VOICE;
      },
    }),
  };
}

const NO_VOICE = {
  kind: 'cannot',
  sentence: 'The carrier of this call has no voice of its own to speak to or to listen to.',
} as const;

/** What the first one can is what is offered; a call that went elsewhere says what it cannot. */
function togetherCan(lines: readonly [Line, ...Line[]]): Capabilities {
  const all = lines.map(({ carrier }) => carrier.can);
  const forAgents = lines.find(({ serves }) => serves.includes('agent')) ?? lines[0];
  const byThemselves = lines.filter(({ serves }) => serves.some((purpose) => purpose !== 'agent'));
  return {
    ...forAgents.carrier.can,
    speaks: all.some(({ speaks }) => speaks),
    machineDetection: all.some(({ machineDetection }) => machineDetection),
    transcript: all.some(({ transcript }) => transcript),
    recording: all.some(({ recording }) => recording),
    voicemailDrop: all.some(({ voicemailDrop }) => voicemailDrop),
    // The slowest of those by which calls begin by themselves: any of them may get the next one.
    callsPerSecond: Math.min(
      ...(byThemselves.length === 0 ? lines : byThemselves).map(({ carrier }) => carrier.can.callsPerSecond),
    ),
    certaintyMs: Math.max(...all.map(({ certaintyMs }) => certaintyMs)),
  };
}

function readinessOf(lines: readonly [Line, ...Line[]]): Readiness {
  const all = lines.map(({ carrier }) => carrier.readiness());
  return all.find(({ kind }) => kind === 'ready') ?? all[0]!;
}

function notReady(able: readonly Line[]): Refused {
  const state = able[0]!.carrier.readiness();
  const why = state.kind === 'ready' ? 'It was ready a moment too late.' : state.sentence;
  return { kind: 'refused', code: 'not-ready', sentence: `${why} Nobody was rung.`, retry: true };
}

const NOBODY: Readonly<Record<Purpose, string>> = {
  agent: 'None of the carriers that are set up puts calls through to agents. Set up Twilio or VoIPStudio.',
  message: 'None of the carriers that are set up plays recorded messages. Set up Twilio.',
  voice: 'None of the carriers that are set up speaks by itself. Set up Vapi.',
};

function nobodyFor(purpose: Purpose): Refused {
  return {
    kind: 'refused',
    code: 'no-carrier',
    sentence: `${NOBODY[purpose]} Nobody was rung.`,
    retry: false,
  };
}

const NOT_SET_UP = {
  kind: 'unreachable',
  sentence:
    'The carrier of this call is no longer set up here. Enter its credentials again in Settings › Carriers.',
} as const;
