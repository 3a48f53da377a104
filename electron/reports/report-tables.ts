import type { Report } from '../../shared/contract/reports.ts';
import type { ReportQuestion } from '../../shared/domain/report.ts';

export type Cell = string | number;

/** A part of a report in numbers that a spreadsheet can reckon with. */
export interface ReportTable {
  readonly title: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface ReportAbout {
  readonly campaign: string;
  readonly agent: string;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A report as tables: the same in every kind of file. */
export function reportTables(
  report: Report,
  { from, to, zone, by }: ReportQuestion,
  about: ReportAbout,
): ReportTable[] {
  const { trend, outcomes, heat } = report;
  return [
    {
      title: 'Report',
      heading: ['Report', `${from} to ${to}`],
      rows: [
        ['Time zone', zone],
        ['Campaign', about.campaign],
        ['Agent', about.agent],
        ['As of', new Date(report.asOf).toISOString()],
      ],
    },
    figuresTable(report),
    {
      title: `By ${by}`,
      heading: [`First day of the ${by}`, 'Dials', 'Answered', 'Talks', 'Successes', 'Talk time in seconds'],
      rows: trend.map((each) => [each.date, ...counts(each), seconds(each.talkMs)]),
    },
    {
      title: 'Outcomes',
      heading: ['Outcome', 'Is a success', 'Calls', 'Talk time in seconds'],
      rows: outcomes.map(({ label, isSuccess, calls, talkMs }) => [
        label,
        isSuccess ? 'yes' : 'no',
        calls,
        seconds(talkMs),
      ]),
    },
    {
      title: 'Hours of the week',
      heading: ['Weekday', 'Hour', 'Dials', 'Talks'],
      rows: heat.map(({ weekday, hour, dials, talks }) => [WEEKDAYS[weekday - 1] ?? '', hour, dials, talks]),
    },
    agentsTable(report),
    ...insightTables(report),
  ];
}

/** How far calls came, who picked up, how long each step took, and which script did better. */
function insightTables({ insights: { funnel, answers, latency, scripts } }: Report): ReportTable[] {
  return [
    {
      title: 'How far calls came',
      heading: ['Step', 'Calls'],
      rows: funnel.map(({ step, calls }) => [step.replaceAll('-', ' '), calls]),
    },
    {
      title: 'Who picked up',
      heading: ['Who', 'Calls'],
      rows: answers.map(({ who, calls }) => [who, calls]),
    },
    {
      title: 'How long steps took',
      heading: ['Until', 'Calls', 'Half within ms', '95 % within ms', 'Longest ms'],
      rows: latency.steps.map(({ step, calls, p50, p95, max }) => [
        step,
        calls,
        p50 ?? '',
        p95 ?? '',
        max ?? '',
      ]),
    },
    {
      title: 'Scripts',
      heading: ['Campaign', 'Script', 'Talks', 'Successes', 'Score on average'],
      rows: scripts.flatMap(({ campaign, first, second }) =>
        [first, second].map((each, nth) => [
          campaign,
          `${'AB'[nth]}, version ${each.version}`,
          each.talks,
          each.successes,
          each.score ?? '',
        ]),
      ),
    },
  ];
}

function figuresTable({ totals, before }: Report): ReportTable {
  const currencies = [...new Set([...totals.costs, ...before.costs].map(({ currency }) => currency))];
  const spent = (costs: Report['totals']['costs'], currency: string) =>
    (costs.find((each) => each.currency === currency)?.micros ?? 0) / 1e6;
  return {
    title: 'Key figures',
    heading: ['Figure', 'This period', 'The period before'],
    rows: [
      ['Dials', totals.dials, before.dials],
      ['Answered', totals.answered, before.answered],
      ['Talks', totals.talks, before.talks],
      ['Successes', totals.successes, before.successes],
      ['Talk time in seconds', seconds(totals.talkMs), seconds(before.talkMs)],
      ['Time at work in seconds', seconds(totals.workMs), seconds(before.workMs)],
      ...currencies.map((currency) => [
        `Cost in ${currency === '' ? 'no currency' : currency}`,
        spent(totals.costs, currency),
        spent(before.costs, currency),
      ]),
    ],
  };
}

function agentsTable({ agents }: Report): ReportTable {
  const kinds = [...new Set(agents.flatMap(({ times }) => times.map(({ kind }) => kind)))];
  return {
    title: 'Agents',
    heading: [
      'Agent',
      'Dials',
      'Answered',
      'Talks',
      'Successes',
      'Talk time in seconds',
      ...kinds.map((kind) => `${kind} in seconds`),
    ],
    rows: agents.map((agent) => [
      agent.name,
      ...counts(agent),
      seconds(agent.talkMs),
      ...kinds.map((kind) => agent.times.find((each) => each.kind === kind)?.seconds ?? 0),
    ]),
  };
}

interface Counts {
  readonly dials: number;
  readonly answered: number;
  readonly talks: number;
  readonly successes: number;
}

function counts({ dials, answered, talks, successes }: Counts): number[] {
  return [dials, answered, talks, successes];
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
