import { dirname, join } from 'node:path';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { ScheduledReportRow, ScheduledReportWish } from '../../shared/contract/report-files.ts';
import { type ReportQuestion, questionTrouble } from '../../shared/domain/report.ts';
import type { ScheduledReport } from '../../shared/domain/scheduled-report.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import { NO_PDF, writeReport } from '../reports/report-file.ts';
import { OWN_FOLDER, aboutOf } from '../reports/scheduled-reports.ts';
import { appendAudit } from '../store/audit.ts';
import { audited } from './audited.ts';
import { EXPORTS_PATH } from './contacts-export.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

interface Saved {
  name: string;
  link: string | null;
  isSaved: boolean;
}

/** Reports as files: handed over now, or put into a folder by themselves. */
export function reportFilesHandlers(rooms: Rooms): ParleyHandlers<unknown>['reportFiles'] {
  /** Folders that somebody chose in the system’s own window: a page can name no other. */
  const chosen = new Set<string>();
  const printPage = rooms.host.printPage ?? null;
  const whyNoPdf = printPage === null ? NO_PDF : null;
  return {
    save: ({ question, format }) =>
      within<Saved>(rooms, async (kernel) => {
        const trouble = questionTrouble(question) ?? (format === 'pdf' ? whyNoPdf : null);
        if (trouble !== null) return refuse('bad-arguments', trouble);
        const { db, clock, home, contacts, reports } = kernel;
        const report = await reports.make(question, { now: clock.now(), zone: home.zone });
        const name = `report-${question.from}-to-${question.to}.${format}`;
        const about = aboutOf(db, question);
        const file = await contacts.exports.give(name, (to) =>
          writeReport({ report, question, about }, format, to, printPage),
        );
        if (!file.ok) return refuse('not-now', file.error);
        noteExport(rooms, kernel, question, format);
        const { saveFile } = rooms.host;
        if (saveFile === undefined)
          return ok({
            name,
            link: EXPORTS_PATH + (contacts.exports.ticketFor(file.value.id) ?? ''),
            isSaved: false,
          });
        return ok({ name, link: null, isSaved: await saveFile(file.value.path, name) });
      }),
    scheduled: () =>
      within(rooms, (kernel) =>
        ok({
          reports: kernel.scheduledReports.all().map((each) => rowOf(kernel, each)),
          usualFolder: usualFolder(kernel),
          mayChoose: rooms.host.chooseFolder !== undefined,
          whyNoPdf,
        }),
      ),
    chooseFolder: async () => {
      const folder = (await rooms.host.chooseFolder?.()) ?? null;
      if (folder !== null) chosen.add(folder);
      return ok({ folder });
    },
    schedule: ({ id, report }) =>
      within(rooms, (kernel) => {
        const { scheduledReports } = kernel;
        const before = scheduledReports.all().find((each) => each.id === id) ?? null;
        const folder = report.folder === '' ? usualFolder(kernel) : report.folder;
        const isOurs = chosen.has(folder) || folder === usualFolder(kernel) || folder === before?.folder;
        if (!isOurs) return refuse('not-allowed', 'Choose the folder in the window that “Choose…” opens.');
        const trouble = wishTrouble(report, whyNoPdf);
        if (trouble !== null) return refuse('bad-arguments', trouble);
        const saved = scheduledReports.save(id, { ...report, folder });
        if (saved === null) return gone;
        const change = { action: 'report.scheduled', subject: 'report', subjectId: String(saved.id) };
        audited(rooms, { ...change, before, after: { ...saved } }, () => {});
        return ok(rowOf(kernel, saved));
      }),
    unschedule: ({ id }) =>
      within(rooms, ({ scheduledReports }) => {
        const before = scheduledReports.all().find((each) => each.id === id);
        if (before === undefined) return gone;
        const change = { action: 'report.unscheduled', subject: 'report', subjectId: String(id) };
        audited(rooms, { ...change, before: { ...before }, after: null }, () => scheduledReports.remove(id));
        return ok(null);
      }),
    makeNow: ({ id }) =>
      within(rooms, async (kernel) => {
        await kernel.scheduledReports.make(id);
        const made = kernel.scheduledReports.all().find((each) => each.id === id);
        return made === undefined ? gone : ok(rowOf(kernel, made));
      }),
  };
}

const gone = refuse('not-found', 'This scheduled report is gone: somebody took it away.');

function wishTrouble({ zone, formats }: ScheduledReportWish, whyNoPdf: string | null): string | null {
  if (!isZone(zone)) return `Parley does not know a time zone “${zone}”.`;
  return formats.includes('pdf') ? whyNoPdf : null;
}

function usualFolder({ db }: Kernel): string {
  return join(dirname(db.$client.name), OWN_FOLDER);
}

function rowOf({ scheduledReports }: Kernel, report: ScheduledReport): ScheduledReportRow {
  const { since: _since, formats, ...told } = report;
  const last = scheduledReports.lastOf(report.id);
  return { ...told, formats: [...formats], nextAt: scheduledReports.nextAt(report), last };
}

function noteExport(
  { seat }: Rooms,
  { db, clock }: Kernel,
  { from, to }: ReportQuestion,
  format: string,
): void {
  const line = { at: clock.now(), agentId: seat.person?.id ?? null, action: 'report.exported' };
  appendAudit(db, { ...line, subject: 'report', subjectId: null, before: null, after: { from, to, format } });
}
