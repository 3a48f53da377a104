import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type Peaks, takePeaks } from './peaks.ts';
import { HEAD_BYTES, type SoundHead, readHead } from './sound-head.ts';

/** What there is to say of a sound that lies in a file. */
export interface SoundFacts {
  readonly mime: 'audio/wav' | 'audio/mpeg';
  readonly bytes: number;
  readonly sha256: string;
  /** Null of an MP3: only decoding it would tell. */
  readonly durationMs: number | null;
  readonly channels: number | null;
  readonly peaks: Peaks | null;
}

/** What lies beside a sound, so that opening it never decodes. */
export interface KeptPeaks {
  readonly durationMs: number;
  readonly channels: Peaks;
}

const PORTION_BYTES = 1024 * 1024;

/** Reads a sound once from end to end, a portion at a time: is it whole, what is it, how loud is it where. */
export function lookAtSound(file: string): Result<SoundFacts, string> {
  const { size } = statSync(file);
  const handle = openSync(file, 'r');
  try {
    const first = Buffer.alloc(Math.min(HEAD_BYTES, size));
    readSync(handle, first, 0, first.length, 0);
    const head = readHead(first);
    if (!head.ok) return head;
    return head.value.kind === 'wav' ? readWhole(handle, size, head.value) : readMp3(handle, size);
  } finally {
    closeSync(handle);
  }
}

type Wav = SoundHead & { readonly kind: 'wav' };

function readWhole(handle: number, size: number, wav: Wav): Result<SoundFacts, string> {
  const there = size - wav.from;
  const bytes = wav.bytes ?? there;
  if (there < bytes) {
    const percent = Math.floor((100 * there) / bytes);
    return refused(`The recording is cut off: ${percent} % of it came.`);
  }
  const frameBytes = wav.channels * wav.bytesPerSample;
  if (bytes < frameBytes) return refused('The recording is there and has no sound in it.');
  const taker = takePeaks(wav, bytes);
  const sha256 = readThrough(handle, (portion, at) => {
    const from = Math.max(0, wav.from - at);
    const until = Math.min(portion.length, wav.from + bytes - at);
    if (from < until) taker.take(portion.subarray(from, until));
  });
  const durationMs = Math.round((1000 * taker.frames()) / wav.framesPerSecond);
  return ok({
    mime: 'audio/wav',
    bytes: size,
    sha256,
    durationMs,
    channels: wav.channels,
    peaks: taker.peaks(),
  });
}

function readMp3(handle: number, size: number): Result<SoundFacts, string> {
  const sha256 = readThrough(handle, () => {});
  return ok({ mime: 'audio/mpeg', bytes: size, sha256, durationMs: null, channels: null, peaks: null });
}

/** Each portion with where it begins; answers with the print of all of them. */
function readThrough(handle: number, take: (portion: Buffer, at: number) => void): string {
  const hash = createHash('sha256');
  const portion = Buffer.alloc(PORTION_BYTES);
  for (let at = 0; ; ) {
    const read = readSync(handle, portion, 0, portion.length, at);
    if (read === 0) return hash.digest('hex');
    const bytes = portion.subarray(0, read);
    hash.update(bytes);
    take(bytes, at);
    at += read;
  }
}

/** Writes the peaks beside the sound; whole, or not at all. */
export function keepPeaks(file: string, facts: SoundFacts): void {
  if (facts.peaks === null || facts.durationMs === null) return;
  const kept: KeptPeaks = { durationMs: facts.durationMs, channels: facts.peaks };
  writeFileSync(`${file}.part`, JSON.stringify(kept));
  renameSync(`${file}.part`, file);
}
