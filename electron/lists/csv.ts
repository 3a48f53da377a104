import { type Result, ok, refused } from '../../shared/lib/result.ts';

/** One row of a file as it stands there; short and long rows are kept as they are. */
export interface CsvRecord {
  /** The line of the file on which it begins, the first being 1. A row with line breaks in it takes several. */
  readonly line: number;
  readonly cells: string[];
}

export interface CsvShape {
  readonly delimiter: string;
  /** False treats quotes as text: for a file whose quotes mean inches or nicknames. */
  readonly hasQuotes: boolean;
}

export interface CsvTrouble {
  readonly kind: 'unclosed-quote' | 'too-long';
  readonly line: number;
  /** How many UTF-16 units of the text came before. */
  readonly offset: number;
  /** The text around the place, on one line. */
  readonly around: string;
  readonly sentence: string;
}

/** A row longer than this is not a row: a quote is missing, or the file is none. In UTF-16 units. */
export const RECORD_CHARS_MAX = 1024 * 1024;

/**
 * Cuts text into rows, whatever the pieces it comes in. `push` returns the rows that are whole; `end` the last
 * one. A quote counts where a cell begins with it; one that is closed in the middle of a cell is text.
 */
export interface CsvReader {
  push(text: string): Result<readonly CsvRecord[], CsvTrouble>;
  end(): Result<readonly CsvRecord[], CsvTrouble>;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** What became of the attempt to read one record. */
type Step = 'record' | 'more' | 'end';

export function csvReader({ delimiter, hasQuotes }: CsvShape, recordMax = RECORD_CHARS_MAX): CsvReader {
  const mark = delimiter.charCodeAt(0);
  let text = '';
  /** Where the record begins that is being read. */
  let start = 0;
  let line = 1;
  /** How much of the whole text lies before `text`. */
  let before = 0;
  let isLast = false;

  let cells: string[] = [];
  let at = 0;
  /** Line ends inside quotes of the record being read. */
  let inner = 0;
  let openedAt = -1;

  /** Reads one record from `start`. `more` says that its end is not here yet. */
  function step(): Step {
    cells = [];
    at = start;
    inner = 0;
    openedAt = -1;
    if (at >= text.length) return isLast ? 'end' : 'more';
    for (;;) {
      const isQuoted = hasQuotes && text.charCodeAt(at) === QUOTE;
      const isWhole = isQuoted ? quotedCell() : plainCell(at, '');
      if (!isWhole) return 'more';
      if (at >= text.length) return 'record';
      const code = text.charCodeAt(at);
      if (code === mark) {
        at += 1;
        // The cell after a delimiter may still come.
        if (at >= text.length && !isLast) return 'more';
        continue;
      }
      // A CR at the end may have its LF still to come.
      if (code === CR && at + 1 >= text.length && !isLast) return 'more';
      at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      inner += 1;
      return 'record';
    }
  }

  /** Takes text up to the next delimiter or line end; `lead` is what belongs before it. */
  function plainCell(from: number, lead: string): boolean {
    let to = from;
    const length = text.length;
    while (to < length) {
      const code = text.charCodeAt(to);
      if (code === mark || code === LF || code === CR) break;
      to += 1;
    }
    if (to >= length && !isLast) return false;
    cells.push(lead === '' ? text.slice(from, to) : lead + text.slice(from, to));
    at = to;
    return true;
  }

  function quotedCell(): boolean {
    openedAt = at;
    let from = at + 1;
    let value = '';
    for (;;) {
      const close = text.indexOf('"', from);
      if (close === -1 || (close + 1 >= text.length && !isLast)) return false;
      const next = close + 1 < text.length ? text.charCodeAt(close + 1) : LF;
      value += text.slice(from, close);
      if (next === QUOTE) {
        value += '"';
        from = close + 2;
        continue;
      }
      inner += breaksIn(text, openedAt, close);
      openedAt = -1;
      if (next === mark || next === LF || next === CR) {
        cells.push(value);
        at = close + 1;
        return true;
      }
      return plainCell(close + 1, `"${value}"`);
    }
  }

  function readAll(): Result<readonly CsvRecord[], CsvTrouble> {
    const records: CsvRecord[] = [];
    for (;;) {
      const read = step();
      if (read !== 'record') {
        if (isLast && read === 'more') return refused(unclosed());
        if (text.length - start > recordMax) return refused(tooLong());
        break;
      }
      if (at - start > recordMax) return refused(tooLong());
      if (cells.length > 1 || cells[0] !== '') records.push({ line, cells });
      line += inner;
      start = at;
    }
    before += start;
    text = text.slice(start);
    start = 0;
    return ok(records);
  }

  function unclosed(): CsvTrouble {
    const on = line + breaksIn(text, start, openedAt);
    const around = excerpt(text, openedAt);
    return {
      kind: 'unclosed-quote',
      line: on,
      offset: before + openedAt,
      around,
      sentence: `A quote opens on line ${on} and is never closed: …${around}… Nothing was imported. Close it in the file, or read quotes as text.`,
    };
  }

  function tooLong(): CsvTrouble {
    const around = excerpt(text, start);
    return {
      kind: 'too-long',
      line,
      offset: before + start,
      around,
      sentence: `The row on line ${line} is longer than a row can be (${recordMax} characters): …${around}… Nothing was imported. A quote is probably missing there; mend it, or read quotes as text.`,
    };
  }

  return {
    push(more) {
      text = text === '' ? more : text + more;
      return readAll();
    },
    end() {
      isLast = true;
      return readAll();
    },
  };
}

/** Line ends of any kind between two places. */
function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) breaks += 1;
  }
  return breaks;
}

function excerpt(text: string, at: number): string {
  return text
    .slice(Math.max(0, at - 20), at + 40)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Every record of a text that is all there. */
export function readCsv(text: string, shape: CsvShape): Result<readonly CsvRecord[], CsvTrouble> {
  const reader = csvReader(shape);
  const first = reader.push(text);
  if (!first.ok) return first;
  const last = reader.end();
  return last.ok ? ok([...first.value, ...last.value]) : last;
}
