import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { RECORD_CHARS_MAX, type CsvRecord } from './csv.ts';
import { type Book, type CellStyle, bookIn, sharedStrings, xmlReader } from './xlsx-parts.ts';
import { NOT_WHOLE, type ZipEntry, ZipTrouble, unpacked, zipEntries } from './zip.ts';

/** The sheets of a workbook, or what the file is instead. */
export function openBook(file: string): Result<Book, string> {
  return troublesOf(() => {
    const entries = zipEntries(file);
    if (!entries.ok) return entries;
    const book = bookIn(file, entries.value);
    if (book === null) return refused(whatElse(entries.value));
    return book.sheets.length === 0 ? refused(NO_SHEETS) : ok(book);
  });
}

/** The first rows of a sheet, without the rest of it and without the texts that only the rest shares. */
export function firstOfSheet(file: string, sheet: string, count: number): Result<CsvRecord[], string> {
  return troublesOf(() => {
    const book = openBook(file);
    if (!book.ok) return book;
    const found = sheetNamed(book.value, sheet);
    if (found === null) return refused(NO_SUCH_SHEET);
    const rows: RawRow[] = [];
    for (const batch of rowsIn(file, found, book.value)) {
      rows.push(...batch.rows);
      if (rows.length >= count) break;
    }
    const first = rows.slice(0, count);
    const last = Math.max(
      -1,
      ...first.flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'number')),
    );
    const { strings } = book.value;
    const shared = last === -1 || strings === null ? [] : sharedStrings(file, strings, last + 1);
    return ok(first.map((row) => recordOf(row, shared)));
  });
}

export interface SheetBatch {
  readonly records: readonly CsvRecord[];
  /** How much of the sheet has been read, from 0 to 1. */
  readonly part: number;
}

/** All rows of a sheet, some at a time. A trouble ends it. */
export function* sheetRecords(file: string, sheet: string): Generator<Result<SheetBatch, string>> {
  const book = openBook(file);
  if (!book.ok) return yield book;
  const found = sheetNamed(book.value, sheet);
  if (found === null) return yield refused(NO_SUCH_SHEET);
  try {
    const { strings } = book.value;
    const shared = strings === null ? [] : sharedStrings(file, strings);
    for (const { rows, part } of rowsIn(file, found, book.value))
      yield ok({ records: rows.map((row) => recordOf(row, shared)), part });
  } catch (error) {
    if (!(error instanceof ZipTrouble)) throw error;
    yield refused(error.message);
  }
}

function troublesOf<T>(work: () => Result<T, string>): Result<T, string> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ZipTrouble)) throw error;
    return refused(error.message);
  }
}

function sheetNamed({ sheets }: Book, name: string): ZipEntry | null {
  return sheets.find((each) => each.name === name)?.entry ?? null;
}

/** A cell is its text, or the number of a text that it shares with others. */
type RawCell = string | number;

interface RawRow {
  readonly line: number;
  readonly cells: readonly RawCell[];
}

function recordOf({ line, cells }: RawRow, shared: readonly string[]): CsvRecord {
  return {
    line,
    cells: Array.from(cells, (cell) => (typeof cell === 'number' ? (shared[cell] ?? '') : (cell ?? ''))),
  };
}

/** A sheet has columns up to XFD; whoever uses them all has no list. */
const COLUMNS_MAX = 1_001;

function* rowsIn(
  file: string,
  entry: ZipEntry,
  { styles, is1904 }: Book,
): Generator<{ readonly rows: RawRow[]; readonly part: number }> {
  let rows: RawRow[] = [];
  let cells: RawCell[] = [];
  let line = 0;
  let at = -1;
  let chars = 0;
  let type = 'n';
  let style: CellStyle = 'plain';
  let value = '';
  let takes: 'value' | 'inline' | null = null;
  const read = xmlReader({
    open(name, attributes) {
      if (name === 'row') {
        cells = [];
        chars = 0;
        at = -1;
        line = Number(attributes['r'] ?? line + 1);
      } else if (name === 'c') {
        at = attributes['r'] === undefined ? at + 1 : columnIn(attributes['r']);
        type = attributes['t'] ?? 'n';
        style = styles[Number(attributes['s'] ?? -1)] ?? 'plain';
        value = '';
      } else if (name === 'v') takes = 'value';
      else if (name === 't') takes = 'inline';
      else if (name === 'rPh') takes = null;
    },
    text(piece) {
      if (takes === null) return;
      value += piece;
      chars += piece.length;
      if (chars > RECORD_CHARS_MAX) throw new ZipTrouble(tooLong(line));
    },
    close(name) {
      if (name === 'v' || name === 't') takes = null;
      if (name === 'c' && value !== '') {
        if (at >= COLUMNS_MAX) throw new ZipTrouble(tooWide(at + 1));
        while (cells.length < at) cells.push('');
        cells[at] = cellOf(value, type, style, is1904);
      }
      if (name === 'row' && cells.some((cell) => cell !== '')) rows.push({ line, cells });
    },
  });
  const decoder = new TextDecoder();
  for (const { bytes, packedBytes } of unpacked(file, entry)) {
    read(decoder.decode(bytes, { stream: true }));
    if (rows.length === 0) continue;
    yield { rows, part: packedBytes / Math.max(1, entry.packedBytes) };
    rows = [];
  }
}

/** `AB12` is the 28th column, counted from 0. */
function columnIn(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

function cellOf(value: string, type: string, style: CellStyle, is1904: boolean): RawCell {
  switch (type) {
    case 's':
      return Number(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
    case 'n':
      return style === 'plain' ? plainNumber(value) : shownDate(Number(value), style, is1904, value);
    // Text, written out, of a formula or an error: as it stands there.
    default:
      return value;
  }
}

/** A phone number that is kept as a number has all its digits in the file, however Excel shows it. */
function plainNumber(value: string): string {
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  return Number.isInteger(number) && Math.abs(number) < 1e15 ? number.toFixed(0) : String(number);
}

const DAY_MS = 86_400_000;

/** Excel counts days, and believes that 1900 had a 29 February. */
function shownDate(serial: number, style: CellStyle, is1904: boolean, asWritten: string): string {
  if (Number.isNaN(serial) || serial < 0 || serial > 2_958_465) return asWritten;
  const minutes = Math.round((serial % 1) * 1_440) % 1_440;
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  if (style === 'time') return time;
  const first = is1904 ? Date.UTC(1904, 0, 1) : serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const day = new Date(first + Math.floor(serial) * DAY_MS);
  const date = `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
  return style === 'date-time' && minutes > 0 ? `${date} ${time}` : date;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function whatElse(entries: readonly ZipEntry[]): string {
  const has = (name: string) => entries.some((entry) => entry.name === name);
  const next =
    'Nothing was imported. Save the list as CSV (UTF-8) or as an Excel workbook (.xlsx) and drop that.';
  if (has('xl/workbook.bin')) return `This is an Excel workbook in the binary format. ${next}`;
  if (has('content.xml') && has('mimetype')) return `This is an OpenDocument file. ${next}`;
  const csv = entries.find(({ name }) => /\.(csv|tsv|txt|xlsx)$/i.test(name))?.name;
  if (csv === undefined)
    return entries.length === 0 ? NOT_WHOLE : `This is a ZIP file, whatever its name says. ${next}`;
  return `This is a ZIP file, whatever its name says, with ${csv.slice(0, 60)} in it. Nothing was imported. Unpack it, and drop what was in it.`;
}

function tooLong(line: number): string {
  return `The row on line ${line} of the sheet is longer than a row can be. Nothing was imported. Shorten it, or take it out, and drop the workbook again.`;
}

function tooWide(columns: number): string {
  return `This sheet has at least ${columns} columns, and a list has 1000 at most. Nothing was imported. Save the columns that matter by themselves.`;
}

const NO_SHEETS = 'This workbook has no sheet with rows in it. Nothing was imported. Choose another file.';
const NO_SUCH_SHEET =
  'This workbook has no such sheet any more. Nothing was imported. Choose the file again.';
