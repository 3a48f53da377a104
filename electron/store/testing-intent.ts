import { instant } from '../../shared/lib/instants.ts';
import { insertIntent } from './attempts.ts';
import { closeStore, openStore } from './open.ts';
import { anAttempt } from './testing.ts';

/* Another process that wants to ring a number: `node testing-intent.ts FILE NUMBER`. Says whether it may. */

const [file = '', to = ''] = process.argv.slice(2);
const opened = openStore(file, { now: () => instant(0) });
if (!opened.ok) throw new Error(opened.error.sentence);
const attempt = { ...anAttempt(), id: '00000000-0000-7000-8000-ffffffffffff', to: to as never };
process.stdout.write(insertIntent(opened.value, attempt, { kind: 'ring' }) === null ? 'held' : 'rings');
closeStore(opened.value);
