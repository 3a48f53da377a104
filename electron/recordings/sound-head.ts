import { type Result, ok, refused } from '../../shared/lib/result.ts';

/** How the samples of a WAV are written down. */
export type Coding = 'pcm-8' | 'pcm-16' | 'pcm-24' | 'pcm-32' | 'float-32' | 'u-law' | 'a-law';

/** What the first bytes of a sound say of it. */
export type SoundHead =
  | {
      readonly kind: 'wav';
      readonly coding: Coding;
      readonly channels: number;
      readonly framesPerSecond: number;
      readonly bytesPerSample: number;
      /** Where the samples begin. */
      readonly from: number;
      /** How many bytes they are; null where whoever wrote it did not know, as one does who streams. */
      readonly bytes: number | null;
    }
  | { readonly kind: 'mp3' };

/** So much of the beginning is looked at: enough for a WAV with a page of notes before its samples. */
export const HEAD_BYTES = 65_536;

/** Reads the beginning of a sound. What is no sound is told in a sentence. */
export function readHead(head: Buffer): Result<SoundHead, string> {
  if (head.length === 0) return refused('The carrier sent an empty recording.');
  if (head.length < 12) return refused('The recording ends before it begins.');
  const tag = head.toString('latin1', 0, 4);
  if (tag === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE') return readWav(head);
  const isFrame = head[0] === 0xff && (head[1]! & 0xe0) === 0xe0 && (head[1]! & 0x06) !== 0;
  if (tag.startsWith('ID3') || isFrame) return ok({ kind: 'mp3' });
  return refused(NO_SOUND[wrongType(head)]);
}

const NO_SOUND = {
  page: 'The carrier sent a page instead of a sound.',
  data: 'The carrier sent data instead of a sound.',
  other: 'What the carrier sent is neither a WAV nor an MP3.',
} as const;

function wrongType(head: Buffer): keyof typeof NO_SOUND {
  const start = head.toString('latin1', 0, 64).trimStart().toLowerCase();
  if (/^<(!doctype|html|\?xml)/.test(start)) return 'page';
  return /^[{[]/.test(start) ? 'data' : 'other';
}

/** RIFF: chunks of a name, a length and so many bytes, padded to even ones. */
function readWav(head: Buffer): Result<SoundHead, string> {
  let format: Pick<
    SoundHead & { kind: 'wav' },
    'coding' | 'channels' | 'framesPerSecond' | 'bytesPerSample'
  > | null = null;
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4);
    const bytes = head.readUInt32LE(at + 4);
    const from = at + 8;
    if (name === 'fmt ' && from + 16 <= head.length) {
      const read = readFormat(head.subarray(from, from + bytes));
      if (!read.ok) return read;
      format = read.value;
    }
    if (name === 'data') {
      if (format === null) return refused('The recording does not say how its sound is written down.');
      // Nought and all ones are what a writer puts there that never learned the end.
      const isKnown = bytes !== 0 && bytes < 0xffff_ff00;
      return ok({ kind: 'wav', ...format, from, bytes: isKnown ? bytes : null });
    }
    at = from + bytes + (bytes % 2);
  }
  return refused('The recording has a beginning and no sound after it.');
}

const EXTENSIBLE = 0xfffe;

function readFormat(chunk: Buffer) {
  const written = chunk.readUInt16LE(0);
  // The true kind stands at the front of a longer name.
  const kind = written === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : written;
  const channels = chunk.readUInt16LE(2);
  const framesPerSecond = chunk.readUInt32LE(4);
  const bits = chunk.readUInt16LE(14);
  const coding = CODINGS[`${kind}/${bits}`];
  if (coding === undefined || channels < 1 || channels > 8 || framesPerSecond < 1_000)
    return refused(`The recording is a WAV of a kind that Parley does not read (${kind}, ${bits} bits).`);
  return ok({ coding, channels, framesPerSecond, bytesPerSample: bits / 8 });
}

const CODINGS: Readonly<Record<string, Coding>> = {
  '1/8': 'pcm-8',
  '1/16': 'pcm-16',
  '1/24': 'pcm-24',
  '1/32': 'pcm-32',
  '3/32': 'float-32',
  '6/8': 'a-law',
  '7/8': 'u-law',
};
