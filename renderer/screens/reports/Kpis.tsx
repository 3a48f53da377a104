import type { Report, ReportTotals } from '../../../shared/contract/reports.ts';
import { type ReportQuestion, daysIn, rate } from '../../../shared/domain/report.ts';
import { counted, countText } from '../../data/words.ts';
import { CallsLink } from './CallsLink.tsx';
import { changeText, minutesPerHour, perSuccessText, percentText, spentText } from './words.ts';

interface Kpi {
  readonly name: string;
  readonly means: string;
  readonly text: (totals: ReportTotals) => string;
  /** The same as a number, to compare with. */
  readonly value: (totals: ReportTotals) => number | null;
  /** Narrows the calls of the report to those that were counted. */
  readonly only: '' | 'has:talk' | 'has:success';
}

const KPIS: readonly Kpi[] = [
  {
    name: 'Dials',
    means: 'Calls that were placed.',
    text: ({ dials }) => countText(dials),
    value: ({ dials }) => dials,
    only: '',
  },
  {
    name: 'Connect rate',
    means: 'Talks of all dials. A machine that picks up is no talk.',
    text: ({ talks, dials }) => percentText(talks, dials),
    value: ({ talks, dials }) => rate(talks, dials),
    only: 'has:talk',
  },
  {
    name: 'Talks',
    means: 'Calls in which a person was reached.',
    text: ({ talks }) => countText(talks),
    value: ({ talks }) => talks,
    only: 'has:talk',
  },
  {
    name: 'Successes',
    means: 'Calls whose outcome counts as a success.',
    text: ({ successes }) => countText(successes),
    value: ({ successes }) => successes,
    only: 'has:success',
  },
  {
    name: 'Talk time per hour',
    means: 'Minutes talked in each hour that agents were in a session and not paused.',
    text: (totals) => {
      const minutes = minutesPerHour(totals);
      return minutes === null ? '–' : `${minutes.toFixed(1)} min`;
    },
    value: minutesPerHour,
    only: 'has:talk',
  },
  {
    name: 'Cost per success',
    means: 'What carriers billed so far for all of these calls, shared among the successes.',
    text: perSuccessText,
    value: ({ costs, successes }) =>
      costs.length === 1 && successes > 0 ? costs[0]!.micros / successes : null,
    only: 'has:success',
  },
];

/** How many calls a figure opens. */
function behind({ dials, talks, successes }: ReportTotals, only: Kpi['only']): number {
  return { '': dials, 'has:talk': talks, 'has:success': successes }[only];
}

/** Six figures, each with the time before, what it means, and the calls behind it. */
export function Kpis({ report, question }: { report: Report; question: ReportQuestion }) {
  const { totals, before, filter, filterBefore } = report;
  const days = daysIn(question.from, question.to).length;
  return (
    <section aria-label="Key figures">
      <dl className="grid grid-cols-1 gap-3 two:grid-cols-3 three:grid-cols-6">
        {KPIS.map(({ name, means, text, value, only }) => (
          <div key={name} className="flex flex-col rounded-lg border p-4">
            <dt className="text-sm font-medium text-muted">{name}</dt>
            <dd className="text-2xl font-semibold tabular-nums">
              <CallsLink
                count={behind(totals, only)}
                filter={`${filter} ${only}`.trim()}
                label={`${name}: ${text(totals)}. Open the calls`}
              >
                {text(totals)}
              </CallsLink>
            </dd>
            <dd className="text-sm">
              {changeText(value(totals), value(before))}{' '}
              <span className="text-muted">
                (before:{' '}
                <CallsLink
                  count={behind(before, only)}
                  filter={`${filterBefore} ${only}`.trim()}
                  label={`${name} before: ${text(before)}. Open the calls`}
                >
                  {text(before)}
                </CallsLink>
                )
              </span>
            </dd>
            <dd className="mt-1 text-sm text-muted">{means}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-muted">
        {percentText(totals.answered, totals.dials)} of the calls were answered, by people or machines;{' '}
        {percentText(totals.successes, totals.talks)} of the talks were a success. Spent:{' '}
        {spentText(totals.costs)}. “Before” is the {days === 1 ? 'day' : counted(days, 'day')} before, or as
        much of it as has passed now.
      </p>
    </section>
  );
}
