import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown, Search } from 'lucide-react';
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
  const { value, onChange, options, placeholder = 'Choose…', emptyText = 'Nothing matches.' } = control;
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Field {...frame} nativeLabel={false}>
      <Base.Root<Option<T>>
        items={options}
        value={chosen}
        limit={100}
        disabled={frame.disabled}
        autoHighlight
        isItemEqualToValue={(a, b) => a.value === b.value}
        onValueChange={(next) => onChange(next?.value ?? null)}
      >
        <Base.Trigger
          className={cn(CONTROL, 'flex items-center gap-2 text-left hover:bg-hover data-popup-open:bg-hover')}
        >
          <span className={cn('min-w-0 flex-1 truncate', chosen === null && 'text-muted')}>
            <Base.Value placeholder={placeholder} />
          </span>
          <ChevronDown aria-hidden className="size-[1.1em] shrink-0 text-muted" />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} className="z-50 outline-none">
            {/* The box to type in lives in the popup: beside it Base UI would hide the page but leave it focusable. */}
            <Base.Popup aria-label={frame.label} className={cn(POPUP, 'flex flex-col p-0')}>
              <div className="flex items-center gap-2 border-b px-3">
                <Search aria-hidden className="size-[1.1em] shrink-0 text-muted" />
                <Base.Input
                  aria-label={`Find: ${frame.label}`}
                  placeholder="Type to find…"
                  className="h-8 w-full bg-transparent outline-none placeholder:text-muted"
                />
              </div>
              <Base.Empty>
                <div className="px-3 py-2 text-muted">{emptyText}</div>
              </Base.Empty>
              {/* Named by itself: while the popup closes, nothing around it names it any more. */}
              <Base.List aria-label={frame.label} className="min-h-0 overflow-y-auto p-1 data-empty:p-0">
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
