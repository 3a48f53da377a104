import { expect, test } from 'vitest';
import type { Encoding } from '../../shared/domain/list-import.ts';
import { between, seededRandom } from '../../shared/lib/random.ts';
import { csvReader } from './csv.ts';
import { bytesOf, guessEncoding, readableHead, textOf } from './encoding.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Writes a text in an encoding that only reading is built in for. */
function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return bytes(text);
  if (encoding === 'utf-16le') return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (encoding === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) codes.set(decoder.decode(new Uint8Array([byte])), byte);
  return Uint8Array.from(text, (char) => codes.get(char) ?? 63);
}

function pieces(all: Uint8Array, size: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < all.length; at += size) found.push(all.slice(at, at + size));
  return found;
}

const WESTERN = 'Name;Ort\r\nJosé Muñoz;Málaga\r\nJürgen Groß;Köln\r\nZoë Lefèvre;Besançon\r\n';
const CENTRAL = 'Jméno;Město\r\nLukáš Dvořák;Plzeň\r\nZdeněk Růžička;Děčín\r\nŁukasz Wójcik;Łódź\r\n';
const CYRILLIC = 'Имя;Город\r\nАнна Петрова;Москва\r\nИван Сидоров;Тверь\r\n';

test.each([
  ['utf-8', WESTERN],
  ['windows-1252', WESTERN],
  ['windows-1250', CENTRAL],
  ['windows-1251', CYRILLIC],
  ['utf-16le', WESTERN],
  ['utf-16be', WESTERN],
] as const)('%s is told from the others, in pieces of any size', (encoding, text) => {
  for (const size of [1, 2, 3, 7, 64, 4096]) {
    // UTF-16 without a mark shows in the first few bytes; files come in pieces of a quarter megabyte.
    if (encoding.startsWith('utf-16') && size < 64) continue;
    expect([size, guessEncoding(pieces(encoded(text, encoding), size)).encoding]).toEqual([size, encoding]);
  }
});

test.each(['utf-8', 'windows-1252', 'windows-1250', 'windows-1251', 'utf-16le', 'utf-16be'] as const)(
  '%s becomes the same text whatever byte the pieces end at',
  (encoding) => {
    const text = encoding === 'windows-1250' ? CENTRAL : encoding === 'windows-1251' ? CYRILLIC : WESTERN;
    const all = encoded(text, encoding);
    for (const size of [1, 2, 3, 5, 1000])
      expect([...textOf(pieces(all, size), encoding)].join('')).toBe(text);
    expect(bytesOf(text, encoding)).toBe(all.length);
  },
);

test('the euro sign of Windows survives in streaming mode', () => {
  expect([...textOf([new Uint8Array([0x35, 0x80])], 'windows-1252')].join('')).toBe('5€');
});

test('a byte order mark is believed, and is no part of the first cell', () => {
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('name\n')]);
  expect(guessEncoding([marked])).toEqual({ encoding: 'utf-8', certainty: 'sure', bomBytes: 3 });
  const reader = csvReader({ delimiter: ',', hasQuotes: true });
  for (const text of textOf(pieces(marked, 1), 'utf-8')) reader.push(text);
  expect([...textOf(pieces(marked, 1), 'utf-8')].join('')).toBe('name\n');
});

test('an ASCII head is assumed, and the first accent far below decides', () => {
  const head = bytes('name,phone\n'.repeat(20_000));
  expect(guessEncoding([head]).certainty).toBe('assumed');
  expect(guessEncoding([head, encoded('José\n', 'windows-1252')]).encoding).toBe('windows-1252');
  expect(guessEncoding([head, bytes('José\n')])).toMatchObject({ encoding: 'utf-8', certainty: 'sure' });
});

test('random UTF-8 is never taken for anything else, wherever it is cut', () => {
  const random = seededRandom('utf');
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 40 }, () => ['a', 'é', '漢', '😀', 'ж'][between(random, 0, 4)]).join(
      '',
    );
    expect(guessEncoding(pieces(bytes(text), between(random, 1, 9))).encoding).toBe('utf-8');
  }
});

test('what only calls itself a list is refused in a sentence that says what it is', () => {
  const zip = readableHead(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0]));
  expect(!zip.ok && zip.error).toContain('Excel workbook');
  expect(readableHead(new Uint8Array(0)).ok).toBe(false);
  expect(readableHead(new Uint8Array(400).map((_, at) => (at * 37) % 256)).ok).toBe(false);
  expect(readableHead(bytes('name,phone\nAda,1\n')).ok).toBe(true);
  expect(readableHead(encoded('name,phone\n', 'utf-16le')).ok).toBe(true);
});
