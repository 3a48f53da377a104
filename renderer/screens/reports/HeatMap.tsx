import { type KeyboardEvent, useRef, useState } from 'react';
import type { Report } from '../../../shared/contract/reports.ts';
import { TOO_FEW } from '../../../shared/domain/report.ts';
import { CallsLink } from './CallsLink.tsx';
import { Section } from './Section.tsx';
import { WEEKDAYS, percentText } from './words.ts';

type Cell = Report['heat'][number];

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When people are reached: a table of the hours of the week, shaded and in numbers. Arrows go from cell to cell. */
export function HeatMap({ report: { heat }, zone }: { report: Report; zone: string }) {
  const table = useRef<HTMLTableElement>(null);
  const first = heat.findIndex(({ dials }) => dials > 0);
  const [held, setHeld] = useState<number | null>(null);
  const at = held ?? Math.max(0, first);
  // Of the cells that say something: a handful of calls at midnight must not pale all the others.
  const most = Math.max(0, ...heat.filter(({ dials }) => dials >= TOO_FEW).map(shareOf));
  const goTo = (cell: number) => {
    setHeld(cell);
    table.current?.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -24, ArrowRight: 24, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // Hours in which nobody called have nothing to open.
    for (let next = at + step; next >= 0 && next < heat.length; next += step)
      if (heat[next]!.dials > 0) return goTo(next);
  };
  return (
    <Section
      title="Hours of the week"
      note={`Talks of dials in each hour, by the clocks of ${zone}. Hatched cells had fewer than ${TOO_FEW} calls: too few to say much.`}
    >
      <div className="overflow-x-auto">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from link to link */}
        <table ref={table} onKeyDown={onKeyDown} className="border-separate border-spacing-0.5 text-sm">
          <caption className="sr-only">Connect rate by hour and weekday</caption>
          <thead>
            <tr>
              <th scope="col" className="px-2 text-left font-medium text-muted">
                Hour
              </th>
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col" className="w-24 font-medium text-muted">
                  {day}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {HOURS.map((hour) => (
              <tr key={hour}>
                <th scope="row" className="px-2 text-left font-normal text-muted tabular-nums">
                  {String(hour).padStart(2, '0')}:00
                </th>
                {WEEKDAYS.map((day, nth) => {
                  const place = nth * 24 + hour;
                  return (
                    <HeatCell
                      key={day}
                      cell={heat[place]!}
                      place={place}
                      most={most}
                      isHeld={place === at}
                      onHold={setHeld}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

const HATCHED = 'repeating-linear-gradient(135deg, var(--sunken) 0 4px, transparent 4px 8px)';

function shareOf({ talks, dials }: Cell): number {
  return dials === 0 ? 0 : talks / dials;
}

interface HeatCellProps {
  cell: Cell;
  place: number;
  most: number;
  isHeld: boolean;
  onHold: (place: number) => void;
}

function HeatCell({ cell, place, most, isHeld, onHold }: HeatCellProps) {
  const { weekday, hour, dials, talks, filter } = cell;
  const name = `${WEEKDAYS[weekday - 1]}, ${String(hour).padStart(2, '0')}:00`;
  const isFew = dials < TOO_FEW;
  const shade = most === 0 ? 0 : Math.round((35 * Math.min(shareOf(cell), most)) / most);
  return (
    <td
      className="rounded-sm p-0 text-center"
      style={
        dials === 0
          ? undefined
          : {
              background: isFew
                ? HATCHED
                : `color-mix(in oklab, var(--state-connected) ${shade}%, var(--surface))`,
            }
      }
    >
      {dials === 0 ? (
        <span className="text-muted">
          <span aria-hidden>·</span>
          <span className="sr-only">no calls</span>
        </span>
      ) : (
        <CallsLink
          count={dials}
          filter={filter}
          label={`${name}: ${percentText(talks, dials)}, ${talks} talks of ${dials} dials${isFew ? ', too few' : ''}. Open the calls`}
          tabIndex={isHeld ? 0 : -1}
          cell={place}
          onFocus={() => onHold(place)}
          className="block px-1 py-0.5 tabular-nums"
        >
          {percentText(talks, dials)}
        </CallsLink>
      )}
    </td>
  );
}
