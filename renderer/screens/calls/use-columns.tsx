import { useEffect, useMemo, useRef } from 'react';
import type { FoundCall } from '../../../shared/contract/records.ts';
import { attemptStatus } from '../../../shared/domain/attempt-status.ts';
import type { CallEnd } from '../../../shared/domain/call.ts';
import { callFace, moneyText, whenText } from '../../data/words.ts';
import { StateBadge } from '../../ui/Badge.tsx';
import type { GridColumn } from '../../ui/grid/Grid.tsx';
import { clockText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.tsx';
import { RECORDING_WORD } from './words.ts';

const MINUTE_MS = 60_000;

/** What the open call's drawer tells anyway makes room for it. */
const IN_DRAWER: ReadonlySet<string> = new Set(['number', 'agent', 'campaign', 'cost', 'score', 'recording']);

export function useColumns(
  onOpen: (id: number) => void,
  isNarrow: boolean,
): readonly GridColumn<FoundCall>[] {
  const now = useNow(MINUTE_MS);
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  return useMemo(() => {
    const all: readonly GridColumn<FoundCall>[] = [
      {
        key: 'time',
        header: 'Time',
        width: 128,
        sortable: true,
        cell: (row) => whenText(row.startedAt, now),
      },
      {
        key: 'name',
        header: 'Contact',
        width: 170,
        sortable: true,
        cell: (row) => (
          // For the pointer: on the keyboard Enter opens the row.
          <button
            type="button"
            tabIndex={-1}
            onClick={() => latest.current(row.id)}
            className="max-w-full truncate text-left font-medium hover:underline"
          >
            {row.name}
          </button>
        ),
      },
      { key: 'number', header: 'Number', width: 130, sortable: true, cell: (row) => row.number || '–' },
      { key: 'state', header: 'State', width: 120, sortable: true, cell: (row) => <State row={row} /> },
      { key: 'outcome', header: 'Outcome', width: 180, sortable: true, cell: (row) => <Outcome row={row} /> },
      {
        key: 'length',
        header: 'Length',
        width: 80,
        align: 'right',
        sortable: true,
        cell: ({ seconds }) => (seconds === null ? '–' : clockText(seconds * 1000)),
      },
      { key: 'agent', header: 'Agent', width: 110, sortable: true, cell: (row) => row.agent },
      { key: 'campaign', header: 'Campaign', width: 120, sortable: true, cell: (row) => row.campaign },
      {
        key: 'cost',
        header: 'Cost',
        width: 80,
        align: 'right',
        sortable: true,
        cell: (row) => moneyText(row.costMicros, row.currency),
      },
      {
        key: 'score',
        header: 'Score',
        width: 70,
        align: 'right',
        sortable: true,
        cell: ({ score }) => score ?? '–',
      },
      {
        key: 'recording',
        header: 'Recording',
        width: 100,
        cell: ({ recording }) => (
          <span className="text-muted">{recording === 'none' ? '–' : RECORDING_WORD[recording]}</span>
        ),
      },
    ];
    return isNarrow ? all.filter(({ key }) => !IN_DRAWER.has(key)) : all;
  }, [now, isNarrow]);
}

function State({ row }: { row: FoundCall }) {
  const { state, word } = callFace(row);
  return <StateBadge state={state} word={word} />;
}

/** With words to look for, the place where they were found; otherwise what came of the call. */
function Outcome({ row }: { row: FoundCall }) {
  const { found, outcome, status } = row;
  return (
    <span className="flex gap-2">
      {outcome !== null ? (
        <span className="shrink-0">{outcome}</span>
      ) : status === 'ended' ? (
        <span data-tone="warn" className="shrink-0 text-tone">
          No outcome yet
        </span>
      ) : (
        <span className="text-muted">{attemptStatusText(row)}</span>
      )}
      {found !== null && (
        <span className="min-w-0 truncate text-muted">
          {found.before}
          <mark>{found.hit}</mark>
          {found.after}
        </span>
      )}
    </span>
  );
}

function attemptStatusText({ status, end }: FoundCall): string {
  return attemptStatus({ state: 'accepted' }, { status, end: end as CallEnd | null }) === 'in-progress'
    ? 'under way'
    : '–';
}
