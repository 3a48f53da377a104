import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { Check, Minus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';
import type { Option } from './Select.tsx';

interface ToggleProps {
  label: ReactNode;
  description?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

export interface CheckboxProps extends ToggleProps {
  /** Some of what it stands for is ticked. */
  mixed?: boolean | undefined;
}

const BOX =
  'flex size-[1.15em] shrink-0 items-center justify-center border border-edge bg-surface text-on-fill data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent forced-colors:text-[Highlight]';

/** A tick. */
export function Checkbox({
  label,
  description,
  checked,
  onChange,
  disabled,
  hideLabel,
  mixed,
  className,
}: CheckboxProps) {
  const noteId = useId();
  return (
    <Labelled {...{ label, description, noteId, hideLabel, className }}>
      <BaseCheckbox.Root
        checked={checked}
        indeterminate={mixed === true}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled === true}
        onKeyDown={leaveChords}
        aria-describedby={description === undefined ? undefined : noteId}
        className={cn(BOX, 'rounded-sm')}
      >
        <BaseCheckbox.Indicator className="flex [&>svg]:size-[0.9em] [&>svg]:stroke-[3]">
          {mixed === true ? <Minus aria-hidden /> : <Check aria-hidden />}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
    </Labelled>
  );
}

/** On or off, at once. */
export function Switch({
  label,
  description,
  checked,
  onChange,
  disabled,
  hideLabel,
  className,
}: ToggleProps) {
  const noteId = useId();
  return (
    <Labelled {...{ label, description, noteId, hideLabel, className: cn('[--control:2.35em]', className) }}>
      <BaseSwitch.Root
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled === true}
        aria-describedby={description === undefined ? undefined : noteId}
        className="flex h-[1.35em] w-[2.35em] shrink-0 items-center rounded-full border border-edge bg-pressed p-px data-checked:border-accent data-checked:bg-accent"
      >
        <BaseSwitch.Thumb className="filled size-[1em] rounded-full bg-muted data-checked:translate-x-[1em] data-checked:bg-on-fill" />
      </BaseSwitch.Root>
    </Labelled>
  );
}

/** `Ctrl+Enter` goes on to the next step wherever the focus is; a tick would keep every Enter to itself. */
function leaveChords(event: KeyboardEvent & { preventBaseUIHandler(): void }) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.preventBaseUIHandler();
}

interface LabelledProps {
  label: ReactNode;
  description?: string | undefined;
  noteId: string;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** The whole line is the target, which keeps it above 24 px. */
function Labelled({ label, description, noteId, hideLabel, className, children }: LabelledProps) {
  return (
    <div className={cn('flex flex-col', className)}>
      <label className="target inline-flex items-center gap-2 self-start">
        {children}
        <span className={cn('select-none', hideLabel === true && 'sr-only')}>{label}</span>
      </label>
      {description !== undefined && (
        // In the control's own measure, so that the note stands under the label and not under the control.
        <div className="pl-[calc(var(--control,1.2em)+0.5rem)]">
          <span id={noteId} className="text-sm text-muted">
            {description}
          </span>
        </div>
      )}
    </div>
  );
}

export interface ChoiceProps<T extends string> {
  label: string;
  hideLabel?: boolean | undefined;
  value: T;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  className?: string | undefined;
}

/** One of a few, all in view, with room for a sentence each. */
export function RadioGroup<T extends string>({
  label,
  hideLabel,
  value,
  onChange,
  options,
  className,
}: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <span id={id} className={cn('text-sm font-medium', hideLabel === true && 'sr-only')}>
        {label}
      </span>
      <BaseRadioGroup
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next)}
        className="flex flex-col gap-0.5"
      >
        {options.map((option) => (
          <Labelled
            key={option.value}
            label={option.label}
            description={option.description}
            noteId={id + option.value}
          >
            <Radio.Root
              value={option.value}
              disabled={option.disabled === true}
              onKeyDown={leaveChords}
              aria-describedby={option.description === undefined ? undefined : id + option.value}
              className={cn(BOX, 'rounded-full')}
            >
              <Radio.Indicator className="filled size-[0.45em] rounded-full bg-on-fill" />
            </Radio.Root>
          </Labelled>
        ))}
      </BaseRadioGroup>
    </div>
  );
}

/** One of two to five, side by side: views, ranges, themes. */
export function SegmentedControl<T extends string>({
  label,
  hideLabel = true,
  value,
  onChange,
  onEnter,
  options,
  className,
}: ChoiceProps<T> & {
  /** `Enter` on a choice goes on, where there is one thing to go on with. Radios make nothing of it. */
  readonly onEnter?: (() => void) | undefined;
}) {
  const id = useId();
  return (
    <div className={cn('inline-flex flex-col items-start gap-1', className)}>
      <span id={id} className={cn('text-sm font-medium', hideLabel && 'sr-only')}>
        {label}
      </span>
      <BaseRadioGroup
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
        }}
        className="inline-flex h-8 items-stretch rounded-md border border-line bg-sunken p-px"
      >
        {options.map((option) => (
          <Radio.Root
            key={option.value}
            value={option.value}
            disabled={option.disabled === true}
            className="target flex items-center gap-1.5 rounded-sm border border-transparent px-2.5 text-sm font-medium text-muted select-none hover:text-text data-checked:border-edge data-checked:bg-surface data-checked:text-text data-checked:shadow-low forced-colors:data-checked:outline-2 [&>svg]:size-[1.1em]"
          >
            {option.icon}
            {option.label}
          </Radio.Root>
        ))}
      </BaseRadioGroup>
    </div>
  );
}
