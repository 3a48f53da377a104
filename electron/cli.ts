import { machineClock } from '../shared/lib/clock.ts';
import { machineRandom } from '../shared/lib/random.ts';
import { parley } from './cli/parley.ts';

/* `parley …`: questions to the law and to the workspaces, and one tick of what calls by itself. */

const { argv, env, platform } = process;

try {
  const surroundings = { clock: machineClock(), random: machineRandom(), env, platform };
  const { code, lines } = await parley(argv.slice(2), surroundings);
  (code === 0 ? process.stdout : process.stderr).write(`${lines.join('\n')}\n`);
  process.exitCode = code;
} catch (error) {
  const what = error instanceof Error ? error.message : String(error);
  console.error(`Parley met an error it did not expect (${what}). With PARLEY_DEBUG=1 it says more.`);
  if (env.PARLEY_DEBUG === '1') console.error(error);
  process.exitCode = 1;
}
