import { readFileSync } from 'node:fs';
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
import { closeStore } from '../electron/store/open.ts';
import { openWorkerStore } from '../electron/store/worker-connection.ts';

/* A whole import as its thread does it, in a process of its own so that its memory can be told, step by step for `import.bench.ts`. */

const [file = '', list = '', staged = '', campaign = ''] = process.argv.slice(2);
const say = (word: unknown) => process.send?.(word);
const clock = machineClock();
const opened = openWorkerStore(file, clock);
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
writeInBulk(db);

/** Memory of its own; pages of files that the system lends it are not counted where they can be told apart. */
function memoryNow(): number {
  try {
    const found = /RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    if (found !== null) return Number(found[1]) * 1024;
  } catch {
    // Only Linux tells.
  }
  return process.memoryUsage.rss();
}

let memory = 0;
const watch = setInterval(() => {
  memory = Math.max(memory, memoryNow());
}, 50);

/** How long it took, and how much of that the processor worked: rests and neighbours do not count there. */
const timed = async <T>(work: () => Promise<T>): Promise<[T, number, number]> => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, performance.now() - startedAt, (user + system) / 1_000];
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
  campaignIds: [Number(campaign)],
};
const staging = openStaging(staged);
// Area code 555 is nobody’s: a million different numbers that are of the usual shape and reach no one.
const read = phoneReader(['555']);
say({ begins: 'check' });
const [checked, checkMs, checkCpu] = await timed(() =>
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
const before = process.cpuUsage();
let due = { ms: 0, cpu: 0 };
const tell = ({ step }: ImportProgress) => {
  if (step !== 'searching' || due.ms > 0) return;
  const { user, system } = process.cpuUsage(before);
  due = { ms: performance.now() - beganAt, cpu: (user + system) / 1_000 };
  say({ begins: 'search' });
};
const [, commitMs, commitCpu] = await timed(() =>
  commitImport({ db, staging, importId: id, clock, tell, workedMs: threadWorkMs }),
);
const { added } = importById(db, id)!;
say({ begins: 'undo' });
beginUndo(db, id);
const [undone, undoMs, undoCpu] = await timed(() =>
  undoImport({ db, importId: id, clock, workedMs: threadWorkMs }),
);
staging.close();
closeStore(db);
clearInterval(watch);
const cpu = { check: checkCpu, commit: due.cpu, search: commitCpu - due.cpu, undo: undoCpu };
say({
  done: {
    checkMs,
    commitMs: due.ms,
    searchMs: commitMs - due.ms,
    undoMs,
    cpu,
    added,
    removed: undone?.removed ?? 0,
    memory,
  },
});
process.disconnect();
