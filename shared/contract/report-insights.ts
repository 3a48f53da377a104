import { z } from 'zod';
import { idShape, instantShape } from './shapes.ts';

const countShape = z.number().int().min(0);
const msShape = z.number().int().min(0).nullable();

const scriptShape = z.object({
  id: idShape,
  name: z.string(),
  version: z.number().int(),
  talks: countShape,
  successes: countShape,
  /** Of the calls that were scored, on average; null where none was. */
  score: z.number().nullable(),
  filter: z.string(),
  successFilter: z.string(),
});

/** What a report tells besides its sums. Each count comes with the filter that opens its calls. */
export const insightsShape = z.object({
  /** People in the campaign as of now; null for one agent’s report. */
  enrolled: countShape.nullable(),
  /** Opens them in the list of contacts; null for all campaigns, where one person may count twice. */
  enrolledFilter: z.string().nullable(),
  funnel: z.array(
    z.object({
      step: z.enum(['dialed', 'answered', 'talked', 'right-person', 'success']),
      calls: countShape,
      filter: z.string(),
    }),
  ),
  answers: z.array(
    z.object({
      who: z.enum(['human', 'machine', 'fax', 'unknown']),
      calls: countShape,
      filter: z.string(),
    }),
  ),
  /** In milliseconds, from the calls since `from`: of a long range only the latest are looked at. */
  latency: z.object({
    from: instantShape,
    calls: countShape,
    filter: z.string(),
    steps: z.array(
      z.object({
        step: z.enum(['requested', 'ringing', 'answered', 'audio', 'ended', 'filed', 'next']),
        calls: countShape,
        p50: msShape,
        p95: msShape,
        max: msShape,
        filter: z.string(),
        /** Calls that took as long as the 95th percentile, or longer. */
        slow: countShape,
        slowFilter: z.string(),
      }),
    ),
  }),
  /** Campaigns with two scripts, and how each of them did. */
  scripts: z.array(
    z.object({ campaignId: idShape, campaign: z.string(), first: scriptShape, second: scriptShape }),
  ),
  /** Every script that talks were held with, the best first: by score, then by its share of successes. */
  scriptRows: z.array(scriptShape),
});

export type ReportInsights = z.output<typeof insightsShape>;
