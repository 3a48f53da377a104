import { type KeyboardEvent, type ReactNode, type Ref, useRef } from 'react';
import { cn } from '../../ui/cn.ts';

export interface Pick<T extends string | number> {
  readonly value: T;
  readonly content: ReactNode;
  /** Starts a new stretch: a line above it. */
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
  stopRef?: Ref<HTMLDivElement> | undefined;
  className?: string | undefined;
  rowClassName?: string | undefined;
}

/** One of several rows, with one tab stop. Arrows point, `Enter` goes on. */
export function PickList<T extends string | number>({
  label,
  items,
  value,
  onPick,
  onEnter,
  stopRef,
  className,
  rowClassName,
}: PickListProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const on = items.filter((item) => item.isOff !== true);
  const stop = on.some((item) => item.value === value) ? value : on[0]?.value;

  const point = (item: Pick<T> | undefined) => {
    if (item === undefined) return;
    onPick(item.value);
    const rows = list.current?.querySelectorAll<HTMLElement>('[role=radio]');
    rows?.[items.indexOf(item)]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const at = on.findIndex((item) => item.value === stop);
    const to = { ArrowDown: on[at + 1], ArrowUp: on[at - 1], Home: on[0], End: on.at(-1), ' ': on[at] };
    if (event.key === 'Enter' && onEnter !== undefined) onEnter();
    else if (event.key in to) point(to[event.key as keyof typeof to]);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={list} role="radiogroup" aria-label={label} onKeyDown={onKeyDown} className={className}>
      {items.map((item) => (
        // A row of its own rather than a native radio: the row is the target, and Enter belongs to the screen.
        <div
          key={item.value}
          ref={item.value === stop ? stopRef : undefined}
          role="radio"
          aria-checked={item.value === value}
          aria-disabled={item.isOff === true}
          aria-keyshortcuts={item.keys}
          tabIndex={item.value === stop ? 0 : -1}
          onClick={() => onPick(item.value)}
          className={cn(
            'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 select-none focus-inset',
            item.value === value ? 'bg-selected' : item.isOff !== true && 'hover:bg-hover',
            item.isFirstOfGroup === true && 'mt-1.5',
            item.isOff === true && 'text-muted',
            rowClassName,
            item.className,
          )}
        >
          {item.content}
        </div>
      ))}
    </div>
  );
}
