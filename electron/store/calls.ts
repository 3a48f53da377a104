import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Attempt } from '../../shared/domain/attempt.ts';
import type { CallEvent, CallStory, TranscriptSegment } from '../../shared/domain/call.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { contacts } from './schema/book.ts';
import { callEvents, calls, outcomes, transcriptSegments } from './schema/calls.ts';
import { campaigns, dispositionKinds } from './schema/campaigns.ts';
import { agents } from './schema/desk.ts';
import { asking, inserting, literally, slot } from './statements.ts';

/** What a carrier made of an attempt, or a call that came in. */
export type Call = typeof calls.$inferSelect;

export interface NewCall {
  readonly attempt: Attempt;
  readonly carrier: string;
  readonly callRef: string;
  readonly startedAt: Instant;
}

/** The call an attempt became. Its story is told by the events that follow. */
export function insertCall(db: Db, { attempt, carrier, callRef, startedAt }: NewCall): number {
  const { to, from, contactId, campaignId, agentId } = attempt;
  const about = { to, from, contactId, campaignId, agentId };
  const status = 'queued' as const;
  const { id } = insert(db, {
    ...about,
    attemptId: attempt.id,
    carrier,
    callRef,
    direction: 'outbound',
    status,
    isHeld: false,
    startedAt,
  });
  return id;
}

/** A call that no attempt of ours led to. */
export function insertForeignCall(db: Db, call: Omit<typeof calls.$inferInsert, 'id' | 'attemptId'>): number {
  return insert(db, call).id;
}

const insert = inserting(calls);

export function callById(db: ReadDb, id: number): Call | null {
  return byId(db).get(id) ?? null;
}

const byId = asking(calls, getTableColumns(calls), 'WHERE id = +?');

export function callOfAttempt(db: ReadDb, attemptId: string): Call | null {
  return byAttempt(db).get(attemptId) ?? null;
}

const byAttempt = asking(calls, getTableColumns(calls), 'WHERE attempt_id = +?');

export function callIdOfAttempt(db: ReadDb, attemptId: string): number | null {
  return idByAttempt(db).get(attemptId)?.id ?? null;
}

const idByAttempt = reading<{ id: number }>('SELECT id FROM calls WHERE attempt_id = +?');

/** How far a call has come: what a session that holds it goes by. */
export type CallCourse = Pick<Call, 'status' | 'ringingAt' | 'endedAt' | 'answeredBy'>;

export function courseOfAttempt(db: ReadDb, attemptId: string): CallCourse | null {
  return courseByAttempt(db).get(attemptId) ?? null;
}

// Asked after every event of a call: all of its row would take twice as long.
const courseByAttempt = asking(
  calls,
  { status: calls.status, ringingAt: calls.ringingAt, endedAt: calls.endedAt, answeredBy: calls.answeredBy },
  'WHERE attempt_id = +?',
);

export function callByRef(db: ReadDb, carrier: string, callRef: string): Call | null {
  return byRef(db).get(carrier, callRef) ?? null;
}

const byRef = asking(calls, getTableColumns(calls), 'WHERE carrier = +? AND call_ref = +?');

export function callIdByRef(db: ReadDb, carrier: string, callRef: string): number | null {
  return idByRef(db).get(carrier, callRef)?.id ?? null;
}

const idByRef = reading<{ id: number }>('SELECT id FROM calls WHERE carrier = +? AND call_ref = +?');

/** Keeps an event of a call. False when it was kept before. */
export function addEvent(db: Db, callId: number, event: CallEvent, receivedAt: Instant): boolean {
  return keep(db, { callId, receivedAt, ...event }).changes === 1;
}

const keep = inserting(callEvents, 'ON CONFLICT (call_id, key) DO NOTHING');

/** What was told of a call, in the order it was heard. */
export function eventsOf(db: ReadDb, callId: number): CallEvent[] {
  return events(db).all(callId);
}

const events = asking(
  callEvents,
  { key: callEvents.key, at: callEvents.at, facts: callEvents.facts },
  'WHERE call_id = +? ORDER BY id',
);

/** How many events of a call are kept. */
export function eventCount(db: ReadDb, callId: number): number {
  return counted(db).get(callId)?.n ?? 0;
}

const counted = reading<{ n: number }>('SELECT count(*) AS n FROM call_events WHERE call_id = +?');

/** Puts what the events add up to on the call's row; answers whose call it is. */
export function saveStory(db: Db, callId: number, story: CallStory): CallOwner {
  const row = tell(db).get({ callId, ...rowOf(story) }) as CallOwner | undefined;
  assert(row !== undefined, `no call ${callId} to tell the story of`);
  if (story.transcript !== undefined) saveTranscript(db, callId, story.transcript);
  return row;
}

/** Whose call it is. */
export interface CallOwner {
  readonly attemptId: string | null;
  /** Whoever made it; whoever took it over from a voice later stands on the call alone. */
  readonly agentId: number | null;
}

const ROW = {
  status: 'status',
  end: 'ending',
  endedBy: 'ended_by',
  isHeld: 'is_held',
  answeredBy: 'answered_by',
  ringingAt: 'ringing_at',
  answeredAt: 'answered_at',
  endedAt: 'ended_at',
  seconds: 'seconds',
  costMicros: 'cost_micros',
  currency: 'currency',
  recordingRef: 'recording_ref',
  errorCode: 'error_code',
  errorSentence: 'error_sentence',
  rawStatus: 'raw_status',
  score: 'score',
} as const;

type StoryRow = Record<keyof typeof ROW, string | number | null>;

const COLUMNS_TOLD = Object.keys(ROW) as (keyof typeof ROW)[];

function rowOf(story: CallStory): StoryRow {
  return {
    status: story.status,
    end: story.end ?? null,
    endedBy: story.endedBy ?? null,
    isHeld: story.isHeld === true ? 1 : 0,
    answeredBy: story.answeredBy ?? null,
    ringingAt: story.ringingAt,
    answeredAt: story.answeredAt,
    endedAt: story.endedAt,
    seconds: story.seconds ?? null,
    costMicros: story.costMicros ?? null,
    currency: story.currency ?? null,
    recordingRef: story.recordingRef ?? null,
    errorCode: story.error?.code ?? null,
    errorSentence: story.error?.sentence ?? null,
    rawStatus: story.rawStatus ?? null,
    score: story.evaluation?.score ?? null,
  };
}

const tell = writing(`
  UPDATE calls SET ${COLUMNS_TOLD.map((key) => `${ROW[key]} = :${key}`).join(', ')}
  WHERE id = +:callId
  RETURNING attempt_id AS attemptId, (SELECT t.agent_id FROM attempts t WHERE t.id = attempt_id) AS agentId`);

/** A call that a voice held is an agent’s from here on: they say what came of it. */
export function giveCallTo(db: Db, callId: number, agentId: number): void {
  give(db).run(agentId, callId);
}

const give = writing('UPDATE calls SET agent_id = +? WHERE id = +?');

/** Puts what one more event has changed on the call's row; its words are kept by `saveTranscript`. */
export function saveChange(db: Db, callId: number, before: CallStory, story: CallStory): void {
  const was = rowOf(before);
  const is = rowOf(story);
  const changed = COLUMNS_TOLD.filter((key) => was[key] !== is[key]);
  if (changed.length === 0) return;
  const { changes } = telling(changed)(db).run(...changed.map((key) => is[key]), callId);
  assert(changes === 1, `no call ${callId} to tell the story of`);
}

/** A statement for each set of columns that change together; there are a dozen or so. */
function telling(changed: readonly (keyof typeof ROW)[]) {
  const name = changed.join();
  const known = tellings.get(name);
  if (known !== undefined) return known;
  const sets = changed.map((key) => `${ROW[key]} = ?`).join(', ');
  const made = writing(`UPDATE calls SET ${sets} WHERE id = +?`);
  tellings.set(name, made);
  return made;
}

const tellings = new Map<string, ReturnType<typeof writing>>();

/**
 * Keeps what was said. Carriers tell the whole of it each time, so only what is new is written. `kept` spares
 * reading what is there, to whoever knows it.
 */
export function saveTranscript(
  db: Db,
  callId: number,
  told: readonly TranscriptSegment[],
  kept: readonly TranscriptSegment[] = transcriptOf(db, callId),
): void {
  const same = told.findIndex((segment, i) => !isSame(segment, kept[i]));
  const from = same === -1 ? told.length : same;
  if (from === told.length && kept.length === told.length) return;
  withTransaction(db, () => {
    // Words already kept were corrected: everything is written anew.
    if (from < kept.length) clearSegments(db).run(callId);
    for (const segment of told.slice(from < kept.length ? 0 : from)) addSegment(db, { callId, ...segment });
  });
}

const addSegment = inserting(transcriptSegments);
const clearSegments = writing('DELETE FROM transcript_segments WHERE call_id = +?');

export function transcriptOf(db: ReadDb, callId: number): TranscriptSegment[] {
  return segments(db).all(callId);
}

const segments = asking(
  transcriptSegments,
  {
    speaker: transcriptSegments.speaker,
    fromMs: transcriptSegments.fromMs,
    toMs: transcriptSegments.toMs,
    text: transcriptSegments.text,
  },
  'WHERE call_id = +? ORDER BY from_ms, id',
);

/** A call as lists show it, with the names that belong to it. */
export interface ListedCall {
  readonly call: Call;
  readonly contact: string | null;
  readonly agent: string | null;
  readonly campaign: string | null;
  readonly outcome: string | null;
  readonly note: string | null;
}

/** Calls that are not over, oldest first: never more than there are lines. */
export function liveCalls(db: ReadDb): ListedCall[] {
  return live(db).all();
}

const live = prepared((db: ReadDb) =>
  listed(db).where(literally(calls.status, "<> 'ended'")).orderBy(asc(calls.startedAt)).prepare(),
);

/** A call the carrier may have more to tell of. */
export interface CallToAskAbout {
  readonly callRef: string;
  readonly attemptId: string | null;
  /** When anything was last heard of it. */
  readonly heardAt: Instant;
}

/** Calls of a carrier that are not over: never more than there are lines. */
export function callsUnderWay(db: ReadDb, carrier: string): CallToAskAbout[] {
  return underWay(db).all(carrier);
}

// The plus keeps SQLite from walking all calls the carrier ever had, by the index of their names.
const underWay = reading<CallToAskAbout>(`
  SELECT call_ref AS callRef, attempt_id AS attemptId,
    ifnull((SELECT max(received_at) FROM call_events e WHERE e.call_id = c.id), started_at) AS heardAt
  FROM calls c WHERE status <> 'ended' AND +carrier = ?`);

/** A call of a carrier, ended or not. */
export interface BegunCall extends CallToAskAbout {
  readonly id: number;
  readonly endedAt: Instant | null;
}

/** Calls of a carrier from one on, the latest first: something told of them may have got lost. */
export function callsFrom(db: ReadDb, carrier: string, firstId: number): BegunCall[] {
  return begunFrom(db).all(firstId, carrier);
}

const begunFrom = reading<BegunCall>(`
  SELECT id, call_ref AS callRef, attempt_id AS attemptId, started_at AS heardAt,
    iif(status = 'ended', ended_at, NULL) AS endedAt
  FROM calls WHERE id >= +? AND +carrier = +? ORDER BY id DESC LIMIT 500`);

/**
 * The smallest id of the calls that began since; null where none did. Not the id of the earliest: a call whose
 * answer was unclear is known only after others that began later.
 */
export function firstCallSince(db: ReadDb, since: Instant): number | null {
  return firstSince(db).get(since)?.id ?? null;
}

// Named, because for a smallest id SQLite might walk through all calls there ever were.
const firstSince = reading<{ id: number | null }>(
  'SELECT min(id) AS id FROM calls INDEXED BY calls_started WHERE started_at >= +?',
);

/**
 * Whether the bill of an ended call has come, and its recording where there was something to record. One that was
 * completed and never answered, as far as we were told, lacks what was not told.
 */
export function isCallComplete(db: ReadDb, carrier: string, callRef: string): boolean {
  return complete(db).get(carrier, callRef)?.isComplete === 1;
}

const complete = reading<{ isComplete: number }>(`
  SELECT cost_micros IS NOT NULL AND iif(answered_at IS NULL, ending IS NOT 'completed',
    recording_ref IS NOT NULL OR ifnull(
      (SELECT NOT (a.verdict ->> '$.recording.isAllowed') FROM attempts a WHERE a.id = attempt_id), 0)) AS isComplete
  FROM calls WHERE carrier = +? AND call_ref = +?`);

export interface CallsWanted {
  readonly limit: number;
  /** The last page's `next`. */
  readonly before?: number | null;
  readonly of?: { readonly kind: 'contact' | 'campaign' | 'agent'; readonly id: number };
}

/** Calls, the latest first. */
export function latestCalls(db: ReadDb, { limit, before = null, of }: CallsWanted): Page<ListedCall> {
  const from = before === null ? null : (startOf(db).get(before) ?? null);
  const place = {
    startedAt: from?.startedAt ?? Number.MAX_SAFE_INTEGER,
    id: before ?? Number.MAX_SAFE_INTEGER,
  };
  const statement = latest[of?.kind ?? 'all'];
  const rows = statement(db).all({ ...place, limit: limit + 1, of: of?.id ?? null });
  return pageOf(rows, limit, (row) => row.call.id);
}

const startOf = reading<{ startedAt: Instant }>('SELECT started_at AS startedAt FROM calls WHERE id = +?');

const latest = {
  all: latestOf(null),
  contact: latestOf(calls.contactId),
  campaign: latestOf(calls.campaignId),
  agent: latestOf(calls.agentId),
};

type Whose = typeof calls.contactId | typeof calls.campaignId | typeof calls.agentId;

function latestOf(whose: Whose | null) {
  return prepared((db: ReadDb) =>
    listed(db)
      .where(
        and(
          whose === null ? undefined : eq(whose, slot('of')),
          sql`(${calls.startedAt}, ${calls.id}) < (${slot('startedAt')}, ${slot('id')})`,
        ),
      )
      .orderBy(desc(calls.startedAt), desc(calls.id))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
}

function listed(db: ReadDb) {
  return db
    .select({
      call: calls,
      contact: contacts.name,
      agent: agents.name,
      campaign: campaigns.name,
      outcome: dispositionKinds.label,
      note: outcomes.note,
    })
    .from(calls)
    .leftJoin(contacts, eq(contacts.id, calls.contactId))
    .leftJoin(agents, eq(agents.id, calls.agentId))
    .leftJoin(campaigns, eq(campaigns.id, calls.campaignId))
    .leftJoin(outcomes, and(eq(outcomes.attemptId, calls.attemptId), literally(outcomes.undoneAt, 'IS NULL')))
    .leftJoin(dispositionKinds, eq(dispositionKinds.id, outcomes.dispositionId));
}

function isSame(a: TranscriptSegment, b: TranscriptSegment | undefined): boolean {
  return (
    b !== undefined &&
    a.text === b.text &&
    a.fromMs === b.fromMs &&
    a.toMs === b.toMs &&
    a.speaker === b.speaker
  );
}
