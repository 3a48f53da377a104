import { CopyCheck, Plus, X } from 'lucide-react';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import type { Window } from '../kinds.ts';
import { TimeField } from './TimeField.tsx';
import {
  copied,
  dayName,
  type Hours,
  hoursOf,
  opened,
  piecesOn,
  troubleOn,
  WEEKDAYS,
  WHOLE_WEEK,
  withBreak,
  withDay,
} from './week.ts';

interface WeekGridProps {
  windows: readonly Window[];
  onChange: (windows: Window[]) => void;
}

/** The hours of a week, a row for each day: its tick, its times, and a bar that shows them at a glance. */
export function WeekGrid({ windows, onChange }: WeekGridProps) {
  const first = WHOLE_WEEK.find((day) => hoursOf(windows, day).length > 0) ?? null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="sr-only">Hours of the week</legend>
      <Scale />
      {WHOLE_WEEK.map((day) => (
        <DayRow key={day} day={day} windows={windows} onChange={onChange} />
      ))}
      <div className="mt-1 flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<CopyCheck />}
          disabledReason={first === null ? 'Open a day first.' : null}
          onClick={() => onChange(copied(windows, first!, WEEKDAYS))}
        >
          {first === null ? 'Copy to weekdays' : `Copy ${dayName(first)} to weekdays`}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabledReason={first === null ? 'Open a day first.' : null}
          onClick={() => onChange(copied(windows, first!, WHOLE_WEEK))}
        >
          To the whole week
        </Button>
      </div>
    </fieldset>
  );
}

const ROW = 'grid grid-cols-[7.5rem_17rem_minmax(4rem,1fr)] items-center gap-x-3';

function Scale() {
  return (
    <div aria-hidden className={`${ROW} h-4 text-xs text-muted`}>
      <span />
      <span />
      <span className="relative h-full">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span
            key={hour}
            className="absolute first:translate-x-0 -translate-x-1/2 last:-translate-x-full"
            style={{ left: `${(hour / 24) * 100}%` }}
          >
            {hour}
          </span>
        ))}
      </span>
    </div>
  );
}

function DayRow({ day, windows, onChange }: WeekGridProps & { day: number }) {
  const hours = hoursOf(windows, day);
  const trouble = troubleOn(windows, day);
  const name = dayName(day);
  const setHours = (next: readonly Hours[]) => onChange(withDay(windows, day, next));
  return (
    <div className="flex flex-col">
      <div className={ROW}>
        <Checkbox
          label={name}
          checked={hours.length > 0}
          onChange={(on) => onChange(on ? opened(windows, day) : withDay(windows, day, []))}
        />
        <div className="flex min-h-8 flex-col justify-center gap-1">
          {hours.length === 0 && <span className="text-muted">closed</span>}
          {hours.map((each, index) => (
            <Stretch
              key={index}
              day={name}
              hours={each}
              nth={hours.length > 1 ? index + 1 : null}
              isInvalid={trouble !== null}
              onChange={(next) => setHours(hours.map((one, at) => (at === index ? next : one)))}
              onRemove={hours.length > 1 ? () => setHours(hours.toSpliced(index, 1)) : null}
              onSplit={index === hours.length - 1 ? () => onChange(withBreak(windows, day)) : null}
            />
          ))}
        </div>
        <DayBar pieces={piecesOn(windows, day)} />
      </div>
      {trouble !== null && (
        <p role="alert" className="pl-[8.25rem] text-sm text-danger-text">
          {trouble}
        </p>
      )}
    </div>
  );
}

interface StretchProps {
  day: string;
  hours: Hours;
  /** Which of the day’s hours, where there are several. */
  nth: number | null;
  isInvalid: boolean;
  onChange: (hours: Hours) => void;
  onRemove: (() => void) | null;
  onSplit: (() => void) | null;
}

function Stretch({ day, hours, nth, isInvalid, onChange, onRemove, onSplit }: StretchProps) {
  const name = nth === null ? day : `${day}, part ${nth}`;
  return (
    <span className="flex items-center gap-1.5">
      <TimeField
        label={`${name}, from`}
        value={hours.from}
        isInvalid={isInvalid}
        onChange={(from) => onChange({ ...hours, from })}
      />
      <span aria-hidden className="text-muted">
        –
      </span>
      <TimeField
        label={`${name}, to`}
        value={hours.to}
        isInvalid={isInvalid}
        onChange={(to) => onChange({ ...hours, to })}
      />
      {onSplit !== null && (
        <IconButton size="sm" label={`Add a break on ${day}`} icon={<Plus />} onClick={onSplit} />
      )}
      {onRemove !== null && (
        <IconButton size="sm" label={`Take away ${name}`} icon={<X />} onClick={onRemove} />
      )}
      {hours.to < hours.from && (
        <span className="text-sm whitespace-nowrap text-muted" title="Ends on the day after">
          next day
        </span>
      )}
    </span>
  );
}

const DAY_MINUTES = 24 * 60;

function DayBar({ pieces }: { pieces: readonly Hours[] }) {
  return (
    <span aria-hidden className="relative h-2.5 overflow-hidden rounded-sm bg-pressed forced-colors:border">
      {pieces.map(({ from, to }) => (
        <span
          key={from}
          className="filled absolute inset-y-0 rounded-sm bg-accent-text"
          style={{ left: `${(from / DAY_MINUTES) * 100}%`, width: `${((to - from) / DAY_MINUTES) * 100}%` }}
        />
      ))}
    </span>
  );
}
