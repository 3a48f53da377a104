import type { Report } from '../../../shared/contract/reports.ts';
import { countText } from '../../data/words.ts';
import { Table } from '../../ui/Table.tsx';
import { clockText } from '../../ui/time-text.ts';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

/** What came of the calls, and how long each kind of them took. */
export function Outcomes({ report: { outcomes, totals } }: { report: Report }) {
  return (
    <Section
      title="Outcomes"
      note="The outcome that stands today, whoever filed it, and how long was talked."
    >
      <Table
        caption="Outcomes"
        rows={outcomes}
        rowKey={({ id }) => id}
        empty={<p className="py-2 text-muted">No outcome was filed for these calls.</p>}
        columns={[
          {
            key: 'label',
            header: 'Outcome',
            cell: ({ label, isSuccess }) => (isSuccess ? `${label} (success)` : label),
          },
          {
            key: 'calls',
            header: 'Calls',
            align: 'right',
            width: '8rem',
            cell: ({ label, calls, filter }) => (
              <CallsLink
                count={calls}
                filter={filter}
                label={`${label}: ${countText(calls)} calls. Open them`}
              >
                {countText(calls)}
              </CallsLink>
            ),
          },
          {
            key: 'share',
            header: 'Of the dials',
            align: 'right',
            width: '8rem',
            cell: ({ calls }) => percentText(calls, totals.dials),
          },
          {
            key: 'mean',
            header: 'Talk, each',
            align: 'right',
            width: '8rem',
            cell: ({ talkMs, calls }) => clockText(calls === 0 ? 0 : talkMs / calls),
          },
          {
            key: 'talk',
            header: 'Talk, in all',
            align: 'right',
            width: '8rem',
            cell: ({ talkMs }) => clockText(talkMs),
          },
        ]}
      />
    </Section>
  );
}
