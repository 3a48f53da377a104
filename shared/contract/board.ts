import { z } from 'zod';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask, tell } from './wire.ts';

/** A call that is under way, whoever speaks for us in it. */
export const boardCallShape = z.object({
  id: idShape,
  status: z.enum(['queued', 'ringing', 'in-progress']),
  isHeld: z.boolean(),
  startedAt: instantShape,
  /** When what it is in now began: ringing, talking. */
  since: instantShape,
  contactId: idShape.nullable(),
  name: z.string(),
  number: z.string(),
  campaign: z.string(),
  voice: z.enum(['agent', 'ai', 'recorded']),
  /** Whose hand it is in; empty where nobody’s. */
  agent: z.string(),
  /** The voice that talks by itself was told to be silent. */
  isMuted: z.boolean(),
  /** What was said last, and when anything was last heard of the call. */
  said: z.object({ by: z.enum(['us', 'them']), text: z.string() }).nullable(),
});

export type BoardCall = z.output<typeof boardCallShape>;

/** An agent at work: what they do, since when, and what their day has come to. */
export const boardAgentShape = z.object({
  id: idShape,
  name: z.string(),
  state: z.enum([
    'ready',
    'previewing',
    'dialing',
    'ringing',
    'connected',
    'on-hold',
    'wrap-up',
    'paused',
    'trouble',
  ]),
  /** Why they pause, or what the trouble is. */
  reason: z.string().nullable(),
  since: instantShape,
  campaign: z.string(),
  mode: z.string(),
  /** Who is in hand; empty where nobody is. */
  lead: z.string(),
  dials: z.number(),
  talks: z.number(),
  talkMs: z.number(),
});

export type BoardAgent = z.output<typeof boardAgentShape>;

/** What a supervisor may do to a call under way: null where they may, or why not. */
export const boardCanShape = z.object({
  end: z.string().nullable(),
  listen: z.string().nullable(),
  whisper: z.string().nullable(),
  join: z.string().nullable(),
  /** What is done to a voice that holds its call by itself. */
  hear: z.string().nullable(),
  takeOver: z.string().nullable(),
  say: z.string().nullable(),
  mute: z.string().nullable(),
});

export const boardShape = z.object({
  asOf: instantShape,
  agents: z.array(boardAgentShape),
  calls: z.array(boardCallShape),
  can: boardCanShape,
  /** The phone at which the person at work takes calls over; empty until they said. */
  ownPhone: z.string(),
});

export type Board = z.output<typeof boardShape>;

export const MONITORS = ['listen', 'whisper', 'join'] as const;

export const board = {
  now: ask('agent', nothing, boardShape),
  /** Ends a call that may be in nobody’s hand, or in somebody else’s. It is written into the audit trail. */
  end: ask('supervisor', z.object({ id: idShape }), z.null()),
  /** Lets the person at work hear a call, speak to the agent alone, or to both. Written into the audit trail. */
  monitor: ask('supervisor', z.object({ id: idShape, as: z.enum(MONITORS) }), z.null()),
  /**
   * Hands a call that a voice holds to a person: their phone rings, and the voice leaves once they are put through.
   * `isOwn` keeps the number as the phone of whoever asks, and the call becomes theirs. Written into the audit trail.
   */
  takeOver: ask(
    'supervisor',
    z.object({
      id: idShape,
      to: z.string().trim().min(1, 'A phone number is needed.').max(40),
      isOwn: z.boolean(),
    }),
    z.object({ shown: z.string() }),
  ),
  /** The voice says this next. Written into the audit trail. */
  say: ask(
    'supervisor',
    z.object({
      id: idShape,
      words: z.string().trim().min(1, 'There is nothing to say.').max(500),
      thenHangUp: z.boolean(),
    }),
    z.null(),
  ),
  mute: ask('supervisor', z.object({ id: idShape, on: z.boolean() }), z.null()),
  /**
   * Begins to send the sound of a call, or goes on with it: it ends by itself where nobody asks again for a while. One
   * call at a time. Its beginning is written into the audit trail.
   */
  hear: ask('supervisor', z.object({ id: idShape }), z.null()),
  unhear: ask('agent', nothing, z.null()),
  /** What was heard since the last of these. Raw samples as in `hear`, in base64; nobody keeps them. */
  sound: tell(
    z.object({
      callId: idShape,
      sampleRate: z.number(),
      channels: z.number(),
      samples: z.string(),
      /** Nothing more comes. */
      isOver: z.boolean(),
    }),
  ),
};
