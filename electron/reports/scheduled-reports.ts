import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ReportQuestion, rangeNamed } from '../../shared/domain/report.ts';
import {
  type ReportMade,
  type ScheduledReport,
  lastDue,
  nextDue,
  timesDue,
} from '../../shared/domain/scheduled-report.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, after, earlier } from '../../shared/lib/instants.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { openNap } from '../dialer/nap.ts';
import type { Db, ReadDb } from '../store/open.ts';
import { agentById } from '../store/agents.ts';
import { campaignById } from '../store/campaigns.ts';
import { setSetting, setting } from '../store/settings.ts';
import { type PrintPage, writeReport } from './report-file.ts';
import type { ReportAbout } from './report-tables.ts';
import type { Reports } from './reports.ts';

/** Reports that are put into a folder by themselves. */
export interface ScheduledReports {
  all(): readonly ScheduledReport[];
  lastOf(id: number): ReportMade | null;
  nextAt(report: ScheduledReport): Instant | null;
  /** Adds one with null, or changes it. Null where it is gone. */
  save(id: number | null, report: Omit<ScheduledReport, 'id' | 'since'>): ScheduledReport | null;
  remove(id: number): void;
  /** Makes it now, whatever its time. */
  make(id: number): Promise<void>;
  /** Makes whatever is due. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface ScheduledReportsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly reports: Pick<Reports, 'make'>;
  /** The workspace’s own: instants in filters are told by it. */
  readonly zone: string;
  /** Null where nothing prints. */
  readonly printPage: PrintPage | null;
  /** Left out, nothing is made by itself. */
  readonly makesReports?: boolean;
  readonly changed: () => void;
  readonly log: (line: string, error?: unknown) => void;
}

const ALL = 'reports.scheduled';
const MADE = 'reports.made';
const LOOK_MS = MINUTE_MS;
/** Later than this it was not made at its time: Parley was closed, or asleep. */
const LATE_MS = 5 * MINUTE_MS;
/** A folder that cannot be written into now may be there in a while: a disk that is plugged in, a network. */
const AGAIN_MS = 15 * MINUTE_MS;

export function openScheduledReports(parts: ScheduledReportsParts): ScheduledReports {
  const { db, clock, makesReports = false, changed, log } = parts;
  const stopping = new AbortController();
  const nap = openNap(clock);
  let making: Promise<void> = Promise.resolve();

  const all = () => setting<ScheduledReport[]>(db, 'workspace', ALL) ?? [];
  const keep = (reports: readonly ScheduledReport[]) => setSetting(db, 'workspace', ALL, reports);
  const lastOf = (id: number) => setting<Record<number, ReportMade>>(db, 'workspace', MADE)?.[id] ?? null;
  const note = (id: number, made: ReportMade | null) => {
    const { [id]: _before, ...others } = setting<Record<number, ReportMade>>(db, 'workspace', MADE) ?? {};
    setSetting(db, 'workspace', MADE, made === null ? others : { ...others, [id]: made });
    changed();
  };
  const makeOne = async (report: ScheduledReport, dueAt: Instant, isByHand: boolean) => {
    const madeAt = clock.now();
    let made: ReportMade;
    try {
      const missed = isByHand ? 0 : missedBefore(report, lastOf(report.id), dueAt);
      const trouble = await write(parts, report, dueAt);
      const sentence = trouble ?? told(report, { dueAt, madeAt, missed, isByHand });
      made = { dueAt, madeAt, isGood: trouble === null, sentence };
    } catch (error) {
      log(`the report “${report.name}” could not be made`, error);
      made = {
        dueAt,
        madeAt,
        isGood: false,
        sentence: 'The report could not be added up. It is tried again.',
      };
    }
    if (all().some(({ id }) => id === report.id)) note(report.id, made);
  };
  /** One after the other: two at once would wait for the same thread, and write the same file. */
  const inTurn = (work: () => Promise<void>) => {
    making = making.then(work, work);
    return making;
  };
  const lookNow = async () => {
    for (const report of all()) {
      if (stopping.signal.aborted) return;
      const dueAt = report.isOn ? isDue(report, lastOf(report.id), clock.now()) : null;
      if (dueAt !== null) await makeOne(report, dueAt, false);
    }
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await inTurn(lookNow);
      } catch (error) {
        log('scheduled reports could not be looked after; it is tried again', error);
      }
      if (!stopping.signal.aborted) await nap.pause(LOOK_MS);
    }
  };
  const running = makesReports ? run() : Promise.resolve();

  return {
    all,
    lastOf,
    nextAt: (report) => (report.isOn ? nextDue(report, clock.now()) : null),
    save(id, report) {
      const others = all().filter((each) => each.id !== id);
      const before = all().find((each) => each.id === id);
      if (id !== null && before === undefined) return null;
      const kept = {
        ...report,
        id: id ?? Math.max(0, ...others.map((each) => each.id)) + 1,
        since: clock.now(),
      };
      keep([...others, kept].sort((a, b) => a.id - b.id));
      changed();
      nap.wakeAll();
      return kept;
    },
    remove(id) {
      keep(all().filter((each) => each.id !== id));
      note(id, null);
    },
    make: (id) =>
      inTurn(async () => {
        const report = all().find((each) => each.id === id);
        if (report !== undefined) await makeOne(report, clock.now(), true);
      }),
    look: () => inTurn(lookNow),
    async close() {
      stopping.abort();
      nap.wakeAll();
      await running;
      await making;
    },
  };
}

/** When it was due and was not made; null where nothing is owed. */
function isDue(report: ScheduledReport, last: ReportMade | null, now: Instant): Instant | null {
  const dueAt = lastDue(report, now);
  if (dueAt <= report.since) return null;
  if (last === null || last.dueAt < dueAt) return dueAt;
  // What could not be written is tried again until the next one is due.
  const isOwed = !last.isGood && last.dueAt === dueAt && now >= after(last.madeAt, AGAIN_MS);
  return isOwed ? dueAt : null;
}

/** How many were due since the last one that are not made any more. */
function missedBefore(report: ScheduledReport, last: ReportMade | null, dueAt: Instant): number {
  const from = last === null || last.dueAt < report.since ? report.since : last.dueAt;
  return Math.max(0, timesDue(report, from, dueAt) - 1);
}

async function write(
  { db, reports, clock, zone, printPage }: ScheduledReportsParts,
  report: ScheduledReport,
  dueAt: Instant,
): Promise<string | null> {
  // As of its time: a report of yesterday that is made a day late is still one of that day.
  const question: ReportQuestion = { ...report, ...rangeNamed(report.range, dueAt, report.zone) };
  const made = await reports.make(question, { now: earlier(clock.now(), after(dueAt, LATE_MS)), zone });
  const about = aboutOf(db, question);
  const trouble = readyFolder(report.folder);
  if (trouble !== null) return trouble;
  for (const format of report.formats) {
    const to = join(report.folder, `${fileStem(report.name)} ${question.from} to ${question.to}.${format}`);
    const wrong = await writeReport({ report: made, question, about }, format, to, printPage);
    if (wrong !== null) return wrong;
  }
  return null;
}

export function aboutOf(db: ReadDb, { campaignId, agentId }: ReportQuestion): ReportAbout {
  return {
    campaign: campaignId === null ? 'All' : (campaignById(db, campaignId)?.name ?? ''),
    agent: agentId === null ? 'All' : (agentById(db, agentId)?.name ?? ''),
  };
}

/** Only our own usual folder is made; one that somebody chose and that is gone may be a disk that is not there. */
function readyFolder(folder: string): string | null {
  if (existsSync(folder)) return null;
  if (!folder.endsWith(OWN_FOLDER))
    return 'The folder is not there any more, so the report was not written. Choose another folder.';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return null;
  } catch {
    return 'The folder for reports could not be made, so the report was not written. Choose another folder.';
  }
}

/** Beside the database, where no other folder is chosen. */
export const OWN_FOLDER = 'scheduled-reports';

/** A name that every file system takes. */
function fileStem(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N} _.-]/gu, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[. ]+|[. ]+$/g, '')
      .slice(0, 60) || 'Report'
  );
}

function told(
  report: ScheduledReport,
  { dueAt, madeAt, missed, isByHand }: { dueAt: Instant; madeAt: Instant; missed: number; isByHand: boolean },
): string {
  const files = report.formats.map((format) => FORMAT_WORD[format]).join(', ');
  if (isByHand) return `Made by hand: ${files}.`;
  if (madeAt < after(dueAt, LATE_MS)) return `Made at its time: ${files}.`;
  const late = `It was due ${timeText(dueAt, report.zone)}, when Parley was closed or asleep, and was made at ${timeText(madeAt, report.zone)}: ${files}.`;
  if (missed === 0) return late;
  return `${late} ${missed === 1 ? 'One before it was' : `${missed} before it were`} left out.`;
}

const FORMAT_WORD = { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' } as const;

function timeText(at: Instant, zone: string): string {
  const { date, minute } = localTime(at, zone);
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
