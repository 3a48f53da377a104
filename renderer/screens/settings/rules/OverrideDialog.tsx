import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../../../data/client.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useLawForm } from './use-law.ts';

interface OverrideDialogProps {
  rule: string;
  title: string;
  onClose: () => void;
}

/** Takes a rule out, in somebody’s name and with their reason. */
export function OverrideDialog({ rule, title, onClose }: OverrideDialogProps) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const { save, refusal } = useLawForm(onClose);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(
      client.law.override({ rule, reason }),
      'The rule is taken out. The audit trail says by whom and why.',
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Take out “${title}”?`}
      description="Calls that this rule forbids may be made from now on. Your name and your reason are kept for good."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="danger"
            disabledReason={reason.trim().length < 3 ? 'Say why first.' : null}
          >
            Take out
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField
          label="Why it does not hold for you"
          required
          value={reason}
          onChange={setReason}
          maxLength={300}
          error={refusal}
        />
      </form>
    </Dialog>
  );
}
