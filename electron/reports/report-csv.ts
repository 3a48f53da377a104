import type { Report } from '../../shared/contract/reports.ts';
import type { ReportQuestion } from '../../shared/domain/report.ts';
import { UTF8_MARK, csvLine } from '../lists/csv-write.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A report as one file: table under table, each with a heading, in numbers that a spreadsheet can reckon with. */
export function reportCsv(
  report: Report,
  { from, to, zone, by }: ReportQuestion,
  about: { readonly campaign: string; readonly agent: string },
): string {
  const { totals, before } = report;
  const kinds = [...new Set(report.agents.flatMap(({ times }) => times.map(({ kind }) => kind)))];
  const currencies = [...new Set([...totals.costs, ...before.costs].map(({ currency }) => currency))];
  const spent = (costs: Report['totals']['costs'], currency: string) =>
    money(costs.find((each) => each.currency === currency)?.micros ?? 0);
  const counts = (each: Counts) => [each.dials, each.answered, each.talks, each.successes].map(String);
  const tables: string[][][] = [
    [
      ['Report', `${from} to ${to}`],
      ['Time zone', zone],
      ['Campaign', about.campaign],
      ['Agent', about.agent],
      ['As of', new Date(report.asOf).toISOString()],
    ],
    [
      ['Figure', 'This period', 'The period before'],
      ['Dials', String(totals.dials), String(before.dials)],
      ['Answered', String(totals.answered), String(before.answered)],
      ['Talks', String(totals.talks), String(before.talks)],
      ['Successes', String(totals.successes), String(before.successes)],
      ['Talk time in seconds', seconds(totals.talkMs), seconds(before.talkMs)],
      ['Time at work in seconds', seconds(totals.workMs), seconds(before.workMs)],
      ...currencies.map((currency) => [
        `Cost in ${currency === '' ? 'no currency' : currency}`,
        spent(totals.costs, currency),
        spent(before.costs, currency),
      ]),
    ],
    [
      [`First day of the ${by}`, 'Dials', 'Answered', 'Talks', 'Successes', 'Talk time in seconds'],
      ...report.trend.map((each) => [each.date, ...counts(each), seconds(each.talkMs)]),
    ],
    [
      ['Outcome', 'Is a success', 'Calls', 'Talk time in seconds'],
      ...report.outcomes.map(({ label, isSuccess, calls, talkMs }) => [
        label,
        isSuccess ? 'yes' : 'no',
        String(calls),
        seconds(talkMs),
      ]),
    ],
    [
      ['Weekday', 'Hour', 'Dials', 'Talks'],
      ...report.heat.map(({ weekday, hour, dials, talks }) => [
        WEEKDAYS[weekday - 1] ?? '',
        String(hour),
        String(dials),
        String(talks),
      ]),
    ],
    [
      [
        'Agent',
        'Dials',
        'Answered',
        'Talks',
        'Successes',
        'Talk time in seconds',
        ...kinds.map((kind) => `${kind} in seconds`),
      ],
      ...report.agents.map((agent) => [
        agent.name,
        ...counts(agent),
        seconds(agent.talkMs),
        ...kinds.map((kind) => String(agent.times.find((each) => each.kind === kind)?.seconds ?? 0)),
      ]),
    ],
  ];
  return UTF8_MARK + tables.map((rows) => rows.map(csvLine).join('')).join('\r\n');
}

interface Counts {
  readonly dials: number;
  readonly answered: number;
  readonly talks: number;
  readonly successes: number;
}

function seconds(ms: number): string {
  return String(Math.round(ms / 1_000));
}

function money(micros: number): string {
  return (micros / 1e6).toFixed(6);
}
