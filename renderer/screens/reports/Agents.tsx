import { useState } from 'react';
import type { Report } from '../../../shared/contract/reports.ts';
import { countText } from '../../data/words.ts';
import { type Sort, Table } from '../../ui/Table.tsx';
import { clockText } from '../../ui/time-text.ts';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { percentText } from './words.ts';

type Agent = Report['agents'][number];

/** What the time of a session is told as: every second of it is in exactly one. */
const TIMES: readonly { readonly name: string; readonly kinds: readonly string[] }[] = [
  { name: 'Ready', kinds: ['ready', 'previewing'] },
  { name: 'Dialing', kinds: ['dialing', 'ringing', 'trouble'] },
  { name: 'In calls', kinds: ['connected', 'on-hold'] },
  { name: 'Wrap-up', kinds: ['wrap-up'] },
  { name: 'Paused', kinds: ['paused'] },
];

function secondsOf({ times }: Agent, kinds: readonly string[] | null): number {
  return times
    .filter(({ kind }) => kinds === null || kinds.includes(kind))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

const SORTED: Readonly<Record<string, (agent: Agent) => number | string>> = {
  name: ({ name }) => name,
  dials: ({ dials }) => dials,
  talks: ({ talks }) => talks,
  successes: ({ successes }) => successes,
  all: (agent) => secondsOf(agent, null),
};

/** Each agent’s calls, and where the time of their sessions went. Nobody is ranked by colours. */
export function Agents({ report: { agents } }: { report: Report }) {
  const [sort, setSort] = useState<Sort>({ key: 'name', direction: 'ascending' });
  const by = SORTED[sort.key] ?? SORTED.name!;
  const rows = agents.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    const order = typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y);
    return sort.direction === 'ascending' ? order : -order;
  });
  const time = (name: string, kinds: readonly string[] | null) => ({
    key: name,
    header: name,
    align: 'right' as const,
    cell: (agent: Agent) => clockText(secondsOf(agent, kinds) * 1_000),
  });
  return (
    <Section
      title="Agents"
      note="Hours, minutes and seconds in sessions: the five kinds add up to all of it. Calls that no agent made are not here."
    >
      <Table
        caption="Agents"
        rows={rows}
        rowKey={({ id }) => String(id)}
        sort={sort}
        onSort={setSort}
        empty={<p className="py-2 text-muted">No agent worked in these days.</p>}
        columns={[
          { key: 'name', header: 'Agent', sortable: true, cell: ({ name }) => name, width: '16%' },
          {
            key: 'dials',
            header: 'Dials',
            sortable: true,
            align: 'right',
            cell: ({ name, dials, filter }) => (
              <CallsLink
                count={dials}
                filter={filter}
                label={`${name}: ${countText(dials)} dials. Open the calls`}
              >
                {countText(dials)}
              </CallsLink>
            ),
          },
          {
            key: 'talks',
            header: 'Talks',
            sortable: true,
            align: 'right',
            cell: ({ name, talks, filter }) => (
              <CallsLink
                count={talks}
                filter={`${filter} has:talk`}
                label={`${name}: ${countText(talks)} talks. Open the calls`}
              >
                {countText(talks)}
              </CallsLink>
            ),
          },
          {
            key: 'rate',
            header: 'Rate',
            align: 'right',
            cell: ({ talks, dials }) => percentText(talks, dials),
          },
          {
            key: 'successes',
            header: 'Successes',
            sortable: true,
            align: 'right',
            cell: ({ name, successes, filter }) => (
              <CallsLink
                count={successes}
                filter={`${filter} has:success`}
                label={`${name}: ${countText(successes)} successes. Open the calls`}
              >
                {countText(successes)}
              </CallsLink>
            ),
          },
          ...TIMES.map(({ name, kinds }) => time(name, kinds)),
          { ...time('In all', null), key: 'all', sortable: true },
        ]}
      />
    </Section>
  );
}
