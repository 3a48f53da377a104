import { Link } from '@tanstack/react-router';
import type { Report } from '../../../shared/contract/reports.ts';
import { countText, counted } from '../../data/words.ts';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

type Step = Report['insights']['funnel'][number]['step'];

const STEP: Readonly<Record<Step, readonly [name: string, about: string]>> = {
  dialed: ['Dialed', 'calls that were placed'],
  answered: ['Answered', 'by a person or a machine'],
  talked: ['Talked', 'a person was on the line'],
  'right-person': ['Right person', 'the outcome says that somebody was reached'],
  success: ['Success', 'the outcome counts as one'],
};

/** How far calls came: each step as a bar, with what was lost on the way to it in words. */
export function Funnel({ report }: { report: Report }) {
  const { enrolled, enrolledFilter, funnel } = report.insights;
  const most = Math.max(1, ...funnel.map(({ calls }) => calls));
  return (
    <Section
      title="Funnel"
      note="From the dial to the success, in calls. The steps are counted each by itself: an outcome may say more than the line did."
    >
      {enrolled !== null && (
        <p className="mb-2">
          {enrolledFilter === null ? (
            `${counted(enrolled, 'enrolment')} in all campaigns`
          ) : (
            <Link
              to="/lists"
              search={{ filter: enrolledFilter }}
              className="target underline decoration-edge underline-offset-2 hover:decoration-current"
            >
              {counted(enrolled, 'person', 'people')} enrolled
            </Link>
          )}{' '}
          as of now, whatever the range.
        </p>
      )}
      <ol className="flex max-w-4xl flex-col gap-1.5">
        {funnel.map(({ step, calls, filter }, nth) => {
          const before = nth === 0 ? null : funnel[nth - 1]!;
          const [name, about] = STEP[step];
          return (
            <li key={step} className="grid grid-cols-[8rem_minmax(0,1fr)_14rem] items-center gap-3">
              <span className="font-medium" title={about}>
                {name}
              </span>
              <span className="flex items-center gap-2">
                <span
                  aria-hidden
                  className="h-5 min-w-px rounded-sm bg-accent forced-colors:border"
                  style={{ width: `${(80 * calls) / most}%` }}
                />
                <CallsLink
                  count={calls}
                  filter={filter}
                  label={`${name}: ${countText(calls)}. Open the calls`}
                  className="tabular-nums"
                >
                  {countText(calls)}
                </CallsLink>
              </span>
              <span className="text-sm text-muted">
                {before === null ? about : lostText(calls, before.calls, STEP[before.step][0])}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function lostText(calls: number, before: number, name: string): string {
  if (before === 0) return `nothing was ${name.toLowerCase()}`;
  const lost = before - calls;
  if (lost <= 0) return `as many as ${name.toLowerCase()}, or more`;
  return `${percentText(calls, before)} of ${name.toLowerCase()}; ${countText(lost)} lost`;
}
