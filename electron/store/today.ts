import type { DispositionKind } from '../../shared/domain/disposition.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** What an agent's day has come to. */
export interface DayCounters {
  readonly dials: number;
  readonly talks: number;
  readonly talkMs: number;
  readonly successes: number;
}

/** Counted from the rows of that day alone, however many years there are before it. */
export function dayOf(db: ReadDb, agentId: number, since: Instant): DayCounters {
  const { dials } = dialed(db).get(agentId, since) ?? { dials: 0 };
  const { talks, talkMs } = talked(db).get(agentId, since) ?? { talks: 0, talkMs: 0 };
  const { successes } = succeeded(db).get(agentId, since) ?? { successes: 0 };
  return { dials, talks, talkMs, successes };
}

const dialed = reading<{ dials: number }>(`
  SELECT count(*) AS dials FROM attempts
  WHERE agent_id = +? AND intended_at >= +? AND state NOT IN ('intended', 'refused')`);

// A machine that picked up is no talk.
const talked = reading<{ talks: number; talkMs: number }>(`
  SELECT count(*) AS talks, ifnull(sum(ended_at - answered_at), 0) AS talkMs FROM calls
  WHERE agent_id = +? AND started_at >= +? AND answered_at IS NOT NULL
    AND ifnull(answered_by, 'unknown') IN ('human', 'unknown')`);

const succeeded = reading<{ successes: number }>(`
  SELECT count(*) AS successes FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.agent_id = +? AND o.filed_at >= +? AND o.undone_at IS NULL AND k.is_success = 1`);

/** What an agent filed since an instant, the most frequent first. */
export function outcomesOfDay(
  db: ReadDb,
  agentId: number,
  since: Instant,
): { label: string; group: DispositionKind['group']; n: number }[] {
  return filed(db).all(agentId, since);
}

const filed = reading<{ label: string; group: DispositionKind['group']; n: number }>(`
  SELECT k.label, k."group", count(*) AS n FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
  WHERE o.agent_id = +? AND o.filed_at >= +? AND o.undone_at IS NULL
  GROUP BY k.id ORDER BY n DESC, k.label`);
