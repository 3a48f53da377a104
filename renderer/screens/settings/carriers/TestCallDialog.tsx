import { type FormEvent, useId, useState } from 'react';
import type { CarrierRow } from '../../../../shared/contract/carriers.ts';
import { useClient } from '../../../data/client.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useCarrierWish } from './use-carriers.ts';

/** Rings one’s own phone through a carrier, to hear that calls go out. */
export function TestCallDialog({ row, onClose }: { row: CarrierRow; onClose: () => void }) {
  const client = useClient();
  const { run, isBusy, refusal } = useCarrierWish();
  const [to, setTo] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setSaid(null);
    const answer = await run(() => client.carriers.testCall({ kind: row.kind, to }));
    if (answer.ok) setSaid(answer.value);
  };
  const empty = to.trim() === '' ? 'A number is needed.' : null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Test call through ${row.title}`}
      description="It rings your own phone once, costs what a call costs, and counts nowhere."
      footer={
        <>
          <Button onClick={onClose}>{said === null ? 'Cancel' : 'Close'}</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={empty ?? (isBusy ? 'The carrier is being asked.' : null)}
          >
            Ring my phone
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Your own phone"
          type="tel"
          autoComplete="off"
          value={to}
          onChange={setTo}
          maxLength={40}
          error={refusal}
        />
        <output className="min-h-5">{isBusy ? `${row.title} is being asked…` : said}</output>
      </form>
    </Dialog>
  );
}
