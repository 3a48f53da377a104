import { z } from 'zod';
import { ANY_REACHED, ANY_SUCCESS, OUTLOOK_RULES_MAX, STAGES, TEMPERATURES } from '../domain/outlook.ts';
import { SENTIMENTS } from '../domain/sentiment.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const countShape = z.number().int().min(0);
const temperatureShape = z.enum(TEMPERATURES).nullable();
const stageShape = z.enum(STAGES).nullable();

export const outlookShape = z.object({ temperature: temperatureShape, stage: stageShape });

const outlookRuleShape = z.object({
  outcome: z.string().min(1).max(80),
  sentiment: z.enum(SENTIMENTS).nullable(),
  temperature: temperatureShape,
  stage: stageShape,
});

const rulesShape = z.object({
  rules: z.array(outlookRuleShape),
  /** Whether they are those that every workspace starts with. */
  isUsual: z.boolean(),
  /** What a rule may look for: any of a kind, and each outcome of this workspace. */
  outcomes: z.array(z.object({ id: z.string(), label: z.string() })),
});

export type OutlookRules = z.output<typeof rulesShape>;

const moveShape = z.object({
  id: idShape,
  what: z.enum(['temperature', 'stage']),
  /** In words, as it is shown. */
  becomes: z.string(),
  why: z.string(),
  /** Who did it by hand; null for a rule. */
  who: z.string().nullable(),
  movedAt: instantShape,
  undoneAt: instantShape.nullable(),
  undoneWhy: z.string().nullable(),
  callId: idShape.nullable(),
});

const contactMeaningShape = z.object({
  outlook: outlookShape,
  /** The latest first. */
  moves: z.array(moveShape),
  figures: z.object({
    calls: countShape,
    talks: countShape,
    successes: countShape,
    failed: countShape,
    lastError: z.string().nullable(),
    lastErrorAt: instantShape.nullable(),
    /** Opens their calls in the list; null where their name cannot be asked for. */
    filter: z.string().nullable(),
  }),
});

export type ContactMeaning = z.output<typeof contactMeaningShape>;

const callMeaningShape = z.object({
  /** Null where there are no words of theirs, or nobody has looked at them yet. */
  talk: z
    .object({
      sentiment: z.enum(SENTIMENTS),
      score: z.number().int(),
      keywords: z.array(z.string()),
    })
    .nullable(),
  outlook: outlookShape.nullable(),
});

export type CallMeaningShown = z.output<typeof callMeaningShape>;

/** What calls mean: how they sound, and how contacts stand with us. */
export const meaning = {
  rules: ask('agent', nothing, rulesShape),
  /** The first rule that fits a call decides. Null brings the usual ones back. */
  setRules: ask(
    'supervisor',
    z.object({ rules: z.array(outlookRuleShape).max(OUTLOOK_RULES_MAX).nullable() }),
    rulesShape,
  ),
  call: ask('agent', z.object({ id: idShape }), callMeaningShape),
  contact: ask('agent', z.object({ id: idShape }), contactMeaningShape),
  /** By hand, which outranks the rules until the next outcome. */
  move: ask(
    'agent',
    z.object({
      id: idShape,
      to: z.union([
        z.object({ what: z.literal('temperature'), becomes: z.enum(TEMPERATURES) }),
        z.object({ what: z.literal('stage'), becomes: z.enum(STAGES) }),
      ]),
    }),
    contactMeaningShape,
  ),
  /** Takes one move back: the one before it counts again. */
  undoMove: ask('agent', z.object({ moveId: idShape }), contactMeaningShape),
};

/** What the places of a rule without an outcome of its own are called. */
export const ANY_OUTCOMES = [
  { id: ANY_SUCCESS, label: 'Any success' },
  { id: ANY_REACHED, label: 'Any talk with somebody' },
] as const;
