import type { DedupePolicy } from '../../shared/domain/list-import.ts';
import { type Clock, sleep } from '../../shared/lib/clock.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { assert } from '../../shared/lib/assert.ts';
import { ROWS_AT_ONCE } from '../store/bulk-writing.ts';
import { type Db, isAwaited, withTransaction } from '../store/open.ts';
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
  changeImport,
  finishImport,
  importById,
  moveImport,
  recordThrough,
  setListOf,
} from '../store/imports.ts';
import { type Undone, finishUndo, undoImported } from '../store/import-undo.ts';
import { undoWhole } from '../store/import-undo-whole.ts';
import { addManyImported, undoChanges, updateImported } from '../store/import-contacts.ts';
import { numberMark, numbersAfter } from '../store/import-people.ts';
import { searchFromStart, searchImported, unsearchImported } from '../store/import-search.ts';
import { addList, removeListIfEmpty } from '../store/lists.ts';
import type { MadeContact } from './judge.ts';
import { keyIndex, keyOfNumber } from './key-index.ts';
import type { ImportSettings, TellProgress } from './settings.ts';

/** Between two slices whoever else wants to write gets in; without the rest a dial waits hundreds of times longer. */
const REST_MS = 1;
/**
 * A slice that works longer than this makes the next one smaller. A dial cuts it short after the row it is at, and
 * waits for its commit: the more rows, the more pages that writes.
 */
const SLICE_MS = 30;
const SLICE_ROWS = 1_000;
/** What cannot be cut short, one statement for many rows, takes no longer than a dial may wait. */
const WHOLE_MS = 2;
/** Words are merged many slices at once, in the commit of one of them: so much work is waited for as well. */
const WHOLE_ROWS = 200;
/** Rows that go touch more pages than rows that come, and the commit has to write them all. */
const UNDO_MS = 15;
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
  /** From how many contacts on an undo may take all of them at once. */
  readonly wholeFrom?: number;
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
  const pace = pacer(order.workedMs ?? (() => clock.now()), SLICE_MS);
  let through = asked.doneThrough;
  let done = asked.added + asked.updated;
  for (;;) {
    const rows = staging.going(through, pace.rows());
    if (rows.length === 0) break;
    if (signal?.aborted) return false;
    const written = pace.timed(
      () => withTransaction(db, () => slice(rows, clock)),
      (rowsIn) => rowsIn,
    );
    through = rows[written - 1]!.n;
    done += written;
    teller(done);
    await sleep(clock, REST_MS, signal);
  }
  if (signal?.aborted || !(await makeFindable(order))) return false;
  finishImport(db, importId, clock.now());
  return true;
}

/** Everybody is in and due by now. Their words come last: many at once cost a tenth of what each alone would. */
async function makeFindable(order: CommitOrder): Promise<boolean> {
  const { db, importId, clock } = order;
  const pace = pacer(order.workedMs ?? (() => clock.now()), WHOLE_MS, WHOLE_ROWS);
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
 * Writes one slice inside the transaction of the caller, as far as it gets before somebody else wants to write, and
 * tells how many rows that were. Whoever was added by others since the check is found
 * here: a person must not come in twice because the check was an hour ago.
 */
function sliceWriter(
  db: Db,
  { id, listId, settings }: Import,
): (rows: readonly StagedRow[], clock: Clock) => number {
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
    let [added, updated, written] = [0, 0, 0];
    const now = clock.now();
    const newcomers: MadeContact[] = [];
    const bringIn = () => {
      if (newcomers.length === 0) return;
      const first = addManyImported(db, id, listId, newcomers, now);
      const people = newcomers.map(({ numbers, fields }, nth) => ({
        contactId: first + nth,
        places: numbers[0]?.places ?? '||',
        priority: priorityIn(fields),
      }));
      enrolNew(db, { ...enrolling, dueAt: now }, people);
      added += newcomers.length;
      newcomers.length = 0;
    };
    for (const row of rows) {
      if (newcomers.length === 0 && written > 0 && isAwaited()) break;
      written += 1;
      const made = row.made as MadeContact;
      const target = row.target ?? whoCame(others, made, policy);
      const action = target === null ? 'keep-both' : policy.here;
      if (action === 'keep-both') {
        newcomers.push(made);
        if (newcomers.length === ROWS_AT_ONCE) bringIn();
      } else if (action === 'update' && target !== null) {
        if (updateImported(db, id, target, made)) updated += 1;
        enrolKnown(db, { ...enrolling, dueAt: now }, target, priorityIn(made.fields));
      }
    }
    bringIn();
    mark = numberMark(db);
    recordThrough(db, id, { through: rows[written - 1]!.n, added, updated });
    return written;
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
  const pace = pacer(order.workedMs ?? (() => clock.now()), WHOLE_MS, WHOLE_ROWS);
  const parts = pacer(order.workedMs ?? (() => clock.now()), UNDO_MS);
  let [removed, stayed] = [undoWhole(db, importId, order.wholeFrom), 0];
  let done = removed;
  teller(done);
  if (!(await inSlicesOf(order, pace, () => unsearchImported(db, importId, pace.rows())))) return null;
  searchFromStart(db, importId);
  for (let from: number | null = 0; from !== null; ) {
    if (signal?.aborted) return null;
    const behind: number = from;
    const slice: Undone = parts.timed(
      () => undoImported(db, importId, behind, parts.rows()),
      (part) => part.removed + part.stayed,
    );
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
  /** `rowsOf` tells how many rows it came to where it may have been cut short. */
  timed<T>(work: () => T, rowsOf?: (result: T) => number): T;
}

/** How many rows a slice has: as many as fit its time, on this machine and at this moment. */
function pacer(workedMs: () => number, sliceMs: number, rowsMax = SLICE_ROWS): Pace {
  let rows = 50;
  return {
    rows: () => rows,
    timed(work, rowsOf = () => rows) {
      const before = workedMs();
      const result = work();
      const tookMs = workedMs() - before;
      const fitting = Math.round((rowsOf(result) * sliceMs) / Math.max(0.1, tookMs));
      // Half way there at each step: one hiccup of the machine is no reason for tiny slices.
      rows = Math.max(SLICE_ROWS_MIN, Math.min(rowsMax, Math.round((rows + fitting) / 2)));
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
