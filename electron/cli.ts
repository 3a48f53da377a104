import { machineClock } from '../shared/lib/clock.ts';
import { machineRandom } from '../shared/lib/random.ts';
import { canICall } from './cli/can-i-call.ts';
import { type Command, readAsked } from './cli/command.ts';
import { explainCampaign } from './cli/explain.ts';
import { processCalls } from './cli/process-calls.ts';
import { when } from './cli/when.ts';

/* `parley …`: questions to the law and to the workspaces, and one tick of what calls by itself. */

const COMMANDS: readonly Command[] = [canICall, when, explainCampaign, processCalls];

async function parley([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(helpOnAll());
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined)
    return fail(`“${name.slice(0, 40)}” is not something Parley does here. \`parley --help\` lists what is.`);
  if (args.includes('--help') || args.includes('-h')) return say(helpOn(command));
  const asked = readAsked(command, args);
  if (!asked.ok) return fail(asked.error);
  const { env, platform } = process;
  const clock = machineClock();
  const told = await command.run(asked.value, { clock, random: machineRandom(), env, platform });
  if (!told.ok) return fail(told.error);
  return say(
    asked.value.value('json') === null ? told.value.lines : [JSON.stringify(told.value.json, null, 2)],
  );
}

function helpOnAll(): string[] {
  return [
    'parley <command> [options]',
    '',
    ...COMMANDS.flatMap(({ name, usage, about }) => [`  ${name} ${usage}`, `      ${about}`]),
    '',
    '`parley <command> --help` tells more. `--json` answers for programs.',
  ];
}

function helpOn({ name, usage, about, options }: Command): string[] {
  const shown = options.map(({ name: option, value, about: what }) => {
    return `  ${`--${option}${value === null ? '' : ` ${value}`}`.padEnd(18)}${what}`;
  });
  return [`parley ${name} ${usage}`, '', `${about.charAt(0).toUpperCase()}${about.slice(1)}.`, '', ...shown];
}

function say(lines: readonly string[]): number {
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

try {
  process.exitCode = await parley(process.argv.slice(2));
} catch (error) {
  process.exitCode = fail(
    `Parley met an error it did not expect (${error instanceof Error ? error.message : String(error)}). With PARLEY_DEBUG=1 it says more.`,
  );
  if (process.env.PARLEY_DEBUG === '1') console.error(error);
}
