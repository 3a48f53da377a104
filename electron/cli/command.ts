import { parseArgs } from 'node:util';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type Zone, isZone, localTime } from '../../shared/lib/zoned-time.ts';

/** One thing the command line can do. */
export interface Command {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly Option[];
  run(asked: Asked, surroundings: Surroundings): Promise<Result<Told, string>>;
}

export interface Option {
  readonly name: string;
  /** What its value is called; null for a switch. */
  readonly value: string | null;
  /** May be given more than once. */
  readonly many?: true;
  readonly about: string;
}

/** What was typed after the command's name. */
export interface Asked {
  readonly words: readonly string[];
  /** The value of an option; null where it was left out. */
  value(name: string): string | null;
  /** All values of an option that may be given more than once. */
  values(name: string): readonly string[];
}

/** What a command gets from the machine. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** What a command has to say: for people, and for programs. */
export interface Told {
  readonly lines: readonly string[];
  readonly json: unknown;
}

export const JSON_OPTION: Option = { name: 'json', value: null, about: 'answers in JSON, for programs' };
export const DATA_OPTION: Option = {
  name: 'data',
  value: 'DIR',
  about: 'the data folder, where it is not the usual one',
};
export const WORKSPACE_OPTION: Option = {
  name: 'workspace',
  value: 'W',
  about: 'the workspace by its id; left out, the one that was open last',
};

/** Reads the words and options of one command. What it does not know is refused with a sentence. */
export function readAsked({ name, options }: Command, args: readonly string[]): Result<Asked, string> {
  const known = Object.fromEntries(
    options.map((each) => [
      each.name,
      {
        type: each.value === null ? ('boolean' as const) : ('string' as const),
        multiple: each.many === true,
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: withValues(args, options),
      options: known,
      allowPositionals: true,
    });
    const all = (option: string) => {
      const given = values[option];
      return (given === undefined ? [] : Array.isArray(given) ? given : [given]).map(String);
    };
    return ok({ words: positionals, value: (option) => all(option).at(-1) ?? null, values: all });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const wrong = /'(-[^' ]+)/.exec((error as Error).message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      return refused(`“${wrong}” is not an option of ${name}. \`parley ${name} --help\` lists them.`);
    return refused(`“${wrong}” needs a value. \`parley ${name} --help\` says which.`);
  }
}

/** A value may begin with a dash, as -1 does; it belongs to the option before it. */
function withValues(args: readonly string[], options: readonly Option[]): string[] {
  const wanting = new Set(options.filter(({ value }) => value !== null).map(({ name }) => `--${name}`));
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const next = args[i + 1];
    const isValue = next !== undefined && !next.startsWith('--');
    if (wanting.has(args[i]!) && isValue) joined.push(`${args[i]}=${args[++i]}`);
    else joined.push(args[i]!);
  }
  return joined;
}

/** Reads an instant such as 2026-11-20T14:30:00-05:00. Without an offset nobody knows which one is meant. */
export function readInstant(text: string): Result<Instant, string> {
  const shown = text.slice(0, 40);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return refused(`“${shown}” is not an instant. Write it as 2026-11-20T14:30:00-05:00, or with Z for UTC.`);
  const ms = Date.parse(text);
  // A date that is not on the calendar rolls over into the next month without a word.
  const day = Number(text.slice(8, 10));
  const isThere =
    !Number.isNaN(ms) && new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)).getUTCDate() === day;
  return isThere ? ok(instant(ms)) : refused(`“${shown}” is not on the calendar or the clock.`);
}

/** A whole number between limits, or a sentence. */
export function readCount(text: string, what: string, max: number): Result<number, string> {
  const count = Number(text);
  return /^\d{1,9}$/.test(text) && count >= 1 && count <= max
    ? ok(count)
    : refused(`${what} must be a whole number from 1 to ${max}; “${text.slice(0, 40)}” is not.`);
}

/** `2026-11-20 09:30` as the clock in a zone shows it. */
export function shownIn(at: Instant, zone: Zone): string {
  const { date, minute } = localTime(at, isZone(zone) ? zone : 'UTC');
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function isoText(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
