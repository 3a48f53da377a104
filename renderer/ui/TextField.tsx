import { Field as Base } from '@base-ui/react/field';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Field, type FieldProps, splitField } from './Field.tsx';
import { CONTROL } from './styles.ts';

type Taken = keyof FieldProps | 'value' | 'onChange' | 'children' | 'defaultValue';

export interface TextFieldProps extends FieldProps, Omit<ComponentPropsWithRef<'input'>, Taken> {
  value: string;
  onChange: (value: string) => void;
  /** A quiet sign or word inside the box, before the text. */
  prefix?: never;
  lead?: ReactNode;
  /** A key cap or unit inside the box, after the text. */
  tail?: ReactNode;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { frame, control } = splitField(props);
  const { value, onChange, lead, tail, ...input } = control;
  return (
    <Field {...frame}>
      <span className="relative flex items-center">
        {lead != null && (
          <span className="pointer-events-none absolute left-2.5 flex text-muted [&>svg]:size-[1.1em]">
            {lead}
          </span>
        )}
        <Base.Control
          {...input}
          required={frame.required === true}
          value={value}
          onValueChange={(next: string) => onChange(next)}
          className={cn(CONTROL, lead != null && 'pl-8', tail != null && 'pr-12')}
        />
        {tail != null && <span className="pointer-events-none absolute right-2 flex text-muted">{tail}</span>}
      </span>
    </Field>
  );
}

export interface TextAreaProps extends FieldProps, Omit<ComponentPropsWithRef<'textarea'>, Taken> {
  value: string;
  onChange: (value: string) => void;
  /** Keeps the number of rows, where growing would move what is under the hand. */
  fixed?: boolean | undefined;
}

/** Several lines; grows with its text unless `fixed`. */
export function TextArea(props: TextAreaProps) {
  const { frame, control } = splitField(props);
  const { value, onChange, fixed, rows = 3, ...area } = control;
  return (
    <Field {...frame}>
      <Base.Control
        render={
          <textarea
            {...area}
            rows={rows}
            required={frame.required === true}
            onChange={(event) => onChange(event.target.value)}
          />
        }
        value={value}
        className={cn(
          CONTROL,
          'h-auto min-h-8 resize-none py-1.5',
          fixed !== true && 'field-sizing-content max-h-80',
        )}
      />
    </Field>
  );
}
