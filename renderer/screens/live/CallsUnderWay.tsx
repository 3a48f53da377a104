import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Board, BoardCall } from '../../../shared/contract/board.ts';
import { byAttention, whyAttention } from '../../../shared/domain/attention.ts';
import { callFace } from '../../data/words.ts';
import { Badge, StateBadge } from '../../ui/Badge.tsx';
import { Duration } from '../../ui/Duration.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Grid, type GridColumn } from '../../ui/grid/Grid.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { CallActions } from './CallActions.tsx';
import { useKeptOrder } from './use-kept-order.ts';
import { HIDDEN, stateOfCall, whoSpeaks } from './words.ts';

interface CallsUnderWayProps {
  readonly calls: readonly BoardCall[];
  readonly can: Board['can'];
  readonly ownPhone: string;
  readonly withNames: boolean;
}

/** Rows and their heading, so that few calls take little room and many do not take all of it. */
const ROW_PX = 36;
const ROWS_SHOWN_MAX = 14;
const SECOND_MS = 1_000;
/** Nothing is fetched row by row. */
const allAreHere = () => {};

/** Each call under way, whichever needs somebody to look first; hundreds of them like ten. */
export function CallsUnderWay({ calls, can, ownPhone, withNames }: CallsUnderWayProps) {
  const navigate = useNavigate();
  const now = useNow(SECOND_MS);
  const wanted = byAttention(
    calls.map((call) => ({ ...call, state: stateOfCall(call) })),
    now,
    ({ startedAt }) => String(startedAt).padStart(16, '0'),
  );
  const { rows, held } = useKeptOrder(wanted, ({ id }) => id);
  const [activeId, setActive] = useState<number | null>(null);
  const active = rows.find(({ id }) => id === activeId) ?? rows[0] ?? null;
  const columns = useColumns(withNames);
  return (
    <section aria-labelledby="calls-under-way" className="border-b pt-3" {...held}>
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-2">
        <h2 id="calls-under-way" className="text-lg font-semibold">
          Calls under way
        </h2>
        {active !== null && (
          <CallActions key={active.id} call={active} can={can} ownPhone={ownPhone} withNames={withNames} />
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState
          className="px-5 pb-4"
          sentence="No call is under way. The next one appears here at once."
          action={{ label: 'Go to Dial', shortcut: 'g d', run: () => void navigate({ to: '/dial' }) }}
        />
      ) : (
        <div
          className="flex flex-col px-3"
          style={{ height: (Math.min(rows.length, ROWS_SHOWN_MAX) + 1) * ROW_PX + 8 }}
        >
          <Grid
            label="Calls under way"
            columns={columns}
            count={rows.length}
            rowAt={(index) => rows[index]}
            onShown={allAreHere}
            listKey="live"
            onOpen={(index) => {
              const id = rows[index]?.id;
              if (id !== undefined) void navigate({ to: '/calls', search: { call: id } });
            }}
            onActive={(index) => setActive(rows[index]?.id ?? null)}
            keptAs="live-calls"
          />
        </div>
      )}
    </section>
  );
}

type Row = BoardCall & { readonly state: string };

function useColumns(withNames: boolean): readonly GridColumn<Row>[] {
  const name = useCallback((row: Row) => (withNames ? row.name : HIDDEN), [withNames]);
  return useMemo(
    () => [
      { key: 'state', header: 'State', width: 260, cell: (row) => <State row={row} /> },
      {
        key: 'time',
        header: 'For',
        width: 80,
        align: 'right',
        cell: (row) => <Duration startedAt={row.since} label={`Call with ${name(row)}`} />,
      },
      {
        key: 'name',
        header: 'Contact',
        width: 170,
        cell: (row) => <b className="font-medium">{name(row)}</b>,
      },
      { key: 'number', header: 'Number', width: 130, cell: (row) => (withNames ? row.number : HIDDEN) },
      {
        key: 'agent',
        header: 'Who speaks',
        width: 140,
        cell: (row) => whoSpeaks(row),
      },
      { key: 'campaign', header: 'Campaign', width: 140, cell: (row) => row.campaign || '–' },
      {
        key: 'said',
        header: 'Said last',
        width: 280,
        cell: (row) => row.said !== null && <Said said={row.said} />,
      },
    ],
    [name, withNames],
  );
}

function State({ row }: { row: Row }) {
  // Asked here and not above: a row that turns late draws itself anew, and not the other hundreds.
  const why = whyAttention(row, useNow(SECOND_MS));
  const { state, word } = row.isHeld
    ? { state: 'hold' as const, word: 'On hold' }
    : callFace({ status: row.status, end: null });
  return (
    <span className="flex items-center gap-2">
      <StateBadge state={state} word={word} />
      {why !== null && <Badge tone="warn">{why}</Badge>}
    </span>
  );
}

function Said({ said }: { said: NonNullable<BoardCall['said']> }) {
  return (
    <span className="truncate">
      <span className="text-muted">{said.by === 'us' ? 'We: ' : 'They: '}</span>
      {said.text}
    </span>
  );
}
