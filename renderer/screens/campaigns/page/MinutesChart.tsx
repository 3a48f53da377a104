import { useState } from 'react';
import { counted, countText, timeText } from '../../../data/words.ts';
import { SegmentedControl } from '../../../ui/Choices.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import type { Live } from '../kinds.ts';
import { hourFigures, scaleTop } from './minutes.ts';

type Minute = Live['minutes'][number];

/** Attempts and answers per minute, as bars or as a table that says the same. */
export function MinutesChart({ minutes }: { minutes: readonly Minute[] }) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <SegmentedControl
          label="Show as"
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <Legend />
      </div>
      <p className="text-sm text-muted">{inWords(minutes)}</p>
      {view === 'chart' ? <Chart minutes={minutes} /> : <MinutesTable minutes={minutes} />}
    </div>
  );
}

function inWords(minutes: readonly Minute[]): string {
  const { attempts, reached, busiest } = hourFigures(minutes);
  if (busiest === null) return 'No attempts in the last hour.';
  return `${counted(attempts, 'attempt')}, ${countText(reached)} answered; the most at ${timeText(busiest.at)}: ${countText(busiest.attempts)}.`;
}

function Legend() {
  return (
    <span aria-hidden className="flex gap-4 text-sm">
      <span className="flex items-center gap-1.5">
        <span className="size-3 rounded-sm border border-edge bg-pressed" /> Attempts
      </span>
      <span className="flex items-center gap-1.5">
        <span className="filled size-3 rounded-sm bg-accent-text" /> Answered
      </span>
    </span>
  );
}

const WIDTH = 600;
const HEIGHT = 160;

/** Drawn in units of its own and stretched to its place; the words around it are not stretched with it. */
function Chart({ minutes }: { minutes: readonly Minute[] }) {
  const top = scaleTop(minutes);
  const step = WIDTH / Math.max(1, minutes.length);
  const high = (count: number) => (count / top) * HEIGHT;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted">
      <span aria-hidden className="flex flex-col justify-between text-right">
        <span>{countText(top)}</span>
        <span>{countText(top / 2)}</span>
        <span>0</span>
      </span>
      <svg
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold bars
        role="img"
        aria-label={`Attempts and answers per minute. ${inWords(minutes)}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-40 w-full border-y"
      >
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} className="stroke-line" />
        {minutes.map(({ at, attempts, reached }, index) => (
          <g key={at}>
            <rect
              x={index * step + step * 0.12}
              width={step * 0.76}
              y={HEIGHT - high(attempts)}
              height={high(attempts)}
              vectorEffect="non-scaling-stroke"
              className="fill-pressed stroke-edge"
            />
            <rect
              x={index * step + step * 0.12}
              width={step * 0.76}
              y={HEIGHT - high(reached)}
              height={high(reached)}
              className="fill-accent-text forced-colors:fill-[Highlight]"
            />
          </g>
        ))}
      </svg>
      <span />
      <span aria-hidden className="flex justify-between pt-1">
        {minutes.length > 0 && (
          <>
            <span>{timeText(minutes[0]!.at)}</span>
            <span>{timeText(minutes[Math.floor(minutes.length / 2)]!.at)}</span>
            <span>{timeText(minutes.at(-1)!.at)}</span>
          </>
        )}
      </span>
    </div>
  );
}

const COLUMNS: readonly Column<Minute>[] = [
  { key: 'at', header: 'Minute', cell: (row) => timeText(row.at) },
  { key: 'attempts', header: 'Attempts', align: 'right', cell: (row) => countText(row.attempts) },
  { key: 'reached', header: 'Answered', align: 'right', cell: (row) => countText(row.reached) },
];

/** Only minutes in which something happened, the latest first: sixty rows of zeros tell nobody anything. */
function MinutesTable({ minutes }: { minutes: readonly Minute[] }) {
  const busy = minutes.filter(({ attempts, reached }) => attempts > 0 || reached > 0).toReversed();
  if (busy.length === 0) return <p className="text-muted">Nothing to list.</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable
    <section aria-label="Minutes" tabIndex={0} className="max-h-48 overflow-y-auto focus-inset">
      <Table
        caption="Attempts and answers per minute, the latest first"
        columns={COLUMNS}
        rows={busy}
        rowKey={(row) => String(row.at)}
      />
    </section>
  );
}
