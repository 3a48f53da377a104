import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CallRow } from '../../../shared/contract/records.ts';
import { useClient } from '../../data/client.tsx';
import { useDesk, useDeskValue } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { callFace, counted, timeText } from '../../data/words.ts';
import { faceOf } from '../../frame/desk-face.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { StateBadge } from '../../ui/Badge.tsx';
import { Duration } from '../../ui/Duration.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { EngineNow } from './EngineNow.tsx';

/** Pushes bring every change; this only catches what a lost push would leave standing. */
const LOOK_AGAIN_MS = 5_000;

/** What is going on at this moment: the calls under way, and how one's own desk stands. */
export function LiveScreen() {
  const client = useClient();
  const live = useQuery({
    queryKey: ['calls', 'live'],
    queryFn: () => answered(client.calls.live()),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <Screen title="Live board" note={live.data === undefined ? null : summary(live.data)}>
      <EngineNow />
      <OwnDesk />
      <Loaded query={live} label="Loading live calls" what="The live calls could not be read." rows={3}>
        {(rows) => <LiveTable rows={rows} />}
      </Loaded>
      <p className="mx-5 my-6 max-w-[72ch] rounded-lg border bg-sunken px-4 py-3 text-muted">
        <span className="font-medium text-text">The board of a whole team comes next:</span> one row per
        agent, alerts, listening in. What works now: every call of this workspace while it is under way.
      </p>
    </Screen>
  );
}

function summary(rows: readonly CallRow[]): string {
  const talking = rows.filter((row) => row.status === 'in-progress').length;
  return `${counted(rows.length, 'call')} under way, ${talking} connected`;
}

function OwnDesk() {
  const desk = useDesk();
  const face = faceOf(desk);
  return (
    <section
      aria-label="Your desk"
      className="flex min-h-12 flex-wrap items-center gap-x-6 gap-y-1 border-b px-5 py-2"
    >
      <span className="text-muted">Your desk</span>
      <StateBadge state={face.state} word={face.word} look="tint" />
      {desk.session !== null && (
        <>
          <Duration startedAt={desk.session.since} label="In this state" className="font-medium" />
          <span>{desk.session.campaign}</span>
        </>
      )}
      {face.name !== null && <span className="font-medium">{face.name}</span>}
    </section>
  );
}

const COLUMNS: readonly Column<CallRow>[] = [
  { key: 'status', header: 'State', width: '9rem', cell: (row) => <Status row={row} /> },
  {
    key: 'time',
    header: 'Time so far',
    width: '7rem',
    cell: (row) => <Duration startedAt={row.startedAt} label={`Call with ${row.name}`} />,
  },
  { key: 'name', header: 'Contact', cell: (row) => <span className="font-medium">{row.name}</span> },
  { key: 'number', header: 'Number', width: '10rem', cell: (row) => row.number },
  { key: 'agent', header: 'Agent', width: '9rem', cell: (row) => row.agent },
  { key: 'campaign', header: 'Campaign', width: '9rem', cell: (row) => row.campaign },
  { key: 'began', header: 'Began', width: '6rem', cell: (row) => timeText(row.startedAt) },
];

function Status({ row }: { row: CallRow }) {
  const { state, word } = callFace(row);
  return <StateBadge state={state} word={word} />;
}

function LiveTable({ rows }: { rows: readonly CallRow[] }) {
  const navigate = useNavigate();
  const isInSession = useDeskValue((desk) => desk.session !== null);
  const sentence = isInSession
    ? 'No call is under way right now. The next one appears here.'
    : 'No call is under way. Start a session on Dial and watch it appear here.';
  return (
    <div className="overflow-x-auto">
      <Table
        caption="Calls under way"
        className="min-w-[52rem] px-3"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => String(row.id)}
        empty={
          <EmptyState
            sentence={sentence}
            action={{ label: 'Go to Dial', shortcut: 'g d', run: () => void navigate({ to: '/dial' }) }}
          />
        }
      />
    </div>
  );
}
