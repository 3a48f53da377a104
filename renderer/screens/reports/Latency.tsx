import type { Report } from '../../../shared/contract/reports.ts';
import { counted, countText, exactText } from '../../data/words.ts';
import { Table } from '../../ui/Table.tsx';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { waitText } from './wait-words.ts';

type Step = Report['insights']['latency']['steps'][number]['step'];

const STEP: Readonly<Record<Step, string>> = {
  requested: 'Key to request',
  ringing: 'Request to ringing',
  answered: 'Ringing to answer',
  audio: 'Answer to sound both ways',
  ended: 'Talk, to the end of the call',
  filed: 'End to outcome saved',
  next: 'Outcome to next request',
};

/** How long each step of a call took: the middle, the slow end and the longest, from the ledger of each call. */
export function Latency({ report: { insights, from } }: { report: Report }) {
  const { latency } = insights;
  const isPart = latency.from > from;
  return (
    <Section
      title="Waiting"
      note={`How long each step took since the last moment before it that is known, from ${counted(latency.calls, 'call')}${isPart ? ` since ${exactText(latency.from)}: of a long range only the latest are measured` : ''}.`}
    >
      <Table
        caption="How long steps took"
        rows={latency.steps}
        rowKey={({ step }) => step}
        columns={[
          { key: 'step', header: 'Step', cell: ({ step }) => STEP[step] },
          {
            key: 'calls',
            header: 'Calls measured',
            align: 'right',
            width: '9rem',
            cell: ({ step, calls, filter }) => (
              <CallsLink
                count={calls}
                filter={filter}
                label={`${STEP[step]}: ${countText(calls)} calls. Open them`}
              >
                {countText(calls)}
              </CallsLink>
            ),
          },
          {
            key: 'p50',
            header: 'Half within',
            align: 'right',
            width: '9rem',
            cell: ({ p50 }) => waitText(p50),
          },
          {
            key: 'p95',
            header: '95 of 100 within',
            align: 'right',
            width: '10rem',
            cell: ({ step, p95, slow, slowFilter }) => (
              <CallsLink
                count={slow}
                filter={slowFilter}
                label={`${STEP[step]}: 95 of 100 within ${waitText(p95)}. Open the ${counted(slow, 'call')} that took as long or longer`}
              >
                {waitText(p95)}
              </CallsLink>
            ),
          },
          { key: 'max', header: 'Longest', align: 'right', width: '8rem', cell: ({ max }) => waitText(max) },
        ]}
      />
    </Section>
  );
}
