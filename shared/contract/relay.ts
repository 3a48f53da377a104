import { z } from 'zod';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask, tell } from './wire.ts';

const line = z.string().trim().max(300);
const urlLine = line.nullable();

/** How carriers reach this computer. What is secret goes in apart, and never comes out. */
export const tunnelPlanShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('own-url'), url: line }),
  z.object({ kind: z.literal('cloudflared'), binary: line, url: urlLine }),
  z.object({
    kind: z.literal('ssh'),
    destination: line,
    port: z.number().int().min(1).max(65_535).nullable(),
    remote: line,
    keyFile: urlLine,
    url: urlLine,
  }),
]);

export type TunnelPlanWish = z.output<typeof tunnelPlanShape>;

export const connectionShape = z.object({
  /** Practice hears nothing from outside, and needs nothing. */
  isPractice: z.boolean(),
  plan: tunnelPlanShape,
  /** The port that something of the user’s own leads to; null is any that is free. */
  port: z.number().int().nullable(),
  hasToken: z.boolean(),
  state: z.enum(['off', 'connecting', 'up', 'down']),
  sentence: z.string(),
  since: instantShape.nullable(),
  url: z.string().nullable(),
  roundTripMs: z.number().nullable(),
  /** Where the relay listens on this computer; null where it does not. */
  listensOn: z.number().int().nullable(),
  /** What has to be said about the port; null where nothing has. */
  portSentence: z.string().nullable(),
  /** Events that came in since the start, and when the last did. */
  heard: z.number().int(),
  lastAt: instantShape.nullable(),
  /** Requests that were turned away since the start: how many, and why. */
  refused: z.array(z.object({ count: z.number().int(), sentence: z.string() })),
});

export type Connection = z.output<typeof connectionShape>;

/** Something a carrier told that nobody could act on. */
export const letterShape = z.object({
  kind: z.enum(['delivery', 'event']),
  id: idShape,
  at: instantShape,
  carrier: z.string(),
  reason: z.string(),
  /** What it said, as far as it can be shown. */
  said: z.string(),
});

export type Letter = z.output<typeof letterShape>;

const whichShape = z.object({ kind: letterShape.shape.kind, id: idShape });

/** How carriers reach us: the tunnel, and what came in through it that nobody could act on. */
export const relay = {
  now: ask('agent', nothing, connectionShape),
  changed: tell(connectionShape),
  /** From the next call on. A token that is left out stays as it is; an empty one is forgotten. */
  set: ask(
    'supervisor',
    z.object({
      plan: tunnelPlanShape,
      port: z.number().int().min(1_024).max(65_535).nullable(),
      token: z.string().trim().max(4_000).optional(),
    }),
    connectionShape,
  ),
  /** Goes out and comes back in once, now. */
  check: ask('agent', nothing, connectionShape),
  /** What has to be entered at a carrier by hand. Whoever knows such an address may post to it. */
  addresses: ask('supervisor', nothing, z.array(z.object({ carrier: z.string(), url: z.string() }))),
  letters: ask('supervisor', nothing, z.array(letterShape)),
  /** Tries to act on it once more. */
  redeliver: ask('supervisor', whichShape, z.null()),
};
