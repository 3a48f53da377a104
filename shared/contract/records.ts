import { z } from 'zod';
import { CALL_ASKED_FOR, CALL_SORTS } from '../domain/call-filter.ts';
import { RECORDING_FACES } from '../domain/recording-face.ts';
import { callDetails } from './call-details.ts';
import { exportShape, targetShape } from './contacts.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const countShape = z.number().int().min(0);

export const callRowShape = z.object({
  id: idShape,
  startedAt: instantShape,
  direction: z.enum(['outbound', 'inbound']),
  contactId: idShape.nullable(),
  name: z.string(),
  number: z.string(),
  agent: z.string(),
  campaign: z.string(),
  status: z.enum(['queued', 'ringing', 'in-progress', 'ended']),
  end: z.string().nullable(),
  outcome: z.string().nullable(),
  note: z.string(),
  seconds: z.number().nullable(),
  costMicros: z.number().nullable(),
  currency: z.string().nullable(),
  recording: z.enum(RECORDING_FACES),
  score: z.number().nullable(),
});

export type CallRow = z.output<typeof callRowShape>;

/** A row of the grid, with the place where the words of the filter were found. */
export const foundCallShape = callRowShape.extend({
  found: z
    .object({ where: z.enum(['note', 'transcript']), before: z.string(), hit: z.string(), after: z.string() })
    .nullable(),
});

export type FoundCall = z.output<typeof foundCallShape>;

const filterShape = z.string().max(500);
const resultShape = z.object({ resultId: idShape });

export const callSortShape = z.object({
  key: z.enum(CALL_SORTS),
  direction: z.enum(['ascending', 'descending']),
});

export const callViewShape = z.object({
  name: z.string().trim().min(1, 'A view needs a name.').max(60),
  filter: filterShape,
  sort: callSortShape,
});

export const callFiguresShape = z.object({
  calls: countShape,
  talks: countShape,
  talkSeconds: z.number().min(0),
  successes: countShape,
  /** Sums in different currencies are never added. */
  costs: z.array(z.object({ currency: z.string(), micros: z.number() })),
});

export type CallFigures = z.output<typeof callFiguresShape>;

export const calls = {
  ...callDetails,
  /** Finds calls, in order, and keeps the finding: rows are then asked for by their place in it. */
  open: ask(
    'agent',
    z.object({ filter: filterShape, sort: callSortShape }),
    /** Days of the filter are those of `zone`. */
    z.object({ resultId: idShape, count: countShape, zone: z.string() }),
  ),
  /** Null stands for a call that is gone since. Refused with `not-found` when the result was let go. */
  rows: ask(
    'agent',
    resultShape.extend({ from: countShape, to: countShape }),
    z.object({ rows: z.array(foundCallShape.nullable()) }),
  ),
  close: ask('agent', resultShape, z.null()),
  /** What the calls of a filter come to. */
  figures: ask('agent', z.object({ filter: filterShape }), callFiguresShape),
  /** Values that a token may have. */
  suggest: ask(
    'agent',
    z.object({ key: z.enum(CALL_ASKED_FOR), begun: z.string().max(100) }),
    z.array(z.object({ value: z.string(), count: countShape.nullable() })),
  ),
  views: ask('agent', nothing, z.array(callViewShape)),
  saveView: ask('agent', callViewShape, z.array(callViewShape)),
  removeView: ask('agent', z.object({ name: z.string().max(60) }), z.array(callViewShape)),
  /**
   * Writes the chosen calls into a file, as they are at this moment. It is followed, stopped and taken as an
   * export of contacts is.
   */
  export: ask('supervisor', z.object({ target: targetShape, format: z.enum(['csv', 'xlsx']) }), exportShape),
};
