import { type ExportedCall, exportedCalls } from '../store/call-rows.ts';
import { type ExportRow, exportRows, fieldNames } from '../store/contact-export.ts';
import type { ReadDb } from '../store/open.ts';
import type { Instant } from '../../shared/lib/instants.ts';

/* Contacts and calls as the rows of a file: the same columns in a CSV and in a workbook. */

/** More fields than these make no file that anybody reads; the rest is left out. */
const FIELDS_MAX = 200;

/** What is written of some ids, the heading first. */
export interface Sheet {
  readonly heading: string[];
  rows(ids: readonly number[]): string[][];
}

export function contactSheet(db: ReadDb, slices: Iterable<number[]>): Sheet {
  const found = new Set<string>();
  for (const ids of slices) for (const name of fieldNames(db, ids)) found.add(name);
  const fields = [...found].sort().slice(0, FIELDS_MAX);
  return {
    heading: [...FIXED.map(([heading]) => heading), ...fields],
    rows: (ids) =>
      exportRows(db, ids).map((row) => [
        ...FIXED.map(([, cell]) => cell(row)),
        ...fields.map((name) => row.fields[name] ?? ''),
      ]),
  };
}

export function callSheet(db: ReadDb): Sheet {
  return {
    heading: CALLS.map(([heading]) => heading),
    rows: (ids) => exportedCalls(db, ids).map((row) => CALLS.map(([, cell]) => cell(row))),
  };
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
  ['Last called', ({ lastCalledAt }) => worldTime(lastCalledAt)],
  ['Last outcome', ({ lastOutcome }) => lastOutcome],
];

const CALLS: readonly (readonly [string, (row: ExportedCall) => string])[] = [
  ['Began', ({ startedAt }) => worldTime(startedAt)],
  ['Direction', ({ direction }) => direction],
  ['Contact', ({ contact }) => contact ?? ''],
  ['Number', ({ number }) => number],
  ['Agent', ({ agent }) => agent ?? ''],
  ['Campaign', ({ campaign }) => campaign ?? ''],
  ['Status', ({ status }) => status],
  ['Ended', ({ end }) => end ?? ''],
  ['Outcome', ({ outcome }) => outcome ?? ''],
  ['Note', ({ note }) => note ?? ''],
  ['Seconds', ({ seconds }) => (seconds === null ? '' : String(seconds))],
  ['Cost', ({ costMicros }) => (costMicros === null ? '' : (costMicros / 1e6).toFixed(6))],
  ['Currency', ({ currency }) => currency ?? ''],
  ['Score', ({ score }) => (score === null ? '' : String(score))],
  ['Rang', ({ ringingAt }) => worldTime(ringingAt)],
  ['Answered', ({ answeredAt }) => worldTime(answeredAt)],
  ['Over', ({ endedAt }) => worldTime(endedAt)],
  ['Recording', ({ recording }) => recording],
  ['Carrier’s name for it', ({ ref }) => ref],
];

const DAY_MS = 86_400_000;
const days = new Map<number, string>();
const DAYS_MAX = 5_000;

/** As `toISOString` writes it, in a third of the time: four of these stand in every row of a call. */
export function worldTime(at: Instant | null): string {
  if (at === null) return '';
  const day = Math.floor(at / DAY_MS);
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(at).toISOString().slice(0, 11);
    if (days.size < DAYS_MAX) days.set(day, date);
  }
  const ms = at - day * DAY_MS;
  const seconds = Math.floor(ms / 1_000);
  return `${date}${TWO[Math.floor(seconds / 3_600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}.${String(ms % 1_000).padStart(3, '0')}Z`;
}

const TWO = Array.from({ length: 60 }, (_, nth) => String(nth).padStart(2, '0'));
