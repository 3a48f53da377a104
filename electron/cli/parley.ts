import { dataDirFor } from '../data-dir.ts';
import { settleZones } from '../zone-data.ts';
import { canICall } from './can-i-call.ts';
import { type Command, type Surroundings, readAsked } from './command.ts';
import { explainCampaign } from './explain.ts';
import { fetchHistory } from './history.ts';
import { importList } from './import.ts';
import { processCalls } from './process-calls.ts';
import { rehearse } from './rehearse.ts';
import { when } from './when.ts';

/** What a command line comes to: the exit code, and lines for one of the two outputs. */
export interface Said {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

const COMMANDS: readonly Command[] = [
  canICall,
  when,
  explainCampaign,
  rehearse,
  importList,
  fetchHistory,
  processCalls,
];

/** Answers one command line. Whatever cannot be done is one plain sentence and code 1. */
export async function parley([name, ...args]: readonly string[], surroundings: Surroundings): Promise<Said> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(helpOnAll());
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined)
    return fail(`“${name.slice(0, 40)}” is not something Parley does here. \`parley --help\` lists what is.`);
  if (args.includes('--help') || args.includes('-h')) return say(helpOn(command));
  const asked = readAsked(command, args);
  if (!asked.ok) return fail(asked.error);
  const dataDir = dataDirFor(asked.value.value('data') ?? undefined, surroundings.env, surroundings.platform);
  settleZones(dataDir, surroundings.clock.now(), () => {});
  const told = await command.run(asked.value, surroundings);
  if (!told.ok) return fail(told.error);
  const { lines, json } = told.value;
  return say(asked.value.value('json') === null ? lines : [JSON.stringify(json, null, 2)]);
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

function say(lines: readonly string[]): Said {
  return { code: 0, lines };
}

function fail(sentence: string): Said {
  return { code: 1, lines: [sentence] };
}
