import type { BulkAct } from '../../shared/contract/contacts.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS, after } from '../../shared/lib/instants.ts';
import { breathe } from '../dialer/breathe.ts';
import { appendAudit } from '../store/audit.ts';
import {
  type KeptJob,
  addJob,
  changesOf,
  dropChange,
  forgetOldChanges,
  jobById,
  keepChange,
  recordJob,
  setJobState,
  stopUnfinishedJobs,
} from '../store/contact-bulk.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { type Sorted, carryOut, sortOut, takeBack } from './acts.ts';

/** Contacts in one transaction: a dial never waits longer than for these. */
const SLICE_ROWS = 50;
/** How long a change can be taken back. Deleted people are not kept for ever behind the scenes. */
const KEPT_MS = 7 * DAY_MS;

export interface BulkParts {
  readonly db: Db;
  readonly clock: Clock;
  /** Told after each slice. */
  readonly moved: () => void;
  /** Told when a change has ended, with what it was. */
  readonly ended: (act: BulkAct) => void;
  readonly log: (line: string, error?: unknown) => void;
}

/** Changes to many contacts: one slice after the other, so that everybody else has their turn. */
export interface Bulk {
  /** Sorts a whole selection without touching it. Null when the asker went away. */
  weigh(act: BulkAct, ids: Int32Array, signal: AbortSignal): Promise<Sorted | null>;
  start(act: BulkAct, ids: Int32Array, byAgent: number | null): KeptJob;
  stop(id: number): void;
  /** False when it is not there to be taken back. */
  undo(id: number): boolean;
  close(): Promise<void>;
}

export function openBulk(parts: BulkParts): Bulk {
  const { db, clock } = parts;
  const running = new Map<number, { stop: AbortController; done: Promise<void> }>();
  stopUnfinishedJobs(db, clock.now());
  forgetOldChanges(db, after(clock.now(), -KEPT_MS));

  const run = (id: number, work: (signal: AbortSignal) => Promise<void>) => {
    const stop = new AbortController();
    const done = work(stop.signal)
      .catch((error: unknown) => {
        parts.log('a change to many contacts ended early; what was done can be taken back', error);
        setJobState(db, id, 'stopped', clock.now());
      })
      .finally(() => {
        running.delete(id);
        parts.moved();
        parts.ended(jobById(db, id)!.act as BulkAct);
      });
    running.set(id, { stop, done });
  };

  return {
    async weigh(act, ids, signal) {
      const stay: Record<string, number> = {};
      const go: number[] = [];
      for (let at = 0; at < ids.length; at += SLICE_ROWS) {
        if (signal.aborted) return null;
        const sorted = sortOut(db, act, [...ids.subarray(at, at + SLICE_ROWS)]);
        for (const id of sorted.go) go.push(id);
        addUp(stay, sorted.stay);
        await breathe();
      }
      return { go, stay };
    },
    start(act, ids, byAgent) {
      const id = addJob(db, { act, total: ids.length, byAgent, beganAt: clock.now() });
      run(id, (signal) => carryOutAll(parts, id, act, ids, byAgent, signal));
      return jobById(db, id)!;
    },
    stop: (id) => running.get(id)?.stop.abort(),
    undo(id) {
      const job = jobById(db, id);
      if (job === null || !(job.state === 'done' || job.state === 'stopped') || running.has(id)) return false;
      setJobState(db, id, 'undoing', null);
      run(id, (signal) => takeBackAll(parts, job, signal));
      return true;
    },
    async close() {
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

async function carryOutAll(
  { db, clock, moved }: BulkParts,
  id: number,
  act: BulkAct,
  ids: Int32Array,
  byAgent: number | null,
  signal: AbortSignal,
): Promise<void> {
  const stayed: Record<string, number> = {};
  let changed = 0;
  let at = 0;
  // The first slice is not in the asking: whoever asked is told first that it runs.
  await breathe();
  for (; at < ids.length && !signal.aborted; at += SLICE_ROWS) {
    withTransaction(db, () => {
      const now = clock.now();
      const { go, stay } = sortOut(db, act, [...ids.subarray(at, at + SLICE_ROWS)]);
      for (const [contactId, before] of carryOut(db, act, go, { now, byAgent }))
        keepChange(db, id, contactId, before);
      changed += go.length;
      addUp(stayed, stay);
      recordJob(db, id, { lookedAt: Math.min(ids.length, at + SLICE_ROWS), changed, stayed });
    });
    moved();
    await breathe();
  }
  withTransaction(db, () => {
    setJobState(db, id, signal.aborted && at < ids.length ? 'stopped' : 'done', clock.now());
    note(db, 'contacts.changed', id, byAgent, clock, { act, changed, stayed });
  });
}

async function takeBackAll(
  { db, clock, moved }: BulkParts,
  job: KeptJob,
  signal: AbortSignal,
): Promise<void> {
  const act = job.act as BulkAct;
  const stayed: Record<string, number> = {};
  let left = job.changed;
  await breathe();
  while (!signal.aborted) {
    const slice = changesOf(db, job.id, SLICE_ROWS);
    if (slice.length === 0) break;
    withTransaction(db, () => {
      for (const { contactId, before } of slice) {
        if (!takeBack(db, act, contactId, before, clock.now()))
          addUp(stayed, { 'were gone on with since': 1 });
        dropChange(db, job.id, contactId);
      }
      left -= slice.length;
      recordJob(db, job.id, { lookedAt: job.changed - left, changed: left, stayed });
    });
    moved();
    await breathe();
  }
  withTransaction(db, () => {
    const isWhole = changesOf(db, job.id, 1).length === 0;
    setJobState(db, job.id, isWhole ? 'undone' : 'stopped', clock.now());
    note(db, 'contacts.change-undone', job.id, null, clock, { act, stayed });
  });
}

function note(db: Db, action: string, id: number, agentId: number | null, clock: Clock, what: object): void {
  const line = { at: clock.now(), agentId, action, subject: 'contacts', subjectId: String(id) };
  appendAudit(db, { ...line, before: null, after: what });
}

function addUp(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [why, count] of Object.entries(more)) sum[why] = (sum[why] ?? 0) + count;
}

/** Those of a result whom a selection means. */
export function idsIn(
  ids: Int32Array,
  ranges: readonly { readonly from: number; readonly to: number }[],
): Int32Array {
  const parts = ranges.map(({ from, to }) => ids.subarray(from, Math.max(from, to)));
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
