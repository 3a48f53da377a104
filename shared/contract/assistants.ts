import { z } from 'zod';
import { idShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

/** What may be chosen for a campaign in which an AI voice speaks. What was chosen before stays, listed or not. */
export const assistantChoicesShape = z.object({
  state: z.enum(['listed', 'not-set-up', 'not-reached']),
  /** Why nothing is listed, and what to do; empty where something is. */
  sentence: z.string(),
  assistants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Voices that the account’s assistants have, as `maker:name`. */
  voices: z.array(z.string()),
  numbers: z.array(z.object({ number: z.string(), shown: z.string(), label: z.string() })),
  /** Who talks where a campaign names nobody. */
  usual: z.string(),
});

export type AssistantChoices = z.output<typeof assistantChoicesShape>;

/** What an assistant is told before it talks to somebody, and how it would begin. */
export const briefingShape = z.object({
  /** Whom it is about: the first who would be rung. Null where nobody is in the campaign. */
  contact: z.string().nullable(),
  variables: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Its first words with what is known filled in; empty where they are not known here. */
  opening: z.string(),
  /** Names that its words ask for and nobody fills for this contact. */
  gaps: z.array(z.string()),
});

export type Briefing = z.output<typeof briefingShape>;

/** An assistant’s own name at the carrier; empty is the usual one. */
export const assistantIdShape = z
  .string()
  .trim()
  .regex(/^[\w-]{0,64}$/, 'An assistant’s ID is letters, digits and dashes.');

/** What a test call through the browser is begun with. The public key can begin such calls, and nothing else. */
export const webCallShape = z.object({
  publicKey: z.string(),
  assistant: z.string(),
  variables: z.record(z.string(), z.string()),
});

export type WebCall = z.output<typeof webCallShape>;

/** The voices that talk by themselves: who they are, and what they are told. */
export const assistants = {
  choices: ask('agent', nothing, assistantChoicesShape),
  briefing: ask('agent', z.object({ campaignId: idShape, assistant: assistantIdShape }), briefingShape),
  /** What is needed to talk to the assistant oneself, with microphone and speaker. Written into the audit trail. */
  webCall: ask('supervisor', z.object({ campaignId: idShape, assistant: assistantIdShape }), webCallShape),
};
