import { z } from 'zod';
import { ASKED_FOR, CONTACT_SORTS } from '../domain/contact-filter.ts';
import { consentShape } from './schedules.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

export const contactRowShape = z.object({
  id: idShape,
  name: z.string(),
  company: z.string(),
  place: z.string(),
  number: z.string(),
  list: z.string(),
});

/** A row of the grid. */
export const gridRowShape = contactRowShape.extend({
  tags: z.array(z.string()),
  lastCalledAt: instantShape.nullable(),
});

export type GridRow = z.output<typeof gridRowShape>;

const filterShape = z.string().max(500);
const resultShape = z.object({ resultId: idShape });
const countShape = z.number().int().min(0);

export const sortShape = z.object({
  key: z.enum(CONTACT_SORTS),
  direction: z.enum(['ascending', 'descending']),
});

/** Some of a result: stretches of its rows, so that everybody of a million is one pair of numbers. */
export const targetShape = z.object({
  resultId: idShape,
  ranges: z
    .array(z.object({ from: countShape, to: countShape }))
    .min(1)
    .max(5000),
});

export type Target = z.output<typeof targetShape>;

const tagShape = z.string().trim().min(1, 'A tag needs a name.').max(60);

/** What can be done to many contacts at once. */
export const bulkActShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('enrol'), campaignId: idShape }),
  z.object({ kind: z.literal('leave'), campaignId: idShape }),
  z.object({ kind: z.literal('tag'), tag: tagShape }),
  z.object({ kind: z.literal('untag'), tag: tagShape }),
  z.object({
    kind: z.literal('schedule'),
    time: z.string().regex(/^\d{2}:\d{2}$/, 'A time is written as 09:30.'),
    cadence: z.string().max(80),
    voice: z.string().trim().max(80),
  }),
  z.object({ kind: z.literal('do-not-call'), reason: z.string().trim().min(1).max(200) }),
  z.object({ kind: z.literal('delete') }),
]);

export type BulkAct = z.output<typeof bulkActShape>;

/** Why some stay as they are, and how many. */
const staysShape = z.array(z.object({ why: z.string(), count: countShape }));

export const previewShape = z.object({
  total: countShape,
  /** What will happen, to how many: `3 will join Spring.` */
  sentence: z.string(),
  changes: countShape,
  stays: staysShape,
  /** Why it cannot be done at all; null where it can. */
  trouble: z.string().nullable(),
});

export type BulkPreview = z.output<typeof previewShape>;

export const bulkJobShape = z.object({
  id: idShape,
  sentence: z.string(),
  state: z.enum(['running', 'done', 'stopped', 'undoing', 'undone']),
  total: countShape,
  lookedAt: countShape,
  changed: countShape,
  stays: staysShape,
  by: z.string(),
  beganAt: instantShape,
});

export type BulkJob = z.output<typeof bulkJobShape>;

export const exportShape = z.object({
  id: idShape,
  name: z.string(),
  state: z.enum(['writing', 'ready', 'failed', 'stopped']),
  total: countShape,
  done: countShape,
  trouble: z.string(),
});

export type ExportRow = z.output<typeof exportShape>;

export const viewShape = z.object({
  name: z.string().trim().min(1, 'A view needs a name.').max(60),
  filter: filterShape,
  sort: sortShape,
});

export type ContactView = z.output<typeof viewShape>;

const verdictShape = z.object({
  kind: z.enum(['ring', 'wait', 'never']),
  sentence: z.string(),
  until: instantShape.nullable(),
});

export const numberKindShape = z.enum(['mobile', 'office', 'home', 'other']);

export const sheetShape = z.object({
  id: idShape,
  name: z.string(),
  company: z.string(),
  title: z.string(),
  place: z.string(),
  email: z.string(),
  fields: z.record(z.string(), z.string()),
  list: z.string(),
  createdAt: instantShape,
  tags: z.array(z.string()),
  numbers: z.array(
    z.object({
      id: idShape,
      e164: z.string(),
      shown: z.string(),
      kind: numberKindShape,
      isStarred: z.boolean(),
      /** Why it is out of use; null where it may be used. */
      unusable: z.string().nullable(),
      zones: z.array(z.string()),
      states: z.array(z.string()),
      lastResult: z.string().nullable(),
      /** Ringing it by hand, now. */
      verdict: verdictShape,
    }),
  ),
  consents: z.array(consentShape),
  enrolments: z.array(
    z.object({
      campaignId: idShape,
      campaign: z.string(),
      state: z.enum(['open', 'in-hand', 'done', 'never']),
      attempts: countShape,
      dueAt: instantShape,
      verdict: verdictShape,
    }),
  ),
  schedule: z.object({ sentence: z.string(), isActive: z.boolean() }).nullable(),
});

export type ContactSheet = z.output<typeof sheetShape>;

export const JOURNAL_KINDS = [
  'call',
  'outcome',
  'callback',
  'consent',
  'edit',
  'do-not-call',
  'list',
] as const;

export const journalShape = z.object({
  /** Its place in the journal: what `before` takes. */
  key: z.string(),
  at: instantShape,
  kind: z.enum(JOURNAL_KINDS),
  title: z.string(),
  detail: z.string(),
  who: z.string(),
});

export type JournalEntry = z.output<typeof journalShape>;

const wordsShape = z.string().trim().max(200);

/** Whom this workspace knows. Agents look and correct a person; supervisors change many at once. */
const doubleShape = z.object({
  id: idShape,
  name: z.string(),
  company: z.string(),
  number: z.string(),
  /** In words: `the same number`, `the same mail address`. */
  shares: z.string(),
});

export type Double = z.output<typeof doubleShape>;

const mergeShape = z.object({
  id: idShape,
  goneName: z.string(),
  madeAt: instantShape,
  undoneAt: instantShape.nullable(),
});

export type MergeRow = z.output<typeof mergeShape>;

export const contacts = {
  lists: ask(
    'agent',
    nothing,
    z.array(z.object({ id: idShape, name: z.string(), contacts: z.number(), createdAt: instantShape })),
  ),
  /** By name, or whom a search finds: for picking one person. Long lists are opened as results. */
  page: ask(
    'agent',
    z.object({ search: z.string().max(200), after: idShape.nullable() }),
    z.object({ rows: z.array(contactRowShape), next: idShape.nullable() }),
  ),
  /** Finds everybody, in order, and keeps the finding: rows are then asked for by their place in it. */
  open: ask(
    'agent',
    z.object({ filter: filterShape, sort: sortShape }),
    z.object({ resultId: idShape, count: countShape }),
  ),
  /** Null stands for whoever is gone since. Refused with `not-found` when the result was let go. */
  rows: ask(
    'agent',
    resultShape.extend({ from: countShape, to: countShape }),
    z.object({ rows: z.array(gridRowShape.nullable()) }),
  ),
  close: ask('agent', resultShape, z.null()),
  /** Values that a token may have, the most used first. */
  suggest: ask(
    'agent',
    z.object({ key: z.enum(ASKED_FOR), begun: z.string().max(100) }),
    z.array(z.object({ value: z.string(), count: countShape.nullable() })),
  ),
  views: ask('agent', nothing, z.array(viewShape)),
  saveView: ask('agent', viewShape, z.array(viewShape)),
  removeView: ask('agent', z.object({ name: z.string().max(60) }), z.array(viewShape)),
  preview: ask('supervisor', z.object({ target: targetShape, act: bulkActShape }), previewShape),
  act: ask('supervisor', z.object({ target: targetShape, act: bulkActShape }), bulkJobShape),
  /** Stops it where it is: what was done stays done, and can be taken back. */
  stopJob: ask('supervisor', z.object({ id: idShape }), bulkJobShape),
  undoJob: ask('supervisor', z.object({ id: idShape }), bulkJobShape),
  /** What runs, and what was done last. */
  jobs: ask('agent', nothing, z.array(bulkJobShape)),
  /** Writes the chosen into a file, as they are at this moment. A workbook takes up to 50,000 of them. */
  export: ask('supervisor', z.object({ target: targetShape, format: z.enum(['csv', 'xlsx']) }), exportShape),
  exported: ask('supervisor', z.object({ id: idShape }), exportShape),
  stopExport: ask('supervisor', z.object({ id: idShape }), z.null()),
  /** Hands a finished file over: by the desktop’s own dialog, or by a link that is good once. */
  takeExport: ask(
    'supervisor',
    z.object({ id: idShape }),
    z.object({ link: z.string().nullable(), isSaved: z.boolean() }),
  ),
  sheet: ask('agent', z.object({ id: idShape }), sheetShape),
  journal: ask(
    'agent',
    z.object({ id: idShape, before: z.string().max(80).nullable() }),
    z.object({ rows: z.array(journalShape), next: z.string().nullable() }),
  ),
  change: ask(
    'agent',
    z.object({
      id: idShape,
      change: z
        .object({
          name: z.string().trim().min(1, 'A name is needed.').max(120),
          company: wordsShape,
          title: wordsShape,
          place: wordsShape,
          email: wordsShape,
          fields: z.record(z.string().trim().min(1).max(80), z.string().max(2000)),
        })
        .partial(),
    }),
    sheetShape,
  ),
  addNumber: ask(
    'agent',
    z.object({ id: idShape, typed: z.string().max(40), kind: numberKindShape }),
    sheetShape,
  ),
  starNumber: ask('agent', z.object({ id: idShape, numberId: idShape }), sheetShape),
  removeNumber: ask('agent', z.object({ id: idShape, numberId: idShape }), sheetShape),
  setTags: ask('agent', z.object({ id: idShape, tags: z.array(tagShape).max(50) }), sheetShape),
  /** Contacts who are likely the same person, with what they share. */
  doubles: ask('agent', z.object({ id: idShape }), z.array(doubleShape)),
  /** Whom a contact was made one with, the latest first. */
  merges: ask('agent', z.object({ id: idShape }), z.array(mergeShape)),
  /** Makes one contact of two. It can be taken apart again. */
  merge: ask('supervisor', z.object({ keptId: idShape, goneId: idShape }), z.object({ mergeId: idShape })),
  undoMerge: ask('supervisor', z.object({ mergeId: idShape }), z.null()),
  /** Takes a person out of everything, for good. What stays is that their numbers are never rung again. */
  erase: ask('supervisor', z.object({ id: idShape }), z.object({ sentence: z.string() })),
};
