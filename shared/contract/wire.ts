import type { ZodType, z } from 'zod';
import type { LeastRole } from '../domain/people.ts';
import type { Result } from '../lib/result.ts';

/** A question the screen asks and the kernel answers. `least` is the least role that may ask it. */
export interface Ask<I extends ZodType = ZodType, O extends ZodType = ZodType> {
  readonly kind: 'ask';
  readonly least: LeastRole;
  readonly input: I;
  readonly output: O;
}

/** Something the kernel tells every screen, unasked. */
export interface Tell<P extends ZodType = ZodType> {
  readonly kind: 'tell';
  readonly payload: P;
}

export function ask<I extends ZodType, O extends ZodType>(least: LeastRole, input: I, output: O): Ask<I, O> {
  return { kind: 'ask', least, input, output };
}

export function tell<P extends ZodType>(payload: P): Tell<P> {
  return { kind: 'tell', payload };
}

export type Contract = Readonly<Record<string, Readonly<Record<string, Ask | Tell>>>>;

/** Why a question was not answered. `sentence` is for the person; `code` is for the screen's own choices. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
}

export type RefusalCode =
  | 'unknown-call'
  | 'bad-arguments'
  | 'too-large'
  | 'not-signed-in'
  | 'locked'
  | 'not-allowed'
  | 'not-found'
  | 'not-now'
  | 'conflict'
  | 'carrier'
  | 'storage'
  | 'lost'
  | 'our-mistake';

export type Answer<T> = Result<T, Refusal>;

type Asks<G> = { [N in keyof G]: G[N] extends Ask ? N : never }[keyof G];

/** What a screen holds: every ask is a function, every tell takes a listener and returns the way to stop. */
export type Client<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in keyof C[G]]: C[G][N] extends Ask<infer I, infer O>
      ? (...input: z.input<I> extends undefined ? [] : [z.input<I>]) => Promise<Answer<z.output<O>>>
      : C[G][N] extends Tell<infer P>
        ? (listener: (payload: z.output<P>, gap: boolean) => void) => () => void
        : never;
  };
};

/** What the kernel must have: one handler for each ask, and none left out. */
export type Handlers<C extends Contract, Caller> = {
  readonly [G in keyof C as Asks<C[G]> extends never ? never : G]: {
    readonly [N in Asks<C[G]>]: C[G][N] extends Ask<infer I, infer O>
      ? (input: z.output<I>, caller: Caller) => Answer<z.output<O>> | Promise<Answer<z.output<O>>>
      : never;
  };
};

type TellNames<G> = { [N in keyof G & string]: G[N] extends Tell ? N : never }[keyof G & string];

/** The payload of each topic, by its full name. */
export type Payloads<C extends Contract> = {
  [T in TopicName<C>]: T extends `${infer G}.${infer N}`
    ? C[G][N] extends Tell<infer P>
      ? z.input<P>
      : never
    : never;
};

export type TopicName<C extends Contract> = {
  [G in keyof C & string]: `${G}.${TellNames<C[G]>}`;
}[keyof C & string];

/** The largest message a screen may send. An import goes by file path, so nothing honest is larger. */
export const MESSAGE_BYTES_MAX = 1_000_000;

/** Frames on the wire, the same for both transports. */
export interface AskFrame {
  readonly id: number;
  readonly call: string;
  readonly input?: unknown;
}

export interface AnswerFrame {
  readonly id: number;
  readonly answer: Answer<unknown>;
}

export interface PushFrame {
  readonly topic: string;
  /** Rises by one per topic; a screen that sees a gap asks for a snapshot. */
  readonly seq: number;
  readonly payload: unknown;
}

export function callNames(contract: Contract): string[] {
  return namesOf(contract, 'ask');
}

export function topicNames(contract: Contract): string[] {
  return namesOf(contract, 'tell');
}

/** The entry of a call by its full name, or null where the contract has no such call. */
export function askNamed(contract: Contract, call: string): Ask | null {
  const [group = '', name = '', ...rest] = call.split('.');
  if (rest.length > 0) return null;
  if (!Object.hasOwn(contract, group) || !Object.hasOwn(contract[group]!, name)) return null;
  const entry = contract[group]![name]!;
  return entry.kind === 'ask' ? entry : null;
}

/** Carries frames. The preload offers one in Electron; the browser host's page makes one of a WebSocket. */
export interface Line {
  ask(call: string, input: unknown): Promise<Answer<unknown>>;
  listen(topic: string, listener: (frame: PushFrame) => void): () => void;
}

/** All that a screen needs to know of a contract: what may be asked, and what is told. */
export interface Names {
  readonly calls: readonly string[];
  readonly topics: readonly string[];
}

/** The client, derived from the contract: nobody types a channel's name. */
export function clientOf<C extends Contract>(contract: C, line: Line): Client<C> {
  return clientBy<C>({ calls: callNames(contract), topics: topicNames(contract) }, line);
}

/** The same from the names alone, for a page that is not to carry the shapes of all that is said. */
export function clientBy<C extends Contract>({ calls, topics }: Names, line: Line): Client<C> {
  const client: Record<string, Record<string, unknown>> = {};
  const put = (full: string, entry: unknown) => {
    const [group, name] = full.split('.') as [string, string];
    (client[group] ??= {})[name] = entry;
  };
  for (const call of calls) put(call, (input: unknown) => line.ask(call, input));
  for (const topic of topics) put(topic, listenerFor(line, topic));
  return client as Client<C>;
}

function listenerFor(line: Line, topic: string) {
  return (listener: (payload: unknown, gap: boolean) => void) => {
    let last: number | null = null;
    return line.listen(topic, ({ seq, payload }) => {
      const gap = last !== null && seq !== last + 1;
      last = seq;
      listener(payload, gap);
    });
  };
}

function namesOf(contract: Contract, kind: 'ask' | 'tell'): string[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries)
      .filter(([, entry]) => entry.kind === kind)
      .map(([name]) => `${group}.${name}`),
  );
}
