import { countText } from '../../../data/words.ts';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Button } from '../../../ui/Button.tsx';
import type { Exporting } from './use-export.ts';

/** How far the file is, and stopping it. */
export function ExportBar({ exporting: { row, stop } }: { exporting: Exporting }) {
  if (row === null) return null;
  return (
    <div className="flex items-center gap-4 border-b bg-sunken px-5 py-2">
      <ProgressBar
        className="max-w-xl flex-1"
        label={`Writing ${row.name}`}
        value={row.total === 0 ? null : row.done / row.total}
        valueText={`${countText(row.done)} of ${countText(row.total)}`}
      />
      <Button size="sm" onClick={stop}>
        Stop
      </Button>
    </div>
  );
}
