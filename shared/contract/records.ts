import { z } from 'zod';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

export const callRowShape = z.object({
  id: idShape,
  startedAt: instantShape,
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
});

export type CallRow = z.output<typeof callRowShape>;

export const calls = {
  page: ask(
    'agent',
    z.object({ before: idShape.nullable() }),
    z.object({ rows: z.array(callRowShape), next: idShape.nullable() }),
  ),
  live: ask('agent', nothing, z.array(callRowShape)),
};
