import type { DedupePolicy } from '../../shared/domain/list-import.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Db, withTransaction } from '../store/open.ts';
import type { StagedRow, Staging } from '../store/import-staging.ts';
import {
  campaignsThere,
  enrolKnown,
  enrolNew,
  priorityIn,
  undoEnrolments,
} from '../store/import-enrolments.ts';
import {
  type Import,
  type Undone,
  addImported,
  changeImport,
  finishImport,
  finishUndo,
  importById,
  moveImport,
  numberMark,
  numbersAfter,
  recordThrough,
  searchFromStart,
  searchImported,
  setListOf,
  undoChanges,
  undoImported,
  unsearchImported,
  updateImported,
} from '../store/imports.ts';
import { addList, removeListIfEmpty } from '../store/lists.ts';
import { SLICE_ROWS } from '../store/worker-connection.ts';
import type { MadeContact } from './judge.ts';
import { keyIndex, keyOfNumber } from './key-index.ts';
import type { ImportSettings, TellProgress } from './settings.ts';

/** Between two slices whoever else wants to write gets in; without the rest a dial waits hundreds of times longer. */
const REST_MS = 1;
/** A slice that takes longer than this makes the next one smaller: what a dial waits is the slice before it. */
const SLICE_MS = 4;
const SLICE_ROWS_MIN = 10;

export interface CommitOrder {
  readonly db: Db;
  readonly importId: number;
  readonly clock: Clock;
  readonly tell?: TellProgress;
  readonly signal?: AbortSignal;
  /**
   * How long this thread has worked, in ms. Slices are measured by it: by the clock, a busy machine would make
   * them ever smaller, and small slices are what costs most.
   */
  readonly workedMs?: () => number;
}

/**
 * Puts every row that goes in into the workspace, a slice at a time. Each slice and the word how far it got are
 * one transaction, so after a crash it goes on behind the last whole slice. True when it is all in.
 */
export async function commitImport({
  staging,
  ...order
}: CommitOrder & { staging: Staging }): Promise<boolean> {
  const { db, importId, clock, signal } = order;
  const asked = importById(db, importId);
  assert(asked?.state === 'committing', `import ${importId} is not being committed`);
  assert(staging.isSealed(), `the staging file of import ${importId} is not whole`);
  const goingInAll = staging.groups().reduce((sum, group) => sum + group.going, 0);
  const teller = rowTeller(order, 'committing', goingInAll);
  const slice = sliceWriter(db, asked);
  const pace = pacer(order.workedMs ?? (() => clock.now()));
  let through = asked.doneThrough;
  let done = asked.added + asked.updated;
  for (;;) {
    const rows = staging.going(through, pace.rows());
    const last = rows.at(-1);
    if (last === undefined) break;
    if (signal?.aborted) return false;
    pace.timed(() => withTransaction(db, () => slice(rows, clock)));
    through = last.n;
    done += rows.length;
    teller(done);
    await sleep(clock, REST_MS, signal);
  }
  if (signal?.aborted || !(await makeFindable(order, pace))) return false;
  finishImport(db, importId, clock.now());
  return true;
}

/** Everybody is in and due by now. Their words come last: many at once cost a tenth of what each alone would. */
async function makeFindable(order: CommitOrder, pace: Pace): Promise<boolean> {
  const { db, importId } = order;
  const teller = rowTeller(order, 'searching', importById(db, importId)?.added ?? 0);
  let done = 0;
  teller(done);
  return inSlicesOf(order, pace, () => {
    const found = searchImported(db, importId, pace.rows());
    teller((done += found));
    return found;
  });
}

/**
 * Writes one slice inside the transaction of the caller. Whoever was added by others since the check is found
 * here: a person must not come in twice because the check was an hour ago.
 */
function sliceWriter(
  db: Db,
  { id, listId, settings }: Import,
): (rows: readonly StagedRow[], clock: Clock) => void {
  const { policy, checkedMark, campaignIds = [] } = settings as ImportSettings;
  const enrolling = { importId: id, campaignIds: campaignsThere(db, campaignIds) };
  const others = keyIndex();
  let mark = checkedMark;
  const lookAround = () => {
    for (const { contactId, e164 } of numbersAfter(db, mark, id)) others.add(keyOfNumber(e164), contactId);
    mark = numberMark(db);
  };
  // An import that goes on after a crash has a lot behind the mark: not a matter for a transaction.
  lookAround();
  return (rows, clock) => {
    lookAround();
    let [added, updated] = [0, 0];
    for (const row of rows) {
      const made = row.made as MadeContact;
      const target = row.target ?? whoCame(others, made, policy);
      const action = target === null ? 'keep-both' : policy.here;
      const now = clock.now();
      if (action === 'keep-both') {
        const contactId = addImported(db, id, listId, made, now);
        const places = made.numbers[0]?.places ?? '||';
        enrolNew(db, { ...enrolling, dueAt: now }, contactId, { places, priority: priorityIn(made.fields) });
        added += 1;
      } else if (action === 'update' && target !== null) {
        if (updateImported(db, id, target, made)) updated += 1;
        enrolKnown(db, { ...enrolling, dueAt: now }, target, priorityIn(made.fields));
      }
    }
    mark = numberMark(db);
    recordThrough(db, id, { through: rows.at(-1)!.n, added, updated });
  };
}

function whoCame(
  others: ReturnType<typeof keyIndex>,
  { numbers }: MadeContact,
  { matchBy }: DedupePolicy,
): number | null {
  if (others.size === 0 || !matchBy.numbers) return null;
  for (const { e164 } of numbers) {
    const found = others.get(keyOfNumber(e164));
    if (found !== null) return found;
  }
  return null;
}

export interface UndoFindings {
  readonly removed: number;
  readonly stayed: number;
}

/**
 * Takes an import back: contacts it added go, but for those that were called or are in a call; contacts it
 * changed are what they were. Can be begun again after a crash. Null when it was called off.
 */
export async function undoImport(order: CommitOrder): Promise<UndoFindings | null> {
  const { db, importId, clock, signal } = order;
  const asked = importById(db, importId);
  assert(asked?.state === 'undoing', `import ${importId} is not being undone`);
  const teller = rowTeller(order, 'undoing', asked.added + asked.updated);
  const pace = pacer(order.workedMs ?? (() => clock.now()));
  let [removed, stayed, done] = [0, 0, 0];
  if (!(await inSlicesOf(order, pace, () => unsearchImported(db, importId, pace.rows())))) return null;
  searchFromStart(db, importId);
  for (let from: number | null = 0; from !== null; ) {
    if (signal?.aborted) return null;
    const behind: number = from;
    const slice: Undone = pace.timed(() => undoImported(db, importId, behind, pace.rows()));
    removed += slice.removed;
    stayed += slice.stayed;
    done += slice.removed + slice.stayed;
    from = slice.next;
    teller(done);
    await sleep(clock, REST_MS, signal);
  }
  const giveBack = () => {
    const given = undoChanges(db, importId, pace.rows());
    teller((done += given));
    return given;
  };
  if (!(await inSlicesOf(order, pace, giveBack))) return null;
  if (!(await inSlicesOf(order, pace, () => undoEnrolments(db, importId, pace.rows())))) return null;
  // Whoever stays can be found again.
  if (!(await inSlicesOf(order, pace, () => searchImported(db, importId, pace.rows())))) return null;
  withTransaction(db, () => {
    finishUndo(db, importId, stayed, clock.now());
    const { madeListId } = asked.settings as ImportSettings;
    if (madeListId !== undefined) removeListIfEmpty(db, madeListId);
  });
  return { removed, stayed };
}

/** Works slice by slice until one finds nothing to do. False when called off. */
async function inSlicesOf({ clock, signal }: CommitOrder, pace: Pace, slice: () => number): Promise<boolean> {
  for (;;) {
    if (signal?.aborted) return false;
    if (pace.timed(slice) === 0) return true;
    await sleep(clock, REST_MS, signal);
  }
}

interface Pace {
  rows(): number;
  timed<T>(work: () => T): T;
}

/** How many rows a slice has: as many as fit its time, on this machine and at this moment. */
function pacer(workedMs: () => number): Pace {
  let rows = SLICE_ROWS / 10;
  return {
    rows: () => rows,
    timed(work) {
      const before = workedMs();
      const result = work();
      const tookMs = workedMs() - before;
      const fitting = Math.round((rows * SLICE_MS) / Math.max(0.1, tookMs));
      // Half way there at each step: one hiccup of the machine is no reason for tiny slices.
      rows = Math.max(SLICE_ROWS_MIN, Math.min(SLICE_ROWS, Math.round((rows + fitting) / 2)));
      return result;
    },
  };
}

/** Makes an import ready for its next step, or says that it is not in a state for it. */
export function beginCommit(db: Db, importId: number, now: Instant): boolean {
  return withTransaction(db, () => {
    if (!moveImport(db, importId, ['checked', 'committing'], 'committing')) return false;
    const { listId, settings, fileName } = importById(db, importId)!;
    const { listName = '' } = settings as ImportSettings;
    if (listId !== null || listName === '') return true;
    const madeListId = addList(db, { name: listName, source: fileName, createdAt: now });
    setListOf(db, importId, madeListId);
    changeImport(db, importId, { settings: { ...(settings as ImportSettings), madeListId } });
    return true;
  });
}

export function beginUndo(db: Db, importId: number): boolean {
  return moveImport(db, importId, ['committing', 'committed', 'undoing'], 'undoing');
}

function rowTeller(
  { clock, tell }: CommitOrder,
  step: 'committing' | 'searching' | 'undoing',
  total: number,
) {
  const startedAt = clock.now();
  let toldAt = startedAt;
  let first: number | null = null;
  return (rows: number) => {
    const isFirst = first === null;
    first ??= rows;
    const now = clock.now();
    if (tell === undefined || (!isFirst && now - toldAt < 100 && rows < total)) return;
    toldAt = now;
    const rowsPerSecond = Math.round(((rows - first) * 1000) / Math.max(1, now - startedAt));
    tell({ step, rows, rowsPerSecond, part: total === 0 ? 1 : Math.min(1, rows / total) });
  };
}
