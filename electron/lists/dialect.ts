import { DELIMITERS, type Dialect } from '../../shared/domain/list-import.ts';
import { type CsvRecord, csvReader } from './csv.ts';

/** As many rows as a guess looks at. */
const ROWS_MAX = 60;

/** Guesses from the beginning of the text; `isWhole` says that there is no more of it. */
export function guessDialect(head: string, isWhole: boolean): Dialect {
  const sep = sepIn(head);
  const text = sep === null ? head : head.slice(sep.length);
  const delimiter = sep?.delimiter ?? guessDelimiter(text, isWhole);
  const rows = rowsIn(text, delimiter, isWhole);
  return { delimiter, hasQuotes: true, hasHeader: looksLikeHeader(rows), hasSepLine: sep !== null };
}

/** The `sep=` line with its line end, where the text begins with one. */
export function sepIn(text: string): { readonly delimiter: string; readonly length: number } | null {
  const found = /^"?sep=(.)"?(?:\r\n|\r|\n|$)/i.exec(text);
  return found === null ? null : { delimiter: found[1]!, length: found[0].length };
}

/** The delimiter that gives most rows the same number of cells, and more than one. */
function guessDelimiter(text: string, isWhole: boolean): string {
  let best: string = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const widths = rowsIn(text, delimiter, isWhole).map((row) => row.cells.length);
    const usual = mostCommon(widths);
    if (usual < 2) continue;
    const agreeing = widths.filter((width) => width === usual).length / widths.length;
    // Agreement counts more than width: a comma in every name is no reason to cut names in two.
    const score = agreeing * agreeing * (1 + Math.log2(usual));
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

function rowsIn(text: string, delimiter: string, isWhole: boolean): readonly CsvRecord[] {
  const reader = csvReader({ delimiter, hasQuotes: true });
  const pushed = reader.push(text);
  if (!pushed.ok) return [];
  const last = isWhole || pushed.value.length === 0 ? reader.end() : null;
  return [...pushed.value, ...(last?.ok ? last.value : [])].slice(0, ROWS_MAX);
}

function mostCommon(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** A header is words, each of them once; a row of people has a number, an address or a date in it. */
export function looksLikeHeader(rows: readonly CsvRecord[]): boolean {
  const first = rows[0]?.cells.map((cell) => cell.trim());
  if (first === undefined) return false;
  if (first.some(isValue)) return false;
  const words = first.filter((cell) => cell !== '');
  if (words.length === 0) return false;
  if (rows.length === 1) return words.every((word) => word.length <= 60);
  const below = rows.slice(1).map((row) => row.cells);
  // Some column has values of a kind below that its first cell is not: that cell is a name.
  const isNamed = first.some(
    (_, at) => below.filter((cells) => isValue(cells[at] ?? '')).length * 2 > below.length,
  );
  return isNamed || words.every((word) => !below.some((cells) => cells.includes(word)));
}

function isValue(cell: string): boolean {
  const digits = cell.replace(/\D/g, '').length;
  return digits >= 5 || /\S@\S+\.\S/.test(cell) || /^[\d.,+-]+$/.test(cell.trim());
}
