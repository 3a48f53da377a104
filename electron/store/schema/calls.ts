import { desc, sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AttemptState } from '../../../shared/domain/attempt.ts';
import type {
  AnsweredBy,
  CallEnd,
  CallFacts,
  CallStatus,
  TranscriptSegment,
} from '../../../shared/domain/call.ts';
import type { DialMode } from '../../../shared/domain/campaign.ts';
import type { FormAnswers } from '../../../shared/domain/form.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { flag, json, moment } from './columns.ts';

/* What was tried and what came of it: attempts, calls, events, sounds, outcomes. */

/** Who or what wished for the attempt: a session in its mode, an agent's own click, or an AI caller. */
export type AttemptMode = DialMode | 'by-hand' | 'ai';

export const attempts = sqliteTable(
  'attempts',
  {
    id: text('id').primaryKey(),
    campaignId: integer('campaign_id'),
    enrolmentId: integer('enrolment_id'),
    contactId: integer('contact_id'),
    agentId: integer('agent_id'),
    sessionId: integer('session_id'),
    to: text('to_e164').$type<E164>().notNull(),
    from: text('from_number').notNull(),
    carrier: text('carrier').notNull(),
    mode: text('mode').$type<AttemptMode>().notNull(),
    state: text('state').$type<AttemptState>().notNull(),
    /** The verdict it was made on, with the values the rules looked at. */
    verdict: json<unknown>('verdict'),
    intendedAt: moment('intended_at').notNull(),
    sentAt: moment('sent_at'),
    /** Null while the number is locked. */
    closedAt: moment('closed_at'),
    /** When its outcome was filed. */
    filedAt: moment('filed_at'),
    trouble: text('trouble'),
  },
  (t) => [
    uniqueIndex('attempts_number_lock').on(t.to).where(sql`${t.closedAt} IS NULL`),
    index('attempts_number').on(t.to, t.intendedAt),
    index('attempts_contact').on(t.contactId, t.intendedAt),
    index('attempts_campaign').on(t.campaignId, t.intendedAt),
    index('attempts_agent').on(t.agentId, t.intendedAt, t.state),
    index('attempts_unfiled')
      .on(t.agentId, t.intendedAt)
      .where(sql`${t.filedAt} IS NULL AND ${t.state} = 'resolved' AND ${t.mode} <> 'ai'`),
  ],
);

export const calls = sqliteTable(
  'calls',
  {
    id: integer('id').primaryKey(),
    attemptId: text('attempt_id'),
    carrier: text('carrier').notNull(),
    callRef: text('call_ref').notNull(),
    direction: text('direction').$type<'outbound' | 'inbound'>().notNull(),
    from: text('from_number').notNull(),
    to: text('to_number').notNull(),
    contactId: integer('contact_id'),
    campaignId: integer('campaign_id'),
    agentId: integer('agent_id'),
    status: text('status').$type<CallStatus>().notNull(),
    end: text('ending').$type<CallEnd>(),
    endedBy: text('ended_by').$type<NonNullable<CallFacts['endedBy']>>(),
    isHeld: flag('is_held').notNull(),
    answeredBy: text('answered_by').$type<AnsweredBy>(),
    startedAt: moment('started_at').notNull(),
    ringingAt: moment('ringing_at'),
    answeredAt: moment('answered_at'),
    endedAt: moment('ended_at'),
    seconds: integer('seconds'),
    costMicros: integer('cost_micros'),
    currency: text('currency'),
    recordingRef: text('recording_ref'),
    errorCode: text('error_code'),
    errorSentence: text('error_sentence'),
    rawStatus: text('raw_status'),
    /** When both sides could hear each other, as the phone on the screen told. */
    audioAt: moment('audio_at'),
    /** How well somebody qualified, from 0 to 100, as the carrier’s AI had it last. */
    score: integer('score'),
  },
  (t) => [
    uniqueIndex('calls_attempt').on(t.attemptId),
    uniqueIndex('calls_ref').on(t.carrier, t.callRef),
    index('calls_started').on(desc(t.startedAt), desc(t.id)),
    index('calls_contact').on(t.contactId, desc(t.startedAt), desc(t.id)),
    index('calls_campaign').on(t.campaignId, desc(t.startedAt), desc(t.id)),
    index('calls_agent').on(t.agentId, desc(t.startedAt), desc(t.id)),
    index('calls_live').on(t.startedAt).where(sql`${t.status} <> 'ended'`),
  ],
);

export const callEvents = sqliteTable(
  'call_events',
  {
    id: integer('id').primaryKey(),
    callId: integer('call_id').notNull(),
    key: text('key').notNull(),
    at: moment('at').notNull(),
    receivedAt: moment('received_at').notNull(),
    facts: json<CallFacts>('facts').notNull(),
  },
  (t) => [uniqueIndex('call_events_once').on(t.callId, t.key)],
);

/** What carriers told us, kept before it is acted on (law 5). */
export const inbox = sqliteTable(
  'inbox',
  {
    id: integer('id').primaryKey(),
    carrier: text('carrier').notNull(),
    callRef: text('call_ref').notNull(),
    /** The same for the same telling about the same call, however often it arrives. */
    key: text('key').notNull(),
    attemptId: text('attempt_id'),
    receivedAt: moment('received_at').notNull(),
    body: json<unknown>('body').notNull(),
    appliedAt: moment('applied_at'),
  },
  (t) => [
    uniqueIndex('inbox_once').on(t.carrier, t.callRef, t.key),
    index('inbox_pending').on(t.id).where(sql`${t.appliedAt} IS NULL`),
  ],
);

/** Events nobody could act on, with the reason; kept for a person to look at. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: integer('id').primaryKey(),
    inboxId: integer('inbox_id').notNull(),
    reason: text('reason').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [uniqueIndex('dead_letters_inbox').on(t.inboxId)],
);

/** wanted: to be fetched · kept: the file is here · failed: given up · held-back: not ours to keep · deleted: on purpose, and why */
export type RecordingState = 'wanted' | 'kept' | 'failed' | 'held-back' | 'deleted';

export const recordings = sqliteTable(
  'recordings',
  {
    id: integer('id').primaryKey(),
    callId: integer('call_id').notNull(),
    state: text('state').$type<RecordingState>().notNull(),
    /** Relative to the workspace's folder, so that the folder can move. */
    file: text('file'),
    mime: text('mime'),
    bytes: integer('bytes'),
    sha256: text('sha256'),
    tries: integer('tries').notNull(),
    nextTryAt: moment('next_try_at'),
    trouble: text('trouble'),
    fetchedAt: moment('fetched_at'),
    deletedAt: moment('deleted_at'),
    deletedWhy: text('deleted_why'),
    /** Null where nobody could say it without decoding the sound. */
    durationMs: integer('duration_ms'),
    channels: integer('channels'),
  },
  (t) => [
    uniqueIndex('recordings_call').on(t.callId),
    index('recordings_wanted').on(t.nextTryAt).where(sql`${t.state} = 'wanted'`),
    index('recordings_kept').on(t.fetchedAt).where(sql`${t.state} = 'kept'`),
  ],
);

/** What people said about a moment of a recording. */
export const recordingComments = sqliteTable(
  'recording_comments',
  {
    id: integer('id').primaryKey(),
    callId: integer('call_id').notNull(),
    atMs: integer('at_ms').notNull(),
    text: text('text').notNull(),
    agentId: integer('agent_id'),
    writtenAt: moment('written_at').notNull(),
  },
  (t) => [index('recording_comments_call').on(t.callId, t.atMs)],
);

export const transcriptSegments = sqliteTable(
  'transcript_segments',
  {
    id: integer('id').primaryKey(),
    callId: integer('call_id').notNull(),
    speaker: text('speaker').$type<TranscriptSegment['speaker']>().notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    text: text('text').notNull(),
  },
  (t) => [index('transcript_segments_call').on(t.callId, t.fromMs)],
);

/** What came of an attempt. An undone outcome stays as history; only one that stands may exist. */
export const outcomes = sqliteTable(
  'outcomes',
  {
    id: integer('id').primaryKey(),
    attemptId: text('attempt_id').notNull(),
    callId: integer('call_id'),
    contactId: integer('contact_id'),
    campaignId: integer('campaign_id'),
    agentId: integer('agent_id'),
    dispositionId: text('disposition_id').notNull(),
    note: text('note').notNull(),
    callbackAt: moment('callback_at'),
    filedAt: moment('filed_at').notNull(),
    undoneAt: moment('undone_at'),
    answers: json<FormAnswers>('answers').notNull(),
    /** The steps of the script whose words were agreed to. */
    ticked: json<readonly string[]>('ticked').notNull(),
    scriptId: integer('script_id'),
  },
  (t) => [
    uniqueIndex('outcomes_one_stands').on(t.attemptId).where(sql`${t.undoneAt} IS NULL`),
    index('outcomes_contact').on(t.contactId, t.filedAt),
    index('outcomes_agent').on(t.agentId, t.filedAt),
    index('outcomes_script').on(t.scriptId).where(sql`${t.scriptId} IS NOT NULL`),
    index('outcomes_campaign').on(t.campaignId, t.filedAt),
  ],
);

/** What an agent has typed and not filed (law 6). */
export const drafts = sqliteTable('drafts', {
  attemptId: text('attempt_id').primaryKey(),
  note: text('note').notNull(),
  dispositionId: text('disposition_id'),
  callbackText: text('callback_text').notNull(),
  savedAt: moment('saved_at').notNull(),
  answers: json<FormAnswers>('answers').notNull(),
  ticked: json<readonly string[]>('ticked').notNull(),
  /** The promise may be kept by whoever is free, and not only by who made it. */
  anyoneMayCall: flag('anyone_may_call').notNull(),
});
