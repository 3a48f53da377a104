import { z } from 'zod';
import { idShape, instantShape, nothing } from './shapes.ts';
import { MESSAGE_PART_MAX } from './sizes.ts';
import { ask } from './wire.ts';

const nameShape = z.string().trim().min(1, 'A message needs a name.').max(80);

export const messageShape = z.object({
  id: idShape,
  name: z.string(),
  /** Where it is heard; changes with the sound. */
  url: z.string(),
  durationMs: z.number().int(),
  bytes: z.number().int(),
  /** How far its loudest moment lies under full, in decibels. */
  peakDb: z.number(),
  madeAt: instantShape,
  madeBy: z.string(),
  /** Machines it was left on, and people it was played to. */
  uses: z.number().int(),
  lastUsedAt: instantShape.nullable(),
  /** Campaigns that leave or play it. */
  campaigns: z.array(z.string()),
});

export type MessageRow = z.output<typeof messageShape>;

/** Sounds that are left on machines (row E6), or played by campaigns without an agent (row D1). */
export const messages = {
  list: ask('agent', nothing, z.array(messageShape)),
  /** Hands over a sound piece by piece; `to` is null for the first one, and what that answered for the others. */
  send: ask(
    'supervisor',
    z.object({
      to: z.string().max(40).nullable(),
      part: z
        .string()
        .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'This is no base64.')
        .max(MESSAGE_PART_MAX),
    }),
    z.object({ to: z.string() }),
  ),
  /** Keeps what was sent. */
  keep: ask('supervisor', z.object({ to: z.string().max(40), name: nameShape }), messageShape),
  rename: ask('supervisor', z.object({ id: idShape, name: nameShape }), messageShape),
  /** Refused while a campaign uses it. */
  remove: ask('supervisor', z.object({ id: idShape }), z.null()),
};
