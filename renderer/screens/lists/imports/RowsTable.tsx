import { Ban, Pencil, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { ImportGroup, ImportSheet, StagedRow } from '../../../../shared/contract/imports.ts';
import { cn } from '../../../ui/cn.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { CONTROL } from '../../../ui/styles.ts';
import { useRowArrows } from './use-row-arrows.ts';
import { canBeMended } from './words.ts';

/** More columns than this are looked at in the dialog of a row. */
const COLUMNS_SHOWN = 12;

interface RowsTableProps {
  readonly sheet: ImportSheet;
  readonly group: ImportGroup;
  readonly rows: readonly StagedRow[];
  readonly onEdit: (row: StagedRow) => void;
  readonly onFix: (n: number, cells: { column: number; text: string }[]) => Promise<boolean>;
  readonly onExclude: (n: number, is: boolean) => void;
}

/** Rows as they stand in the file, with why. The cell it is about can be changed where it stands. */
export function RowsTable({ sheet, group, rows, onEdit, onFix, onExclude }: RowsTableProps) {
  const arrows = useRowArrows();
  const isOpen = sheet.state === 'checked';
  const columns = sheet.columns.slice(0, COLUMNS_SHOWN);
  const mends = isOpen && canBeMended(group.verdict);
  return (
    <table className="min-w-full border-collapse text-left" {...arrows}>
      <caption className="sr-only">Rows of the file with what there is to say about them</caption>
      <thead className="sticky top-0 z-10 bg-surface">
        <tr className="border-b text-sm whitespace-nowrap text-muted">
          <th scope="col" className="h-row px-3 text-right font-medium">
            Line
          </th>
          {isOpen && (
            <th scope="col" className="h-row px-2 font-medium">
              <span className="sr-only">What can be done</span>
            </th>
          )}
          <th scope="col" className="h-row px-2 font-medium">
            Why
          </th>
          {columns.map(({ header }) => (
            <th key={header} scope="col" className="h-row px-2 font-medium">
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.n} className={cn('border-b', row.isExcluded && 'text-muted line-through')}>
            <td className="px-3 text-right text-sm text-muted tabular-nums">{row.line}</td>
            {isOpen && (
              <td className="px-1 whitespace-nowrap">
                <IconButton
                  size="sm"
                  label={`Change line ${row.line}`}
                  icon={<Pencil />}
                  onClick={() => onEdit(row)}
                />
                {(row.goes || row.isExcluded) && (
                  <IconButton
                    size="sm"
                    label={row.isExcluded ? `Take line ${row.line} back in` : `Leave line ${row.line} out`}
                    icon={row.isExcluded ? <Undo2 /> : <Ban />}
                    onClick={() => onExclude(row.n, !row.isExcluded)}
                  />
                )}
              </td>
            )}
            <td className="w-[44ch] min-w-[30ch] px-2 py-1 text-sm text-muted">{row.why}</td>
            {columns.map(({ header }, at) => (
              <td
                key={header}
                dir="auto"
                className={cn(
                  'h-row max-w-56 truncate px-2 whitespace-pre',
                  at === row.column && 'bg-tone-tint font-medium outline outline-tone/50 -outline-offset-1',
                )}
                data-tone={at === row.column ? (row.goes ? 'accent' : 'bad') : undefined}
              >
                {mends && at === row.column ? (
                  <CellBox
                    label={`${header} on line ${row.line}`}
                    text={row.cells[at] ?? ''}
                    onSave={(text) => onFix(row.n, [{ column: at, text }])}
                  />
                ) : (
                  (row.cells[at] ?? '').replaceAll(/\s*\n\s*/g, ' ⏎ ')
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellBoxProps {
  readonly label: string;
  readonly text: string;
  readonly onSave: (text: string) => Promise<boolean>;
}

/** One cell to be changed in place: Enter weighs the row anew, Esc gives back what was there. */
function CellBox({ label, text, onSave }: CellBoxProps) {
  const [typed, setTyped] = useState(text);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' && typed !== text) {
      event.preventDefault();
      setTyped(text);
    }
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const box = event.currentTarget;
    const next = box.closest('tr')?.nextElementSibling?.querySelector('input');
    void onSave(typed).then((isIn) => {
      if (isIn) next?.focus();
    });
  };
  return (
    <input
      aria-label={label}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={onKeyDown}
      className={cn(CONTROL, 'h-7 w-48 no-underline')}
    />
  );
}
