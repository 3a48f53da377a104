import { ok } from '../../shared/lib/result.ts';
import type { Ear } from './ear.ts';
import type { Heard } from './heard.ts';
import { tonesOf } from './line-tones.ts';
import type { Phone, PhoneEvent } from './phone.ts';
import { type PhoneChange, type PhoneState, stepPhone } from './phone-state.ts';

/** The phone of practice: nobody is at the other end, and it sounds as if somebody were. */
export interface SimulatedPhone extends Phone {
  /** What is to be heard from now on. Told the same twice it does nothing. */
  follow(heard: Heard, speed: number): void;
}

/** A line that is engaged is listened to for so long by anybody. */
const BUSY_SECONDS = 3;
const RING_SECONDS = 90;
/** Nobody is listened to for longer in one go; a voice that goes on after its words would be in the way. */
const VOICE_SECONDS_MAX = 8;

/** `ear` is null where there is no sound; then it only goes through its states. */
export function simulatedPhone(ear: Ear | null): SimulatedPhone {
  const listeners = new Set<(event: PhoneEvent) => void>();
  let state: PhoneState = { kind: 'off' };
  let heard: Heard = { kind: 'silence' };
  let stopSound = () => {};
  let isTold = false;

  const tell = (event: PhoneEvent) => listeners.forEach((listener) => listener(event));
  const turn = (change: PhoneChange) => {
    const next = stepPhone(state, change);
    if (next === null) return;
    state = next;
    tell({ kind: 'state', state });
  };
  const play = (start: (() => () => void) | null) => {
    stopSound();
    stopSound = start?.() ?? (() => {});
  };
  const tellAudio = (attemptId: string) => {
    // In silence nobody hears anybody: a stamp would be of nothing.
    if (isTold || ear?.isOpen() !== true) return;
    isTold = true;
    tell({ kind: 'audio', attemptId });
  };

  const beginCall = (attemptId: string) => {
    if (state.kind === 'off') {
      turn({ kind: 'register-asked' });
      turn({ kind: 'registered' });
    }
    if ('attemptId' in state && state.attemptId !== attemptId) turn({ kind: 'ended' });
    if (state.kind !== 'idle') return;
    isTold = false;
    turn({ kind: 'rang', attemptId });
    turn({ kind: 'picked-up' });
  };

  const followLine = (line: Extract<Heard, { kind: 'line' }>, before: Heard, speed: number) => {
    beginCall(line.attemptId);
    turn({ kind: 'sound-came' });
    turn({ kind: 'muted', isOn: line.isMuted });
    tellAudio(line.attemptId);
    const was = before.kind === 'line' && before.attemptId === line.attemptId ? before : null;
    // Whoever is on hold hears music; at our end it is quiet.
    if (line.isHeld || was === null) play(null);
    if (line.isHeld || ear === null) return;
    if (line.isAfterBeep && was?.isAfterBeep !== true) ear.beep();
    if (line.said <= (was?.said ?? 0)) return;
    const seconds = Math.min(VOICE_SECONDS_MAX, line.lastMs / 1_000 / Math.max(1, speed));
    play(() => ear.murmur(line.attemptId, seconds));
  };

  return {
    state: () => state,
    async register() {
      turn({ kind: 'register-asked' });
      turn({ kind: 'registered' });
      return ok(null);
    },
    async unregister() {
      turn({ kind: 'unregistered' });
    },
    accept: () => turn({ kind: 'picked-up' }),
    hangUp() {
      play(null);
      turn({ kind: 'ended' });
    },
    mute: (isOn) => turn({ kind: 'muted', isOn }),
    sendTones(digits) {
      for (const digit of digits) ear?.key(digit);
    },
    audio: {
      // Practice listens to nobody, so no microphone is opened for it.
      useMicrophone: async () => ok(null),
      useSpeaker: async (deviceId) => ear?.useDevice(deviceId),
      useRinger: async () => {},
    },
    listen(onEvent) {
      listeners.add(onEvent);
      return () => void listeners.delete(onEvent);
    },
    follow(next, speed) {
      const before = heard;
      if (same(before, next)) return;
      heard = next;
      switch (next.kind) {
        case 'silence':
          play(null);
          return turn({ kind: 'ended' });
        case 'ringback':
          beginCall(next.attemptId);
          return play(ear && (() => ear.ring(tonesOf(next.number).ringback, RING_SECONDS)));
        case 'busy':
        case 'congestion':
          turn({ kind: 'ended' });
          return play(ear && (() => ear.ring(tonesOf(next.number)[next.kind], BUSY_SECONDS)));
        case 'line':
          return followLine(next, before, speed);
      }
    },
    async close() {
      play(null);
      listeners.clear();
      await ear?.close();
    },
  };
}

function same(a: Heard, b: Heard): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
