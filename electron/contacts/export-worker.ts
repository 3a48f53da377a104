import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { instant } from '../../shared/lib/instants.ts';
import { UTF8_MARK, csvLine } from '../lists/csv-write.ts';
import { type ReadDb, closeStore, inOneReading, openStore } from '../store/open.ts';
import type { ExportOrder, ExportWord } from './exports.ts';
import { type Sheet, callSheet, contactSheet } from './sheet-rows.ts';

/*
 * The thread that writes contacts or calls into a file. All of it is read from one moment: what is changed meanwhile leaves
 * as it was when it began.
 */

const SLICE_ROWS = 1_000;
const order = workerData as ExportOrder;

function tell(word: ExportWord): void {
  parentPort?.postMessage(word, []);
}

try {
  const opened = openStore(order.file, { now: () => instant(0), readonly: true });
  if (!opened.ok) tell({ sentence: opened.error.sentence });
  else {
    const db = opened.value;
    const trouble = await write(db);
    closeStore(db);
    tell(trouble === null ? { bytes: statSync(order.to).size } : { sentence: trouble });
  }
} catch (error) {
  tell({
    sentence: `The file could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
  });
}

/** Null when the file is there. */
async function write(db: ReadDb): Promise<string | null> {
  if (order.format === 'zip') return writeZip(db);
  if (order.format === 'csv') writeCsv(db);
  else await writeXlsx(db);
  return null;
}

async function writeZip(db: ReadDb): Promise<string | null> {
  // Few exports are of sounds, and the others need not wait for this.
  const { zipSounds } = await import('../recordings/sounds-zip.ts');
  const { ids, to } = order;
  return inOneReading(db, () =>
    zipSounds(db, { folder: dirname(order.file), ids, to, told: (done) => tell({ done }) }),
  );
}

function writeCsv(db: ReadDb): void {
  const out = openSync(order.to, 'w');
  try {
    inOneReading(db, () => {
      const sheet = sheetOf(db);
      writeSync(out, UTF8_MARK + csvLine(sheet.heading));
      for (const ids of told()) writeSync(out, sheet.rows(ids).map(csvLine).join(''));
    });
  } finally {
    closeSync(out);
  }
}

/** Every cell is text: nothing in it is ever a formula. */
async function writeXlsx(db: ReadDb): Promise<void> {
  const cells = inOneReading(db, () => {
    const sheet = sheetOf(db);
    const rows = [sheet.heading];
    for (const ids of told()) rows.push(...sheet.rows(ids));
    return rows;
  });
  const data = cells.map((row, nth) =>
    row.map((value) => ({ value, type: String, ...(nth === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  // Most lists leave as CSV, and need not wait for this.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  await writeXlsxFile(data, {
    sheet: order.what === 'calls' ? 'Calls' : 'Contacts',
    stickyRowsCount: 1,
  }).toFile(order.to);
}

function sheetOf(db: ReadDb): Sheet {
  return order.what === 'calls' ? callSheet(db) : contactSheet(db, slices());
}

function* slices(): Generator<number[]> {
  for (let at = 0; at < order.ids.length; at += SLICE_ROWS)
    yield [...order.ids.subarray(at, at + SLICE_ROWS)];
}

/** The slices, telling how far it is. */
function* told(): Generator<number[]> {
  let done = 0;
  for (const ids of slices()) {
    yield ids;
    done += ids.length;
    tell({ done });
  }
}
