import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import { MINUTE_MS } from '../../../shared/lib/instants.ts';
import { type Random, between, pick, seededRandom } from '../../../shared/lib/random.ts';

/** What a recording needs to know of a call. */
export interface Conversation {
  readonly callRef: string;
  readonly talkMs: number;
  readonly said: readonly TranscriptSegment[];
  readonly beepMs: number | null;
}

type Vowel = Float32Array;

interface Voice {
  readonly channel: number;
  readonly pitchHz: number;
  readonly vowels: readonly Vowel[];
}

export const SAMPLE_RATE = 8_000;
/** Longer talks are cut: 19 MB is enough to show. */
export const RECORDING_MS_MAX = 10 * MINUTE_MS;

const CHANNELS = 2;
const HEADER_BYTES = 44;
const FRAMES_PER_MS = SAMPLE_RATE / 1_000;
const TABLE_SIZE = 512;
const LOUDNESS = 9_000;
const HISS = 60;
/** Hiss is laid down so many samples at a time. */
const STEP_SAMPLES = 500_000;
/** Where the mouth resonates for a, e, i, o, u, in Hz: what makes a hum sound like a vowel. */
const FORMANTS = [
  [730, 1090],
  [530, 1840],
  [300, 2250],
  [570, 840],
  [320, 870],
] as const;

/** The sound of a call: WAV, 16 bits, agent left, contact right. Nobody's voice, but it rises and falls as the transcript does. */
export function recordingOf(conversation: Conversation): Uint8Array<ArrayBuffer> {
  const making = recordingInSteps(conversation);
  for (;;) {
    const step = making.next();
    if (step.done === true) return step.value;
  }
}

/** The same, some milliseconds of work at a time, for whoever must not be held up by a long talk. */
export function* recordingInSteps({
  callRef,
  talkMs,
  said,
  beepMs,
}: Conversation): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const frames = Math.floor(Math.min(talkMs, RECORDING_MS_MAX) * FRAMES_PER_MS);
  const bytes = new Uint8Array(HEADER_BYTES + frames * CHANNELS * 2);
  writeHeader(new DataView(bytes.buffer), frames);
  const samples = new Int16Array(bytes.buffer, HEADER_BYTES);
  const random = seededRandom(`${callRef}/sound`);
  const voices = { agent: voiceOf(0, 118, random), contact: voiceOf(1, between(random, 100, 215), random) };

  let noise = between(random, 1, 2 ** 30);
  for (let from = 0; from < samples.length; from += STEP_SAMPLES) {
    noise = addHiss(samples.subarray(from, from + STEP_SAMPLES), noise);
    yield;
  }
  for (const segment of said) {
    speak(samples, segment, voices[segment.speaker], random);
    yield;
  }
  if (beepMs !== null) addBeep(samples, beepMs);
  return bytes;
}

/** RIFF and WAVE as Microsoft and IBM wrote them down in 1991: little-endian, one `fmt ` and one `data` chunk. */
function writeHeader(view: DataView, frames: number): void {
  const dataBytes = frames * CHANNELS * 2;
  const text = (at: number, letters: string) => {
    for (let i = 0; i < letters.length; i++) view.setUint8(at + i, letters.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, CHANNELS, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * CHANNELS * 2, true);
  view.setUint16(32, CHANNELS * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
}

function voiceOf(channel: number, pitchHz: number, random: Random): Voice {
  const mouth = 0.92 + random.next() * 0.2;
  return { channel, pitchHz, vowels: FORMANTS.map((formants) => vowelOf(pitchHz, mouth, formants)) };
}

/** One period of a vowel, so that speaking it is looking it up: a sum of harmonics, loudest near the formants. */
function vowelOf(pitchHz: number, mouth: number, formants: readonly number[]): Vowel {
  const table = new Float32Array(TABLE_SIZE);
  for (let harmonic = 1; harmonic * pitchHz < 3_600; harmonic++) {
    const hz = harmonic * pitchHz;
    const near = formants.reduce((sum, formant) => sum + Math.exp(-(((hz - formant * mouth) / 140) ** 2)), 0);
    const loud = 0.25 / harmonic + near;
    for (let i = 0; i < TABLE_SIZE; i++)
      table[i]! += loud * Math.sin((2 * Math.PI * harmonic * i) / TABLE_SIZE);
  }
  const peak = table.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return table.map((value) => value / peak);
}

/** Syllables of a fifth of a second, a short breath now and then, the pitch sinking towards the end. */
function speak(samples: Int16Array, segment: TranscriptSegment, voice: Voice, random: Random): void {
  const fromFrame = Math.round(segment.fromMs * FRAMES_PER_MS);
  const toFrame = Math.min(Math.round(segment.toMs * FRAMES_PER_MS), samples.length / CHANNELS);
  for (let frame = fromFrame; frame < toFrame; ) {
    const frames = Math.min(between(random, 120, 280) * FRAMES_PER_MS, toFrame - frame);
    const sinking = 1.12 - 0.24 * ((frame - fromFrame) / (toFrame - fromFrame));
    addSyllable(samples, frame, frames, voice, sinking, random);
    const breathMs = random.next() < 0.15 ? between(random, 80, 220) : between(random, 0, 30);
    frame += frames + breathMs * FRAMES_PER_MS;
  }
}

/** A consonant of noise, then a vowel, swelling and fading. */
function addSyllable(
  samples: Int16Array,
  fromFrame: number,
  frames: number,
  { channel, pitchHz, vowels }: Voice,
  sinking: number,
  random: Random,
): void {
  const vowel = pick(random, vowels);
  const consonantFrames = random.next() < 0.6 ? frames * 0.25 : 0;
  const loudness = LOUDNESS * (0.55 + 0.45 * random.next());
  const step = (pitchHz * sinking * TABLE_SIZE) / SAMPLE_RATE;
  let noise = between(random, 1, 2 ** 30);
  let phase = 0;
  for (let frame = 0; frame < frames; frame++) {
    const part = frame / frames;
    const swell = 4 * part * (1 - part);
    noise = nextNoise(noise);
    phase = (phase + step) % TABLE_SIZE;
    const value = frame < consonantFrames ? (0.35 * noise) / 2 ** 31 : vowel[phase | 0]!;
    samples[(fromFrame + frame) * CHANNELS + channel] = loudness * swell * value;
  }
}

function addBeep(samples: Int16Array, beepMs: number): void {
  const fromFrame = Math.round(beepMs * FRAMES_PER_MS);
  const toFrame = Math.min(fromFrame + 400 * FRAMES_PER_MS, samples.length / CHANNELS);
  for (let frame = fromFrame; frame < toFrame; frame++) {
    samples[frame * CHANNELS + 1] = LOUDNESS * 0.7 * Math.sin((2 * Math.PI * 1_000 * frame) / SAMPLE_RATE);
  }
}

/** Answers with the noise to go on with. */
function addHiss(samples: Int16Array, start: number): number {
  let noise = start;
  for (let i = 0; i < samples.length; i++) {
    noise = nextNoise(noise);
    samples[i] = (noise / 2 ** 31) * HISS;
  }
  return noise;
}

/** Marsaglia's xorshift: a whole number of 32 bits, never zero. */
function nextNoise(noise: number): number {
  let next = noise;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next;
}
