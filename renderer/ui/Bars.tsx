import { Meter as BaseMeter } from '@base-ui/react/meter';
import { Progress } from '@base-ui/react/progress';
import { cn } from './cn.ts';
import type { Tone } from './Badge.tsx';

export interface ProgressBarProps {
  label: string;
  /** 0 to 1; null while the end is not known. */
  value: number | null;
  /** In words: `412,000 of 1,000,000 rows`. Percent otherwise. */
  valueText?: string | undefined;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

const TRACK = 'h-1.5 overflow-hidden rounded-full bg-pressed forced-colors:border';

/** How far a piece of work has come. */
export function ProgressBar({ label, value, valueText, hideLabel, className }: ProgressBarProps) {
  const words = valueText ?? (value === null ? 'Working…' : `${Math.floor(value * 100)} %`);
  return (
    <Progress.Root
      value={value === null ? null : value * 100}
      getAriaValueText={() => words}
      className={cn('flex flex-col gap-1', className)}
    >
      <div className={cn('flex justify-between gap-2 text-sm', hideLabel === true && 'sr-only')}>
        <Progress.Label className="font-medium">{label}</Progress.Label>
        <span aria-hidden className="text-muted">
          {words}
        </span>
      </div>
      <Progress.Track className={TRACK}>
        <Progress.Indicator className="filled h-full bg-accent-text data-indeterminate:w-1/3 data-indeterminate:opacity-60" />
      </Progress.Track>
    </Progress.Root>
  );
}

export interface MeterProps {
  label: string;
  value: number;
  min?: number | undefined;
  max: number;
  valueText: string;
  tone?: Tone | undefined;
  /** A limit to mark on the bar, in the same unit. */
  mark?: number | undefined;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

/** How much of something there is: a level, a share of a cap. */
export function Meter({
  label,
  value,
  min = 0,
  max,
  valueText,
  tone = 'accent',
  mark,
  hideLabel,
  className,
}: MeterProps) {
  const span = Math.max(max - min, Number.EPSILON);
  return (
    <BaseMeter.Root
      value={Math.min(max, Math.max(min, value))}
      min={min}
      max={max}
      getAriaValueText={() => valueText}
      data-tone={tone}
      className={cn('flex flex-col gap-1', className)}
    >
      <div className={cn('flex justify-between gap-2 text-sm', hideLabel === true && 'sr-only')}>
        <BaseMeter.Label className="font-medium">{label}</BaseMeter.Label>
        <span aria-hidden className="text-muted">
          {valueText}
        </span>
      </div>
      <div className="relative">
        <BaseMeter.Track className={TRACK}>
          <BaseMeter.Indicator className="filled h-full bg-tone" />
        </BaseMeter.Track>
        {mark !== undefined && (
          <span
            aria-hidden
            className="absolute -inset-y-0.5 w-0.5 bg-text forced-colors:bg-[CanvasText]"
            style={{ left: `${((mark - min) / span) * 100}%` }}
          />
        )}
      </div>
    </BaseMeter.Root>
  );
}
