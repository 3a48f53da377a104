import { assert } from '../../shared/lib/assert.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { openStaging } from '../store/import-staging.ts';
import { writeInBulk } from '../store/bulk-writing.ts';
import { closeStore } from '../store/open.ts';
import { openWorkerStore } from '../store/worker-connection.ts';
import { commitImport, undoImport } from './commit.ts';
import { threadWorkMs } from './thread-work.ts';

/* One step of an import in a process of its own, to be killed. `node testing-step.ts commit|undo|undo-whole DB STAGING ID` */

const [step, file = '', staged = '', id = ''] = process.argv.slice(2);
const clock = machineClock();
const opened = openWorkerStore(file, clock);
assert(opened.ok, opened.ok ? '' : opened.error.sentence);
const db = opened.value;
writeInBulk(db);
process.stdout.write('ready\n');
if (step === 'commit') {
  const staging = openStaging(staged);
  await commitImport({ db, staging, importId: Number(id), clock, workedMs: threadWorkMs });
  staging.close();
} else {
  const wholeFrom = step === 'undo-whole' ? 1 : Number.POSITIVE_INFINITY;
  await undoImport({ db, importId: Number(id), clock, workedMs: threadWorkMs, wholeFrom });
}
closeStore(db);
process.stdout.write('done\n');
