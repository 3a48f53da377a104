import type { ExportRow } from '../store/contact-export.ts';

/* Contacts as the rows of a file: the same columns in a CSV and in a workbook. */

/** More fields than these make no file that anybody reads; the rest is left out. */
export const FIELDS_MAX = 200;

export function headingFor(fields: readonly string[]): string[] {
  return [...FIXED.map(([heading]) => heading), ...fields];
}

export function cellsFor(row: ExportRow, fields: readonly string[]): string[] {
  return [...FIXED.map(([, cell]) => cell(row)), ...fields.map((name) => row.fields[name] ?? '')];
}

const FIXED: readonly (readonly [string, (row: ExportRow) => string])[] = [
  ['Name', ({ name }) => name],
  ['Company', ({ company }) => company],
  ['Title', ({ title }) => title],
  ['Place', ({ place }) => place],
  ['Mail address', ({ email }) => email],
  ['Number', ({ numbers }) => numbers[0] ?? ''],
  ['Other numbers', ({ numbers }) => numbers.slice(1).join(', ')],
  ['List', ({ list }) => list],
  ['Tags', ({ tags }) => tags],
  // By the clock of the world, so that a file says the same wherever it is read.
  ['Last called', ({ lastCalledAt }) => (lastCalledAt === null ? '' : new Date(lastCalledAt).toISOString())],
  ['Last outcome', ({ lastOutcome }) => lastOutcome],
];
