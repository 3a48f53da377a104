import { type KeyboardEvent, useState } from 'react';
import { cn } from '../../../ui/cn.ts';
import { CONTROL } from '../../../ui/styles.ts';
import { readTime, steppedTime, timeOfDay } from './time-of-day.ts';

interface TimeFieldProps {
  label: string;
  /** Minutes from midnight. */
  value: number;
  onChange: (minute: number) => void;
  isInvalid?: boolean | undefined;
}

/** A time of day in a small box: typed in any usual way, or stepped by quarters of an hour with the arrows. */
export function TimeField({ label, value, onChange, isInvalid = false }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? value : readTime(typed);
  const finish = () => {
    if (read !== null && read !== value) onChange(read);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return finish();
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    if (step === undefined) return;
    event.preventDefault();
    setTyped(null);
    onChange(steppedTime(read ?? value, step));
  };
  return (
    <input
      aria-label={label}
      aria-invalid={read === null || isInvalid}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      value={typed ?? timeOfDay(value)}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onKeyDown={onKeyDown}
      className={cn(CONTROL, 'h-7 w-[4.2em] px-1.5 text-center tabular-nums')}
    />
  );
}
