import { useState } from 'react';
import type { ImportSheet, StagedRow } from '../../../../shared/contract/imports.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';

interface EditRowDialogProps {
  readonly columns: ImportSheet['columns'];
  readonly row: StagedRow;
  readonly onClose: () => void;
  readonly onSave: (cells: { column: number; text: string }[]) => void;
}

/** All cells of one row. Only those that were changed are sent: a long cell is shown cut. */
export function EditRowDialog({ columns, row, onClose, onSave }: EditRowDialogProps) {
  const [changed, setChanged] = useState<Readonly<Record<number, string>>>({});
  const save = () => {
    onSave(Object.entries(changed).map(([column, text]) => ({ column: Number(column), text })));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Line ${row.line}`}
      description={row.why}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={Object.keys(changed).length === 0 ? 'Nothing is changed yet.' : null}
            onClick={save}
          >
            Check this row again
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(changed).length > 0) save();
        }}
      >
        {columns.map(({ header }, at) => (
          <TextField
            key={header}
            label={header}
            value={changed[at] ?? row.cells[at] ?? ''}
            onChange={(text) => setChanged({ ...changed, [at]: text })}
          />
        ))}
        {/* Without one, Enter in a form of several fields does nothing. */}
        <button type="submit" className="sr-only" tabIndex={-1}>
          Check this row again
        </button>
      </form>
    </Dialog>
  );
}
