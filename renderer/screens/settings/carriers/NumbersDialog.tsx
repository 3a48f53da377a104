import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { CarrierRow } from '../../../../shared/contract/carriers.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextArea } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { useCarrierWish } from './use-carriers.ts';

interface NumbersDialogProps {
  row: CarrierRow;
  onClose: () => void;
}

/** Which numbers may be shown through a carrier: ticked where it lists them, typed where it does not. */
export function NumbersDialog({ row, onClose }: NumbersDialogProps) {
  const client = useClient();
  const toasts = useToasts();
  const { run, isBusy, refusal } = useCarrierWish();
  const [numbers, setNumbers] = useState<readonly string[]>(() => row.numbers.map(({ number }) => number));
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wished = numbers.map((number) => number.trim()).filter((number) => number !== '');
    const done = await run(() => client.carriers.chooseNumbers({ kind: row.kind, numbers: wished }));
    if (!done.ok) return;
    toasts.show({ text: `The numbers of ${row.title} are kept. Campaigns can show them.` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Numbers of ${row.title}`}
      description="Whoever is rung sees one of these. The first is shown where a campaign chose a number that is not among them."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={isBusy ? 'The numbers are being kept.' : null}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {row.hasNumbers ? (
          <Listed row={row} chosen={numbers} onChange={setNumbers} />
        ) : (
          <TextArea
            label="Numbers"
            description="One in a line. This carrier does not list them."
            rows={5}
            value={numbers.join('\n')}
            onChange={(text) => setNumbers(text.split('\n'))}
          />
        )}
        {refusal !== null && (
          <p role="alert" className="text-danger-text">
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface ListedProps {
  row: CarrierRow;
  chosen: readonly string[];
  onChange: (numbers: readonly string[]) => void;
}

function Listed({ row, chosen, onChange }: ListedProps) {
  const client = useClient();
  const found = useQuery({
    queryKey: ['carrier-numbers', row.kind],
    queryFn: () => answered(client.carriers.numbers({ kind: row.kind })),
    staleTime: 0,
  });
  const toggle = (number: string) => (isOn: boolean) =>
    onChange(isOn ? [...chosen, number] : chosen.filter((each) => each !== number));
  return (
    <Loaded query={found} label="Asking for the numbers" what="The numbers could not be fetched." rows={3}>
      {(numbers) =>
        numbers.length === 0 ? (
          <p>This account has no number yet. Buy one at {row.title}; then look here again.</p>
        ) : (
          <ul className="flex flex-col gap-2">
            {numbers.map(({ number, shown, label }) => (
              <li key={number}>
                <Checkbox
                  label={shown}
                  description={label === '' ? undefined : label}
                  checked={chosen.includes(number)}
                  onChange={toggle(number)}
                />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
