import { z } from 'zod';
import { idShape, instantShape } from './shapes.ts';

/* What a rehearsal is asked for and what comes of it: a campaign's day, lived without ringing anybody. */

export const rehearsalWishShape = z.object({
  id: idShape,
  agents: z.number().int().min(1, 'At least one agent is needed.').max(200, 'No more than 200 agents.'),
  hours: z.number().int().min(1, 'At least one hour.').max(72, 'No more than 72 hours.'),
  /** The same seed gives the same rehearsal of the same contacts. */
  seed: z.string().trim().min(1, 'A seed is at least one letter.').max(40),
});

export const rehearsedHourShape = z.object({
  at: instantShape,
  dials: z.number(),
  talks: z.number(),
  talkMs: z.number(),
  /** All agents together, with nobody in hand. */
  idleMs: z.number(),
});

export const rehearsalShape = z.object({
  agents: z.number(),
  hours: z.number(),
  seed: z.string(),
  /** The zone in which its hours are told: the campaign's. */
  zone: z.string(),
  from: instantShape,
  to: instantShape,
  /** When nobody was left to be rung; null where the time ran out before. */
  finishedAt: instantShape.nullable(),
  dials: z.number(),
  talks: z.number(),
  talkMs: z.number(),
  costMicros: z.number(),
  currency: z.string().nullable(),
  /** How long each agent talks in an hour of work. */
  talkMsPerHour: z.number(),
  idleMsPerAgent: z.number(),
  contacts: z.number(),
  /** People talked to, by this rehearsal or ever before. */
  reached: z.number(),
  /** Not talked to, and no attempt left. */
  exhausted: z.number(),
  /** Everybody who was not talked to, each in one place; the rule `ring` is whom no agent got to. */
  neverReached: z.array(
    z.object({ rule: z.string(), title: z.string(), count: z.number(), sentence: z.string() }),
  ),
  byAgent: z.array(
    z.object({
      name: z.string(),
      dials: z.number(),
      talks: z.number(),
      talkMs: z.number(),
      wrapUpMs: z.number(),
      idleMs: z.number(),
    }),
  ),
  byHour: z.array(rehearsedHourShape),
  /** What the people at the other end did: as in so many calls of the past, or as people usually do. */
  basis: z.object({ from: z.enum(['history', 'usual']), calls: z.number() }),
  sentences: z.array(z.string()),
  /** The first lines of the log, how many there are, and the SHA-256 of all of them. */
  log: z.array(z.string()),
  logLines: z.number(),
  logHash: z.string(),
});

export type Rehearsal = z.output<typeof rehearsalShape>;

/** How the latest rehearsal of a campaign stands. */
export const rehearsalStandingShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** `share` from 0 to 1; `at` is the time of day it has come to. */
  z.object({ kind: z.literal('running'), share: z.number(), at: instantShape.nullable() }),
  z.object({ kind: z.literal('done'), rehearsal: rehearsalShape }),
  z.object({ kind: z.literal('failed'), sentence: z.string() }),
]);

export type RehearsalStanding = z.output<typeof rehearsalStandingShape>;
