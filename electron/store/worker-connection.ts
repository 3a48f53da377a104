import { type Clock, sleep } from '../../shared/lib/clock.ts';
import type { Result } from '../../shared/lib/result.ts';
import { type Db, openStore, withTransaction } from './open.ts';
import type { StoreTrouble } from './trouble.ts';

/** Rows written before a worker lets others write. More makes a dial wait; many more make it wait long. */
export const SLICE_ROWS = 500;

/** How long a worker rests between slices. Without it the next slice is begun before anyone else gets in. */
const REST_MS = 1;

/**
 * A worker thread's own connection. The main one has opened, checked and migrated the file before any worker
 * starts; a file that has changed since is refused like anywhere else. Close it with `closeStore`.
 */
export function openWorkerStore(file: string, clock: Clock): Result<Db, StoreTrouble> {
  return openStore(file, { now: () => clock.now() });
}

/**
 * Writes many rows without being in anyone's way: at most 500 in a transaction of their own, then a short
 * rest. Each slice is kept or not as a whole. Returns how many rows were written; ends early on the signal.
 */
export async function inSlices<Row>(
  db: Db,
  rows: Iterable<Row> | AsyncIterable<Row>,
  write: (row: Row) => void,
  clock: Clock,
  signal?: AbortSignal,
): Promise<number> {
  let written = 0;
  let slice: Row[] = [];
  const flush = () => {
    withTransaction(db, () => slice.forEach((row) => write(row)));
    written += slice.length;
    slice = [];
  };
  for await (const row of rows) {
    if (signal?.aborted) return written;
    slice.push(row);
    if (slice.length < SLICE_ROWS) continue;
    flush();
    await sleep(clock, REST_MS, signal);
  }
  if (slice.length > 0 && !signal?.aborted) flush();
  return written;
}
