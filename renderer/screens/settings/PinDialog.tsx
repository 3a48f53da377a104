import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Person } from '../../../shared/domain/people.ts';
import { useClient } from '../../data/client.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';

/** Typed twice, because nobody can read it back. */
export function PinDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useId();
  const whyNot = pin.length < 4 ? 'A PIN has 4 to 12 digits.' : pin !== again ? 'The two PINs differ.' : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (whyNot !== null) return setRefusal(whyNot);
    const answer = await client.people.setPin({ id: person.id, pin });
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: ['people'] });
    toasts.show({ text: 'Your PIN is set. It is asked for after every start, and when Parley is locked.' });
    onClose();
  };
  const digits = { type: 'password', inputMode: 'numeric', autoComplete: 'off', maxLength: 12 } as const;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Set your PIN"
      description="4 to 12 digits. Parley keeps only a hash of it, so it cannot be looked up."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={whyNot}>
            Set PIN
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label="New PIN" value={pin} onChange={(next) => setPin(onlyDigits(next))} {...digits} />
        <TextField
          label="The same again"
          value={again}
          onChange={(next) => setAgain(onlyDigits(next))}
          error={refusal}
          {...digits}
        />
      </form>
    </Dialog>
  );
}

function onlyDigits(text: string): string {
  return text.replace(/\D/g, '');
}
