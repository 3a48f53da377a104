import { statSync } from 'node:fs';
import {
  type Dialect,
  type Encoding,
  FILE_BYTES_MAX,
  type Mapping,
  type Reading,
  TOO_BIG,
} from '../../shared/domain/list-import.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type CsvRecord, type CsvTrouble, RECORD_CHARS_MAX, csvReader } from './csv.ts';
import { guessDialect, looksLikeHeader, sepIn } from './dialect.ts';
import { type EncodingGuess, bytesOf, chunksOf, guessEncoding, readableHead, textOf } from './encoding.ts';
import { firstOfSheet, openBook, sheetRecords } from './xlsx.ts';
import { columnNames, guessMapping, headerSignature } from './mapping.ts';

/** How somebody wants a file to be read; what is left out is guessed. */
export type PreviewWish = {
  readonly [K in 'encoding' | 'dialect' | 'sheet']?: NonNullable<Reading[K]> | undefined;
};

export interface ReadingGuess extends Reading {
  readonly certainty: EncodingGuess['certainty'];
  readonly bytes: number;
  /** Of a workbook; empty for a file of text. */
  readonly sheets: readonly string[];
}

export interface Preview extends ReadingGuess {
  /** Names of the columns, made up where the file has none. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly mapping: Mapping;
  /** What mappings are remembered by; empty where there is no header. */
  readonly signature: string;
  readonly isRemembered: boolean;
}

/** As many rows as a person looks at before the rest is read. */
export const PREVIEW_ROWS = 50;
const PREVIEW_BYTES = 512 * 1024;
/** As long as a header and the longest row may be. */
const LONG_ROW_BYTES = 3 * RECORD_CHARS_MAX;
const COLUMNS_MAX = 1_000;

/** The first rows of a file and everything that can be guessed from them, at once and without the rest. */
export function previewFile(
  file: string,
  country: string,
  chosen: PreviewWish = {},
): Result<Preview, string> {
  const guess = guessReading(file, chosen);
  if (!guess.ok) return guess;
  try {
    const found = firstRecords(file, guess.value);
    if (!found.ok) return found;
    const { dialect } = guess.value;
    const records = found.value;
    const header = dialect.hasHeader ? (records[0]?.cells ?? null) : null;
    const rows = (header === null ? records : records.slice(1)).map((record) => record.cells);
    const trouble = shapeTrouble(header, rows);
    if (trouble !== null) return refused(trouble);
    const mapping = guessMapping(header, rows, country);
    const columns = columnNames(header, mapping.columns.length);
    const named = mapping.columns.map((column, at) => ({ ...column, header: columns[at]! }));
    return ok({
      ...guess.value,
      columns,
      rows: rows.slice(0, PREVIEW_ROWS),
      mapping: { ...mapping, columns: named },
      signature: header === null ? '' : headerSignature(header),
      isRemembered: false,
    });
  } catch (error) {
    return refused(readTrouble(error));
  }
}

/** How a file seems to be written, or why it is no list at all. */
export function guessReading(file: string, chosen: PreviewWish = {}): Result<ReadingGuess, string> {
  const bytes = sizeOf(file);
  if (!bytes.ok) return bytes;
  try {
    const head = headOf(file);
    if (isZip(head[0])) return guessBook(file, bytes.value, chosen);
    const readable = readableHead(head[0] ?? new Uint8Array(0));
    if (!readable.ok) return readable;
    const guess = guessEncoding(head);
    const encoding = chosen.encoding ?? guess.encoding;
    const text = [...textOf(head, encoding)].join('');
    const dialect = chosen.dialect ?? guessDialect(text, bytes.value <= PREVIEW_BYTES);
    const certainty = chosen.encoding === undefined ? guess.certainty : 'sure';
    return ok({ encoding, dialect, sheet: null, certainty, bytes: bytes.value, sheets: [] });
  } catch (error) {
    return refused(readTrouble(error));
  }
}

function isZip(head: Uint8Array | undefined): boolean {
  return (
    head?.[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === head[2] + 1
  );
}

/** Excel’s own files say what they are; only whether the first row names the columns has to be guessed. */
function guessBook(file: string, bytes: number, chosen: PreviewWish): Result<ReadingGuess, string> {
  const book = openBook(file);
  if (!book.ok) return book;
  const sheets = book.value.sheets.map(({ name }) => name);
  const sheet = sheets.find((name) => name === chosen.sheet) ?? sheets[0]!;
  const first = firstOfSheet(file, sheet, PREVIEW_ROWS);
  if (!first.ok) return first;
  const hasHeader = chosen.dialect?.hasHeader ?? looksLikeHeader(first.value);
  const dialect = { delimiter: ',', hasQuotes: true, hasHeader, hasSepLine: false };
  return ok({ encoding: 'utf-8', dialect, sheet, certainty: 'sure', bytes, sheets });
}

function headOf(file: string): Uint8Array[] {
  return [...chunksOf(file, 0, PREVIEW_BYTES)];
}

function firstRecords(file: string, guess: ReadingGuess): Result<readonly CsvRecord[], string> {
  if (guess.sheet !== null) return firstOfSheet(file, guess.sheet, PREVIEW_ROWS + 1);
  for (const bytesMax of [PREVIEW_BYTES, LONG_ROW_BYTES]) {
    const text = [...textOf(chunksOf(file, 0, bytesMax), guess.encoding)].join('');
    const isWhole = guess.bytes <= bytesMax;
    const records = firstRows(text, guess.dialect, isWhole);
    if (!records.ok) return refused(records.error.sentence);
    // One row can be longer than the usual look.
    if (isWhole || records.value.length > 1 || bytesMax === LONG_ROW_BYTES) return records;
  }
  return ok([]);
}

function shapeTrouble(header: readonly string[] | null, rows: readonly (readonly string[])[]): string | null {
  if (rows.length === 0) {
    return header === null
      ? 'This file is empty. Nothing was imported. Choose the file that has the rows in it.'
      : 'This file has a header and no rows. Nothing was imported. Choose the file that has the rows in it.';
  }
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  if (width <= COLUMNS_MAX) return null;
  return `This file has ${width} columns, and a list has ${COLUMNS_MAX} at most. Nothing was imported. Another delimiter may be the right one, or the columns that matter can be saved by themselves.`;
}

function firstRows(
  text: string,
  dialect: Dialect,
  isWhole: boolean,
): Result<readonly CsvRecord[], CsvTrouble> {
  const reader = csvReader(dialect);
  const pushed = reader.push(withoutSep(text, dialect));
  if (!pushed.ok || (!isWhole && pushed.value.length > 0)) return pushed;
  const last = reader.end();
  return last.ok ? ok([...pushed.value, ...last.value]) : last;
}

function withoutSep(text: string, { hasSepLine }: Dialect): string {
  return hasSepLine ? text.slice(sepIn(text)?.length ?? 0) : text;
}

/** How big a file is, or why it cannot be read. */
export function sizeOf(file: string): Result<number, string> {
  try {
    const { size } = statSync(file);
    if (size > FILE_BYTES_MAX) {
      return refused(TOO_BIG);
    }
    return ok(size);
  } catch (error) {
    return refused(readTrouble(error));
  }
}

/** What a file looks like from outside: another size or time is another file. */
export function printOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size}/${mtimeMs}`;
}

/** A sentence for what the file system says, or the error itself where it is a mistake of ours. */
export function readTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'The file is not there any more. Nothing was imported. Choose it again.';
  if (code === 'EISDIR') return 'This is a folder. Nothing was imported. Choose the file in it.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'Parley may not read this file. Nothing was imported. Allow it, or copy the file elsewhere, and choose it again.';
  if (code.startsWith('E'))
    return `The file could not be read (${code}). Nothing was imported. Choose it again.`;
  throw error;
}

/** The encoding of the whole file, for which every byte of it is looked at. */
export function encodingOf(file: string): Encoding {
  return guessEncoding(chunksOf(file)).encoding;
}

export interface Batch {
  readonly records: readonly CsvRecord[];
  /** How many bytes of the file have been read so far. */
  readonly bytes: number;
}

/** All rows of a file, some at a time, the header first. A trouble ends it, with the byte where it is. */
export function* recordsOf(
  file: string,
  { encoding, dialect, sheet }: Reading,
): Generator<Result<Batch, string>> {
  if (sheet !== null) return yield* recordsOfSheet(file, sheet);
  const reader = csvReader(dialect);
  let bytes = 0;
  let isFirst = true;
  const counted = function* () {
    for (const chunk of chunksOf(file)) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  for (const text of textOf(counted(), encoding)) {
    const pushed = reader.push(isFirst ? withoutSep(text, dialect) : text);
    isFirst = false;
    if (!pushed.ok) return yield refused(placed(file, encoding, pushed.error));
    yield ok({ records: pushed.value, bytes });
  }
  const last = reader.end();
  yield last.ok ? ok({ records: last.value, bytes }) : refused(placed(file, encoding, last.error));
}

function* recordsOfSheet(file: string, sheet: string): Generator<Result<Batch, string>> {
  const { size } = statSync(file);
  for (const batch of sheetRecords(file, sheet)) {
    if (!batch.ok) return yield batch;
    yield ok({ records: batch.value.records, bytes: Math.round(size * batch.value.part) });
  }
}

/** Adds the byte of the file to the line. Only a file with a fault in it is read a second time for that. */
function placed(file: string, encoding: Encoding, { offset, sentence }: CsvTrouble): string {
  let [chars, bytes] = [0, 0];
  for (const text of textOf(chunksOf(file), encoding)) {
    const part = text.slice(0, offset - chars);
    bytes += bytesOf(part, encoding);
    chars += part.length;
    if (chars >= offset) break;
  }
  return sentence.replace(/on line (\d+)/, `on line $1 (byte ${bytes + 1})`);
}
