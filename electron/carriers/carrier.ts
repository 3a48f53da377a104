import type { CallEvent, CallFacts } from '../../shared/domain/call.ts';
import type { Consult } from '../../shared/domain/session.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Instant } from '../../shared/lib/instants.ts';

/**
 * What every carrier looks like from here: Twilio, Vapi, VoIPStudio, the simulator. A carrier never touches
 * the store and never decides; it asks the world and returns facts. Its methods do not throw for what the
 * world may do: an unclear answer is an answer.
 */
export interface Carrier {
  readonly name: string;
  readonly can: Capabilities;
  /** Whether credentials are there and worked last time; a sentence when they did not. */
  readiness(): Readiness;
  /** Asks for one call. Never retried inside: only the caller knows whether that could ring twice (law 2). */
  place(request: PlaceRequest, signal: AbortSignal): Promise<Placed>;
  /** Looks for the call of an attempt whose fate is unknown. */
  find(attempt: SoughtAttempt): Promise<Found>;
  /** All that is known of one call now: what polling lives on. Null when the carrier has never heard of it. */
  fetch(callRef: string): Promise<readonly CallEvent[] | null | Unreachable>;
  control(callRef: string, action: CallAction): Promise<Done>;
  /** Where the colleague stands who was asked in a call: for carriers that can. */
  consulted?(callRef: string): Promise<Consulted | Unreachable>;
  /** Something the voice of a carrier says or learns in the middle of its call: for carriers that speak for us. */
  tell?(callRef: string, word: LiveWord): Promise<Done>;
  /** The sound of a call under way, as it is spoken, for carriers that give it. Answers the way to stop. */
  hear?(callRef: string, listener: Hearing): Promise<(() => void) | Done>;
  /** Calls of the past, newest first, a page at a time. */
  history(range: { from: Instant; to: Instant }, cursor: string | null): Promise<HistoryPage>;
  /** The sound of a call. The renderer never sees where it came from. */
  recording(recordingRef: string): Promise<RecordedSound | null | Unreachable>;
  /** The same as a stream, from where an earlier try broke off: for carriers whose sounds lie behind HTTP. */
  openRecording?(recordingRef: string, part: PartOfSound): Promise<SoundStream | null | Unreachable>;
  /** Events that come in by themselves. Real carriers' come through the relay. Returns the way to stop. */
  listen(onEvent: (event: CarrierEvent) => void): () => void;
  /** An agent’s session is over: whatever line was kept open to them may be hung up. */
  agentLeft?(agentId: number): void;
  /** Lets go of timers and sockets. Calls under way are the carrier's and go on. */
  close(): Promise<void>;
}

/** A carrier that cannot reach a phone. Practice takes no other, and the compiler sees to it. */
export interface SimulatedCarrier extends Carrier {
  readonly reaches: 'nobody';
}

export interface Capabilities {
  readonly hold: boolean;
  readonly mute: boolean;
  readonly tones: boolean;
  readonly transfer: boolean;
  /** A colleague can be asked before a call is handed over to them. */
  readonly consult: boolean;
  readonly monitor: boolean;
  readonly voicemailDrop: boolean;
  readonly machineDetection: boolean;
  readonly recording: boolean;
  readonly transcript: boolean;
  /** The carrier speaks for us (AI, or a recorded message): no agent is needed on the line. */
  readonly speaks: boolean;
  /** Why its calls may not begin by themselves, in a sentence; left out where they may. */
  readonly onlyByHand?: string;
  /** Calls it takes per second; more wait at our end. */
  readonly callsPerSecond: number;
  /** For how long after a request a call of it may still turn up, in milliseconds. After it: not placed. */
  readonly certaintyMs: number;
}

export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-set-up'; readonly sentence: string }
  | { readonly kind: 'in-trouble'; readonly sentence: string; readonly since: Instant };

export interface PlaceRequest {
  /** Travels with the call wherever the carrier lets it, so that the call can be found by it. */
  readonly attemptId: string;
  readonly to: E164;
  readonly from: string;
  /** Whose desk the call goes to; left out where no agent is needed. */
  readonly agentId?: number;
  readonly ringMs: number;
  readonly record: boolean;
  readonly detectMachine: boolean;
  /** Where the carrier speaks for us: whose voice. Left out is its usual one. */
  readonly voice?: string;
  /** Where the carrier speaks for us: which of its assistants, by its own name for it. */
  readonly assistant?: string;
  /** What an assistant may know of whom it talks to, by the names its words use. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where a recorded message is played to whoever answers: what it is. It ends the call. */
  readonly say?: Spoken;
}

/** Words that the carrier speaks, or a sound that we gave it before. */
export type Spoken =
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'sound';
      readonly soundId: string;
      /** Where we know them. */
      readonly durationMs?: number;
      readonly name?: string;
    };

/** The code every carrier gives to a refusal that is about the number itself: nobody will ever reach it. */
export const UNREACHABLE_NUMBER = 'unreachable-number';

export type Placed =
  | { readonly kind: 'placed'; readonly callRef: string; readonly at: Instant }
  /** Certainly no call. `retry` says whether asking again later may help; if not, it is the number or it is us. */
  | Refused
  /** Perhaps a call: a time-out, a broken connection, a 5xx. Leads to a question, never to a dial. */
  | { readonly kind: 'unclear'; readonly sentence: string };

export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly sentence: string;
  readonly retry: boolean;
  /** How long the carrier wants to be left alone, where it says so (`Retry-After`). */
  readonly retryAfterMs?: number;
}

export interface SoughtAttempt {
  readonly attemptId: string;
  readonly to: E164;
  readonly from: string;
  readonly sentAt: Instant;
}

export type Found =
  | { readonly kind: 'found'; readonly callRef: string; readonly at: Instant }
  | { readonly kind: 'absent' }
  | Unreachable;

export interface Unreachable {
  readonly kind: 'unreachable';
  readonly sentence: string;
}

export type CallAction =
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'hold'; readonly on: boolean }
  | { readonly kind: 'mute'; readonly on: boolean }
  | { readonly kind: 'tones'; readonly digits: string }
  /** `say` outranks the carrier’s own sound of that name. */
  | { readonly kind: 'drop-voicemail'; readonly sound: string; readonly say?: Spoken }
  | { readonly kind: 'transfer'; readonly to: E164; readonly warm: false }
  /** To the colleague who was asked before and is on the line. The agent stays behind. */
  | { readonly kind: 'transfer'; readonly warm: true }
  /** Rings a colleague for the agent, at most one at a time. Whoever the call is with is on hold already. */
  | { readonly kind: 'consult'; readonly to: E164 }
  /** Lets that colleague go, or stops ringing them. */
  | { readonly kind: 'consult-end' }
  | { readonly kind: 'monitor'; readonly as: 'listen' | 'whisper' | 'barge'; readonly agent: string };

export interface Consulted {
  readonly kind: 'consulted';
  readonly colleague: Consult['colleague'];
}

/** What can be said to a call that a voice holds by itself. */
export type LiveWord =
  /** The voice says this next. */
  | { readonly kind: 'say'; readonly words: string; readonly thenHangUp: boolean }
  /** The voice learns something that the contact does not hear. */
  | { readonly kind: 'note'; readonly words: string };

/** How the sound of a call comes: raw 16-bit samples, low byte first, both sides in turn where there are two. */
export interface SoundFormat {
  readonly sampleRate: number;
  readonly channels: number;
}

export interface Hearing {
  format(format: SoundFormat): void;
  samples(bytes: Uint8Array): void;
  /** Nothing more comes: the call is over, or the connection broke. */
  over(): void;
}

export type Done =
  | { readonly kind: 'done' }
  /** The call is over already: refresh, no error dialog. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'cannot'; readonly sentence: string }
  | Unreachable;

export interface CarrierEvent {
  readonly callRef: string;
  /** Ours, where the carrier carried it along; lets an event find its attempt before the answer to `place`. */
  readonly attemptId: string | null;
  readonly event: CallEvent;
}

export interface HistoricCall {
  readonly callRef: string;
  readonly attemptId: string | null;
  readonly direction: 'outbound' | 'inbound';
  readonly from: string;
  readonly to: string;
  readonly startedAt: Instant;
  readonly facts: CallFacts;
  /** All that is known of it, by the keys under which it is told otherwise; left out, `facts` is all. */
  readonly events?: readonly CallEvent[];
}

export type HistoryPage =
  | { readonly calls: readonly HistoricCall[]; readonly next: string | null }
  | Unreachable;

export interface RecordedSound {
  readonly kind: 'sound';
  readonly mime: 'audio/wav' | 'audio/mpeg';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is here of a sound already: so many bytes of the one with this tag. */
export interface PartOfSound {
  readonly from: number;
  readonly tag: string | null;
}

/** A sound on its way. What it is shows in its first bytes. */
export interface SoundStream {
  readonly kind: 'stream';
  /** Where it begins: where it was asked for, or at its beginning. */
  readonly from: number;
  /** All of its bytes, where the carrier says so. */
  readonly total: number | null;
  /** Its name at the carrier, another one when the sound is another. */
  readonly tag: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}
