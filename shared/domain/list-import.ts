import type { Zone } from '../lib/zoned-time.ts';
import type { NumberKind } from './contact.ts';

/* The words of an import: how a file is read, what its columns are, and what there is to say about its rows. */

/** How the bytes of a list become text. The names are those of `TextDecoder`. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How a file is cut into rows and cells, and whether its first row names the columns. */
export interface Dialect {
  readonly delimiter: string;
  readonly hasQuotes: boolean;
  readonly hasHeader: boolean;
  /** Excel’s own first line, `sep=;`: a hint for whoever reads, and no row. */
  readonly hasSepLine: boolean;
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How a file is read; each of these is a guess that a person may overrule. */
export interface Reading {
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  /** The sheet of a workbook; null for a file of text. */
  readonly sheet: string | null;
}

/** What a column of a file may be for us. */
export const FIELDS = [
  'name',
  'first-name',
  'last-name',
  'company',
  'title',
  'place',
  'city',
  'state',
  'postal-code',
  'country',
  'email',
  'phone',
  'zone',
  'call-time',
  'cadence',
  'voice',
  'consent-call',
  'consent-ai-voice',
  'consent-recording',
  'consent-source',
  'consent-date',
  'custom',
  'ignore',
] as const;
export type Field = (typeof FIELDS)[number];

export const CUSTOM_TYPES = ['text', 'number', 'date', 'yes-no'] as const;
export type CustomType = (typeof CUSTOM_TYPES)[number];
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Longer names of columns are cut: they are read by people, and go to the screen and back. */
export const COLUMN_NAME_MAX = 200;

export interface ColumnMapping {
  readonly header: string;
  readonly field: Field;
  /** Of a phone column. */
  readonly kind: NumberKind;
  /** Of a custom field. */
  readonly type: CustomType;
  /** From 0 to 1: how sure the guess is. A person’s choice is 1. */
  readonly confidence: number;
}

/** How the rows of one file become contacts. The columns are in the order of the file. */
export interface Mapping {
  readonly columns: readonly ColumnMapping[];
  /** Two letters: what a number without a country code means, where no column says otherwise. */
  readonly country: string;
  readonly dateOrder: DateOrder;
  /** Taken where neither the number nor a column tells any zone; null leaves such rows out. */
  readonly zoneIfNone: Zone | null;
}

/** By what two entries are known to be the same person. */
export interface MatchBy {
  /** Any number of the one is any number of the other. */
  readonly numbers: boolean;
  readonly emails: boolean;
}

/** What becomes of a row whose person is in the workspace already. */
export const HERE_POLICIES = ['skip', 'update', 'keep-both'] as const;
export type HerePolicy = (typeof HERE_POLICIES)[number];
/** What becomes of a row whose person is in the file already. */
export const DUPLICATE_POLICIES = ['skip', 'keep-both'] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

export interface DedupePolicy {
  readonly matchBy: MatchBy;
  readonly here: HerePolicy;
  readonly duplicates: DuplicatePolicy;
}

export const USUAL_POLICY: DedupePolicy = {
  matchBy: { numbers: true, emails: false },
  here: 'skip',
  duplicates: 'skip',
};

/** What there is to say about a row. Only the first two become contacts unless a person says otherwise. */
export const VERDICTS = [
  'ready',
  'repaired',
  'duplicate',
  'already-here',
  'do-not-call',
  'bad-number',
  'no-zone',
] as const;
export type RowVerdict = (typeof VERDICTS)[number];

export const IMPORT_STATES = [
  'checking',
  'checked',
  'committing',
  'committed',
  'undoing',
  'undone',
  'dropped',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** How far the step has come that is under way. */
export interface ImportProgress {
  readonly step: 'reading' | 'fixing' | 'committing' | 'searching' | 'undoing';
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** How much of the work is done, from 0 to 1; by bytes while reading. */
  readonly part: number;
}

/** As many campaigns as one file may be put into. */
export const IMPORT_CAMPAIGNS_MAX = 20;

/** Larger files are not lists; the disk would be full before the last row. */
export const FILE_BYTES_MAX = 4 * 1024 * 1024 * 1024;
export const TOO_BIG =
  'This file is larger than 4 GB, which no list is. Nothing was imported. Cut it into parts and drop them one after the other.';
