import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { mayDo } from '../../../shared/domain/people.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** As many letters as a reason has that somebody can read a year later. */
const REASON_MIN = 8;

interface OverrideButtonProps {
  text: string;
  /** Which rules would be set aside. */
  sentence: string;
  onDialed: () => void;
}

/** A supervisor comes over, gives their PIN and says why: then this one call is made. */
export function OverrideButton(props: OverrideButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" icon={<KeyRound />} className="self-start" onClick={() => setOpen(true)}>
        Ask a supervisor…
      </Button>
      {open && <OverrideDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function OverrideDialog({
  text,
  sentence,
  onDialed,
  onClose,
}: OverrideButtonProps & { onClose: () => void }) {
  const client = useClient();
  const form = useId();
  const { data: people = [] } = useQuery({
    queryKey: ['people'],
    queryFn: () => answered(client.people.list()),
  });
  const supervisors = people.filter((person) => person.hasPin && mayDo(person, 'supervisor'));
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const who = supervisors.find(({ id }) => String(id) === chosen) ?? supervisors[0] ?? null;
  const whyNot =
    who === null
      ? 'No supervisor here has a PIN. One sets it in Settings, under People.'
      : reason.trim().length < REASON_MIN
        ? 'Say why, in a few words: it is read by whoever looks into this call.'
        : pin.length < 4
          ? 'A PIN has 4 to 12 digits.'
          : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (whyNot !== null || who === null) return setRefusal(whyNot);
    const override = { supervisorId: who.id, pin, reason: reason.trim() };
    const answer = await client.desk.dialNumber({ text, override });
    if (answer.ok) {
      onClose();
      return onDialed();
    }
    setPin('');
    setRefusal(answer.error.sentence);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Let this call through"
      description={sentence}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={whyNot}>
            Dial {text}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {supervisors.length > 0 && (
          <Select
            label="Supervisor"
            value={who === null ? null : String(who.id)}
            onChange={setChosen}
            options={supervisors.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
        <TextField
          label="Why this call is made all the same"
          maxLength={400}
          value={reason}
          onChange={setReason}
        />
        <TextField
          label="Their PIN"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          value={pin}
          onChange={(next) => setPin(next.replace(/\D/g, ''))}
          error={refusal}
        />
      </form>
    </Dialog>
  );
}
