import { type FormEvent, useId, useState } from 'react';
import type { Law } from '../../../../shared/contract/law.ts';
import { useClient } from '../../../data/client.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { DayChips } from '../../schedules/DayChips.tsx';
import { daysIn } from '../../schedules/schedule-words.ts';
import { TimeField } from '../../campaigns/form/TimeField.tsx';
import { useLawForm } from './use-law.ts';

interface OwnHoursDialogProps {
  law: Law;
  place: string | undefined;
  onClose: () => void;
}

const NINE = 9 * 60;
const SEVEN_IN_THE_EVENING = 19 * 60;

/** Hours inside those of the law, for one place or for all of them. */
export function OwnHoursDialog({ law, place, onClose }: OwnHoursDialogProps) {
  const client = useClient();
  const [jurisdiction, setJurisdiction] = useState<string | null>(
    place === '*' ? 'everywhere' : (place ?? null),
  );
  const [days, setDays] = useState('weekdays');
  const [from, setFrom] = useState(NINE);
  const [to, setTo] = useState(SEVEN_IN_THE_EVENING);
  const [reason, setReason] = useState('');
  const { save, refusal } = useLawForm(onClose);
  const form = useId();
  const missing =
    jurisdiction === null
      ? 'Choose a place.'
      : daysIn(days).length === 0
        ? 'Choose one day at least.'
        : reason.trim().length < 3
          ? 'Say why, for whoever wonders later.'
          : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (jurisdiction === null) return;
    const wish = { jurisdiction, weekdays: [...daysIn(days)], from, to, reason };
    void save(client.law.addOwnHours(wish), 'Your own hours hold from now on, beside those of the law.');
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Be stricter than the law"
      description="Calls are made inside these hours only, by the clock there, and none on the other days."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={missing}>
            Keep these hours
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Combobox
          label="Place"
          value={jurisdiction}
          onChange={setJurisdiction}
          options={law.choices.map(({ jurisdiction: value, name: label }) => ({ value, label }))}
        />
        <DayChips value={days} onChange={setDays} />
        <p className="flex items-center gap-2">
          <TimeField label="From" value={from} onChange={setFrom} isInvalid={from >= to} />
          to
          <TimeField label="To" value={to} onChange={setTo} isInvalid={from >= to} />
        </p>
        <TextField label="Why" required value={reason} onChange={setReason} maxLength={300} error={refusal} />
      </form>
    </Dialog>
  );
}
