import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Encoding } from '../../shared/domain/list-import.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** `assumed` where everything looked at was plain ASCII: what comes later may say otherwise. */
  readonly certainty: 'sure' | 'likely' | 'assumed';
  /** Where the text begins: after the byte order mark. */
  readonly bomBytes: number;
}

/** How much of a file is read at a time. */
const CHUNK_BYTES = 256 * 1024;
/** Around the first byte that is not UTF-8, this much is looked at to tell the single-byte encodings apart. */
const SAMPLE_BYTES = 256 * 1024;

const NOTHING = new Uint8Array(0);

/** The bytes of a file, some at a time. Ends after `bytesMax`. */
export function* chunksOf(
  file: string,
  from = 0,
  bytesMax = Number.POSITIVE_INFINITY,
): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    let at = from;
    while (at < bytesMax) {
      // A buffer of its own for each chunk: whoever decodes may hold on to the last one.
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, bytesMax - at));
      const read = readSync(handle, chunk, 0, chunk.length, at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * Guesses the encoding of everything that `chunks` holds. A list may be ASCII for 200,000 rows and then say
 * “José”, so that only a look at the whole file makes sure; a look at its head is marked as assumed.
 */
export function guessEncoding(chunks: Iterable<Uint8Array>): EncodingGuess {
  let isFirst = true;
  let isAscii = true;
  // The last bytes of a chunk may be the beginning of a character that the next one ends.
  let rest: Uint8Array = NOTHING;
  /** From the first piece on that is no UTF-8. */
  let bad: Uint8Array[] | null = null;
  for (const chunk of chunks) {
    if (isFirst) {
      const byHead = guessByHead(chunk);
      if (byHead !== null) return byHead;
      isFirst = false;
    }
    const all = rest.length === 0 ? chunk : joined(rest, chunk);
    const whole = wholeCharacters(all);
    const head = all.subarray(0, whole);
    if (bad === null && !isUtf8(head)) bad = [];
    if (bad !== null) {
      bad.push(all);
      if (bad.reduce((sum, each) => sum + each.length, 0) >= SAMPLE_BYTES) break;
      rest = NOTHING;
      continue;
    }
    isAscii &&= isPlain(head);
    rest = all.subarray(whole);
  }
  if (bad !== null) return { encoding: guessSingleByte(around(bad)), certainty: 'likely', bomBytes: 0 };
  // Half a character at the very end is either the end of the head that was looked at, or no UTF-8.
  return { encoding: 'utf-8', certainty: isAscii && rest.length === 0 ? 'assumed' : 'sure', bomBytes: 0 };
}

/** The text of a file, some at a time. Bytes that mean nothing in the encoding become U+FFFD. */
export function* textOf(chunks: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: false });
  for (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** How many bytes a text took in its file. */
export function bytesOf(text: string, encoding: Encoding): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text, 'utf8');
  return encoding.startsWith('utf-16') ? text.length * 2 : text.length;
}

const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP file or an Excel workbook'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook, or one with a password'],
  [[0x1f, 0x8b], 'a compressed file'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a database'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
];

/** Tells a list from everything that is only called one. The sentence says what to do instead. */
export function readableHead(head: Uint8Array): Result<null, string> {
  if (head.length === 0)
    return refused('This file is empty. Nothing was imported. Choose the file that has the rows in it.');
  const known = SIGNATURES.find(([bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (known !== undefined) {
    return refused(
      `This is ${known[1]}, whatever its name says. Nothing was imported. Save the list as CSV (UTF-8) and drop that.`,
    );
  }
  if (guessByHead(head) !== null) return ok(null);
  const odd = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (odd * 100 > head.length) {
    return refused(
      'This file is not text: it is full of characters that nobody types. Nothing was imported. Save the list as CSV (UTF-8) and drop that.',
    );
  }
  return ok(null);
}

/** What the first bytes give away: a byte order mark, or the zeros between the letters of UTF-16. */
function guessByHead(head: Uint8Array): EncodingGuess | null {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', certainty: 'sure', bomBytes: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', certainty: 'sure', bomBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', certainty: 'sure', bomBytes: 2 };
  const sample = head.subarray(0, 4096);
  const pairs = Math.floor(sample.length / 2);
  if (pairs < 2) return null;
  let [even, odd] = [0, 0];
  for (let at = 0; at < pairs * 2; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  // Delimiters, digits and line ends have a zero beside them in every script; a third of them is enough.
  if (odd * 3 > pairs && even === 0) return { encoding: 'utf-16le', certainty: 'likely', bomBytes: 0 };
  if (even * 3 > pairs && odd === 0) return { encoding: 'utf-16be', certainty: 'likely', bomBytes: 0 };
  return null;
}

/** Where the last whole UTF-8 character ends. */
function wholeCharacters(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= Math.min(3, end); back++) {
    const byte = bytes[end - back]!;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? end - back : end;
  }
  return end;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function isPlain(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte >= 0x80);
}

/** The bytes from a little before the first one that is not ASCII, which is near the first that is not UTF-8. */
function around(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.concat(pieces);
  const at = bytes.findIndex((byte) => byte >= 0x80);
  return bytes.subarray(Math.max(0, at - 1024), at + SAMPLE_BYTES);
}

type SingleByte = Extract<Encoding, `windows-${string}`>;

/** Letters that are common where each encoding is used; what is in none of them speaks against it. */
const COMMON: readonly (readonly [encoding: SingleByte, letters: string])[] = [
  ['windows-1252', 'éèêëàâäáãåçñóòôöõøíìîïúùûüßæœýÉÈÀÂÄÅÇÑÓÖØÜ€’‘“”–—´°ºª·'],
  ['windows-1250', 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžýáéíúČĎĚŇŘŠŤŽőűöüäŐŰÖÜÁÉăâîşţĂÂÎŞŢđĐ€’‘“”–—'],
  ['windows-1251', 'абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯЁІЇЄҐ№€’‘“”–—«»'],
];

/** The single-byte encoding in which the text looks most like one that somebody wrote. */
function guessSingleByte(sample: Uint8Array): SingleByte {
  let best: SingleByte = 'windows-1252';
  let most = Number.NEGATIVE_INFINITY;
  for (const [encoding, letters] of COMMON) {
    const score = scoreOf(sample, encoding, new Set(letters));
    if (score > most) [best, most] = [encoding, score];
  }
  return best;
}

function scoreOf(sample: Uint8Array, encoding: SingleByte, letters: ReadonlySet<string>): number {
  const text = new TextDecoder(encoding).decode(sample);
  let score = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char < '\u0080') continue;
    score += letters.has(char) ? 1 : -2;
    const before = text[at - 1] ?? ' ';
    // Cyrillic stands beside Cyrillic, an accent among plain letters: the other way round is a wrong guess.
    const isCyrillic = char >= '\u0400' && char <= '\u04ff';
    if (isCyrillic && /[A-Za-z]/.test(before)) score -= 2;
    if (!isCyrillic && before >= '\u00c0' && before <= '\u024f') score -= 1.5;
    // Nobody writes a capital in the middle of a word as a rule.
    if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(char)) score -= 1.5;
  }
  return score;
}
