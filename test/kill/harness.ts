import type { Carrier, SimulatedCarrier } from '../../electron/carriers/carrier.ts';
import { createKernel } from '../../electron/kernel.ts';
import { agentById } from '../../electron/store/agents.ts';
import { openAttempts } from '../../electron/store/attempts.ts';
import { type ReadDb, openStore } from '../../electron/store/open.ts';
import { assert, present } from '../../shared/lib/assert.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { instant } from '../../shared/lib/instants.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { robot } from '../sim/robot.ts';
import { remoteCarrier } from './remote-carrier.ts';
import {
  type Setting,
  clockOf,
  fileJournal,
  journalKept,
  socketOf,
  workspaceOf,
  worldOf,
} from './setting.ts';

/* A kernel in a process of its own, with agents at work, to be killed. `node harness.ts SETTING` */

const setting = JSON.parse(process.argv[2] ?? '') as Setting;
const { dieAt, isDusk, folder } = setting;
const clock = clockOf(setting);
const far = await remoteCarrier(socketOf(setting), worldOf(setting));

/** Nothing after this line is run: no handler, no flush. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
}

/** Looks into the file as another process would: only what is committed is there. */
function outsider(): ReadDb {
  const opened = openStore(workspaceOf(setting), { now: () => instant(0), readonly: true });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  return opened.value;
}

function watchedClock(): Clock {
  if (dieAt !== 'intent') return clock;
  const db = outsider();
  return {
    now() {
      if (openAttempts(db).some((attempt) => attempt.state === 'intended')) die();
      return clock.now();
    },
    after: clock.after,
  };
}

const carrier: SimulatedCarrier = {
  ...far,
  async place(...asked: Parameters<Carrier['place']>) {
    if (dieAt === 'sent') die();
    const placed = far.place(...asked);
    // Long enough for the request to be on its way.
    if (dieAt === 'taken') setImmediate(die);
    const answer = await placed;
    if (dieAt === 'answered') die();
    return answer;
  },
  listen: (onEvent) =>
    far.listen((event) => {
      if (dieAt === 'event') die();
      onEvent(event);
    }),
};

const kernel = createKernel({
  kind: 'practice',
  file: workspaceOf(setting),
  clock: watchedClock(),
  random: machineRandom(),
  carrier,
  home: { country: 'US', zone: 'America/New_York' },
  tell() {},
  deskChanged() {},
  log: (line, error) => console.error(line, error),
});
assert(kernel.ok, kernel.ok ? '' : kernel.error.sentence);
const { desk, db } = kernel.value;
process.stdout.write('ready\n');

const name = `journal-${setting.people.join('-')}`;
const remembered = journalKept(folder, name);
const journal = fileJournal(folder, name);
for (const key of remembered.typed.keys())
  Map.prototype.set.call(journal.typed, key, remembered.typed.get(key));
for (const key of remembered.filed.keys())
  Map.prototype.set.call(journal.filed, key, remembered.filed.get(key));

for (const id of setting.people) {
  const person = present(agentById(db, id), `agent ${id}`);
  const { campaignIds } = setting;
  const each = robot({
    person,
    campaignIds,
    random: machineRandom(),
    journal,
    isDusk: () => isDusk,
    slowness: 0.3,
  });
  void (async () => {
    for (;;) {
      const typed = journal.typed.size;
      const filed = journal.filed.size;
      const restMs = await each.act(desk, kernel.value.clock.now());
      const isWrapUp = desk.view(person).session?.state.kind === 'wrap-up';
      if (dieAt === 'draft' && isWrapUp && journal.typed.size > typed) die();
      if (dieAt === 'filed' && journal.filed.size > filed) die();
      await new Promise<void>((go) => void clock.after(Math.min(restMs, 60_000), go));
    }
  })();
}

if (isDusk) await goHome();

/** Ends once nobody works and nothing is open, or after a while: the laws will say what was left. */
async function goHome(): Promise<void> {
  for (let waited = 0; waited < 800; waited++) {
    await new Promise((go) => setTimeout(go, 25));
    const isOver = !desk.isBusy() && openAttempts(db).length === 0;
    if (isOver) break;
  }
  if (!kernel.ok) return;
  await kernel.value.stop();
  process.exit(0);
}
