import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react';
import { cn } from '../../ui/cn.ts';

export interface Pick<T extends string | number> {
  readonly value: T;
  readonly content: ReactNode;
  /** Starts a new stretch: a little room above it. */
  readonly isFirstOfGroup?: boolean;
  readonly isOff?: boolean;
  readonly className?: string | undefined;
  readonly keys?: string | undefined;
}

interface PickListProps<T extends string | number> {
  label: string;
  items: readonly Pick<T>[];
  value: T | null;
  onPick: (value: T) => void;
  /** `Enter` on the list: the main action of the screen, which the list would otherwise keep to itself. */
  onEnter?: (() => void) | undefined;
  /** Reaches the row that has the list's one tab stop. */
  stopRef?: Ref<HTMLInputElement> | undefined;
  className?: string | undefined;
  rowClassName?: string | undefined;
}

/** One of several rows, with one tab stop. Arrows point, `Enter` goes on. */
export function PickList<T extends string | number>(props: PickListProps<T>) {
  const { label, items, value, onPick, onEnter, stopRef, className, rowClassName } = props;
  const name = useId();
  const on = items.filter((item) => item.isOff !== true);
  const stop = on.some((item) => item.value === value) ? value : on[0]?.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && !event.repeat;
    if (event.key !== 'Enter' || !isPlain || onEnter === undefined) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div role="radiogroup" aria-label={label} className={className}>
      {items.map((item) => (
        <label
          key={item.value}
          className={cn(
            'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 select-none',
            'has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus',
            item.value === value ? 'bg-selected' : item.isOff !== true && 'hover:bg-hover',
            item.isFirstOfGroup === true && 'mt-1.5',
            item.isOff === true && 'text-muted',
            rowClassName,
            item.className,
          )}
        >
          <input
            type="radio"
            name={name}
            ref={item.value === stop ? stopRef : undefined}
            checked={item.value === value}
            disabled={item.isOff === true}
            aria-keyshortcuts={item.keys}
            onChange={() => onPick(item.value)}
            onKeyDown={onKeyDown}
            className="sr-only"
          />
          {item.content}
        </label>
      ))}
    </div>
  );
}
