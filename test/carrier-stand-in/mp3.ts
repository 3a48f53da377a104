import type { TranscriptSegment } from '../../shared/domain/call.ts';

/*
 * The plainest MP3 that players take: MPEG-1 Layer III as ISO 11172-3 writes it down, 32 kHz at 32 kbit/s, two
 * channels. Whoever speaks hums three harmonics; whoever does not is silent. Nobody's voice, but it can be played.
 */

const SAMPLE_RATE = 32_000;
const FRAME_BYTES = 144;
const SAMPLES_A_GRANULE = 576;
const GRANULE_MS = (SAMPLES_A_GRANULE * 1_000) / SAMPLE_RATE;
/** MPEG-1, Layer III, no checksum; 32 kbit/s, 32 kHz; two channels. */
const HEADER = [0xff, 0xfb, 0x18, 0x00] as const;
const SIDE_BYTES = 32;
/** Half of full loudness; each four less would be half of that again. */
const LOUDNESS = 200;
/** Spectral lines are 28 Hz wide: a low voice and a higher one. */
const PITCH: Readonly<Record<TranscriptSegment['speaker'], number>> = { agent: 4, contact: 7 };
const HARMONICS = 3;

/** A talk as MP3: the agent on one channel, the contact on the other. */
export function mp3Of(said: readonly TranscriptSegment[], talkMs: number): Uint8Array {
  const frames = Math.max(1, Math.ceil(talkMs / (2 * GRANULE_MS)));
  const bytes = new Uint8Array(frames * FRAME_BYTES);
  for (let frame = 0; frame < frames; frame += 1) bytes.set(frameOf(said, frame), frame * FRAME_BYTES);
  return bytes;
}

function frameOf(said: readonly TranscriptSegment[], nth: number): Uint8Array {
  const side = openBits(SIDE_BYTES);
  const main = openBits(FRAME_BYTES - HEADER.length - SIDE_BYTES);
  // Nothing is borrowed from the frame before; no private bits; no scale factors are shared.
  side.write(0, 9 + 3 + 8);
  for (const granule of [0, 1]) {
    const atMs = (nth * 2 + granule + 0.5) * GRANULE_MS;
    for (const speaker of ['agent', 'contact'] as const) {
      const isSpeaking = said.some(
        (segment) => segment.speaker === speaker && segment.fromMs <= atMs && atMs < segment.toMs,
      );
      const before = main.length();
      const pairs = isSpeaking ? hum(main, PITCH[speaker], (nth + granule) % 2) : 0;
      side.write(main.length() - before, 12);
      side.write(pairs, 9);
      side.write(isSpeaking ? LOUDNESS : 0, 8);
      // No scale factors, long blocks, the first code table for all regions, the first region as long as it may be.
      side.write(0, 4 + 1);
      for (let region = 0; region < 3; region += 1) side.write(pairs > 0 ? 1 : 0, 5);
      side.write(7, 4);
      side.write(0, 3 + 1 + 1 + 1);
    }
  }
  const frame = new Uint8Array(FRAME_BYTES);
  frame.set(HEADER);
  frame.set(side.bytes, HEADER.length);
  frame.set(main.bytes, HEADER.length + SIDE_BYTES);
  return frame;
}

/** Ones where the harmonics are and noughts between, in pairs by the first code table. How many pairs it took. */
function hum(bits: Bits, pitch: number, sign: number): number {
  const pairs = Math.floor((pitch * HARMONICS) / 2) + 1;
  const isOn = (line: number) => line > 0 && line % pitch === 0 && line <= pitch * HARMONICS;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [low, high] = [isOn(pair * 2), isOn(pair * 2 + 1)];
    if (low && high) bits.write(0, 3);
    else if (low) bits.write(1, 2);
    else if (high) bits.write(1, 3);
    else bits.write(1, 1);
    for (const is of [low, high]) if (is) bits.write(sign, 1);
  }
  return pairs;
}

interface Bits {
  readonly bytes: Uint8Array;
  readonly length: () => number;
  write(value: number, count: number): void;
}

function openBits(size: number): Bits {
  const bytes = new Uint8Array(size);
  let at = 0;
  return {
    bytes,
    length: () => at,
    write(value, count) {
      for (let bit = count - 1; bit >= 0; bit -= 1, at += 1)
        if (((value >> bit) & 1) === 1) bytes[at >> 3]! |= 0x80 >> (at & 7);
    },
  };
}
