import { z } from 'zod';
import {
  COLUMN_NAME_MAX,
  CUSTOM_TYPES,
  DATE_ORDERS,
  DUPLICATE_POLICIES,
  ENCODINGS,
  FIELDS,
  HERE_POLICIES,
  IMPORT_CAMPAIGNS_MAX,
  IMPORT_STATES,
  VERDICTS,
} from '../domain/list-import.ts';
import { idShape, instantShape, nameShape, nothing } from './shapes.ts';
import { PASTE_CHARS_MAX, ROWS_MAX } from './sizes.ts';
import { ask, tell } from './wire.ts';

const cellShape = z.string();

/** A file that was given to Parley. Screens never learn where it lies. */
export const givenFileShape = z.object({ fileId: z.string(), name: z.string() });
export type GivenFile = z.output<typeof givenFileShape>;

const fileIdShape = z.string().max(60);

export const dialectShape = z.object({
  delimiter: z.string().length(1),
  hasQuotes: z.boolean(),
  hasHeader: z.boolean(),
  hasSepLine: z.boolean(),
});

export const readingShape = z.object({
  encoding: z.enum(ENCODINGS),
  dialect: dialectShape,
  sheet: z.string().max(200).nullable(),
});

export const mappingShape = z.object({
  columns: z
    .array(
      z.object({
        header: z.string().max(COLUMN_NAME_MAX + 20),
        field: z.enum(FIELDS),
        kind: z.enum(['mobile', 'office', 'home', 'other']),
        type: z.enum(CUSTOM_TYPES),
        confidence: z.number().min(0).max(1),
      }),
    )
    .max(1_000),
  country: z.string().regex(/^[A-Z]{2}$/, 'A country is two letters, such as US.'),
  dateOrder: z.enum(DATE_ORDERS),
  zoneIfNone: z.string().max(80).nullable(),
});

export const policyShape = z.object({
  matchBy: z.object({ numbers: z.boolean(), emails: z.boolean() }),
  here: z.enum(HERE_POLICIES),
  duplicates: z.enum(DUPLICATE_POLICIES),
});

/** The first rows of a file and all that was guessed from them. */
export const previewShape = z.object({
  file: givenFileShape,
  bytes: z.number(),
  reading: readingShape,
  /** `assumed` where everything looked at was plain ASCII: what comes later may say otherwise. */
  certainty: z.enum(['sure', 'likely', 'assumed']),
  /** Of a workbook; empty for a file of text. */
  sheets: z.array(z.string()),
  columns: z.array(z.string()),
  rows: z.array(z.array(cellShape)),
  mapping: mappingShape,
  /** Mapped as this header was the last time. */
  isRemembered: z.boolean(),
  signature: z.string(),
  /** Why this file cannot be read this way; there are no rows then. */
  trouble: z.string().nullable(),
});
export type ImportPreview = z.output<typeof previewShape>;

const progressShape = z.object({
  step: z.enum(['reading', 'fixing', 'committing', 'searching', 'undoing']),
  rows: z.number(),
  rowsPerSecond: z.number(),
  part: z.number(),
  /** How much longer, in milliseconds; null before that can be told. */
  leftMs: z.number().nullable(),
});

export const importRowShape = z.object({
  id: idShape,
  fileName: z.string(),
  list: z.string(),
  listId: idShape.nullable(),
  state: z.enum(IMPORT_STATES),
  isRunning: z.boolean(),
  progress: progressShape.nullable(),
  /** Why its last step came to nothing. */
  trouble: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  added: z.number(),
  updated: z.number(),
  stayed: z.number(),
  createdAt: instantShape,
  committedAt: instantShape.nullable(),
  undoneAt: instantShape.nullable(),
  /** The names of the campaigns that its contacts go into. */
  campaigns: z.array(z.string()),
  /** Whether its rows are still there to be looked at. */
  hasRows: z.boolean(),
});
export type ImportRow = z.output<typeof importRowShape>;

export const importSheetShape = importRowShape.extend({
  columns: z.array(z.object({ header: z.string(), field: z.enum(FIELDS) })),
  mapping: mappingShape,
  policy: policyShape,
  /** Rows that go in as things stand. */
  going: z.number(),
  /** What an undo would leave because it was called; null where there is nothing to undo. */
  called: z.number().nullable(),
});
export type ImportSheet = z.output<typeof importSheetShape>;

export const groupShape = z.object({
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  n: z.number(),
  going: z.number(),
  excluded: z.number(),
});
export type ImportGroup = z.output<typeof groupShape>;

export const stagedRowShape = z.object({
  n: z.number(),
  line: z.number(),
  cells: z.array(cellShape),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  why: z.string(),
  /** The column that the reason is about; -1 for the row as a whole. */
  column: z.number(),
  goes: z.boolean(),
  isExcluded: z.boolean(),
});
export type StagedRow = z.output<typeof stagedRowShape>;

const id = z.object({ id: idShape });
const cellChange = z.object({ column: z.number().int().min(0).max(999), text: z.string().max(10_000) });
const groupOf = z.object({ verdict: z.enum(VERDICTS), reason: z.string().max(60).optional() });

/** Lists that come in from files: looked at, mapped, checked row by row, put in, and taken back. */
export const imports = {
  /** The latest first. */
  list: ask('supervisor', nothing, z.array(importRowShape)),
  get: ask('supervisor', id, importSheetShape),
  /** Text from the clipboard; `to` adds to what was pasted before. */
  paste: ask(
    'supervisor',
    z.object({ text: z.string().max(PASTE_CHARS_MAX), to: fileIdShape.nullable() }),
    givenFileShape,
  ),
  /** The first rows. What is left out is guessed. */
  preview: ask(
    'supervisor',
    z.object({
      fileId: fileIdShape,
      encoding: z.enum(ENCODINGS).optional(),
      dialect: dialectShape.optional(),
      sheet: z.string().max(200).optional(),
    }),
    previewShape,
  ),
  /** Begins to read the whole file. Nothing of it is in the workspace before `commit`. */
  check: ask(
    'supervisor',
    z.object({
      fileId: fileIdShape,
      listName: nameShape,
      campaignIds: z.array(idShape).max(IMPORT_CAMPAIGNS_MAX),
      reading: readingShape,
      mapping: mappingShape,
      policy: policyShape,
      signature: z.string().max(1_000 * (COLUMN_NAME_MAX + 1)),
    }),
    z.object({ id: idShape }),
  ),
  groups: ask('supervisor', id, z.array(groupShape)),
  rows: ask(
    'supervisor',
    id.extend({
      of: groupOf.partial(),
      after: z.number().int().min(0),
      limit: z.number().int().min(1).max(ROWS_MAX),
    }),
    z.object({ rows: z.array(stagedRowShape), next: z.number().nullable() }),
  ),
  /** Leaves rows out, or takes them back in. */
  exclude: ask(
    'supervisor',
    id.extend({ of: z.union([groupOf, z.object({ n: idShape })]), is: z.boolean() }),
    z.object({ rows: z.number() }),
  ),
  /** One row with other cells, weighed anew. */
  fixRow: ask('supervisor', id.extend({ n: idShape, cells: z.array(cellChange).max(1_000) }), stagedRowShape),
  /** A whole group weighed anew, the same thing changed in each row. Goes on by itself. */
  fixAlike: ask(
    'supervisor',
    id.extend({
      of: groupOf,
      cells: z.array(cellChange).max(1_000),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullable(),
      zoneIfNone: z.string().max(80).nullable(),
    }),
    z.null(),
  ),
  /** A group as CSV with the reasons, piece by piece; `after` is 0 for the first. */
  exportGroup: ask(
    'supervisor',
    id.extend({ of: groupOf.partial(), after: z.number().int().min(0) }),
    z.object({ text: z.string(), next: z.number().nullable() }),
  ),
  /** Puts in what goes in, or goes on with it. */
  commit: ask('supervisor', id, z.null()),
  /** Takes it back, but for whoever was called. */
  undo: ask('supervisor', id, z.null()),
  cancel: ask('supervisor', id, z.null()),
  /** Forgets a file that was checked. */
  drop: ask('supervisor', id, z.null()),
  /** The same file once more, to be mapped another way. */
  again: ask('supervisor', id, givenFileShape),
  progress: tell(z.object({ id: idShape, progress: progressShape })),
};

export type ImportProgressTold = z.output<typeof progressShape>;
