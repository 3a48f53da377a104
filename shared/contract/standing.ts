import { z } from 'zod';
import { TIDING_KINDS } from '../domain/tiding.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask, tell } from './wire.ts';

/** An attempt of which nobody knows yet whether it rang: it is asked about, and its number stays locked. */
export const checkingShape = z.object({
  attemptId: z.string(),
  since: instantShape,
  name: z.string(),
  number: z.string(),
  campaign: z.string(),
});

/** A campaign that dials now: by agents at work on it, or by itself. */
export const runningShape = z.object({
  campaignId: idShape,
  name: z.string(),
  voice: z.enum(['agent', 'ai', 'recorded']),
  agents: z.number(),
  underWay: z.number(),
  today: z.number(),
});

/** Something that will dial later: when, as far as anybody knows, and why not now. */
export const waitingShape = z.object({
  what: z.enum(['campaign', 'schedules', 'callback']),
  campaignId: idShape.nullable(),
  name: z.string(),
  voice: z.enum(['agent', 'ai', 'recorded']).nullable(),
  at: instantShape.nullable(),
  why: z.string(),
});

export const troubleShape = z.object({
  kind: z.enum(['carrier', 'storage', 'campaign', 'engine']),
  /** A few words for one line. */
  title: z.string(),
  sentence: z.string(),
  path: z.string(),
});

/** What Parley does at this moment, what waits, and what is in doubt: for the tray, the status bar and the board. */
export const standingShape = z.object({
  state: z.enum(['resting', 'running', 'paused', 'trouble']),
  paused: z.object({ since: instantShape, by: z.string() }).nullable(),
  running: z.array(runningShape),
  waiting: z.array(waitingShape),
  checking: z.array(checkingShape),
  troubles: z.array(troubleShape),
  underWay: z.number(),
  today: z.number(),
  /** Calls of personal schedules that are still to come. */
  scheduled: z.number(),
});

export type Standing = z.output<typeof standingShape>;
export type Running = z.output<typeof runningShape>;
export type Waiting = z.output<typeof waitingShape>;
export type Checking = z.output<typeof checkingShape>;

/** How the calls of one campaign stand (row A5), and what its breaker has to say. */
export const campaignStandingShape = z.object({
  statuses: z.object({
    scheduled: z.number(),
    calling: z.number(),
    'in-progress': z.number(),
    completed: z.number(),
    failed: z.number(),
    cancelled: z.number(),
  }),
  breaker: z
    .object({
      state: z.enum(['paused', 'probing']),
      reason: z.string(),
      since: instantShape,
      /** When one call is tried by itself. */
      probeAt: instantShape.nullable(),
      evidence: z.array(z.object({ at: instantShape, sentence: z.string() })),
    })
    .nullable(),
});

export type CampaignStanding = z.output<typeof campaignStandingShape>;

/** Something people should hear of who do not look at the screen just now. */
export const tidingShape = z.object({
  kind: z.enum(TIDING_KINDS),
  title: z.string(),
  body: z.string(),
  path: z.string(),
});

const kindsShape = z.object(
  Object.fromEntries(TIDING_KINDS.map((kind) => [kind, z.boolean()])) as Record<
    (typeof TIDING_KINDS)[number],
    z.ZodBoolean
  >,
);

/** What this computer does for Parley. */
export const computerShape = z.object({
  notices: kindsShape,
  /** Whether notices may say a contact’s name. They never say a number. */
  names: z.enum(['masked', 'full']),
  /** Null where the system keeps no such list for us, with the reason. */
  opensAtLogin: z.boolean().nullable(),
  loginSentence: z.string(),
});

export type Computer = z.output<typeof computerShape>;

export const standing = {
  now: ask('agent', nothing, standingShape),
  /** At most once a second. */
  changed: tell(standingShape),
  /** Nothing dials by itself any more, in this process or another, until somebody resumes it. */
  pauseAll: ask('agent', nothing, standingShape),
  resumeAll: ask('supervisor', nothing, standingShape),
  ofCampaign: ask('agent', z.object({ id: idShape }), campaignStandingShape),
  /** All that came up since the last telling: several may at once, and none may push out another. */
  tidings: tell(z.array(tidingShape)),
  computer: ask('agent', nothing, computerShape),
  setComputer: ask(
    'agent',
    z.object({
      notices: kindsShape.partial().optional(),
      names: computerShape.shape.names.optional(),
      opensAtLogin: z.boolean().optional(),
    }),
    computerShape,
  ),
};
