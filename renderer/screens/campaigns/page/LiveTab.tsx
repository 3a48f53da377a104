import { countText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { StateBadge } from '../../../ui/Badge.tsx';
import { Duration } from '../../../ui/Duration.tsx';
import { type StateKind, STATES } from '../../../ui/StateShape.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { clockText } from '../../../ui/time-text.ts';
import { Group } from '../form/Group.tsx';
import type { Live } from '../kinds.ts';
import { useLive } from '../queries.ts';
import { BreakerPanel } from './BreakerPanel.tsx';
import { MinutesChart } from './MinutesChart.tsx';
import { Statuses } from './Statuses.tsx';
import { TabBody } from './TabBody.tsx';

/** What the campaign does at this moment, and what it has done today. */
export function LiveTab({ id }: { id: number }) {
  const live = useLive(id);
  return (
    <TabBody tab="live">
      <BreakerPanel id={id} />
      <Statuses id={id} />
      <Loaded query={live} label="Loading what goes on" what="What goes on could not be read." rows={6}>
        {({ agents, today, minutes }) => (
          <>
            <Today today={today} />
            <div className="mt-5 grid items-start gap-x-8 three:grid-cols-2">
              <div className="border-b three:border-b-0">
                <Group title="Agents on it">
                  <Agents agents={agents} />
                </Group>
              </div>
              <div className="pt-4 three:pt-0">
                <Group title="The last hour">
                  <MinutesChart minutes={minutes} />
                </Group>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </TabBody>
  );
}

function Today({ today }: { today: Live['today'] }) {
  const { attempts, reached, talkMs, successes, limit } = today;
  const figures = [
    {
      name: 'Attempts today',
      value: countText(attempts),
      note: limit === null ? 'no daily limit' : `of ${countText(limit)} a day`,
    },
    {
      name: 'Reached',
      value: countText(reached),
      note:
        attempts === 0 ? 'nobody tried yet' : `${Math.round((reached / attempts) * 100)} % of the attempts`,
    },
    { name: 'Talked', value: clockText(talkMs), note: 'in all' },
    { name: 'Successes', value: countText(successes), note: 'by their outcomes' },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 two:grid-cols-4">
      {figures.map(({ name, value, note }) => (
        <div key={name} className="flex flex-col rounded-lg border px-4 py-3">
          <dt className="text-sm font-medium text-muted">{name}</dt>
          <dd className="text-2xl font-semibold tabular-nums">{value}</dd>
          <dd className="text-sm text-muted">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

type Agent = Live['agents'][number];

const COLUMNS: readonly Column<Agent>[] = [
  { key: 'name', header: 'Agent', cell: (row) => <span className="font-medium">{row.name}</span> },
  { key: 'state', header: 'State', width: '9rem', cell: (row) => <State state={row.state} /> },
  {
    key: 'since',
    header: 'For',
    width: '5rem',
    align: 'right',
    cell: (row) => <Duration startedAt={row.since} label={`${row.name}, in this state`} />,
  },
  { key: 'contact', header: 'With', cell: (row) => row.contact ?? <span className="text-muted">–</span> },
];

function Agents({ agents }: { agents: Live['agents'] }) {
  if (agents.length === 0)
    return <p className="text-muted">Nobody is on this campaign. Agents join it on the Dial screen.</p>;
  return (
    <Table caption="Agents on this campaign" columns={COLUMNS} rows={agents} rowKey={(row) => row.name} />
  );
}

/** The engine names a state as a session does; the screen has its own word and shape for each. */
const FACE: Readonly<Record<string, StateKind>> = {
  previewing: 'ready',
  'on-hold': 'hold',
};

function State({ state }: { state: string }) {
  const kind = FACE[state] ?? STATES.find((each) => each === state);
  return kind === undefined ? state : <StateBadge state={kind} />;
}
