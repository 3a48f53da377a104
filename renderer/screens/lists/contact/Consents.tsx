import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import type { ConsentKind } from '../../../../shared/domain/schedule.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { exactText } from '../../../data/words.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { AlertDialog } from '../../../ui/Dialog.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';

type Consent = ContactSheet['consents'][number];

const WORDS: Readonly<Record<ConsentKind, string>> = {
  call: 'Being called',
  'ai-voice': 'A machine’s voice',
  recording: 'Being recorded',
};
const KINDS = (['call', 'ai-voice', 'recording'] as const).map((value) => ({ value, label: WORDS[value] }));
const BASES = ['In writing', 'Web form', 'By word of mouth, recorded'].map((value) => ({
  value,
  label: value,
}));

/** What they agreed to, how, where it can be looked up, and since when. What was taken back stays as proof. */
export function Consents({ sheet }: { sheet: ContactSheet }) {
  const notAllowed = useWhyNotAllowed('supervisor');
  const [isAdding, setAdding] = useState(false);
  return (
    <section aria-labelledby="consents">
      <h2 id="consents" className="text-lg font-semibold">
        Consent
      </h2>
      <ul className="mt-1 flex flex-col divide-y">
        {sheet.consents.map((consent) => (
          <Line key={consent.id} sheet={sheet} consent={consent} notAllowed={notAllowed} />
        ))}
        {sheet.consents.length === 0 && <li className="py-1 text-muted">Nothing is on record.</li>}
      </ul>
      {isAdding ? (
        <NewConsent id={sheet.id} onDone={() => setAdding(false)} />
      ) : (
        <Button size="sm" className="mt-2" disabledReason={notAllowed} onClick={() => setAdding(true)}>
          Record consent
        </Button>
      )}
    </section>
  );
}

interface LineProps {
  sheet: ContactSheet;
  consent: Consent;
  notAllowed: string | null;
}

function Line({ sheet, consent, notAllowed }: LineProps) {
  const { schedules } = useClient();
  const act = useConsentAct();
  const [asks, setAsks] = useState(false);
  const { kind, basis, source, givenAt, revokedAt } = consent;
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1.5">
      <span className="font-medium">{WORDS[kind]}</span>
      <span className="text-muted">
        {[basis, source].filter((each) => each !== '').join(', ')}, {exactText(givenAt)}
      </span>
      {revokedAt !== null && <Badge tone="warn">{`taken back ${exactText(revokedAt)}`}</Badge>}
      {revokedAt === null && (
        <Button
          size="sm"
          variant="ghost"
          className="ml-auto"
          disabledReason={notAllowed}
          aria-label={`Taken back: ${WORDS[kind]}`}
          onClick={() => setAsks(true)}
        >
          Taken back…
        </Button>
      )}
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Did ${sheet.name} take it back?`}
        body={
          kind === 'call'
            ? 'From this second on nobody here calls them: their numbers go on the do-not-call list.'
            : 'From this second on it does not stand. It stays on record as proof of the calls made before.'
        }
        confirmLabel="Taken back"
        danger
        onConfirm={() => void act(schedules.revokeConsent({ id: consent.id }))}
      />
    </li>
  );
}

function useConsentAct() {
  const wish = useWish();
  const queries = useQueryClient();
  return async (asking: Parameters<typeof wish>[0]): Promise<boolean> => {
    const done = (await wish(asking)) !== null;
    if (done) void queries.invalidateQueries({ queryKey: ['contacts'] });
    return done;
  };
}

function NewConsent({ id, onDone }: { id: number; onDone: () => void }) {
  const { schedules } = useClient();
  const act = useConsentAct();
  const [kind, setKind] = useState<ConsentKind>('call');
  const [basis, setBasis] = useState(BASES[0]!.value);
  const [source, setSource] = useState('');
  const give = async (event: FormEvent) => {
    event.preventDefault();
    if (source.trim() === '') return;
    if (await act(schedules.giveConsent({ contactId: id, kind, basis, source }))) onDone();
  };
  return (
    <form
      onSubmit={(event) => void give(event)}
      className="mt-2 flex flex-wrap items-end gap-2 rounded-md bg-sunken p-2"
    >
      <Select label="To" className="w-44" value={kind} onChange={setKind} options={KINDS} />
      <Select label="How it was given" className="w-56" value={basis} onChange={setBasis} options={BASES} />
      <TextField
        label="Where it can be looked up"
        className="min-w-48 flex-1"
        placeholder="Form of 3 May, file 12"
        value={source}
        onChange={setSource}
        maxLength={200}
      />
      <Button onClick={onDone}>Cancel</Button>
      <Button
        type="submit"
        variant="primary"
        disabledReason={source.trim() === '' ? 'Say where it can be looked up.' : null}
      >
        Record
      </Button>
    </form>
  );
}
