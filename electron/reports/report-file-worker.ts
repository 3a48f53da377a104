import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';
import type { Cell, ReportTable } from './report-tables.ts';

/* The thread that makes a workbook of a report: a sheet for each table. It takes some tenths of a second. */

const { tables, to } = workerData as { readonly tables: readonly ReportTable[]; readonly to: string };

/** Text stays text: nothing in a name is ever a formula. */
function cellOf(value: Cell) {
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}

const sheets = tables.map(({ title, heading, rows }) => ({
  data: [
    heading.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(cellOf)),
  ],
  sheet: title,
  stickyRowsCount: 1,
  columns: heading.map((name) => ({ width: Math.max(12, name.length + 2) })),
}));

try {
  await writeXlsxFile(sheets).toFile(to);
  parentPort?.postMessage(null, []);
} catch (error) {
  parentPort?.postMessage((error as NodeJS.ErrnoException).code ?? String(error), []);
}
