import type { BoardAgent } from '../../../shared/contract/board.ts';
import { byAttention, whyAttention } from '../../../shared/domain/attention.ts';
import { STATE_OF } from '../../frame/desk-face.ts';
import { Badge, StateBadge } from '../../ui/Badge.tsx';
import { Duration } from '../../ui/Duration.tsx';
import { STATE_WORD } from '../../ui/StateShape.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { clockText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.tsx';
import { useKeptOrder } from './use-kept-order.ts';
import { HIDDEN } from './words.ts';

const SECOND_MS = 1_000;

/** Everybody at work, whoever needs somebody to look first. */
export function AgentsAtWork({ agents, withNames }: { agents: readonly BoardAgent[]; withNames: boolean }) {
  const now = useNow(SECOND_MS);
  const wanted = byAttention(agents, now, ({ name }) => name);
  const { rows, held } = useKeptOrder(wanted, ({ id }) => id);
  return (
    <section aria-labelledby="agents-at-work" className="border-b px-3 pt-3 pb-2" {...held}>
      <h2 id="agents-at-work" className="px-2 text-lg font-semibold">
        Agents at work
      </h2>
      {rows.length === 0 ? (
        <p className="px-2 py-2 text-muted">
          Nobody is at work. Whoever starts a session on Dial appears here, with their state and their day.
        </p>
      ) : (
        <div className="overflow-x-auto">
          <Table
            caption="Agents at work"
            className="min-w-[60rem]"
            columns={columnsAt(now, withNames)}
            rows={rows}
            rowKey={({ id }) => String(id)}
          />
        </div>
      )}
    </section>
  );
}

function columnsAt(now: number, withNames: boolean): readonly Column<BoardAgent>[] {
  return [
    {
      key: 'name',
      header: 'Agent',
      width: '10rem',
      cell: ({ name }) => <b className="font-medium">{name}</b>,
    },
    { key: 'state', header: 'State', width: '19rem', cell: (agent) => <State agent={agent} now={now} /> },
    {
      key: 'since',
      header: 'For',
      width: '5rem',
      align: 'right',
      cell: ({ since, name }) => <Duration startedAt={since} label={`${name}, in this state`} />,
    },
    {
      key: 'lead',
      header: 'Contact',
      width: '11rem',
      cell: ({ lead }) => (withNames || lead === '' ? lead || '–' : HIDDEN),
    },
    { key: 'campaign', header: 'Campaign', cell: ({ campaign }) => campaign },
    { key: 'dials', header: 'Calls', width: '4.5rem', align: 'right', cell: ({ dials }) => dials },
    { key: 'talks', header: 'Talks', width: '4.5rem', align: 'right', cell: ({ talks }) => talks },
    {
      key: 'talk',
      header: 'Talking',
      width: '6rem',
      align: 'right',
      cell: ({ talkMs }) => clockText(talkMs),
    },
  ];
}

function State({ agent, now }: { agent: BoardAgent; now: number }) {
  const why = whyAttention(agent, now);
  const state = STATE_OF[agent.state];
  const word =
    agent.state === 'paused' && agent.reason !== null ? `Paused: ${agent.reason}` : STATE_WORD[state];
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <StateBadge state={state} word={word} />
      {why !== null && <Badge tone="warn">{why}</Badge>}
    </span>
  );
}
