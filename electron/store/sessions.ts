import { and, asc, eq, getTableColumns, gte, isNull, or, sql } from 'drizzle-orm';
import type { DialMode } from '../../shared/domain/campaign.ts';
import type { SessionFace, SessionKind, SessionState } from '../../shared/domain/session.ts';
import { assert, present } from '../../shared/lib/assert.ts';
import { type Instant, later } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, reading, withTransaction, writing } from './open.ts';
import { type SessionCounters, agentStates, sessions } from './schema/desk.ts';
import { asking, inserting, literally, slot } from './statements.ts';

export type SessionRow = typeof sessions.$inferSelect;

export interface NewSession {
  readonly agentId: number;
  readonly campaignId: number;
  readonly mode: DialMode;
  readonly at: Instant;
  readonly state?: SessionState;
}

/** Begins a session. An agent has one at a time; asking for a second is a mistake of ours. */
export function openSession(
  db: Db,
  { agentId, campaignId, mode, at, state = { kind: 'ready' } }: NewSession,
): SessionRow {
  return withTransaction(db, () => {
    const { changes, id } = insert(db, {
      agentId,
      campaignId,
      mode,
      state,
      since: at,
      startedAt: at,
      counters: { dials: 0, talks: 0, successes: 0 },
    });
    assert(changes === 1, `agent ${agentId} is in a session already`);
    begin(db, { sessionId: id, agentId, ...classOf(state), fromAt: at });
    return present(sessionById(db, id), `session ${id}`);
  });
}

const insert = inserting(sessions, 'ON CONFLICT (agent_id) WHERE ended_at IS NULL DO NOTHING');
const begin = inserting(agentStates);

export function sessionById(db: ReadDb, id: number): SessionRow | null {
  return byId(db).get({ id }) ?? null;
}

const byId = prepared((db: ReadDb) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.id, slot('id')))
    .prepare(),
);

export function sessionOfAgent(db: ReadDb, agentId: number): SessionRow | null {
  return ofAgent(db).get(agentId) ?? null;
}

const ofAgent = asking(sessions, getTableColumns(sessions), 'WHERE agent_id = +? AND ended_at IS NULL');

/** Every session that is not over. After a crash: those to come back paused. */
export function openSessions(db: ReadDb): SessionRow[] {
  return open(db)
    .all()
    .sort((a, b) => a.id - b.id);
}

// Sorted above: asked to sort, SQLite would walk all sessions there ever were.
const open = prepared((db: ReadDb) =>
  db.select().from(sessions).where(literally(sessions.endedAt, 'IS NULL')).prepare(),
);

/** How many agents are at work on a campaign. */
export function agentsAtWorkOn(db: ReadDb, campaignId: number): number {
  return atWork(db).get(campaignId)?.n ?? 0;
}

const atWork = reading<{ n: number }>(
  'SELECT count(*) AS n FROM sessions WHERE campaign_id = +? AND ended_at IS NULL',
);

/** Keeps where a session stands, and moves the time ledger along with it. */
export function saveFace(db: Db, id: number, face: SessionFace, at: Instant): void {
  withTransaction(db, () => {
    const { state, pauseAfter } = face;
    const { changes } = faced(db).run({
      id,
      state: JSON.stringify(state),
      kind: state.kind,
      pauseAfter,
      at,
    });
    assert(changes === 1, `no open session ${id} to save`);
    turnLedger(db, id, state, at);
  });
}

const faced = writing(`
  UPDATE sessions SET since = iif(json_extract(state, '$.kind') = :kind, since, :at), state = :state,
    pause_after = :pauseAfter
  WHERE id = +:id AND ended_at IS NULL`);

/** Keeps in which attempt the agent is muted: after a restart the carrier still has them so. */
export function saveMuted(db: Db, id: number, attemptId: string | null): void {
  muted(db).run(attemptId, id);
}

const muted = writing('UPDATE sessions SET muted_attempt = ? WHERE id = +?');

export function saveCounters(db: Db, id: number, counters: SessionCounters): void {
  counted(db).run(JSON.stringify(counters), id);
}

const counted = writing('UPDATE sessions SET counters = ? WHERE id = +?');

/** Ends a session, and the ledger with it. False when it had ended already. */
export function endSession(db: Db, id: number, at: Instant): boolean {
  return withTransaction(db, () => {
    const running = runningState(db, id);
    // With the clock set back both end where the last stretch began: the ledger adds up to the session.
    const endedAt = running === null ? at : later(at, running.fromAt);
    if (running !== null) finish(db).run(endedAt, running.id);
    return ended(db).run(endedAt, id).changes === 1;
  });
}

const ended = writing('UPDATE sessions SET ended_at = max(?, started_at) WHERE id = +? AND ended_at IS NULL');
const finish = writing('UPDATE agent_states SET until_at = ? WHERE id = +?');

/** A stretch of an agent's time, all of it in one state. */
export type LedgerRow = typeof agentStates.$inferSelect;

/** The time ledger of a session, end to end. */
export function ledgerOf(db: ReadDb, sessionId: number): LedgerRow[] {
  return ledger(db).all({ sessionId });
}

const ledger = prepared((db: ReadDb) =>
  db
    .select()
    .from(agentStates)
    .where(eq(agentStates.sessionId, slot('sessionId')))
    .orderBy(asc(agentStates.id))
    .prepare(),
);

/** An agent's time since an instant, over all their sessions. */
export function ledgerOfAgentSince(db: ReadDb, agentId: number, since: Instant): LedgerRow[] {
  return agentLedger(db).all({ agentId, since });
}

const agentLedger = prepared((db: ReadDb) =>
  db
    .select()
    .from(agentStates)
    .where(
      and(
        eq(agentStates.agentId, slot('agentId')),
        gte(agentStates.fromAt, sql`coalesce(${lastBegunBefore}, ${slot('since')})`),
        or(isNull(agentStates.untilAt), gte(agentStates.untilAt, slot('since'))),
      ),
    )
    .orderBy(asc(agentStates.fromAt), asc(agentStates.id))
    .prepare(),
);

/** The stretch that was running at `since` began before it; the index is entered there. */
const lastBegunBefore = sql`(SELECT max(from_at) FROM agent_states
  WHERE agent_id = ${slot('agentId')} AND from_at <= ${slot('since')})`;

/** Closes the running stretch and opens the next, at the same instant: nothing is left out, nothing doubled. */
function turnLedger(db: Db, sessionId: number, state: SessionState, at: Instant): void {
  const next = classOf(state);
  const turned = turnedBy(db).get({ sessionId, at, ...next }) as Turned | undefined;
  if (turned === undefined)
    present(runningState(db, sessionId), `the running stretch of session ${sessionId}`);
  else begin(db, { sessionId, agentId: turned.agentId, ...next, fromAt: turned.at });
}

interface Turned {
  readonly agentId: number;
  readonly at: Instant;
}

// No row where the stretch goes on. A clock set back must not make one that ends before it began.
const turnedBy = writing(`
  UPDATE agent_states SET until_at = max(:at, from_at)
  WHERE session_id = +:sessionId AND until_at IS NULL AND (kind <> +:kind OR reason IS NOT +:reason)
  RETURNING agent_id AS agentId, until_at AS at`);

function runningState(db: ReadDb, sessionId: number): LedgerRow | null {
  return running(db).get(sessionId) ?? null;
}

const running = asking(
  agentStates,
  getTableColumns(agentStates),
  'WHERE session_id = +? AND until_at IS NULL',
);

function classOf(state: SessionState): { kind: SessionKind; reason: string | null } {
  return { kind: state.kind, reason: state.kind === 'paused' ? state.reason : null };
}
