/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table draws all of its rows; this one draws those that are seen */
import { Check } from 'lucide-react';
import {
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cn } from '../cn.ts';
import type { Sort } from '../Table.tsx';
import { GridHeader } from './GridHeader.tsx';
import { NOBODY, type Selection, isSelected } from './selection.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useScaledScroll } from './use-scaled-scroll.ts';
import { type Measure, shownAt, spacerPx, topShowing } from './window.ts';

export interface GridColumn<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Its usual width in pixels; what room is left over is shared out. */
  readonly width: number;
  readonly align?: 'left' | 'right' | undefined;
  readonly sortable?: boolean | undefined;
}

export interface GridHandle {
  focus: () => void;
  /** Goes so many rows on, or back, from the active one. */
  step: (by: number) => void;
}

export interface GridProps<Row> {
  /** Says what the grid holds. */
  label: string;
  columns: readonly GridColumn<Row>[];
  count: number;
  /** The row at a place: undefined while it is on its way, null when it is gone. */
  rowAt: (index: number) => Row | null | undefined;
  /** Told which rows are to be seen, from and up to: fetch them. */
  onShown: (from: number, to: number) => void;
  /** Another list begins at its first row; the same list keeps its place. */
  listKey: string;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  selection?: Selection | undefined;
  onSelection?: ((selection: Selection) => void) | undefined;
  onOpen?: ((index: number) => void) | undefined;
  onActive?: ((index: number) => void) | undefined;
  /** Widths are kept under this name. */
  keptAs: string;
  ref?: Ref<GridHandle> | undefined;
}

const BOX_PX = 36;

/**
 * A list of any length. Only the rows that are seen are drawn; the focus stays on the grid and one row of it is the
 * active one, so that neither scrolling nor new data can lose it.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, count, rowAt, onShown, listKey, sort, onSort, onOpen, onActive, keptAs, ref } =
    props;
  const { selection = NOBODY, onSelection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const size = useSizes(scroller);
  const measure: Measure = { rows: count, ...size };
  const scroll = useScaledScroll(scroller, measure);
  const [active, setActive] = useState(0);
  const { widths, setWidth } = useWidths(keptAs);
  const withBoxes = onSelection !== undefined;
  const shown = shownAt(scroll.top, measure);

  const goTo = (row: number) => {
    setActive(row);
    scroll.moveTo(topShowing(row, scroll.top, measure));
    onActive?.(row);
  };
  const keys = useGridKeys({ measure, active, selection, goTo, onSelection, onOpen });

  useEffect(() => onShown(shown.from, shown.to), [onShown, shown.from, shown.to, listKey]);
  const [shownKey, setShownKey] = useState(listKey);
  if (shownKey !== listKey) {
    setShownKey(listKey);
    setActive(0);
  }
  const { moveTo } = scroll;
  useLayoutEffect(() => moveTo(0), [listKey, moveTo]);

  const lastRow = Math.max(0, count - 1);
  const at = Math.min(active, lastRow);
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus(),
    step: (by) => {
      scroller.current?.focus();
      if (count > 0) goTo(Math.min(lastRow, Math.max(0, at + by)));
    },
  }));
  const isActiveDrawn = count > 0 && at >= shown.from && at < shown.to;
  const template = columnsTemplate(columns, widths, withBoxes);
  const least = columns.reduce((sum, { key, width }) => sum + (widths[key] ?? width), withBoxes ? BOX_PX : 0);
  const rows = Array.from({ length: shown.to - shown.from }, (_, nth) => shown.from + nth);
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + (withBoxes ? 1 : 0)}
      aria-multiselectable={withBoxes ? true : undefined}
      aria-activedescendant={isActiveDrawn ? rowId(id, at) : undefined}
      onScroll={scroll.onScroll}
      onKeyDown={keys.onKeyDown}
      className={cn(
        'group/grid min-h-0 flex-1 overflow-auto',
        // The active row shows where the focus is, as long as it is in view.
        isActiveDrawn ? 'outline-none' : 'focus-inset',
      )}
    >
      <div style={{ height: spacerPx(measure) + size.headPx, minWidth: least }}>
        <div
          className="sticky top-0 flex flex-col overflow-hidden"
          style={{ height: size.viewPx + size.headPx, minWidth: least }}
        >
          <GridHeader
            columns={columns}
            template={template}
            widths={widths}
            onWidth={setWidth}
            sort={sort}
            onSort={onSort}
            withBoxes={withBoxes}
          />
          <div role="rowgroup" className="relative min-h-0 flex-1 overflow-hidden">
            {rows.map((index) => (
              <GridRow
                key={index}
                id={rowId(id, index)}
                index={index}
                row={rowAt(index)}
                columns={columns}
                template={template}
                topPx={shown.offsetPx + (index - shown.from) * size.rowPx}
                isActive={index === at}
                isChosen={withBoxes ? isSelected(selection, index) : null}
                onPress={keys.onPress}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

function rowId(grid: string, index: number): string {
  return `${grid}row${index}`;
}

interface GridRowProps<Row> {
  id: string;
  index: number;
  row: Row | null | undefined;
  columns: readonly GridColumn<Row>[];
  template: string;
  topPx: number;
  isActive: boolean;
  /** Null where rows cannot be chosen. */
  isChosen: boolean | null;
  onPress: (row: number, how: { shift: boolean; toggle: boolean }) => void;
  onOpen: ((index: number) => void) | undefined;
}

function GridRow<Row>({
  id,
  index,
  row,
  columns,
  template,
  topPx,
  isActive,
  isChosen,
  onPress,
  onOpen,
}: GridRowProps<Row>) {
  const first = isChosen === null ? 1 : 2;
  const onMouseDown = (event: MouseEvent) => {
    if (event.button !== 0) return;
    const isBox = (event.target as Element).closest('[data-box]') !== null;
    // Otherwise Shift marks text.
    if (event.shiftKey) event.preventDefault();
    onPress(index, { shift: event.shiftKey, toggle: isBox || event.ctrlKey || event.metaKey });
  };
  return (
    // The grid itself has the keys of its rows.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen ?? undefined}
      onMouseDown={onMouseDown}
      onDoubleClick={() => onOpen?.(index)}
      style={{ gridTemplateColumns: template, transform: `translateY(${topPx}px)` }}
      className={cn(
        'absolute inset-x-0 top-0 grid h-row cursor-default items-center border-b hover:bg-hover',
        isChosen === true && 'bg-selected hover:bg-selected',
        isActive &&
          'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-focus',
        isActive && isChosen !== true && 'bg-hover',
      )}
    >
      {isChosen !== null && (
        <div role="gridcell" aria-colindex={1} data-box className="flex h-full items-center justify-center">
          <span
            aria-hidden
            className={cn(
              'flex size-[1.15em] items-center justify-center rounded-sm border border-edge bg-surface text-on-fill',
              isChosen && 'border-accent bg-accent forced-colors:text-[Highlight]',
            )}
          >
            {isChosen && <Check className="size-[0.9em] stroke-[3]" />}
          </span>
        </div>
      )}
      {columns.map((column, nth) => (
        <div
          key={column.key}
          role="gridcell"
          aria-colindex={nth + first}
          className={cn('truncate px-2', column.align === 'right' && 'text-right')}
        >
          {row == null ? <Missing isGone={row === null} isFirst={nth === 0} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A quiet bar while a row is on its way; a word when it is gone. */
function Missing({ isGone, isFirst }: { isGone: boolean; isFirst: boolean }) {
  if (isGone) return isFirst ? <span className="text-muted">Deleted</span> : null;
  return (
    <span className="block h-2 w-3/5 rounded-sm bg-pressed">
      {isFirst && <span className="sr-only">Loading</span>}
    </span>
  );
}

interface Sizes {
  readonly rowPx: number;
  readonly viewPx: number;
  readonly headPx: number;
}

/** What is there to draw in. The heading is as high as a row, whatever the density. */
function useSizes(scroller: { readonly current: HTMLElement | null }): Sizes {
  const [sizes, setSizes] = useState<Sizes>({ rowPx: 32, viewPx: 0, headPx: 32 });
  useLayoutEffect(() => {
    const box = scroller.current;
    const head = box?.querySelector('[role=row]');
    if (box == null || head == null) return undefined;
    const look = () => {
      const rowPx = head.getBoundingClientRect().height || 32;
      const viewPx = Math.max(0, box.clientHeight - rowPx);
      setSizes((was) =>
        was.rowPx === rowPx && was.viewPx === viewPx ? was : { rowPx, viewPx, headPx: rowPx },
      );
    };
    const watcher = new ResizeObserver(look);
    watcher.observe(box);
    watcher.observe(head);
    look();
    return () => watcher.disconnect();
  }, [scroller]);
  return sizes;
}

function columnsTemplate<Row>(
  columns: readonly GridColumn<Row>[],
  widths: Readonly<Record<string, number>>,
  withBoxes: boolean,
): string {
  const each = columns.map(({ key, width }) => {
    const px = widths[key] ?? width;
    return `minmax(${px}px, ${px}fr)`;
  });
  return [...(withBoxes ? [`${BOX_PX}px`] : []), ...each].join(' ');
}

/** How wide each column was made, kept on this screen from day to day. */
function useWidths(keptAs: string) {
  const name = `parley.columns.${keptAs}`;
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>(() => keptWidths(name));
  const setWidth = (key: string, px: number) => {
    const next = { ...widths, [key]: px };
    setWidths(next);
    localStorage.setItem(name, JSON.stringify(next));
  };
  return { widths, setWidth };
}

function keptWidths(name: string): Record<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, px]) => typeof px === 'number' && px > 0));
  } catch {
    return {};
  }
}
