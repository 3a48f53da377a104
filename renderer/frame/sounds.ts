import { deviceFor } from '../phone/device-store.ts';
import { sendTo } from '../phone/ear.ts';
import type { Cue } from './speech.ts';

/** Two short tones each, rising or falling, so that they are told apart without listening for pitch. */
const TONES: Readonly<Record<Cue, readonly [number, number]>> = {
  connected: [660, 880],
  ended: [660, 440],
  due: [880, 880],
  trouble: [330, 311],
};
const TONE_SECONDS = 0.09;
const LOUDNESS = 0.08;

let context: AudioContext | null = null;
let sentTo: string | null = null;

/** Plays the sound of an event, on the ringer. Silent where the browser has heard no key or click yet. */
export function play(cue: Cue): void {
  try {
    context ??= new AudioContext();
    const device = deviceFor('ringer');
    if (device !== sentTo) void sendTo(context, (sentTo = device));
    TONES[cue].forEach((hertz, nth) => tone(context!, hertz, context!.currentTime + nth * TONE_SECONDS));
  } catch {
    // No sound device is no trouble: every cue is also seen and said.
  }
}

function tone(audio: AudioContext, hertz: number, from: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(LOUDNESS, from);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + TONE_SECONDS * 1.5);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + TONE_SECONDS * 1.5);
}
