import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** CSS width such as `8rem` or `20%`; columns without one share the rest. */
  width?: string | undefined;
  align?: 'left' | 'right' | undefined;
  sortable?: boolean | undefined;
}

export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}

export interface TableProps<Row> {
  /** Says what the table holds; read aloud, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** Makes the first cell a button that opens the row. */
  onOpen?: ((row: Row) => void) | undefined;
  /** The row that is open beside the table. */
  openKey?: string | null | undefined;
  /** Stands in for rows when there are none. */
  empty?: ReactNode;
  className?: string | undefined;
}

/** A table of a few hundred rows at most, with fixed columns. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  onOpen,
  openKey,
  empty,
  className,
}: TableProps<Row>) {
  return (
    <div className={cn('min-w-0', className)}>
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr className="border-b">
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            const isOpen = key === openKey;
            return (
              <tr
                key={key}
                aria-current={isOpen ? 'true' : undefined}
                className={cn(
                  'relative h-row border-b',
                  onOpen && 'hover:bg-hover',
                  isOpen && 'bg-selected hover:bg-selected',
                )}
              >
                {columns.map((column, index) => (
                  <td
                    key={column.key}
                    className={cn('truncate px-2', column.align === 'right' && 'text-right')}
                  >
                    {index === 0 && onOpen !== undefined ? (
                      <OpenButton onOpen={() => onOpen(row)}>{column.cell(row)}</OpenButton>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </div>
  );
}

/** A button stretched over its whole row, so the row is one target and one stop for the keyboard. */
function OpenButton({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="max-w-full truncate text-left outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
    >
      {children}
    </button>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const canSort = column.sortable === true && onSort !== undefined;
  const flip = () =>
    onSort?.({ key: column.key, direction: direction === 'ascending' ? 'descending' : 'ascending' });
  return (
    <th
      scope="col"
      aria-sort={canSort ? (direction ?? 'none') : undefined}
      style={{ width: column.width }}
      className={cn('h-row px-2 text-sm font-medium text-muted', column.align === 'right' && 'text-right')}
    >
      {canSort ? (
        <button
          type="button"
          onClick={flip}
          className={cn(
            'target inline-flex max-w-full items-center gap-1 rounded-sm hover:text-text',
            column.align === 'right' && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{column.header}</span>
          {/* The arrow keeps its place while another column is sorted, so that headers do not shift. */}
          <span aria-hidden className={cn('flex [&>svg]:size-[1em]', direction === undefined && 'invisible')}>
            {direction === 'descending' ? <ArrowDown /> : <ArrowUp />}
          </span>
        </button>
      ) : (
        <span className="block truncate">{column.header}</span>
      )}
    </th>
  );
}
