import { MINUTE_MS } from '../lib/instants.ts';
import { type Result, ok, refused } from '../lib/result.ts';

/*
 * A message that a machine is left, or that a campaign plays: one channel of 16 bits at the rate of a telephone line.
 * What is kept is what is heard in the call, so a preview promises nothing that the line takes away.
 */

export const MESSAGE_RATE = 8_000;
export const MESSAGE_MS_MAX = 3 * MINUTE_MS;
/** Shorter than this is a slip of the finger. */
export const MESSAGE_MS_MIN = 500;
/** A file of music is some megabytes; more would be unpacked in memory for nothing. */
export const SOURCE_BYTES_MAX = 60 * 1024 * 1024;
/** Longer files are not unpacked: an hour takes a gigabyte of memory, and none of it fits. */
export const SOURCE_MS_MAX = 30 * MINUTE_MS;

const HEAD_BYTES = 44;
export const MESSAGE_WAV_BYTES_MAX = HEAD_BYTES + (MESSAGE_MS_MAX / 1_000) * MESSAGE_RATE * 2;

export interface MessageSound {
  readonly samples: Int16Array;
  readonly durationMs: number;
  /** The loudest sample, of 32,768. */
  readonly peak: number;
}

/** A message as the file it is kept as. */
export function messageWav(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD_BYTES + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, MESSAGE_RATE, true);
  view.setUint32(28, MESSAGE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let nth = 0; nth < samples.length; nth++) view.setInt16(HEAD_BYTES + nth * 2, samples[nth]!, true);
  return bytes;
}

/** Reads what `messageWav` writes, byte for byte, and nothing else: anything may be sent to us. */
export function readMessage(bytes: Uint8Array): Result<MessageSound, string> {
  if (bytes.length > MESSAGE_WAV_BYTES_MAX) return refused(TOO_LONG);
  if (bytes.length <= HEAD_BYTES) return refused(NOTHING_IN_IT);
  const head = messageWav(new Int16Array(0));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOurs = head.every((byte, at) => isLength(at) || byte === bytes[at]);
  if (!isOurs || view.getUint32(40, true) !== bytes.length - HEAD_BYTES || bytes.length % 2 !== 0)
    return refused(NOT_OURS);
  const samples = new Int16Array((bytes.length - HEAD_BYTES) / 2);
  let peak = 0;
  for (let nth = 0; nth < samples.length; nth++) {
    const sample = view.getInt16(HEAD_BYTES + nth * 2, true);
    samples[nth] = sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const durationMs = Math.round((samples.length * 1_000) / MESSAGE_RATE);
  const trouble = messageTrouble(durationMs, peak);
  return trouble === null ? ok({ samples, durationMs, peak }) : refused(trouble);
}

/** The two lengths in the head are of the file, and not of the format. */
function isLength(at: number): boolean {
  return (at >= 4 && at < 8) || at >= 40;
}

/** Why a sound of this length and loudness is no message; null where it is one. */
export function messageTrouble(durationMs: number, peak: number): string | null {
  if (durationMs > MESSAGE_MS_MAX) return TOO_LONG;
  if (durationMs === 0) return NOTHING_IN_IT;
  if (durationMs < MESSAGE_MS_MIN)
    return 'This is shorter than half a second: nobody would hear a word. Nothing was kept.';
  return peak < AUDIBLE ? SILENT : null;
}

/** Under -54 dB there is hiss and no voice. */
const AUDIBLE = 64;

/** How far the loudest sample lies under full, in decibels: 0 is full, -6 is half. Null is silence. */
export function peakDb(peak: number): number | null {
  return peak === 0 ? null : 20 * Math.log10(Math.min(1, peak / 32_767));
}

/** Leveled, the loudest sample is 3 dB under full: a line that adds a little does not clip it. */
const LEVEL_PEAK = 0.708;

/** As loud as it may be, or as it came; as samples of a message. Values are from -1 to 1. */
export function messageSamples(values: Float32Array, isLeveled: boolean): Int16Array {
  let loudest = 0;
  for (const value of values) loudest = Math.max(loudest, Math.abs(value));
  const by = isLeveled && loudest > 0 ? LEVEL_PEAK / loudest : 1;
  return Int16Array.from(values, (value) => Math.round(Math.min(1, Math.max(-1, value * by)) * 32_767));
}

export const TOO_LONG =
  'A message has at most 3 minutes: machines stop recording about then. Nothing was kept. Trim it, or say less.';
const NOTHING_IN_IT =
  'There is no sound in this. Nothing was kept. Record it once more, or choose another file.';
const SILENT =
  'This is silent from end to end. Nothing was kept. See in Settings › Devices whether the microphone hears you.';
const NOT_OURS = 'This is no sound that Parley made ready. Nothing was kept. Choose the file once more.';
