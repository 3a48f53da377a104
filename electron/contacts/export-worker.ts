import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { instant } from '../../shared/lib/instants.ts';
import { UTF8_MARK, csvLine } from '../lists/csv-write.ts';
import { exportRows, fieldNames } from '../store/contact-export.ts';
import { type ReadDb, closeStore, inOneReading, openStore } from '../store/open.ts';
import type { ExportOrder, ExportWord } from './exports.ts';
import { FIELDS_MAX, cellsFor, headingFor } from './sheet-rows.ts';

/*
 * The thread that writes contacts into a file. All of it is read from one moment: who is changed meanwhile leaves
 * as they were when it began.
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
    if (order.format === 'csv') writeCsv(db);
    else await writeXlsx(db);
    closeStore(db);
    tell({ bytes: statSync(order.to).size });
  }
} catch (error) {
  tell({
    sentence: `The file could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
  });
}

function writeCsv(db: ReadDb): void {
  const out = openSync(order.to, 'w');
  try {
    inOneReading(db, () => {
      const fields = allFields(db);
      writeSync(out, UTF8_MARK + csvLine(headingFor(fields)));
      for (const ids of slices()) {
        writeSync(
          out,
          exportRows(db, ids)
            .map((row) => csvLine(cellsFor(row, fields)))
            .join(''),
        );
      }
    });
  } finally {
    closeSync(out);
  }
}

/** Every cell is text: nothing in it is ever a formula. */
async function writeXlsx(db: ReadDb): Promise<void> {
  const cells = inOneReading(db, () => {
    const fields = allFields(db);
    const rows = [headingFor(fields)];
    for (const ids of slices()) for (const row of exportRows(db, ids)) rows.push(cellsFor(row, fields));
    return rows;
  });
  const data = cells.map((row, nth) =>
    row.map((value) => ({ value, type: String, ...(nth === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  // Most lists leave as CSV, and need not wait for this.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  await writeXlsxFile(data, { sheet: 'Contacts', stickyRowsCount: 1 }).toFile(order.to);
}

function allFields(db: ReadDb): string[] {
  const found = new Set<string>();
  for (let at = 0; at < order.ids.length; at += SLICE_ROWS)
    for (const name of fieldNames(db, [...order.ids.subarray(at, at + SLICE_ROWS)])) found.add(name);
  return [...found].sort().slice(0, FIELDS_MAX);
}

function* slices(): Generator<number[]> {
  for (let at = 0; at < order.ids.length; at += SLICE_ROWS) {
    yield [...order.ids.subarray(at, at + SLICE_ROWS)];
    tell({ done: Math.min(order.ids.length, at + SLICE_ROWS) });
  }
}
