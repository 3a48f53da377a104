import type { Report } from '../../../shared/contract/reports.ts';
import { countText } from '../../data/words.ts';
import { Table } from '../../ui/Table.tsx';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

const WHO = {
  human: 'A person',
  machine: 'A machine',
  fax: 'A fax',
  unknown: 'Nobody could tell',
} as const;

/** Who picked up: people, machines, or nobody told us. */
export function WhoAnswered({ report: { insights, totals } }: { report: Report }) {
  return (
    <Section
      title="People and machines"
      note="Who picked up, as far as the carrier heard it. Where nobody could tell, a talk is taken for one with a person."
    >
      <Table
        caption="Who answered"
        rows={insights.answers}
        rowKey={({ who }) => who}
        columns={[
          { key: 'who', header: 'Answered by', cell: ({ who }) => WHO[who] },
          {
            key: 'calls',
            header: 'Calls',
            align: 'right',
            width: '8rem',
            cell: ({ who, calls, filter }) => (
              <CallsLink
                count={calls}
                filter={filter}
                label={`${WHO[who]}: ${countText(calls)} calls. Open them`}
              >
                {countText(calls)}
              </CallsLink>
            ),
          },
          {
            key: 'answers',
            header: 'Of the answered',
            align: 'right',
            width: '9rem',
            cell: ({ calls }) => percentText(calls, totals.answered),
          },
          {
            key: 'dials',
            header: 'Of the dials',
            align: 'right',
            width: '8rem',
            cell: ({ calls }) => percentText(calls, totals.dials),
          },
        ]}
      />
    </Section>
  );
}
