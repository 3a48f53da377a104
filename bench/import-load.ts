import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../shared/lib/assert.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { checkFile } from '../electron/lists/check.ts';
import { beginCommit, beginUndo, commitImport, undoImport } from '../electron/lists/commit.ts';
import { USUAL_POLICY } from '../shared/domain/list-import.ts';
import { phoneReader } from '../electron/lists/phones.ts';
import type { ImportProgress } from '../shared/domain/list-import.ts';
import type { ImportSettings } from '../electron/lists/settings.ts';
import { threadWorkMs } from '../electron/lists/thread-work.ts';
import { previewFile } from '../electron/lists/source.ts';
import { openStaging } from '../electron/store/import-staging.ts';
import { addImport, changeImport, importById, moveImport } from '../electron/store/imports.ts';
import { writeInBulk } from '../electron/store/bulk-writing.ts';
import { standingOf } from '../electron/store/import-undo.ts';
import { closeStore, heedWaiters } from '../electron/store/open.ts';
import { openWorkerStore } from '../electron/store/worker-connection.ts';

/* A whole import on a thread, as the app does it, step by step for `import.bench.ts`. */

export interface LoadOrder {
  readonly file: string;
  readonly list: string;
  readonly staged: string;
  readonly campaign: number;
  /** Where the thread sees who waits for the write lock. */
  readonly waiters: SharedArrayBuffer;
}

const { file, list, staged, campaign, waiters } = workerData as LoadOrder;
heedWaiters(waiters);
/** How long an undo is watched beside agents at work. */
const UNDO_BESIDE_MS = 3_000;

const port = present(parentPort, 'the port of the import');
const say = (word: unknown) => port.postMessage(word, []);
const clock = machineClock();
const opened = openWorkerStore(file, clock);
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
writeInBulk(db);

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const startedAt = performance.now();
  const result = await work();
  return [result, performance.now() - startedAt];
};

const seen = previewFile(list, 'US');
if (!seen.ok) throw new Error(seen.error);
const { encoding, dialect, mapping, signature } = seen.value;
const policy = USUAL_POLICY;
const settings: ImportSettings = {
  file: list,
  reading: { encoding, dialect, sheet: null },
  mapping,
  policy,
  signature,
  checkedMark: 0,
  campaignIds: [campaign],
};
const staging = openStaging(staged);
// Area code 555 is nobody’s: a million different numbers that are of the usual shape and reach no one.
const read = phoneReader(['555']);
say({ begins: 'check' });
const [checked, checkMs] = await timed(() =>
  checkFile({ db, staging, settings, source: 'bench', clock, read }),
);
if (!checked.ok) throw new Error(checked.error);
const id = addImport(db, { listId: null, fileName: 'bench', settings, createdAt: clock.now() });
changeImport(db, id, { settings: { ...settings, checkedMark: checked.value.checkedMark } });
moveImport(db, id, ['checking'], 'checked');
beginCommit(db, id, clock.now());
say({ begins: 'commit' });
// From the first word about searching on, everybody is enrolled and due.
const beganAt = performance.now();
let dueMs = 0;
const tell = ({ step }: ImportProgress) => {
  if (step !== 'searching' || dueMs > 0) return;
  dueMs = performance.now() - beganAt;
  say({ begins: 'search' });
};
const [, commitMs] = await timed(() =>
  commitImport({ db, staging, importId: id, clock, tell, workedMs: threadWorkMs }),
);
const { added } = importById(db, id)!;
say({ begins: 'undo' });
beginUndo(db, id);
const undo = (signal?: AbortSignal) =>
  undoImport({ db, importId: id, clock, workedMs: threadWorkMs, ...(signal && { signal }) });
// A while beside agents at work, and the rest once they have gone home.
const atWork = new AbortController();
setTimeout(() => atWork.abort(), UNDO_BESIDE_MS);
await undo(atWork.signal);
const left = standingOf(db, id).here;
say({ begins: 'undo, nobody at work' });
const [undone, undoMs] = await timed(() => undo());
staging.close();
closeStore(db);
const removed = undone?.removed ?? 0;
say({ done: { checkMs, commitMs: dueMs, searchMs: commitMs - dueMs, undoMs, added, removed, left } });
port.close();
