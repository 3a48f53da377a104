import { type FormEvent, useId, useState } from 'react';
import type { CarrierField, CarrierRow } from '../../../../shared/contract/carriers.ts';
import { useClient } from '../../../data/client.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { useCarrierWish } from './use-carriers.ts';

/** What a carrier wants to be told. It is tried out before it is kept. */
export function CarrierDialog({ row, onClose }: { row: CarrierRow; onClose: () => void }) {
  const client = useClient();
  const toasts = useToasts();
  const { run, isBusy, refusal, setRefusal } = useCarrierWish();
  const [isUnreached, setUnreached] = useState(false);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(row.fields.map(({ key, value }) => [key, value ?? ''])),
  );
  const form = useId();
  const save = async (evenUnchecked: boolean) => {
    if (isBusy) return;
    const answer = await run(() => client.carriers.set({ kind: row.kind, values, evenUnchecked }));
    if (!answer.ok) return setUnreached(false);
    const told = answer.value;
    setUnreached(told.kind === 'not-reached');
    if (told.kind !== 'saved') return setRefusal(told.sentence);
    toasts.show({ text: `${row.title}: ${told.sentence}` });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  const needed = row.fields.filter(
    ({ isRequired, isKept, key }) => isRequired && !isKept && values[key] === '',
  );
  const change = (key: string) => (value: string) => setValues((before) => ({ ...before, [key]: value }));
  const usual = row.fields.filter(({ isRare }) => !isRare);
  const rare = row.fields.filter(({ isRare }) => isRare);
  const drawn = (field: CarrierField) => (
    <ValueField key={field.key} field={field} value={values[field.key] ?? ''} onChange={change(field.key)} />
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={row.place === null ? `Set up ${row.title}` : `Change ${row.title}`}
      description="It is tried out before it is kept. Secrets stay on this computer and are never shown again."
      footer={
        <>
          <output className="mr-auto text-sm">
            {isBusy ? `${row.title} is being asked…` : <span className="text-danger-text">{refusal}</span>}
          </output>
          <Button onClick={onClose}>Cancel</Button>
          {isUnreached && (
            <Button
              disabledReason={isBusy ? 'The carrier is being asked.' : null}
              onClick={() => void save(true)}
            >
              Keep it unchecked
            </Button>
          )}
          <Button type="submit" form={form} variant="primary" disabledReason={whyNot(isBusy, needed)}>
            Check and save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {usual.map(drawn)}
        {rare.length > 0 && (
          <details open={rare.some(({ key }) => (values[key] ?? '') !== '')}>
            <summary className="target w-fit rounded-sm font-medium select-none">More settings</summary>
            <div className="flex flex-col gap-4 pt-3">{rare.map(drawn)}</div>
          </details>
        )}
      </form>
    </Dialog>
  );
}

interface ValueFieldProps {
  field: CarrierField;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ field, value, onChange }: ValueFieldProps) {
  const { label, hint, isSecret, isRequired, isKept } = field;
  const secret = isSecret
    ? ({
        type: 'password',
        autoComplete: 'new-password',
        placeholder: isKept ? 'Kept. Type to replace it.' : '',
      } as const)
    : ({ autoComplete: 'off' } as const);
  return (
    <TextField
      {...secret}
      label={label}
      description={hint}
      required={isRequired && !isKept}
      spellCheck={false}
      maxLength={1_000}
      value={value}
      onChange={onChange}
    />
  );
}

function whyNot(isBusy: boolean, needed: readonly CarrierField[]): string | null {
  if (isBusy) return 'The carrier is being asked.';
  const [first] = needed;
  return first === undefined ? null : `${first.label} is needed.`;
}
