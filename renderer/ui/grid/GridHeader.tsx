/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table draws all of its rows; this one draws those that are seen */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { cn } from '../cn.ts';
import type { Sort } from '../Table.tsx';
import type { GridColumn } from './Grid.tsx';

const STEP_PX = 16;
const NARROWEST_PX = 64;

interface GridHeaderProps<Row> {
  columns: readonly GridColumn<Row>[];
  template: string;
  widths: Readonly<Record<string, number>>;
  onWidth: (key: string, px: number) => void;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  withBoxes: boolean;
}

/** The heading of a grid: sorts by a press, and widens a column by its edge or by Alt and an arrow. */
export function GridHeader<Row>({
  columns,
  template,
  widths,
  onWidth,
  sort,
  onSort,
  withBoxes,
}: GridHeaderProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="grid h-row items-center border-b bg-surface text-sm font-medium text-muted"
      style={{ gridTemplateColumns: template }}
    >
      {withBoxes && (
        <div role="columnheader" aria-colindex={1}>
          <span className="sr-only">Chosen</span>
        </div>
      )}
      {columns.map((column, nth) => (
        <Heading
          key={column.key}
          column={column}
          index={nth + (withBoxes ? 2 : 1)}
          width={widths[column.key] ?? column.width}
          onWidth={(px) => onWidth(column.key, Math.max(NARROWEST_PX, Math.round(px)))}
          sort={sort}
          onSort={onSort}
        />
      ))}
    </div>
  );
}

interface HeadingProps<Row> {
  column: GridColumn<Row>;
  index: number;
  width: number;
  onWidth: (px: number) => void;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function Heading<Row>({ column, index, width, onWidth, sort, onSort }: HeadingProps<Row>) {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const canSort = column.sortable === true && onSort !== undefined;
  const flip = () =>
    onSort?.({ key: column.key, direction: direction === 'ascending' ? 'descending' : 'ascending' });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    onWidth(width + (event.key === 'ArrowRight' ? STEP_PX : -STEP_PX));
  };
  return (
    <div
      role="columnheader"
      aria-colindex={index}
      aria-sort={canSort ? (direction ?? 'none') : undefined}
      className={cn('relative flex min-w-0 items-center px-2', column.align === 'right' && 'justify-end')}
    >
      {canSort ? (
        <button
          type="button"
          onClick={flip}
          onKeyDown={onKeyDown}
          title="Sorts. Alt and an arrow makes the column wider or narrower."
          className="target inline-flex max-w-full items-center gap-1 rounded-sm hover:text-text"
        >
          <span className="truncate">{column.header}</span>
          <span aria-hidden className={cn('flex [&>svg]:size-[1em]', direction === undefined && 'invisible')}>
            {direction === 'descending' ? <ArrowDown /> : <ArrowUp />}
          </span>
        </button>
      ) : (
        <span className="truncate">{column.header}</span>
      )}
      <Edge width={width} onWidth={onWidth} />
    </div>
  );
}

/** For a pointer alone: the keyboard has Alt and an arrow. */
function Edge({ width, onWidth }: { width: number; onWidth: (px: number) => void }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current !== null) onWidth(from.current.width + event.clientX - from.current.x);
  };
  const onPointerUp = () => {
    from.current = null;
  };
  return (
    <span
      aria-hidden
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      className="absolute inset-y-1 right-0 w-2 cursor-col-resize touch-none border-r border-line hover:border-edge"
    />
  );
}
