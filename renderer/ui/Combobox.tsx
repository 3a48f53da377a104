import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { cn } from './cn.ts';
import { Field, type FieldProps, splitField } from './Field.tsx';
import { type Option, OptionBody } from './Select.tsx';
import { CONTROL, OPTION, POPUP } from './styles.ts';

export interface ComboboxProps<T extends string> extends FieldProps {
  value: T | null;
  onChange: (value: T | null) => void;
  options: readonly Option<T>[];
  placeholder?: string | undefined;
  /** A sentence for when nothing matches what was typed. */
  emptyText?: string | undefined;
}

/** One of many, found by typing. */
export function Combobox<T extends string>(props: ComboboxProps<T>) {
  const { frame, control } = splitField(props);
  const { value, onChange, options, placeholder = 'Type to find…', emptyText = 'Nothing matches.' } = control;
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Field {...frame}>
      <Base.Root<Option<T>>
        items={options}
        value={chosen}
        limit={100}
        disabled={frame.disabled}
        autoHighlight
        isItemEqualToValue={(a, b) => a.value === b.value}
        onValueChange={(next) => onChange(next?.value ?? null)}
      >
        <Base.InputGroup className="relative flex items-center">
          <Base.Input placeholder={placeholder} className={cn(CONTROL, 'pr-9')} />
          <Base.Trigger
            aria-label={`Show choices: ${frame.label}`}
            className="target absolute right-1 flex items-center justify-center rounded-sm text-muted hover:text-text [&>svg]:size-[1.1em]"
          >
            <ChevronDown aria-hidden />
          </Base.Trigger>
        </Base.InputGroup>
        <Base.Portal>
          <Base.Positioner sideOffset={4} className="z-50 outline-none">
            <Base.Popup className={POPUP}>
              <Base.Empty>
                <div className="px-2 py-1.5 text-muted">{emptyText}</div>
              </Base.Empty>
              <Base.List>
                {(option: Option<T>) => (
                  <Base.Item
                    key={option.value}
                    value={option}
                    disabled={option.disabled === true}
                    className={OPTION}
                  >
                    <OptionBody
                      option={option}
                      indicator={<Base.ItemIndicator render={<Check aria-hidden />} />}
                    >
                      {option.label}
                    </OptionBody>
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}
