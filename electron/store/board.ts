import type { DialMode, Voice } from '../../shared/domain/campaign.ts';
import type { CallStatus } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/* What the live board shows: few rows, however many calls there ever were. */

export interface CallUnderWay {
  readonly id: number;
  readonly status: Exclude<CallStatus, 'ended'>;
  readonly isHeld: number;
  readonly startedAt: Instant;
  readonly ringingAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly contactId: number | null;
  readonly name: string | null;
  /** The other end’s. */
  readonly number: string;
  readonly campaign: string | null;
  readonly voice: Voice | null;
  readonly agent: string | null;
  /** What was said last. */
  readonly speaker: string | null;
  readonly text: string | null;
}

/** Every call that is not over, the oldest first. */
export function callsOnBoard(db: ReadDb): CallUnderWay[] {
  return underWay(db).all();
}

const underWay = reading<CallUnderWay>(`
  SELECT c.id, c.status, c.is_held AS isHeld, c.started_at AS startedAt, c.ringing_at AS ringingAt,
    c.answered_at AS answeredAt, c.contact_id AS contactId, p.name,
    iif(c.direction = 'inbound', c.from_number, c.to_number) AS number, g.name AS campaign,
    g.rules ->> 'voice' AS voice, a.name AS agent, s.speaker, s.text
  FROM calls c LEFT JOIN contacts p ON p.id = c.contact_id LEFT JOIN campaigns g ON g.id = c.campaign_id
  LEFT JOIN agents a ON a.id = c.agent_id
  LEFT JOIN transcript_segments s
    ON s.id = (SELECT l.id FROM transcript_segments l WHERE l.call_id = c.id ORDER BY l.from_ms DESC LIMIT 1)
  WHERE c.status <> 'ended' ORDER BY c.started_at, c.id`);

export interface AgentAtWork {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly since: Instant;
  readonly campaign: string;
  readonly mode: DialMode;
  /** Who is in hand, in a call or before one. */
  readonly lead: string | null;
}

/** Everybody with a session that is not over. */
export function agentsOnBoard(db: ReadDb): AgentAtWork[] {
  return atWork(db).all();
}

const atWork = reading<AgentAtWork>(`
  SELECT a.id, a.name, s.state ->> 'kind' AS kind, ifnull(s.state ->> 'reason', s.state ->> 'what') AS reason, s.since,
    g.name AS campaign, s.mode, p.name AS lead
  FROM sessions s JOIN agents a ON a.id = s.agent_id JOIN campaigns g ON g.id = s.campaign_id
  LEFT JOIN attempts t ON t.id = s.state ->> 'attemptId'
  LEFT JOIN enrolments e ON e.id = s.state ->> 'enrolmentId'
  LEFT JOIN contacts p ON p.id = ifnull(t.contact_id, e.contact_id)
  WHERE s.ended_at IS NULL ORDER BY a.name, a.id`);
