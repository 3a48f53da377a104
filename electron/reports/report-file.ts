import { rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Report } from '../../shared/contract/reports.ts';
import type { ReportQuestion } from '../../shared/domain/report.ts';
import type { ReportFormat } from '../../shared/domain/scheduled-report.ts';
import { workerFile } from '../contacts/worker-file.ts';
import { reportCsv } from './report-csv.ts';
import { reportPage } from './report-page.ts';
import { type ReportAbout, type ReportTable, reportTables } from './report-tables.ts';

/** Makes a PDF of a page that needs nothing but itself. Only the desktop can. */
export type PrintPage = (html: string) => Promise<Uint8Array>;

export interface ToldReport {
  readonly report: Report;
  readonly question: ReportQuestion;
  readonly about: ReportAbout;
}

export const NO_PDF =
  'PDF files are made by the desktop program. Here, print the page and choose “Save as PDF”.';

/** Writes a report as a file of this kind, whole or not at all. A sentence where it could not be. */
export async function writeReport(
  { report, question, about }: ToldReport,
  format: ReportFormat,
  to: string,
  printPage: PrintPage | null,
): Promise<string | null> {
  const tables = reportTables(report, question, about);
  const part = `${to}.part`;
  try {
    if (format === 'csv') await writeFile(part, reportCsv(tables));
    else if (format === 'xlsx') await writeWorkbook(tables, part);
    else if (printPage === null) return NO_PDF;
    else await writeFile(part, await printPage(reportPage(titleOf(question, about), report, tables)));
    await rename(part, to);
    return null;
  } catch (error) {
    rmSync(part, { force: true });
    return diskTrouble(error);
  }
}

function titleOf({ from, to }: ReportQuestion, { campaign, agent }: ReportAbout): string {
  const of = [campaign === 'All' ? '' : campaign, agent === 'All' ? '' : agent].filter((part) => part !== '');
  return `Calls from ${from} to ${to}${of.length === 0 ? '' : `: ${of.join(', ')}`}`;
}

function writeWorkbook(tables: readonly ReportTable[], to: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile('report-file-worker', import.meta.url), {
      workerData: { tables, to },
    });
    worker.once('message', (trouble: string | null) => {
      if (trouble === null) resolve();
      else reject(Object.assign(new Error(trouble), { code: trouble }));
    });
    worker.once('error', reject);
  });
}

function diskTrouble(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'The disk is full, so the report was not written. Make room on it.';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return 'The folder is not there any more, so the report was not written. Choose another folder.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'Parley may not write into this folder, so the report was not written. Choose another folder.';
  return `The report could not be written (${code}). Nothing else was changed; try again.`;
}
