import { z } from 'zod';
import {
  AFTER_MAX_MS,
  FOLLOW_UP_KINDS,
  FOLLOW_UP_STATES,
  PLANS_MAX,
  STEPS_MAX,
} from '../domain/follow-up.ts';
import { SENTIMENTS } from '../domain/sentiment.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const countShape = z.number().int().min(0);

const followUpShape = z.object({
  id: idShape,
  kind: z.enum(FOLLOW_UP_KINDS),
  state: z.enum(FOLLOW_UP_STATES),
  title: z.string(),
  text: z.string(),
  dueAt: instantShape,
  closedAt: instantShape.nullable(),
  /** What became of it; empty while it is open. */
  why: z.string(),
  contactId: idShape,
  contact: z.string(),
  company: z.string(),
  /** Where a draft would go; empty where nobody knows. */
  address: z.string(),
  /** What to look at before a draft is sent; empty where there is nothing. */
  caution: z.string(),
  plan: z.string(),
  campaign: z.string(),
  agent: z.string(),
  closedBy: z.string(),
});

export type FollowUpShown = z.output<typeof followUpShape>;

const countsShape = z.object({ due: countShape, waiting: countShape });
const listShape = countsShape.extend({ rows: z.array(followUpShape) });

const stepShape = z.object({
  kind: z.enum(FOLLOW_UP_KINDS),
  afterMs: z.number().int().min(0).max(AFTER_MAX_MS),
  title: z.string().max(200),
  text: z.string().max(5_000),
});

const plan = {
  name: z.string().trim().max(120),
  campaignId: idShape.nullable(),
  outcome: z.string().max(80),
  sentiment: z.enum(SENTIMENTS).nullable(),
  isOn: z.boolean(),
};

const plansShape = z.object({
  plans: z.array(z.object({ ...plan, id: idShape, steps: z.array(stepShape) })).max(PLANS_MAX),
  outcomes: z.array(z.object({ id: z.string(), label: z.string() })),
  campaigns: z.array(z.object({ id: idShape, name: z.string() })),
});

export type FollowUpPlans = z.output<typeof plansShape>;

/** What is done after outcomes: sequences, and their steps that are due. Nothing is ever sent by itself. */
export const followUps = {
  list: ask('agent', z.object({ shown: z.enum(['due', 'waiting', 'closed']) }), listShape),
  ofContact: ask('agent', z.object({ id: idShape }), z.array(followUpShape)),
  /** How many are due, for whoever only wants to know that. */
  counts: ask('agent', nothing, countsShape),
  /** A person did it, left it out, or takes that back. */
  close: ask('agent', z.object({ id: idShape, as: z.enum(['done', 'skipped']) }), countsShape),
  reopen: ask('agent', z.object({ id: idShape }), countsShape),
  plans: ask('agent', nothing, plansShape),
  /** Makes a sequence where `id` is null. What had been started before stays as it was started. */
  savePlan: ask(
    'supervisor',
    z.object({ ...plan, id: idShape.nullable(), steps: z.array(stepShape).max(STEPS_MAX) }),
    plansShape,
  ),
  /** Takes a sequence away, and stops what it had started. */
  removePlan: ask('supervisor', z.object({ id: idShape }), plansShape),
};
