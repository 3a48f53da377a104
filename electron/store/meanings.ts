import type { AnsweredBy, CallStatus } from '../../shared/domain/call.ts';
import { keywordsOf } from '../../shared/domain/keywords.ts';
import { MEANING_METHOD, type Sentiment, sentimentOfTalk } from '../../shared/domain/sentiment.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { transcriptOf } from './calls.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { callMeanings } from './schema/meaning.ts';
import { asking, inserting } from './statements.ts';

export type CallMeaning = typeof callMeanings.$inferSelect;

/** What is noted to be looked at: a call whose words changed, an outcome that was filed or taken back. */
export interface Noted {
  readonly kind: 'call' | 'outcome';
  readonly id: number;
}

/** Calls come first, because outcomes go by how they sounded. Those still under way wait until they are over. */
export function noted(db: ReadDb, limit: number): Noted[] {
  const calls = dueCalls(db)
    .all(limit)
    .map(({ id }): Noted => ({ kind: 'call', id }));
  if (calls.length === limit) return calls;
  const outcomes = dueOutcomes(db)
    .all(limit - calls.length)
    .map(({ id }): Noted => ({ kind: 'outcome', id }));
  return [...calls, ...outcomes];
}

const dueCalls = reading<{ id: number }>(`
  SELECT d.of_id AS id FROM meaning_due d LEFT JOIN calls c ON c.id = d.of_id
  WHERE d.kind = 'call' AND ifnull(c.status, 'ended') = 'ended' LIMIT +?`);

const dueOutcomes = reading<{ id: number }>(
  "SELECT of_id AS id FROM meaning_due WHERE kind = 'outcome' LIMIT +?",
);

export function noLongerNoted(db: Db, { kind, id }: Noted): void {
  unnoted(db).run(kind, id);
}

const unnoted = writing('DELETE FROM meaning_due WHERE kind = +? AND of_id = +?');

export function note(db: Db, { kind, id }: Noted): void {
  notedAnew(db).run(kind, id);
}

const notedAnew = writing('INSERT OR IGNORE INTO meaning_due VALUES (+?, +?)');

/**
 * Works out anew how a call sounds and what it was about. A machine’s greeting has no sentiment. Notes the outcome of
 * the call, whose meaning may depend on it, when that changed.
 */
export function workOutCall(db: Db, callId: number, now: Instant): void {
  const call = callFacts(db).get(callId);
  const lines = call === undefined ? [] : transcriptOf(db, callId);
  const isMachine = call?.answeredBy?.startsWith('machine') === true || call?.answeredBy === 'fax';
  const talk = isMachine ? null : sentimentOfTalk(lines);
  const before = meaningOf(db, callId)?.sentiment ?? null;
  if (talk === null) forget(db).run(callId);
  else keep(db, { ...talk, callId, keywords: keywordsOf(lines), method: MEANING_METHOD, madeAt: now });
  if ((talk?.sentiment ?? null) === before || call?.attemptId == null) return;
  for (const { id } of standing(db).all(call.attemptId)) note(db, { kind: 'outcome', id });
}

const callFacts = reading<{ status: CallStatus; answeredBy: AnsweredBy | null; attemptId: string | null }>(
  'SELECT status, answered_by AS answeredBy, attempt_id AS attemptId FROM calls WHERE id = +?',
);
const standing = reading<{ id: number }>(
  'SELECT id FROM outcomes WHERE attempt_id = +? AND undone_at IS NULL',
);
const forget = writing('DELETE FROM call_meanings WHERE call_id = +?');
const keep = inserting(
  callMeanings,
  `ON CONFLICT (call_id) DO UPDATE SET sentiment = excluded.sentiment, score = excluded.score,
    keywords = excluded.keywords, method = excluded.method, made_at = excluded.made_at`,
);

export function meaningOf(db: ReadDb, callId: number): CallMeaning | null {
  return one(db).get(callId) ?? null;
}

const one = asking(
  callMeanings,
  {
    callId: callMeanings.callId,
    sentiment: callMeanings.sentiment,
    score: callMeanings.score,
    keywords: callMeanings.keywords,
    method: callMeanings.method,
    madeAt: callMeanings.madeAt,
  },
  'WHERE call_id = +?',
);

/** An outcome with what rules look at. */
export interface OutcomeMeant {
  readonly id: number;
  readonly contactId: number | null;
  readonly campaignId: number | null;
  readonly agentId: number | null;
  readonly dispositionId: string;
  readonly label: string;
  readonly group: 'reached' | 'not-reached' | 'stop';
  readonly isSuccess: boolean;
  readonly filedAt: Instant;
  readonly undoneAt: Instant | null;
  readonly sentiment: Sentiment | null;
}

export function outcomeMeant(db: ReadDb, id: number): OutcomeMeant | null {
  const row = meant(db).get(id);
  return row === undefined ? null : { ...row, isSuccess: row.isSuccess === 1 };
}

const meant = reading<Omit<OutcomeMeant, 'isSuccess'> & { isSuccess: number }>(`
  SELECT o.id, o.contact_id AS contactId, o.campaign_id AS campaignId, o.agent_id AS agentId,
    o.disposition_id AS dispositionId, k.label, k."group", k.is_success AS isSuccess, o.filed_at AS filedAt,
    o.undone_at AS undoneAt,
    (SELECT m.sentiment FROM calls c JOIN call_meanings m ON m.call_id = c.id WHERE c.attempt_id = o.attempt_id) AS sentiment
  FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id WHERE o.id = +?`);
