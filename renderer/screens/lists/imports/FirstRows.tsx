import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { counted } from '../../../data/words.ts';

/** More columns than this are not looked at one by one; all of them are read. */
const COLUMNS_SHOWN = 40;

/** The first rows of the file, as they would be read. */
export function FirstRows({ preview }: { preview: ImportPreview }) {
  const { columns, rows } = preview;
  if (rows.length === 0) return null;
  const shown = columns.slice(0, COLUMNS_SHOWN);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- cells hold no control, so the keyboard needs this to scroll */}
      <section aria-label="First rows" tabIndex={0} className="focus-inset overflow-auto rounded-md border">
        <table className="border-collapse text-left">
          <caption className="sr-only">The first {counted(rows.length, 'row')} of the file</caption>
          <thead>
            <tr className="border-b bg-sunken">
              <th scope="col" className="h-row px-2 text-right text-sm font-medium text-muted">
                Row
              </th>
              {shown.map((name) => (
                <th key={name} scope="col" className="h-row px-2 text-sm font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, nth) => (
              // oxlint-disable-next-line react/no-array-index-key -- the place is what a row of a file is known by
              <tr key={nth} className="border-b last:border-b-0">
                <td className="px-2 text-right text-sm text-muted tabular-nums">{nth + 1}</td>
                {shown.map((name, at) => (
                  <td key={name} dir="auto" className="h-row max-w-64 truncate px-2 whitespace-pre">
                    {(cells[at] ?? '').replaceAll(/\s*\n\s*/g, ' ⏎ ')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-sm text-muted">
        {counted(rows.length, 'row')} of the beginning
        {columns.length > COLUMNS_SHOWN && `, and ${COLUMNS_SHOWN} of ${counted(columns.length, 'column')}`}.
        The rest is read when you check it.
      </p>
    </>
  );
}
