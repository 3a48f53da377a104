import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { ScheduleSettings } from '../../../shared/contract/schedules.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { SCHEDULES } from './use-schedules.ts';

/** How fast scheduled calls are made, and which number those who are called see. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const form = useId();
  const settings = useQuery({
    queryKey: [SCHEDULES, 'settings'],
    queryFn: () => answered(client.schedules.settings()),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="How scheduled calls are made"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={settings.data === undefined ? 'Loading.' : null}
          >
            Save
          </Button>
        </>
      }
    >
      <Loaded query={settings} label="Loading the settings" what="The settings could not be read." rows={2}>
        {(kept) => <SettingsForm id={form} kept={kept} onDone={onClose} />}
      </Loaded>
    </Dialog>
  );
}

interface SettingsFormProps {
  id: string;
  kept: ScheduleSettings;
  onDone: () => void;
}

function SettingsForm({ id, kept, onDone }: SettingsFormProps) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [callsPerMinute, setCallsPerMinute] = useState<number | null>(kept.callsPerMinute);
  const [callerId, setCallerId] = useState(kept.callerId);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await client.schedules.saveSettings({
      callsPerMinute: callsPerMinute ?? kept.callsPerMinute,
      callerId,
    });
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: [SCHEDULES] });
    toasts.show({ text: 'Scheduled calls are made like this from now on.' });
    onDone();
  };
  return (
    <form id={id} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <NumberField
        label="Calls a minute, at most"
        description="More at the same minute wait for the next one."
        min={1}
        max={600}
        value={callsPerMinute}
        onChange={setCallsPerMinute}
      />
      <TextField
        label="Number they see"
        description="Leave it empty for the number that campaigns show."
        value={callerId}
        onChange={setCallerId}
        maxLength={40}
        error={refusal}
      />
    </form>
  );
}
