import { z } from 'zod';
import { REPORT_STEPS } from '../domain/report.ts';
import { insightsShape } from './report-insights.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const countShape = z.number().int().min(0);
const dateShape = z.string().regex(/^20\d{2}-\d{2}-\d{2}$/, 'That is no day. Write it like 2026-11-20.');

export const reportQuestionShape = z.object({
  from: dateShape,
  to: dateShape,
  zone: z.string().max(60),
  campaignId: idShape.nullable(),
  agentId: idShape.nullable(),
  by: z.enum(REPORT_STEPS),
});

const costShape = z.object({ currency: z.string(), micros: z.number(), calls: countShape });

const countsShape = z.object({
  dials: countShape,
  answered: countShape,
  talks: countShape,
  talkMs: countShape,
  successes: countShape,
});

const totalsShape = countsShape.extend({
  /** Time in sessions that was no pause. */
  workMs: countShape,
  costs: z.array(costShape),
});

export type ReportTotals = z.output<typeof totalsShape>;

export const reportShape = z.object({
  /** What was counted, and up to when. */
  from: instantShape,
  until: instantShape,
  asOf: instantShape,
  /** Filters for the list of calls: everything counted here, and the same days before. */
  filter: z.string(),
  filterBefore: z.string(),
  totals: totalsShape,
  before: totalsShape,
  trend: z.array(
    countsShape.extend({
      /** The first day of the stretch, and the calls of it. */
      date: z.string(),
      filter: z.string(),
    }),
  ),
  /** Hour by hour of the week, Monday from midnight on. */
  heat: z.array(
    z.object({
      weekday: z.number(),
      hour: z.number(),
      dials: countShape,
      talks: countShape,
      filter: z.string(),
    }),
  ),
  outcomes: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      isSuccess: z.boolean(),
      calls: countShape,
      talkMs: countShape,
      filter: z.string(),
    }),
  ),
  agents: z.array(
    countsShape.extend({
      id: idShape,
      name: z.string(),
      filter: z.string(),
      /** Where the time of their sessions went, in seconds that add up to all of it. */
      times: z.array(z.object({ kind: z.string(), seconds: countShape })),
    }),
  ),
  insights: insightsShape,
});

export type Report = z.output<typeof reportShape>;

export const reports = {
  /** Zones, campaigns and agents to choose from, and today in the zone of the workspace. */
  choices: ask(
    'agent',
    nothing,
    z.object({
      zone: z.string(),
      today: z.string(),
      zones: z.array(z.string()),
      campaigns: z.array(z.object({ id: idShape, name: z.string() })),
      agents: z.array(z.object({ id: idShape, name: z.string() })),
    }),
  ),
  read: ask('agent', reportQuestionShape, reportShape),
  /** The whole report as text of a file, table by table. */
  csv: ask('supervisor', reportQuestionShape, z.object({ name: z.string(), text: z.string() })),
};
