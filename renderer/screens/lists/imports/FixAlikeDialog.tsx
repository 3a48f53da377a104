import { useState } from 'react';
import type { ImportGroup, ImportSheet } from '../../../../shared/contract/imports.ts';
import { counted } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { RadioGroup } from '../../../ui/Choices.tsx';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { COUNTRIES, NO_ZONE, ZONES } from './places.ts';
import type { AlikeChange } from './use-acts.ts';
import { groupName } from './words.ts';

interface FixAlikeDialogProps {
  readonly sheet: ImportSheet;
  readonly group: ImportGroup;
  /** The column that the first row of the group is about; -1 for none. */
  readonly column: number;
  readonly onClose: () => void;
  readonly onFix: (change: AlikeChange) => void;
}

type How = 'country' | 'zone' | 'cell';

/** The same change for every row of a group; only these rows are checked again. */
export function FixAlikeDialog({ sheet, group, column, onClose, onFix }: FixAlikeDialogProps) {
  const [how, setHow] = useState<How>(group.verdict === 'no-zone' ? 'zone' : 'country');
  const [country, setCountry] = useState(sheet.mapping.country);
  const [zone, setZone] = useState<string | null>(null);
  const [text, setText] = useState('');
  const header = sheet.columns[column]?.header ?? null;
  const fix = () => {
    onFix({
      country: how === 'country' ? country : null,
      zoneIfNone: how === 'zone' ? zone : null,
      cells: how === 'cell' ? [{ column, text }] : [],
    });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Fix ${counted(group.n, 'row')} alike`}
      description={`${groupName(group)}. Only these rows are checked again.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={how === 'zone' && zone === null ? 'Choose a time zone.' : null}
            onClick={fix}
          >
            Check them again
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioGroup<How>
          label="What is changed"
          value={how}
          onChange={setHow}
          options={[
            { value: 'country', label: 'The country of their numbers' },
            { value: 'zone', label: 'Their time zone' },
            ...(header === null ? [] : [{ value: 'cell' as const, label: `The text in ${header}` }]),
          ]}
        />
        {how === 'country' && (
          <Combobox
            label="Country"
            value={country}
            onChange={(next) => next !== null && setCountry(next)}
            options={COUNTRIES}
          />
        )}
        {how === 'zone' && (
          <Combobox
            label="Time zone"
            value={zone}
            onChange={setZone}
            options={ZONES.filter(({ value }) => value !== NO_ZONE)}
          />
        )}
        {how === 'cell' && header !== null && <TextField label={header} value={text} onChange={setText} />}
      </div>
    </Dialog>
  );
}
