import type { Result } from '../../shared/lib/result.ts';
import type { PhoneState } from './phone-state.ts';

/**
 * The agent's end of a call: what carries their voice. One that a carrier's kit stands behind and the one of
 * practice look alike from here. It decides nothing and dials nobody: the kernel places calls, and this one picks
 * up the agent's leg of them. Everything goes by plain values, so that it may live in a window of its own.
 */
export interface Phone {
  readonly state: () => PhoneState;
  /** Makes this agent reachable. Asked again it takes a fresh pass, before the old one ends. */
  register(): Promise<Result<null, PhoneTrouble>>;
  unregister(): Promise<void>;
  /** Picks up what rings for the agent. */
  accept(): void;
  /** Leaves the call in hand. Whether the contact's leg goes on is the carrier's to say. */
  hangUp(): void;
  mute(isOn: boolean): void;
  /** Digits as tones, into the call. Holding is the carrier's: this end hears what it is sent. */
  sendTones(digits: string): void;
  readonly audio: PhoneAudio;
  /** Returns the way to stop. */
  listen(onEvent: (event: PhoneEvent) => void): () => void;
  close(): Promise<void>;
}

/** Which device does what. Null is what the system uses. */
export interface PhoneAudio {
  useMicrophone(deviceId: string | null): Promise<Result<null, PhoneTrouble>>;
  useSpeaker(deviceId: string | null): Promise<void>;
  useRinger(deviceId: string | null): Promise<void>;
}

export type PhoneEvent =
  | { readonly kind: 'state'; readonly state: PhoneState }
  /** How loud each side is, from 0 to 1, ten times a second while a call is open. */
  | { readonly kind: 'levels'; readonly out: number; readonly in: number }
  /** Both sides can hear each other: told once for each call. */
  | { readonly kind: 'audio'; readonly attemptId: string }
  | { readonly kind: 'warning'; readonly warning: QualityWarning; readonly isOver: boolean }
  /** The pass that makes this agent reachable ends soon. */
  | { readonly kind: 'pass-ends' };

export type QualityWarning =
  | 'delay'
  | 'jitter'
  | 'loss'
  | 'poor'
  | 'nothing-heard'
  | 'nothing-said'
  | 'connection-lost';

export interface PhoneTrouble {
  readonly why: 'no-microphone' | 'microphone-refused' | 'network' | 'pass' | 'unknown';
  readonly sentence: string;
}
