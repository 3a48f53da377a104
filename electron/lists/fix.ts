import { basename } from 'node:path';
import type { ImportProgress, Mapping } from '../../shared/domain/list-import.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { ownersOf } from '../store/contacts.ts';
import type { ReadDb } from '../store/open.ts';
import type { StagedRow, Staging } from '../store/import-staging.ts';
import { registryWith } from '../store/registries.ts';
import type { KeyIndex } from './key-index.ts';
import { keysOf } from './check.ts';
import { phoneReader } from './phones.ts';
import { placesReader } from './placing.ts';
import type { ImportSettings } from './settings.ts';
import { type Place, weighRow } from './weigh-row.ts';

export type GroupOf = { readonly verdict: string; readonly reason?: string | undefined };
/** A group, or everything that its left out part would name. */
export type RowsOf = { readonly verdict?: string | undefined; readonly reason?: string | undefined };

/** What is changed about every row of a group: a cell, or how the cells are read. */
export interface FixAlike {
  readonly cells?: readonly { readonly column: number; readonly text: string }[];
  readonly mapping?: Mapping;
}

interface FixOrder {
  readonly db: ReadDb;
  readonly staging: Staging;
  readonly settings: ImportSettings;
  readonly clock: Clock;
  readonly tell?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

const FIXED_AT_ONCE = 200;

/** Weighs every row of a group anew, the same thing changed in each. How many of them can go in now. */
export async function fixAlike(order: FixOrder, of: GroupOf, change: FixAlike): Promise<number> {
  const { db, staging, settings, clock, signal } = order;
  const { mapping = settings.mapping, cells = [] } = change;
  const fix = rowFixer(db, staging, { ...settings, mapping });
  const total = staging
    .groups()
    .filter(({ verdict, reason }) => verdict === of.verdict && reason === (of.reason ?? reason))
    .reduce((sum, { n }) => sum + n, 0);
  const startedAt = clock.now();
  let [mended, rows] = [0, 0];
  for (let after = 0; !signal?.aborted; ) {
    const page = staging.page(of, after, FIXED_AT_ONCE);
    if (page.length === 0) break;
    staging.inOne(() => {
      for (const row of page) if (fix({ ...row, cells: withCells(row.cells, cells) }).goes) mended += 1;
    });
    rows += page.length;
    after = page.at(-1)!.n;
    const rowsPerSecond = Math.round((rows * 1000) / Math.max(1, clock.now() - startedAt));
    order.tell?.({ step: 'fixing', rows, rowsPerSecond, part: Math.min(1, rows / Math.max(1, total)) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return mended;
}

export function withCells(
  cells: readonly string[],
  changed: readonly { readonly column: number; readonly text: string }[],
): string[] {
  const mended = [...cells];
  for (const { column, text } of changed) mended[column] = text;
  return Array.from(mended, (cell) => cell ?? '');
}

/**
 * Weighs single rows anew and puts them in their place in the staging file. Where the check keeps everybody in
 * memory, this asks the workspace about the few numbers at hand.
 */
export function rowFixer(db: ReadDb, staging: Staging, settings: ImportSettings): (row: Place) => StagedRow {
  const tools = { read: phoneReader(), placesOf: placesReader(), source: basename(settings.file) };
  return (place) => {
    const row = { n: place.n, line: place.line, cells: place.cells };
    const weighed = weighRow(row, {
      mapping: settings.mapping,
      policy: settings.policy,
      tools,
      here: {
        numbers: asking((key) => ownersOf(db, `+${key}` as never)[0]?.contact.id ?? null),
        emails: NOBODY,
        hasEmail: () => false,
      },
      inFile: {
        numbers: asking((key) => staging.holderOf(key, row.n)),
        emails: NOBODY,
        hasEmail: () => false,
      },
      alone: {
        why({ numbers, company, email, consents }) {
          const found = numbers
            .map(({ e164 }) => doNotCallFor(db, { e164, company, email }))
            .find((each) => each !== null);
          if (found) return `${found.value} is on the do-not-call list.`;
          const hasAgreed = consents.some(({ kind }) => kind === 'call');
          const registered = hasAgreed ? null : numbers.find(({ e164 }) => registryWith(db, e164) !== null);
          return registered ? `${registered.e164} is in a register of do-not-call.` : null;
        },
      },
    });
    staging.replace(
      weighed,
      keysOf(weighed).map(([key]) => key),
    );
    return weighed;
  };
}

/** An index that looks up instead of remembering. */
function asking(get: (key: number) => number | null): KeyIndex {
  return { get, add: (_key, value) => value, size: 0 };
}

const NOBODY = asking(() => null);
