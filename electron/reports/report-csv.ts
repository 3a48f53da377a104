import { UTF8_MARK, csvLine } from '../lists/csv-write.ts';
import type { ReportTable } from './report-tables.ts';

/** A report as one file: table under table, each with a heading. */
export function reportCsv(tables: readonly ReportTable[]): string {
  const texts = tables.map(({ heading, rows }) =>
    [heading, ...rows].map((row) => csvLine(row.map(String))).join(''),
  );
  return UTF8_MARK + texts.join('\r\n');
}
