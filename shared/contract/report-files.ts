import { z } from 'zod';
import { REPORT_RANGES, REPORT_STEPS } from '../domain/report.ts';
import { REPORT_FORMATS, REPORT_RHYTHMS } from '../domain/scheduled-report.ts';
import { reportQuestionShape } from './reports.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

export const scheduledReportShape = z.object({
  name: z.string().trim().min(1, 'A report needs a name: its files are called by it.').max(60),
  range: z.enum(REPORT_RANGES),
  by: z.enum(REPORT_STEPS),
  campaignId: idShape.nullable(),
  agentId: idShape.nullable(),
  formats: z.array(z.enum(REPORT_FORMATS)).min(1, 'Choose at least one kind of file.').max(3),
  rhythm: z.enum(REPORT_RHYTHMS),
  weekday: z.number().int().min(1).max(7),
  day: z.number().int().min(1).max(31),
  minute: z
    .number()
    .int()
    .min(0)
    .max(24 * 60 - 1),
  zone: z.string().max(64),
  folder: z.string().max(2_000),
  isOn: z.boolean(),
});

export type ScheduledReportWish = z.output<typeof scheduledReportShape>;

const madeShape = z.object({
  dueAt: instantShape,
  madeAt: instantShape,
  isGood: z.boolean(),
  sentence: z.string(),
});

const rowShape = scheduledReportShape.extend({
  id: idShape,
  /** When it is made next; null while it is switched off. */
  nextAt: instantShape.nullable(),
  last: madeShape.nullable(),
});

export type ScheduledReportRow = z.output<typeof rowShape>;

/** Reports as files: handed over now, or put into a folder by themselves. */
export const reportFiles = {
  /** Makes a file. In the browser it is fetched by the link, on the desktop it is saved. */
  save: ask(
    'supervisor',
    z.object({ question: reportQuestionShape, format: z.enum(REPORT_FORMATS) }),
    z.object({ name: z.string(), link: z.string().nullable(), isSaved: z.boolean() }),
  ),
  scheduled: ask(
    'supervisor',
    nothing,
    z.object({
      reports: z.array(rowShape),
      /** Where they go unless another folder is chosen, and whether one can be. */
      usualFolder: z.string(),
      mayChoose: z.boolean(),
      /** Why PDF cannot be had here; null where it can. */
      whyNoPdf: z.string().nullable(),
    }),
  ),
  /** Asks for a folder by the system’s own window; null when they changed their mind. */
  chooseFolder: ask('supervisor', nothing, z.object({ folder: z.string().nullable() })),
  /** Adds one with null, or changes it. A folder that nobody chose is refused. */
  schedule: ask('supervisor', z.object({ id: idShape.nullable(), report: scheduledReportShape }), rowShape),
  unschedule: ask('supervisor', z.object({ id: idShape }), z.null()),
  /** Makes it now as well, to see what comes of it. */
  makeNow: ask('supervisor', z.object({ id: idShape }), rowShape),
};
