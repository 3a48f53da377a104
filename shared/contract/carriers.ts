import { z } from 'zod';
import { isDate } from '../lib/zoned-time.ts';
import { instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const dateShape = z
  .string()
  .max(10)
  .meta({ examples: ['2026-11-20', '2028-02-29'] })
  .refine(isDate, 'This date is not on the calendar.');
const kindShape = z.string().min(1).max(20);

const fieldShape = z.object({
  key: z.string(),
  label: z.string(),
  hint: z.string(),
  isSecret: z.boolean(),
  isRequired: z.boolean(),
  /** Most people never touch it. */
  isRare: z.boolean(),
  /** What was entered; never for a secret. */
  value: z.string().nullable(),
  /** Something was entered, and is here. */
  isKept: z.boolean(),
});

export const carrierRowShape = z.object({
  kind: z.string(),
  title: z.string(),
  about: z.string(),
  state: z.enum(['ready', 'in-trouble', 'not-set-up']),
  sentence: z.string(),
  lastWellAt: instantShape.nullable(),
  /** Its place in the order, from 1; null while it is not set up. */
  place: z.number().int().nullable(),
  fields: z.array(fieldShape),
  /** Numbers that may be shown through it. */
  numbers: z.array(z.object({ number: z.string(), shown: z.string() })),
  /** What it cannot do, a sentence each. */
  cannot: z.array(z.string()),
  hasNumbers: z.boolean(),
  hasBalance: z.boolean(),
});

export type CarrierRow = z.output<typeof carrierRowShape>;
export type CarrierField = z.output<typeof fieldShape>;

export const carriersShape = z.object({
  /** Practice is rung by nobody but the simulator, and nothing can be set up there. */
  isPractice: z.boolean(),
  /** Calls of this workspace stay on this computer. */
  isSimulated: z.boolean(),
  /** How well credentials are kept here, in a sentence. */
  secrets: z.string(),
  /** Those that are set up first, in their order. */
  rows: z.array(carrierRowShape),
});

export type Carriers = z.output<typeof carriersShape>;

const savedShape = z.object({
  kind: z.enum(['saved', 'wrong', 'not-reached']),
  sentence: z.string(),
});

const numberText = z.string().trim().min(1, 'A number is needed.').max(40);

export const pastShape = z.object({
  kind: z.string(),
  isRunning: z.boolean(),
  /** It was stopped, or broke off, and can go on where it was. */
  canGoOn: z.boolean(),
  /** How far it is, or what came of it. */
  sentence: z.string(),
  /** From 0 to 1, by the days that were reached. */
  share: z.number(),
});

export type CarrierPast = z.output<typeof pastShape>;

/** Who carries calls. Credentials go in and never come out again. */
export const carriers = {
  list: ask('agent', nothing, carriersShape),
  /**
   * Enters or changes what a carrier wants to be told; a secret that is left out stays as it is. It is tried out first, and
   * kept only if the carrier takes it, or cannot be asked and `evenUnchecked` is wished.
   */
  set: ask(
    'supervisor',
    z.object({
      kind: kindShape,
      values: z.record(z.string().max(40), z.string().max(1_000)),
      evenUnchecked: z.boolean(),
    }),
    savedShape,
  ),
  /** Forgets credentials and all. Not while a call of it may be under way. */
  forget: ask('supervisor', z.object({ kind: kindShape }), z.null()),
  /** Asks the carrier now whether it still takes what was entered. */
  check: ask(
    'supervisor',
    z.object({ kind: kindShape }),
    z.object({ kind: z.enum(['good', 'wrong', 'not-reached']), sentence: z.string() }),
  ),
  /** The numbers of the account, to choose from. */
  numbers: ask(
    'supervisor',
    z.object({ kind: kindShape }),
    z.array(z.object({ number: z.string(), shown: z.string(), label: z.string(), isUsed: z.boolean() })),
  ),
  /** Which numbers may be shown through a carrier; campaigns choose among them. */
  chooseNumbers: ask(
    'supervisor',
    z.object({ kind: kindShape, numbers: z.array(numberText).max(200) }),
    z.null(),
  ),
  /** What is left on the account, in words; null where the carrier does not say. */
  balance: ask('agent', z.object({ kind: kindShape }), z.string().nullable()),
  /** Rings one’s own phone, once. */
  testCall: ask('supervisor', z.object({ kind: kindShape, to: numberText }), z.string()),
  /** Calls of the past that were fetched from a carrier, or are just being; null where nobody asked for any. */
  past: ask('agent', z.object({ kind: kindShape }), pastShape.nullable()),
  /** Begins to fetch what the carrier knows of some days, both included. Calls that are here are brought up to date. */
  fetchPast: ask(
    'supervisor',
    z.object({ kind: kindShape, from: dateShape, to: dateShape, withSounds: z.boolean() }),
    z.null(),
  ),
  /** Goes on where it was stopped or broke off. */
  goOnPast: ask('supervisor', z.object({ kind: kindShape }), z.null()),
  stopPast: ask('supervisor', z.object({ kind: kindShape }), z.null()),
  /** The order in which carriers are asked: all that are set up, each once. */
  order: ask('supervisor', z.object({ kinds: z.array(kindShape).max(20) }), z.null()),
};
