import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** What every field takes besides its value. */
export interface FieldProps {
  label: string;
  /** A sentence under the field. */
  description?: ReactNode;
  /** What is wrong, as a sentence. It takes the place of the description, so nothing jumps. */
  error?: string | null | undefined;
  /** Keeps the label for screen readers only, where the place already says it. */
  hideLabel?: boolean | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  name?: string | undefined;
  className?: string | undefined;
}

interface FieldFrameProps extends FieldProps {
  /** Lists and groups are no labelable elements; their label is then a plain heading. */
  nativeLabel?: boolean | undefined;
  children: ReactNode;
}

/** Label above, control, one line below. */
export function Field({
  label,
  description,
  error,
  hideLabel,
  required,
  children,
  ...rest
}: FieldFrameProps) {
  const { disabled, name, className, nativeLabel } = rest;
  return (
    <Base.Root
      invalid={error != null}
      disabled={disabled === true}
      {...(name === undefined ? {} : { name })}
      className={cn('flex min-w-0 flex-col gap-1', className)}
    >
      <Base.Label
        {...(nativeLabel === false ? { nativeLabel: false, render: <div /> } : {})}
        className={cn('text-sm font-medium text-text', hideLabel === true && 'sr-only')}
      >
        {label}
        {required === true && <span className="font-normal text-muted"> (needed)</span>}
      </Base.Label>
      {children}
      <FieldNote description={description} error={error} />
    </Base.Root>
  );
}

function FieldNote({ description, error }: Pick<FieldProps, 'description' | 'error'>) {
  if (error != null) {
    return (
      <Base.Error match className="text-sm text-danger-text">
        {error}
      </Base.Error>
    );
  }
  if (description == null) return null;
  return <Base.Description className="text-sm text-muted">{description}</Base.Description>;
}

/** Splits what belongs to the frame from what belongs to the control. */
export function splitField<T extends FieldProps>(
  props: T,
): { frame: FieldProps; control: Omit<T, keyof FieldProps> } {
  const { label, description, error, hideLabel, required, disabled, name, className, ...control } = props;
  return { frame: { label, description, error, hideLabel, required, disabled, name, className }, control };
}
