import { useEffect, useRef } from 'react';
import type { Report } from '../../../shared/contract/reports.ts';
import type { ReportQuestion } from '../../../shared/domain/report.ts';
import { countText } from '../../data/words.ts';
import { Table } from '../../ui/Table.tsx';
import { clockText } from '../../ui/time-text.ts';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

/** How it went from stretch to stretch: drawn, and the same as a table beside it. */
export function Trend({ report, question }: { report: Report; question: ReportQuestion }) {
  const { trend } = report;
  return (
    <Section title={`By ${question.by}`}>
      <div className="grid grid-cols-1 gap-4 three:grid-cols-2">
        <div>
          <Chart trend={trend} />
          <p aria-hidden className="flex gap-4 text-sm text-muted">
            <span>
              <i className="mr-1 inline-block h-0.5 w-5 bg-(--state-ready) align-middle" />
              Dials
            </span>
            <span>
              <i className="mr-1 inline-block w-5 border-t-2 border-dashed border-(--state-connected) align-middle" />
              Talks
            </span>
          </p>
        </div>
        <section
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must reach it
          tabIndex={0}
          aria-label={`Calls by ${question.by}, as a table`}
          className="max-h-72 overflow-y-auto"
        >
          <Table
            caption={`Calls by ${question.by}`}
            rows={trend}
            rowKey={({ date }) => date}
            columns={[
              {
                key: 'date',
                header: question.by === 'day' ? 'Day' : 'From',
                width: '7.5rem',
                cell: ({ date }) => date,
              },
              {
                key: 'dials',
                header: 'Dials',
                align: 'right',
                cell: ({ date, dials, filter }) => (
                  <CallsLink
                    count={dials}
                    filter={filter}
                    label={`${date}: ${countText(dials)} dials. Open the calls`}
                  >
                    {countText(dials)}
                  </CallsLink>
                ),
              },
              {
                key: 'answered',
                header: 'Answered',
                align: 'right',
                cell: ({ answered, dials }) => percentText(answered, dials),
              },
              {
                key: 'talks',
                header: 'Talks',
                align: 'right',
                cell: ({ date, talks, filter }) => (
                  <CallsLink
                    count={talks}
                    filter={`${filter} has:talk`}
                    label={`${date}: ${countText(talks)} talks. Open the calls`}
                  >
                    {countText(talks)}
                  </CallsLink>
                ),
              },
              {
                key: 'success',
                header: 'Success',
                align: 'right',
                cell: ({ date, successes, talks, filter }) => (
                  <CallsLink
                    count={successes}
                    filter={`${filter} has:success`}
                    label={`${date}: ${percentText(successes, talks)}, ${countText(successes)} successes. Open the calls`}
                  >
                    {percentText(successes, talks)}
                  </CallsLink>
                ),
              },
              {
                key: 'talk',
                header: 'Talk time',
                align: 'right',
                cell: ({ talkMs }) => clockText(talkMs),
              },
            ]}
          />
        </section>
      </div>
    </Section>
  );
}

function Chart({ trend }: { trend: Report['trend'] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isGone = false;
    let unmount = () => {};
    const data = {
      dates: trend.map(({ date }) => date),
      dials: trend.map(({ dials }) => dials),
      talks: trend.map(({ talks }) => talks),
    };
    // Not everybody looks at reports: the chart comes when it is needed.
    void import('./trend-chart.ts').then(({ mountTrend }) => {
      if (!isGone && place.current !== null) unmount = mountTrend(place.current, data);
    });
    return () => {
      isGone = true;
      unmount();
    };
  }, [trend]);
  return <div ref={place} aria-hidden className="min-h-60" />;
}
