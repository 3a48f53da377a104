import { cadenceText } from '../../../shared/domain/cadence.ts';
import { Button } from '../../ui/Button.tsx';
import { cn } from '../../ui/cn.ts';
import { DAY_CHIPS, daysIn, withDay } from './schedule-words.ts';

interface DayChipsProps {
  /** `weekdays`, `mon,wed`; empty is no day. */
  value: string;
  onChange: (value: string) => void;
  className?: string | undefined;
}

const SETS = [
  { label: 'Every day', text: cadenceText({ kind: 'daily' }) },
  { label: 'Weekdays', text: cadenceText({ kind: 'weekdays' }) },
  { label: 'Weekends', text: cadenceText({ kind: 'weekends' }) },
];

/** Seven days to switch, and the usual sets of them. */
export function DayChips({ value, onChange, className }: DayChipsProps) {
  const days = daysIn(value);
  return (
    <fieldset className={cn('flex min-w-0 flex-col gap-1', className)}>
      <legend className="mb-1 text-sm font-medium">Days</legend>
      <span className="flex flex-wrap gap-x-4 gap-y-2">
        <span className="flex flex-wrap gap-1">
          {DAY_CHIPS.map(({ weekday, label }) => (
            <Button
              key={weekday}
              size="sm"
              variant={days.includes(weekday) ? 'primary' : 'secondary'}
              aria-pressed={days.includes(weekday)}
              onClick={() => onChange(withDay(value, weekday))}
            >
              {label}
            </Button>
          ))}
        </span>
        <span className="flex flex-wrap gap-1">
          {SETS.map(({ label, text }) => (
            <Button key={text} size="sm" variant="ghost" onClick={() => onChange(text)}>
              {label}
            </Button>
          ))}
        </span>
      </span>
    </fieldset>
  );
}
