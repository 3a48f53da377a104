import { z } from 'zod';
import { RECORDING_FACES } from '../domain/recording-face.ts';
import { exportShape, targetShape } from './contacts.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

/** Where a page hears the sound of a call, by the call’s number: below its own origin, and nowhere else. */
export const RECORDINGS_PATH = '/recordings/';

const COMMENT_MAX = 2_000;

export const recordingCommentShape = z.object({
  id: idShape,
  atMs: z.number().int().min(0),
  text: z.string(),
  who: z.string(),
  writtenAt: instantShape,
  /** This person wrote it, or may take it away. */
  isMine: z.boolean(),
});

export type RecordingComment = z.output<typeof recordingCommentShape>;

export const playerShape = z.object({
  face: z.enum(RECORDING_FACES),
  /** What there is, why there is none, and what to do about it. */
  sentence: z.string(),
  /** Changes with the sound; null where there is none to hear. */
  url: z.string().nullable(),
  mime: z.string().nullable(),
  bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  /** Null where only decoding it would tell. */
  durationMs: z.number().nullable(),
  /** How loud it is where, from 0 to 255, for each channel; null where only decoding it would tell. */
  peaks: z.array(z.array(z.number())).nullable(),
  comments: z.array(recordingCommentShape),
});

export type PlayerSheet = z.output<typeof playerShape>;

const callShape = z.object({ callId: idShape });

const daysShape = z.number().int().min(1, 'At least one day.').max(36_500).nullable();

export const keepingShape = z.object({
  /** Null is until somebody deletes them. */
  keptDays: daysShape,
  /** At most so long where the other end is in the EU, the EEA or the United Kingdom; null is as all others. */
  protectedDays: daysShape,
  budgetBytes: z
    .number()
    .int()
    .min(1024 ** 2),
});

export type Keeping = z.output<typeof keepingShape>;

const kept = { recordings: z.number().int(), bytes: z.number() };

/** What would go by some rules, and when. */
export const goingShape = z.object({
  ...kept,
  now: z.number().int(),
  nowBytes: z.number(),
  week: z.number().int(),
  month: z.number().int(),
  monthBytes: z.number(),
  nextAt: instantShape.nullable(),
  /** What it means, in words: what goes, when, and what no room is left for. */
  sentences: z.array(z.string()),
});

export type Going = z.output<typeof goingShape>;

const ownShape = z.array(z.object({ campaignId: idShape, days: daysShape })).max(2_000);

export const recordings = {
  player: ask('agent', callShape, playerShape),
  /** Asks the carrier once more for a sound that was given up. */
  retry: ask('agent', callShape, playerShape),
  comment: ask(
    'agent',
    callShape.extend({
      atMs: z.number().int().min(0),
      text: z.string().trim().min(1, 'A comment needs words.').max(COMMENT_MAX),
    }),
    playerShape,
  ),
  /** One’s own; a supervisor takes away anybody’s. */
  removeComment: ask('agent', z.object({ id: idShape }), playerShape),
  /** Deletes a sound for good. That there was one, and why it is gone, stays. */
  remove: ask(
    'supervisor',
    callShape.extend({ why: z.string().trim().min(1, 'Deleting a recording needs a reason.').max(300) }),
    playerShape,
  ),
  /** The sounds of the chosen calls with an index, as one file; followed and taken as other exports are. */
  export: ask('supervisor', z.object({ target: targetShape }), exportShape),
  keeping: ask(
    'supervisor',
    nothing,
    keepingShape.extend({
      usedBytes: z.number(),
      /** What each campaign has, and for how long it keeps it; null where it does as the workspace. */
      campaigns: z.array(
        z.object({
          id: idShape.nullable(),
          name: z.string(),
          days: daysShape,
          oldestAt: instantShape.nullable(),
          ...kept,
        }),
      ),
    }),
  ),
  /** What would go by these rules; nothing is deleted by asking. */
  going: ask('supervisor', keepingShape.extend({ campaigns: ownShape }), goingShape),
  /** From now on, and at once for whatever is too old. Campaigns that are left out stay as they are. */
  setKeeping: ask('supervisor', keepingShape.extend({ campaigns: ownShape }), z.null()),
};
