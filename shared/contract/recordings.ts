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

export const keepingShape = z.object({
  keptDays: z.number().int().min(1).max(36_500).nullable(),
  budgetBytes: z
    .number()
    .int()
    .min(1024 ** 2),
});

export type Keeping = z.output<typeof keepingShape>;

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
  keeping: ask('supervisor', nothing, keepingShape.extend({ usedBytes: z.number() })),
  setKeeping: ask('supervisor', keepingShape, z.null()),
  /** For how long the sounds of a campaign are kept; null where it does as the workspace. */
  setKeptDays: ask(
    'supervisor',
    z.object({ campaignId: idShape, days: keepingShape.shape.keptDays }),
    z.null(),
  ),
};
