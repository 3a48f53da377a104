import { expect, test } from 'vitest';
import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import { RECORDING_MS_MAX, SAMPLE_RATE, recordingOf } from './sound.ts';

const SAID: readonly TranscriptSegment[] = [
  { speaker: 'contact', fromMs: 500, toMs: 1_500, text: 'Hello?' },
  { speaker: 'agent', fromMs: 2_000, toMs: 5_000, text: 'Good day.' },
];
const TALK = { callRef: 'SIM1', talkMs: 8_000, said: SAID, beepMs: null };

test('a recording is a WAV of 16 bits and two channels, as long as the talk', () => {
  const bytes = recordingOf(TALK);
  const view = new DataView(bytes.buffer);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  expect([20, 22, 32, 34].map((at) => view.getUint16(at, true))).toEqual([1, 2, 4, 16]);
  expect([24, 28].map((at) => view.getUint32(at, true))).toEqual([SAMPLE_RATE, SAMPLE_RATE * 4]);
  expect(view.getUint32(40, true)).toBe(bytes.length - 44);
  expect((bytes.length - 44) / 4 / SAMPLE_RATE).toBe(8);
});

test('each side is heard in its own channel, while it speaks and only then', () => {
  const samples = samplesOf(recordingOf(TALK));
  expect(loudness(samples, 'contact', 500, 1_500)).toBeGreaterThan(800);
  expect(loudness(samples, 'agent', 500, 1_500)).toBeLessThan(60);
  expect(loudness(samples, 'agent', 2_000, 5_000)).toBeGreaterThan(800);
  expect(loudness(samples, 'contact', 2_000, 5_000)).toBeLessThan(60);
  expect(loudness(samples, 'contact', 6_000, 8_000)).toBeLessThan(60);
  expect(loudness(samples, 'contact', 6_000, 8_000)).toBeGreaterThan(5);
});

test('speech rises and falls as speech does, and never clips', () => {
  const samples = samplesOf(recordingOf(TALK));
  const parts = Array.from({ length: 60 }, (_, i) =>
    loudness(samples, 'agent', 2_000 + i * 50, 2_050 + i * 50),
  );
  expect(Math.min(...parts)).toBeLessThan(Math.max(...parts) / 4);
  expect(samples.every((sample) => Math.abs(sample) < 32_000)).toBe(true);
});

test('a beep is heard on the side of the contact', () => {
  const samples = samplesOf(recordingOf({ ...TALK, said: [], beepMs: 3_000 }));
  expect(loudness(samples, 'contact', 3_000, 3_400)).toBeGreaterThan(3_000);
  expect(loudness(samples, 'contact', 3_500, 4_000)).toBeLessThan(60);
  expect(loudness(samples, 'agent', 3_000, 3_400)).toBeLessThan(60);
});

test('the same call sounds the same every time, and another call differently', () => {
  expect(recordingOf(TALK)).toEqual(recordingOf(TALK));
  expect(recordingOf({ ...TALK, callRef: 'SIM2' })).not.toEqual(recordingOf(TALK));
});

test('a recording is never longer than ten minutes', () => {
  const bytes = recordingOf({ ...TALK, talkMs: 3 * RECORDING_MS_MAX });
  expect((bytes.length - 44) / 4 / SAMPLE_RATE).toBe(600);
});

function samplesOf(bytes: Uint8Array<ArrayBuffer>): Int16Array {
  return new Int16Array(bytes.buffer, 44);
}

/** Root mean square of one channel over a span. */
function loudness(samples: Int16Array, who: 'agent' | 'contact', fromMs: number, toMs: number): number {
  let sum = 0;
  const [from, to] = [fromMs, toMs].map((ms) => (ms * SAMPLE_RATE) / 1_000) as [number, number];
  for (let frame = from; frame < to; frame++) sum += samples[frame * 2 + (who === 'agent' ? 0 : 1)]! ** 2;
  return Math.sqrt(sum / (to - from));
}
