import { z } from 'zod';
import type { Clock } from '../shared/lib/clock.ts';
import { absentCarrier } from './carriers/absent.ts';
import type { AccountCarrier } from './carriers/account.ts';
import type { Carrier } from './carriers/carrier.ts';
import { type Line, failOver } from './carriers/fail-over.ts';
import { type Hooks, type KnownCarrier, type Values, knownCarrier } from './carriers/known.ts';
import type { Secrets } from './host.ts';
import type { Db, ReadDb } from './store/open.ts';
import { setSetting, setting } from './store/settings.ts';

/** What a workspace keeps of its carriers in its database: nothing that is secret. */
export interface KeptCarriers {
  /** Which are set up, in the order in which they are asked. */
  readonly order: readonly string[];
  readonly values: Readonly<Record<string, Values>>;
  /** Numbers in use, as `+` and digits. */
  readonly numbers: Readonly<Record<string, readonly string[]>>;
}

/** The carriers of a live workspace, made. Stays in the main process: it knows the credentials. */
export interface WorkspaceCarriers {
  /** Null where none is set up: then calls stay on this computer. */
  readonly carrier: Carrier | null;
  readonly lines: readonly AccountLine[];
  /** What was typed for a carrier, secrets and all, for whoever checks its signatures. Null where they are gone. */
  valuesOf(kind: string): Values | null;
}

export type AccountLine = Line & { readonly carrier: AccountCarrier };

/** Where carriers may call us back. The relay stands here while it is open; it opens after the carriers are made. */
export interface HookBook {
  current: {
    urlFor(carrier: string, kind: string, attemptId: string): string | null;
    secretFor(attemptId: string): string;
  } | null;
}

const keptShape = z.object({
  order: z.array(z.string()).catch([]),
  values: z.record(z.string(), z.record(z.string(), z.string())).catch({}),
  numbers: z.record(z.string(), z.array(z.string())).catch({}),
});

export function keptCarriers(db: ReadDb): KeptCarriers {
  const kept = keptShape.safeParse(setting(db, 'workspace', 'carriers')).data;
  const { order = [], values = {}, numbers = {} } = kept ?? {};
  return { order: order.filter((kind) => knownCarrier(kind) !== null), values, numbers };
}

export function keepCarriers(db: Db, kept: KeptCarriers): void {
  setSetting(db, 'workspace', 'carriers', kept);
}

/** The secrets of a carrier; null where they were never entered, or were forgotten when Parley was closed. */
export async function secretsOf(secrets: Secrets, workspaceId: string, kind: string): Promise<Values | null> {
  const kept = await secrets.get(nameOf(workspaceId, kind));
  if (kept === null) return null;
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(kept));
  } catch {
    return null;
  }
}

/** Null forgets them. False where they last only until Parley is closed. */
export function keepSecrets(
  secrets: Secrets,
  workspaceId: string,
  kind: string,
  values: Values | null,
): Promise<boolean> {
  return secrets.set(nameOf(workspaceId, kind), values === null ? null : JSON.stringify(values));
}

/** Secrets of one workspace are no other’s (row A7). */
function nameOf(workspaceId: string, kind: string): string {
  return `workspace.${workspaceId}.carrier.${kind}`;
}

export interface CarrierParts {
  readonly workspaceId: string;
  readonly kept: KeptCarriers;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly hooks: HookBook;
}

/** Makes the carriers that are set up. One whose secrets are gone stays in its place, and places nothing. */
export async function carriersOf(parts: CarrierParts): Promise<WorkspaceCarriers> {
  const { workspaceId, kept, secrets } = parts;
  const typed = new Map<string, Values>();
  const lines: AccountLine[] = [];
  for (const kind of kept.order) {
    const known = knownCarrier(kind);
    if (known === null) continue;
    const secret = await secretsOf(secrets, workspaceId, kind);
    const values = secret === null ? null : { ...kept.values[kind], ...secret };
    if (values !== null) typed.set(kind, values);
    const carrier = makeLine(parts, kind, known, values);
    const { title, serves } = known;
    lines.push({ kind, title, serves, carrier, numbers: kept.numbers[kind] ?? [] });
  }
  const [first, ...others] = lines;
  return {
    carrier: first === undefined ? null : failOver([first, ...others]),
    lines,
    valuesOf: (kind) => typed.get(kind) ?? null,
  };
}

function makeLine(
  { clock, hooks }: CarrierParts,
  kind: string,
  known: KnownCarrier,
  values: Values | null,
): AccountCarrier {
  if (values === null) return absentCarrier(kind, forgotten(known));
  return known.make(values, { clock, hooks: hooksAt(hooks, kind) });
}

function forgotten({ title }: KnownCarrier): string {
  return `The credentials of ${title} are not on this computer any more. Enter them again in Settings › Carriers.`;
}

function hooksAt(book: HookBook, carrier: string): Hooks {
  return {
    urlFor: (kind, attemptId) => book.current?.urlFor(carrier, kind, attemptId) ?? null,
    secretFor: (attemptId) => book.current?.secretFor(attemptId) ?? '',
  };
}
