import { shippedLaw } from '../../shared/domain/law/book.ts';
import { sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { openSecond } from '../sim/second.ts';
import { remoteCarrier } from './remote-carrier.ts';
import { type Setting, clockOf, socketOf, workspaceOf, worldOf } from './setting.ts';

/* What `parley process-calls` does, over and over, in a process of its own beside the first. `node second-harness.ts SETTING` */

const setting = JSON.parse(process.argv[2] ?? '') as Setting;
const clock = clockOf(setting);
const carrier = await remoteCarrier(socketOf(setting), worldOf(setting));
const { tick } = openSecond({
  file: workspaceOf(setting),
  self: { clock, carrier, random: machineRandom(), commits: { before() {}, after() {} } },
  law: shippedLaw,
  log: (line, error) => console.error(line, error),
});
process.stdout.write('ready\n');
for (;;) {
  await tick();
  await sleep(clock, 5 * SECOND_MS);
}
