import { z } from 'zod';
import { isDate } from '../lib/zoned-time.ts';
import { nothing } from './shapes.ts';
import { ask } from './wire.ts';

const dateShape = z
  .string()
  .max(10)
  .meta({ examples: ['2026-11-20'] })
  .refine(isDate, 'This date is not on the calendar.');
const reasonShape = z.string().trim().min(3, 'Say why. Whoever looks into it later will ask.').max(300);
/** A country, a state, the rest of the world, or everywhere. */
const jurisdictionShape = z
  .string()
  .regex(/^(\*|everywhere|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/, 'Choose a place of the list.');
const minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);

export const lawRuleShape = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  kind: z.string(),
  title: z.string(),
  sentence: z.string(),
  citation: z.string(),
  asOf: z.string(),
  confidence: z.string(),
  effectiveFrom: z.string().nullable(),
  effectiveUntil: z.string().nullable(),
  note: z.string().nullable(),
  isOwn: z.boolean(),
  /** Why it cannot be taken out; null where it may be. */
  whyKept: z.string().nullable(),
  /** Taken out by somebody, with their reason. */
  override: z.object({ by: z.string(), reason: z.string(), on: z.string() }).nullable(),
});

export const closureShape = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  place: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  citation: z.string(),
  note: z.string().nullable(),
  /** It came with Parley, and goes with it. */
  isShipped: z.boolean(),
});

export const registerShape = z.object({
  rule: z.string(),
  list: z.string(),
  place: z.string(),
  daysMax: z.number(),
  comparedOn: z.string().nullable(),
  by: z.string().nullable(),
  /** How many days the copy may still be used; 0 where it is too old, null where there is none. */
  daysLeft: z.number().nullable(),
});

/** The law as this workspace obeys it. */
export const lawShape = z.object({
  places: z.array(z.object({ jurisdiction: z.string(), name: z.string(), rules: z.array(lawRuleShape) })),
  /** Every place hours of one’s own may be kept for. */
  choices: z.array(z.object({ jurisdiction: z.string(), name: z.string() })),
  closures: z.array(closureShape),
  registers: z.array(registerShape),
  /** In practice nobody is reached, so no register is asked. */
  asksRegisters: z.boolean(),
  /** The date here, by the clock of the workspace. */
  today: z.string(),
  home: z.object({ country: z.string(), state: z.string().nullable() }),
  /** The states one may be at home in; empty for a country without any. */
  states: z.array(z.object({ code: z.string(), name: z.string() })),
  zones: z.object({ release: z.string(), doubt: z.string().nullable() }),
});

/** The rules themselves, for a screen that asks the law of its own: each as the book has it. */
export const lawTextShape = z.object({
  rules: z.array(z.looseObject({ id: z.string() })),
  closures: z.array(z.looseObject({ id: z.string() })),
});

export type Law = z.output<typeof lawShape>;
export type LawRule = z.output<typeof lawRuleShape>;

/** The book of law, and what a supervisor may do to it. Whatever is changed holds for the next call. */
export const law = {
  read: ask('agent', nothing, lawShape),
  /** What every call goes by, rule by rule. */
  text: ask('agent', nothing, lawTextShape),
  /** Takes a rule out, in one’s own name. The text of a law is not taken out. */
  override: ask('supervisor', z.object({ rule: z.string().max(80), reason: reasonShape }), lawShape),
  restore: ask('supervisor', z.object({ rule: z.string().max(80) }), lawShape),
  /** Hours inside those of the law, on these weekdays, and none on the others. */
  addOwnHours: ask(
    'supervisor',
    z
      .object({
        jurisdiction: jurisdictionShape,
        weekdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose one day at least.').max(7),
        from: minute,
        to: minute,
        reason: reasonShape,
      })
      .refine(({ from, to }) => from < to, 'The hours have to end after they begin, on the same day.'),
    lawShape,
  ),
  removeOwnHours: ask('supervisor', z.object({ id: z.string().max(80) }), lawShape),
  /** Closes days that an authority has closed. `until` is the first open date; null until further notice. */
  close: ask(
    'supervisor',
    z
      .object({
        jurisdiction: jurisdictionShape,
        from: dateShape,
        until: dateShape.nullable(),
        citation: reasonShape,
      })
      .refine(
        ({ from, until }) => until === null || from < until,
        'The first open day has to come after the first closed one.',
      ),
    lawShape,
  ),
  reopen: ask('supervisor', z.object({ id: z.string().max(80) }), lawShape),
  /** Says that the lists were compared with a copy of a register of this date. */
  compared: ask('supervisor', z.object({ rule: z.string().max(80), on: dateShape }), lawShape),
  /** The state our own end of a call is in: it counts for recording. */
  setHomeState: ask('supervisor', z.object({ state: z.string().max(10).nullable() }), lawShape),
};
