import { z } from 'zod';
import { CALL_STATUSES } from '../domain/call.ts';
import { LATENCY_STEPS } from '../domain/latency.ts';
import { RECORDING_FACES } from '../domain/recording-face.ts';
import { attemptIdShape, idShape, instantShape, noteShape } from './shapes.ts';
import { ask } from './wire.ts';

/** One thing a carrier told of a call, and what it changed. */
export const callEventShape = z.object({
  /** Its number in the inbox. */
  id: idShape,
  at: instantShape,
  receivedAt: instantShape,
  /** In words: empty where it told nothing that was not known. */
  changed: z.array(z.string()),
  /** Why nobody could act on it; null where somebody did. */
  dead: z.string().nullable(),
  /** As it was told; only for supervisors. */
  raw: z.string().nullable(),
});

const ruleAskedShape = z.object({
  title: z.string(),
  /** What the rule looked at: `attempts so far: 2`. */
  saw: z.array(z.object({ name: z.string(), value: z.string() })),
});

const lawLookedAtShape = z.object({
  id: z.string(),
  place: z.string(),
  sentence: z.string(),
  citation: z.string(),
});

/** Why a call was allowed, as it was written down before it was made. */
export const decisionShape = z.object({
  at: instantShape,
  manner: z.string(),
  where: z.string(),
  rules: z.array(ruleAskedShape),
  law: z.array(lawLookedAtShape),
  recording: z.string(),
  zoneData: z.string(),
});

export const callSheetShape = z.object({
  id: idShape,
  attemptId: attemptIdShape.nullable(),
  status: z.enum(['scheduled', 'calling', 'in-progress', 'completed', 'failed', 'cancelled']),
  /** As the list of calls tells it: busy and no answer are two things. */
  line: z.object({ status: z.enum(CALL_STATUSES), end: z.string().nullable() }),
  direction: z.enum(['outbound', 'inbound']),
  /** The other end’s number, as it is dialed. */
  e164: z.string(),
  from: z.string(),
  /** Whose hours a promise means. */
  zone: z.string(),
  carrier: z.string(),
  callRef: z.string(),
  mode: z.string(),
  answeredBy: z.string(),
  endedBy: z.string(),
  trouble: z.string().nullable(),
  /** What the carrier asked for, each time it said so: the last of them stands. */
  costs: z.array(z.object({ at: instantShape, micros: z.number(), currency: z.string() })),
  /** What the bill that stands is made of, where the carrier says so. */
  costParts: z.array(z.object({ what: z.string(), micros: z.number() })),
  /** What the carrier’s AI made of the talk: how well they qualify, and what that rests on. */
  evaluation: z
    .object({
      score: z.number().nullable(),
      summary: z.string(),
      parts: z.array(z.object({ name: z.string(), said: z.string(), points: z.number().nullable() })),
    })
    .nullable(),
  ledger: z.array(
    z.object({ step: z.enum(LATENCY_STEPS), at: instantShape.nullable(), sinceMs: z.number().nullable() }),
  ),
  events: z.array(callEventShape),
  decision: decisionShape.nullable(),
  transcript: z.array(
    z.object({
      speaker: z.enum(['agent', 'contact']),
      fromMs: z.number(),
      toMs: z.number(),
      text: z.string(),
    }),
  ),
  /** The latest first; those that were taken back or changed say when. */
  outcomes: z.array(
    z.object({
      id: idShape,
      label: z.string(),
      note: z.string(),
      who: z.string(),
      filedAt: instantShape,
      undoneAt: instantShape.nullable(),
    }),
  ),
  /** Who changed what about it, the latest first. */
  changes: z.array(z.object({ id: idShape, at: instantShape, who: z.string(), sentence: z.string() })),
  contact: z
    .object({
      id: idShape,
      name: z.string(),
      company: z.string(),
      place: z.string(),
      calls: z.number().int(),
      promisedAt: instantShape.nullable(),
    })
    .nullable(),
  recording: z.object({ face: z.enum(RECORDING_FACES), sentence: z.string() }),
  /** What it may be changed to; empty where it has no attempt of ours. */
  dispositions: z.array(z.object({ id: z.string(), label: z.string(), needsTime: z.boolean() })),
  outcomeId: z.string().nullable(),
  note: z.string(),
  /** Why this person may not change it; null where they may. */
  whyNotChanged: z.string().nullable(),
});

export type CallSheet = z.output<typeof callSheetShape>;

export const deadLetterShape = z.object({
  id: idShape,
  at: instantShape,
  receivedAt: instantShape,
  carrier: z.string(),
  callRef: z.string(),
  reason: z.string(),
  /** What it told, in words. */
  told: z.array(z.string()),
  raw: z.string(),
});

export type DeadLetterRow = z.output<typeof deadLetterShape>;

export const callDetails = {
  sheet: ask('agent', z.object({ id: idShape }), callSheetShape),
  /** Writes the note of the outcome that stands anew. */
  editNote: ask('agent', z.object({ id: idShape, note: noteShape }), callSheetShape),
  /** Puts another outcome in the place of the one that stands, with what it means for the contact. */
  changeOutcome: ask(
    'agent',
    z.object({ id: idShape, dispositionId: z.string().max(80), callbackAt: instantShape.nullable() }),
    z.object({ sheet: callSheetShape, sentence: z.string() }),
  ),
  /** Promises the contact a call. */
  followUp: ask(
    'agent',
    z.object({ id: idShape, at: instantShape, anyoneMayCall: z.boolean(), note: noteShape }),
    callSheetShape,
  ),
  /** Events that nobody could act on, the latest first. */
  deadLetters: ask(
    'supervisor',
    z.object({ before: idShape.nullable() }),
    z.object({ rows: z.array(deadLetterShape), next: idShape.nullable() }),
  ),
  /** Acts on one once more. Refused where that is in vain again: it is kept as before. */
  redeliver: ask('supervisor', z.object({ id: idShape }), z.null()),
};
