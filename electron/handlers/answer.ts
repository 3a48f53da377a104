import {
  type Answer,
  type Ask,
  type Contract,
  MESSAGE_BYTES_MAX,
  type Refusal,
  askNamed,
} from '../../shared/contract/wire.ts';
import { type Person, mayDo } from '../../shared/domain/people.ts';
import { refused } from '../../shared/lib/result.ts';
import { sentenceAbout, wordsFor } from './bad-arguments.ts';
import { storageTroubleIn } from './storage-trouble.ts';

/** Who sits at the screen that asks. */
export interface Caller {
  readonly person: Person | null;
  readonly isLocked: boolean;
}

type Handler = (input: unknown, caller: Caller) => unknown;
export type HandlerTable = Readonly<Record<string, Readonly<Record<string, Handler>>>>;

export interface Door {
  readonly contract: Contract;
  readonly handlers: HandlerTable;
  /** Told of mistakes of ours, with the call's name and never with its arguments. */
  readonly log: (line: string, error?: unknown) => void;
}

/**
 * Answers one call: is there such a call, may this person make it, are the arguments what the contract says?
 * Only then does a handler see it. Whatever goes wrong becomes a refusal with a sentence; nothing is thrown.
 */
export async function answer(
  door: Door,
  caller: Caller,
  call: string,
  input: unknown,
): Promise<Answer<unknown>> {
  const entry = typeof call === 'string' ? askNamed(door.contract, call) : null;
  if (entry === null) return refused(unknownCall(call));
  const notAllowed = whyNot(caller, entry.least);
  if (notAllowed !== null) return refused(notAllowed);
  if (sizeOf(input) > MESSAGE_BYTES_MAX) return refused(tooLarge());
  const parsed = entry.input.safeParse(input, { error: wordsFor });
  if (!parsed.success) return refused({ code: 'bad-arguments', sentence: sentenceAbout(parsed.error) });

  const [group, name] = call.split('.') as [string, string];
  try {
    const given = (await door.handlers[group]![name]!(parsed.data, caller)) as Answer<unknown>;
    return asPromised(entry, given);
  } catch (error) {
    return refused(storageTroubleIn(error) ?? ourMistake(door, call, error));
  }
}

/** What the contract says of the answer, and nothing more: what a handler knows beyond it stays here. */
function asPromised(entry: Ask, given: Answer<unknown>): Answer<unknown> {
  if (given.ok) return { ok: true, value: entry.output.parse(given.value) };
  const { code, sentence } = given.error;
  return refused({ code, sentence });
}

export function tooLarge(): Refusal {
  return {
    code: 'too-large',
    sentence: 'That was too much at once, so nothing was changed. Send it in smaller parts.',
  };
}

/** Why a caller may not ask for what needs this role; null when they may. */
export function whyNot(caller: Caller, least: Parameters<typeof mayDo>[1]): Refusal | null {
  if (least === 'anyone') return null;
  if (caller.person === null)
    return { code: 'not-signed-in', sentence: 'Nobody is signed in. Sign in first.' };
  if (caller.isLocked)
    return {
      code: 'locked',
      sentence: 'Parley is locked. Enter your PIN to go on; a call under way goes on.',
    };
  if (mayDo(caller.person, least)) return null;
  return {
    code: 'not-allowed',
    sentence: `Only ${least === 'admin' ? 'an admin' : 'a supervisor'} may do this. Ask one to do it, or to change your role.`,
  };
}

function unknownCall(call: string): Refusal {
  const name = String(call).slice(0, 60);
  return {
    code: 'unknown-call',
    sentence: `This window asked for “${name}”, which this Parley does not know. Nothing was changed. Reload the window.`,
  };
}

function ourMistake(door: Door, call: string, error: unknown): Refusal {
  door.log(`${call} failed`, error);
  return {
    code: 'our-mistake',
    sentence:
      'Parley made a mistake and cannot say whether this was done. What was saved before is safe. Look first, then try again; if it stays, restart Parley.',
  };
}

/** Close enough to the bytes on the wire, and the same for both transports. */
function sizeOf(input: unknown): number {
  if (input === undefined) return 0;
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
