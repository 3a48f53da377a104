import { type FormEvent, useId, useState } from 'react';
import type { Law } from '../../../../shared/contract/law.ts';
import { useClient } from '../../../data/client.tsx';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Button } from '../../../ui/Button.tsx';
import { Combobox } from '../../../ui/Combobox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Group } from '../Group.tsx';
import { useLawForm, useLawWish } from './use-law.ts';

/** Days that an authority has closed at short notice: a state of emergency, a day of mourning. */
export function Closures({ law }: { law: Law }) {
  const client = useClient();
  const wish = useLawWish();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [isClosing, setClosing] = useState(false);
  return (
    <Group
      title="Closed days"
      note="Days that a governor or another authority has closed. Holidays of the law are closed by themselves."
    >
      {law.closures.length === 0 && <p className="text-muted">No day is closed at the moment.</p>}
      {law.closures.length > 0 && (
        <ul aria-label="Closed days" className="flex flex-col divide-y rounded-lg border">
          {law.closures.map(({ id, place, from, until, citation, note, isShipped }) => (
            <li key={id} className="flex items-center gap-4 px-4 py-2">
              <span className="min-w-0 flex-1">
                <span className="font-medium">{place}</span>, from {from}{' '}
                {until === null ? 'until further notice' : `and open again on ${until}`}
                <span className="block text-sm text-muted">
                  {citation}. {note}
                </span>
              </span>
              <Button
                size="sm"
                aria-label={`Open ${place} again`}
                disabledReason={isShipped ? 'It came with Parley, and goes with an update.' : notAllowed}
                onClick={() =>
                  void wish(client.law.reopen({ id }), `${place} is open again, as far as the law allows.`)
                }
              >
                Open again
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button className="self-start" disabledReason={notAllowed} onClick={() => setClosing(true)}>
        Close days…
      </Button>
      {isClosing && <CloseDialog law={law} onClose={() => setClosing(false)} />}
    </Group>
  );
}

function CloseDialog({ law, onClose }: { law: Law; onClose: () => void }) {
  const client = useClient();
  const [jurisdiction, setJurisdiction] = useState<string | null>(null);
  const [from, setFrom] = useState(law.today);
  const [until, setUntil] = useState('');
  const [citation, setCitation] = useState('');
  const { save, refusal } = useLawForm(onClose);
  const form = useId();
  const missing =
    jurisdiction === null
      ? 'Choose a place.'
      : from === ''
        ? 'Name the first closed day.'
        : citation.trim().length < 3
          ? 'Name the proclamation.'
          : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (jurisdiction === null) return;
    const wish = { jurisdiction, from, until: until === '' ? null : until, citation };
    void save(client.law.close(wish), 'Nobody there is called on these days, from this moment on.');
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Close days"
      description="Nobody in that place is called on these days. Calls under way go on."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={missing}>
            Close these days
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Combobox
          label="Place"
          value={jurisdiction}
          onChange={setJurisdiction}
          options={law.choices
            .filter(({ jurisdiction: value }) => value !== 'everywhere')
            .map(({ jurisdiction: value, name: label }) => ({ value, label }))}
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField label="First closed day" type="date" value={from} onChange={setFrom} />
          <TextField
            label="Open again on"
            description="Leave it empty until further notice."
            type="date"
            value={until}
            onChange={setUntil}
          />
        </div>
        <TextField
          label="Proclamation"
          description="Its name, number or address."
          required
          value={citation}
          onChange={setCitation}
          maxLength={300}
          error={refusal}
        />
      </form>
    </Dialog>
  );
}
