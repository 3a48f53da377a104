import { NumberField as Base } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import { cn } from './cn.ts';
import { Field, type FieldProps, splitField } from './Field.tsx';
import { CONTROL } from './styles.ts';

export interface NumberFieldProps extends FieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  /** Shown after the number: `seconds`, `%`. */
  unit?: string | undefined;
}

const STEP =
  'target flex w-7 shrink-0 items-center justify-center text-muted hover:bg-hover hover:text-text data-disabled:opacity-50 [&>svg]:size-[1em]';

/** A number with steps. Arrow keys step too, Shift by ten. */
export function NumberField(props: NumberFieldProps) {
  const { frame, control } = splitField(props);
  const { value, onChange, min, max, step = 1, unit } = control;
  return (
    <Field {...frame}>
      <Base.Root
        value={value}
        onValueChange={(next) => onChange(next)}
        {...{ min, max, step }}
        disabled={frame.disabled}
      >
        <Base.Group
          className={cn(
            CONTROL,
            'flex items-stretch overflow-hidden p-0 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus',
          )}
        >
          <Base.Input className="w-full min-w-[5ch] flex-1 bg-transparent pl-2.5 outline-none" />
          {unit !== undefined && (
            <span className="flex min-w-0 items-center truncate px-1.5 text-sm text-muted">{unit}</span>
          )}
          <Base.Decrement aria-label={`Less: ${frame.label}`} className={cn(STEP, 'border-l border-line')}>
            <Minus aria-hidden />
          </Base.Decrement>
          <Base.Increment aria-label={`More: ${frame.label}`} className={cn(STEP, 'border-l border-line')}>
            <Plus aria-hidden />
          </Base.Increment>
        </Base.Group>
      </Base.Root>
    </Field>
  );
}
