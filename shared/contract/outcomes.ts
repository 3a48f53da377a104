import { z } from 'zod';
import { idShape } from './shapes.ts';
import { ask } from './wire.ts';

const HOUR_MS = 3_600_000;

export const consequenceShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({
    kind: z.literal('retry'),
    afterMs: z
      .number()
      .int()
      .min(60_000, 'Nobody is rung again within a minute.')
      .max(365 * 24 * HOUR_MS),
  }),
  z.object({ kind: z.literal('callback') }),
  z.object({ kind: z.literal('bad-number') }),
  z.object({ kind: z.literal('stop-calling') }),
]);

const outcome = {
  label: z.string().trim().min(1, 'An outcome needs a name.').max(60),
  /** The key that files it; empty for one that is looked for by its name. */
  digit: z.string().regex(/^\d?$/, 'The key is one digit, or none.'),
  group: z.enum(['reached', 'not-reached', 'stop']),
  consequence: consequenceShape,
  needsConfirm: z.boolean(),
  needsNote: z.boolean(),
  isSuccess: z.boolean(),
};

export const outcomeShape = z.object({
  ...outcome,
  id: z.string(),
  /** The campaign it belongs to; null where it is everybody’s. */
  campaignId: idShape.nullable(),
  /** What its key does, in words. */
  does: z.string(),
});

export type OutcomeRow = z.output<typeof outcomeShape>;

/** What may come of a call. None is ever deleted, because filed outcomes point at them. */
export const outcomes = {
  /** Those of the workspace; with a campaign, those its agents are offered. */
  list: ask('agent', z.object({ campaignId: idShape.nullable() }), z.array(outcomeShape)),
  /** Changes one, or makes a new one where `id` is null. Answers with all of the same place. */
  save: ask(
    'supervisor',
    z.object({ ...outcome, id: z.string().max(80).nullable(), campaignId: idShape.nullable() }),
    z.array(outcomeShape),
  ),
};
