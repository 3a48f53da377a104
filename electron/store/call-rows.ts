import type { RecordingFace } from '../../shared/domain/recording-face.ts';
import type { CallEnd, CallStatus } from '../../shared/domain/call.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** A call as a row of the grid. */
export interface ResultCall {
  readonly id: number;
  readonly startedAt: Instant;
  readonly direction: 'outbound' | 'inbound';
  readonly contactId: number | null;
  readonly contact: string | null;
  /** The other end's. */
  readonly number: string;
  readonly agent: string | null;
  readonly campaign: string | null;
  readonly status: CallStatus;
  readonly end: CallEnd | null;
  readonly seconds: number | null;
  readonly costMicros: number | null;
  readonly currency: string | null;
  readonly outcome: string | null;
  readonly note: string | null;
  readonly recording: RecordingFace;
  /** How well they qualified, from 0 to 100; null where nobody found out. */
  readonly score: number | null;
}

/** The rows of some ids, in their order; null for those that are gone by now. */
export function callRows(db: ReadDb, ids: readonly number[]): (ResultCall | null)[] {
  const byId = new Map(
    rowsOf(db)
      .all(JSON.stringify(ids))
      .map((row) => [row.id, row]),
  );
  return ids.map((id) => byId.get(id) ?? null);
}

/** `none` unless there is, was or will be a sound. */
const RECORDING = `CASE
    WHEN r.state = 'kept' THEN 'ready'
    WHEN r.state = 'wanted' THEN 'fetching'
    WHEN r.state IS NOT NULL THEN r.state
    WHEN c.recording_ref IS NOT NULL THEN 'with-carrier'
    WHEN c.answered_at IS NOT NULL
      AND (SELECT t.verdict ->> '$.recording.isAllowed' FROM attempts t WHERE t.id = c.attempt_id) = 0 THEN 'held-back'
    ELSE 'none' END`;

const rowsOf = reading<ResultCall>(selecting(''));

/** Rows of some ids with what else is wanted of them. An attempt is looked up only for calls that have no sound. */
function selecting(more: string): string {
  return `
  SELECT c.id, c.started_at AS startedAt, c.direction, c.contact_id AS contactId, p.name AS contact,
    iif(c.direction = 'inbound', c.from_number, c.to_number) AS number, a.name AS agent, g.name AS campaign,
    c.status, c.ending AS "end", c.seconds, c.cost_micros AS costMicros, c.currency, k.label AS outcome, o.note,
    ${RECORDING} AS recording, c.score${more}
  FROM json_each(?) AS j CROSS JOIN calls c ON c.id = j.value
  LEFT JOIN contacts p ON p.id = c.contact_id LEFT JOIN agents a ON a.id = c.agent_id
  LEFT JOIN campaigns g ON g.id = c.campaign_id
  LEFT JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
  LEFT JOIN disposition_kinds k ON k.id = o.disposition_id LEFT JOIN recordings r ON r.call_id = c.id`;
}

/** Words that were said in some calls, to show where a search found them. */
export interface SaidIn {
  readonly callId: number;
  readonly fromMs: number;
  readonly text: string;
}

export function saidIn(db: ReadDb, ids: readonly number[]): SaidIn[] {
  return said(db).all(JSON.stringify(ids));
}

const said = reading<SaidIn>(`
  SELECT s.call_id AS callId, s.from_ms AS fromMs, s.text
  FROM json_each(?) AS j CROSS JOIN transcript_segments s ON s.call_id = j.value ORDER BY s.call_id, s.from_ms, s.id`);

/** A call as it leaves in a file. */
export interface ExportedCall extends ResultCall {
  readonly ringingAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly ref: string;
}

/** Some calls in the order of their ids given; those that are gone are left out. */
export function exportedCalls(db: ReadDb, ids: readonly number[]): ExportedCall[] {
  return exported(db).all(JSON.stringify(ids));
}

// The nested loop of a join keeps the order of its outermost table, which is that of the ids.
const exported = reading<ExportedCall>(
  `${selecting(', c.ringing_at AS ringingAt, c.answered_at AS answeredAt, c.ended_at AS endedAt, c.call_ref AS ref')} ORDER BY j.key`,
);
