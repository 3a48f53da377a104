import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Field, type FieldProps, splitField } from './Field.tsx';
import { CONTROL, OPTION, POPUP } from './styles.ts';

/** One choice of a select, combobox, radio group or segmented control. */
export interface Option<T extends string = string> {
  value: T;
  label: string;
  description?: string | undefined;
  icon?: ReactNode;
  disabled?: boolean | undefined;
}

export interface SelectProps<T extends string> extends FieldProps {
  value: T | null;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  placeholder?: string | undefined;
}

/** One of a few. Typing jumps to a choice. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { frame, control } = splitField(props);
  const { value, onChange, options, placeholder = 'Choose…' } = control;
  return (
    <Field {...frame} nativeLabel={false}>
      <Base.Root
        value={value}
        items={options}
        disabled={frame.disabled}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
      >
        <Base.Trigger
          className={cn(CONTROL, 'flex items-center gap-2 text-left hover:bg-hover data-popup-open:bg-hover')}
        >
          <Base.Value
            placeholder={placeholder}
            className="min-w-0 flex-1 truncate data-placeholder:text-muted"
          />
          <ChevronDown aria-hidden className="size-[1.1em] shrink-0 text-muted" />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
            <Base.Popup className={POPUP}>
              <Base.List>
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled === true}
                    className={OPTION}
                  >
                    <OptionBody
                      option={option}
                      indicator={<Base.ItemIndicator render={<Check aria-hidden />} />}
                    >
                      <Base.ItemText render={<span />}>{option.label}</Base.ItemText>
                    </OptionBody>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}

interface OptionBodyProps {
  option: Option;
  indicator: ReactNode;
  children: ReactNode;
}

/** The inside of a row: a tick's place, icon, label, and its description beneath. */
export function OptionBody({ option, indicator, children }: OptionBodyProps) {
  return (
    <>
      <span className="flex w-[1.1em] shrink-0 [&>svg]:size-[1.1em]">{indicator}</span>
      {option.icon != null && (
        <span className="flex shrink-0 text-muted [&>svg]:size-[1.1em]">{option.icon}</span>
      )}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {option.description !== undefined && (
          <span className="block text-sm text-muted">{option.description}</span>
        )}
      </span>
    </>
  );
}
