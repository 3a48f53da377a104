import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';
import { type BulkState, bulkJobs } from './schema/kept.ts';
import { inserting } from './statements.ts';

/** One change to many contacts, as it is kept. */
export interface KeptJob {
  readonly id: number;
  readonly act: unknown;
  readonly state: BulkState;
  readonly total: number;
  readonly lookedAt: number;
  readonly changed: number;
  readonly stayed: Readonly<Record<string, number>>;
  readonly by: string | null;
  readonly beganAt: Instant;
}

export interface NewJob {
  readonly act: unknown;
  readonly total: number;
  readonly byAgent: number | null;
  readonly beganAt: Instant;
}

export function addJob(db: Db, job: NewJob): number {
  return insert(db, { ...job, state: 'running', lookedAt: 0, changed: 0, stayed: {}, endedAt: null }).id;
}

const insert = inserting(bulkJobs);

const JOB = `
  SELECT j.id, j.act, j.state, j.total, j.looked_at AS lookedAt, j.changed, j.stayed, a.name AS by,
    j.began_at AS beganAt FROM bulk_jobs j LEFT JOIN agents a ON a.id = j.by_agent`;

type JobRow = Omit<KeptJob, 'act' | 'stayed'> & { act: string; stayed: string };

export function jobById(db: ReadDb, id: number): KeptJob | null {
  const row = byId(db).get(id);
  return row === undefined ? null : fromRow(row);
}

const byId = reading<JobRow>(`${JOB} WHERE j.id = ?`);

/** The latest first. */
export function latestJobs(db: ReadDb, limit: number): KeptJob[] {
  return latest(db).all(limit).map(fromRow);
}

const latest = reading<JobRow>(`${JOB} ORDER BY j.id DESC LIMIT ?`);

function fromRow(row: JobRow): KeptJob {
  return {
    ...row,
    act: JSON.parse(row.act) as unknown,
    stayed: JSON.parse(row.stayed) as Record<string, number>,
  };
}

export function recordJob(
  db: Db,
  id: number,
  { lookedAt, changed, stayed }: Pick<KeptJob, 'lookedAt' | 'changed' | 'stayed'>,
): void {
  recorded(db).run(lookedAt, changed, JSON.stringify(stayed), id);
}

const recorded = writing('UPDATE bulk_jobs SET looked_at = ?, changed = ?, stayed = ? WHERE id = ?');

export function setJobState(db: Db, id: number, state: BulkState, at: Instant | null): void {
  stated(db).run(state, at, id);
}

const stated = writing('UPDATE bulk_jobs SET state = ?, ended_at = ifnull(?, ended_at) WHERE id = ?');

/** What ran when Parley ended stopped there. How many that were. */
export function stopUnfinishedJobs(db: Db, at: Instant): number {
  return stopped(db).run(at).changes;
}

const stopped = writing(
  "UPDATE bulk_jobs SET state = 'stopped', ended_at = ? WHERE state IN ('running', 'undoing')",
);

/** Keeps what a contact was before, so that the change can be taken back. */
export function keepChange(db: Db, jobId: number, contactId: number, before: string): void {
  kept(db).run(jobId, contactId, before);
}

const kept = writing(
  'INSERT INTO bulk_changes (job_id, contact_id, before) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
);

export interface Change {
  readonly contactId: number;
  readonly before: string;
}

export function changesOf(db: ReadDb, jobId: number, limit: number): Change[] {
  return changes(db).all(jobId, limit);
}

const changes = reading<Change>(
  'SELECT contact_id AS contactId, before FROM bulk_changes WHERE job_id = ? ORDER BY contact_id LIMIT ?',
);

export function dropChange(db: Db, jobId: number, contactId: number): void {
  dropped(db).run(jobId, contactId);
}

const dropped = writing('DELETE FROM bulk_changes WHERE job_id = ? AND contact_id = ?');

/** What can be taken back is kept this many jobs long; deleted people are not kept for ever behind the scenes. */
export function forgetOldChanges(db: Db, before: Instant): number {
  return forgotten(db).run(before).changes;
}

const forgotten = writing(
  'DELETE FROM bulk_changes WHERE job_id IN (SELECT id FROM bulk_jobs WHERE ended_at < ?)',
);
