import type { Clock } from '../../shared/lib/clock.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import type { ReadDb } from '../store/open.ts';
import type { StagedRow, Staging } from '../store/import-staging.ts';
import { numberMark } from '../store/import-people.ts';
import { storeTrouble } from '../store/trouble.ts';
import { keyIndex, keyOfNumber } from './key-index.ts';
import type { MadeContact } from './judge.ts';
import { type PhoneReader, phoneReader } from './phones.ts';
import { placesReader } from './placing.ts';
import type { ImportSettings, TellProgress } from './settings.ts';
import { encodingOf, printOf, readTrouble, recordsOf, sizeOf } from './source.ts';
import { tidyEmail } from './dedupe.ts';
import { type Weighing, leftAlone, peopleHere, weighRow } from './weigh-row.ts';

export interface CheckOrder {
  readonly db: ReadDb;
  readonly staging: Staging;
  readonly settings: ImportSettings;
  readonly source: string;
  readonly clock: Clock;
  readonly tell?: TellProgress;
  readonly signal?: AbortSignal;
  readonly read?: PhoneReader;
}

export interface Checked {
  /** How many rows of each verdict there are. */
  readonly counts: Readonly<Record<string, number>>;
  /** See `ImportSettings`. */
  readonly checkedMark: number;
}

/**
 * Reads a whole file into its staging file, with a verdict on each row. Nothing of it is in the workspace yet:
 * whatever goes wrong, or is called off, leaves nothing behind but a file to remove.
 */
export async function checkFile({
  staging,
  settings,
  signal,
  ...order
}: CheckOrder): Promise<Result<Checked, string>> {
  const { file, reading } = settings;
  const size = sizeOf(file);
  if (!size.ok) return size;
  try {
    const print = printOf(file);
    const wrong = wrongEncoding(file, settings);
    if (wrong !== null) return refused(wrong);
    const checkedMark = numberMark(order.db);
    const weighing = weighingOf(order.db, staging, { settings, source: order.source, read: order.read });
    const teller = progressTeller(order.clock, order.tell, Math.max(1, size.value));
    const counts: Record<string, number> = {};
    let n = reading.dialect.hasHeader ? -1 : 0;
    for (const batch of recordsOf(file, reading)) {
      if (!batch.ok) return batch;
      const rows: StagedRow[] = [];
      for (const { line, cells } of batch.value.records) {
        n += 1;
        if (n === 0) continue;
        const row = weighRow({ n, line, cells }, weighing);
        counts[row.verdict] = (counts[row.verdict] ?? 0) + 1;
        rows.push(row);
      }
      staging.add(rows, rows.flatMap(keysOf));
      teller(n, batch.value.bytes);
      // A word from outside, such as “stop”, is only heard between two turns.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) return refused(CALLED_OFF);
    }
    if (n < 1)
      return refused(
        'This file has a header and no rows. Nothing was imported. Choose the file that has the rows in it.',
      );
    if (printOf(file) !== print)
      return refused(
        'The file was changed while it was being read. Nothing was imported. Wait until it is finished, then check it again.',
      );
    staging.seal();
    return ok({ counts, checkedMark });
  } catch (error) {
    return refused(storeTrouble(file, error)?.kind === 'disk-full' ? DISK_FULL : readTrouble(error));
  }
}

export const CALLED_OFF = 'The import was called off. Nothing was imported.';
const DISK_FULL =
  'The disk is full. Nothing was imported, and everything that was here is safe. Free some space, then check the file again.';

/** A preview saw only the head; an accent a million lines below may say otherwise. */
function wrongEncoding(file: string, { reading: { encoding, sheet } }: ImportSettings): string | null {
  if (encoding !== 'utf-8' || sheet !== null) return null;
  const found = encodingOf(file);
  return found === 'utf-8'
    ? null
    : `Further down this file is not UTF-8 but looks like ${found}. Nothing was imported. Choose that encoding, look at the names once more, and check it again.`;
}

/** What a row is weighed with: everybody who is here, and everybody in the file so far. */
export function weighingOf(
  db: ReadDb,
  staging: Staging,
  { settings, source, read }: { settings: ImportSettings; source: string; read?: PhoneReader | undefined },
): Weighing {
  const hasEmail = (n: number, email: string) => {
    const made = staging.at(n)?.made as MadeContact | null | undefined;
    // A row of the batch under way is not in the staging file yet; its address is the one that was remembered.
    return made === undefined || tidyEmail(made?.email ?? '') === email;
  };
  return {
    mapping: settings.mapping,
    policy: settings.policy,
    tools: { read: read ?? phoneReader(), placesOf: placesReader(), source },
    here: peopleHere(db, settings.policy),
    inFile: { numbers: keyIndex(), emails: keyIndex(), hasEmail },
    alone: leftAlone(db),
  };
}

/** The numbers by which a row that goes in, or could, is found again. */
export function keysOf({ made, n }: StagedRow): [number, number][] {
  const numbers = (made as MadeContact | null)?.numbers ?? [];
  return numbers.map(({ e164 }) => [keyOfNumber(e164), n]);
}

/** At most ten words a second, and none that says less than the one before. */
function progressTeller(clock: Clock, tell: TellProgress | undefined, bytesTotal: number) {
  const startedAt = clock.now();
  let toldAt = startedAt;
  return (rows: number, bytes: number) => {
    const now = clock.now();
    if (tell === undefined || (now - toldAt < 100 && bytes < bytesTotal)) return;
    toldAt = now;
    const rowsPerSecond = Math.round((rows * 1000) / Math.max(1, now - startedAt));
    tell({ step: 'reading', rows, rowsPerSecond, part: Math.min(1, bytes / bytesTotal) });
  };
}
