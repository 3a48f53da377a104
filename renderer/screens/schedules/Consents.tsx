import { useState } from 'react';
import type { ConsentRow, Schedulable } from '../../../shared/contract/schedules.ts';
import type { ConsentKind } from '../../../shared/domain/schedule.ts';
import { useClient } from '../../data/client.tsx';
import { exactText } from '../../data/words.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { AlertDialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { CONSENT_WORD } from './schedule-words.ts';
import { useAct } from './use-schedules.ts';

interface ConsentsProps {
  schedulable: Schedulable;
  notAllowed: string | null;
}

const KINDS = ['call', 'ai-voice', 'recording'] as const;
const WITHOUT: Readonly<Record<(typeof KINDS)[number], string>> = {
  call: 'Not on record: asked for where the law of their place asks for it.',
  'ai-voice': 'Not on record: nobody is called.',
  recording: 'Not on record: nothing is recorded.',
};

/** What they agreed to, with its proof. Without the first the voice does not call; without the second it keeps nothing. */
export function Consents({ schedulable, notAllowed }: ConsentsProps) {
  const [adding, setAdding] = useState<ConsentKind | null>(null);
  const standing = (kind: ConsentKind) =>
    schedulable.consents.find((each) => each.kind === kind && each.revokedAt === null) ?? null;
  return (
    <section aria-label="What they agreed to" className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">They agreed to</h3>
      {KINDS.map((kind) => (
        <div key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="w-28">{CONSENT_WORD[kind]}</span>
          <Standing kind={kind} consent={standing(kind)} name={schedulable.name} notAllowed={notAllowed} />
          {standing(kind) === null && adding !== kind && (
            <Button size="sm" disabledReason={notAllowed} onClick={() => setAdding(kind)}>
              Record consent…
            </Button>
          )}
          {standing(kind) === null && adding === kind && (
            <NewConsent contactId={schedulable.contactId} kind={kind} onDone={() => setAdding(null)} />
          )}
        </div>
      ))}
    </section>
  );
}

interface StandingProps {
  kind: (typeof KINDS)[number];
  consent: ConsentRow | null;
  name: string;
  notAllowed: string | null;
}

function Standing({ kind, consent, name, notAllowed }: StandingProps) {
  const client = useClient();
  const act = useAct();
  const [asks, setAsks] = useState(false);
  if (consent === null) return <Badge tone={kind === 'ai-voice' ? 'warn' : 'neutral'}>{WITHOUT[kind]}</Badge>;
  const { basis, source, givenAt } = consent;
  return (
    <>
      <span className="text-muted">
        {[basis, source].filter((each) => each !== '').join(', ')}, on record since {exactText(givenAt)}
      </span>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Consent taken back: ${CONSENT_WORD[kind]}`}
        disabledReason={notAllowed}
        onClick={() => setAsks(true)}
      >
        Taken back…
      </Button>
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        title={`Did ${name} take it back?`}
        body={
          kind === 'call'
            ? 'From this second on their numbers are on the do-not-call list. It stays on record as proof of the calls made before.'
            : 'From this second on it does not stand. It stays on record as proof of the calls made before.'
        }
        confirmLabel="Taken back"
        danger
        onConfirm={() => void act(client.schedules.revokeConsent({ id: consent.id }))}
      />
    </>
  );
}

const BASES = ['In writing', 'Web form', 'By word of mouth, recorded'].map((value) => ({
  value,
  label: value,
}));

interface NewConsentProps {
  contactId: number;
  kind: ConsentKind;
  onDone: () => void;
}

function NewConsent({ contactId, kind, onDone }: NewConsentProps) {
  const client = useClient();
  const act = useAct();
  const [basis, setBasis] = useState(BASES[0]!.value);
  const [source, setSource] = useState('');
  const give = async () => {
    if (await act(client.schedules.giveConsent({ contactId, kind, basis, source }))) onDone();
  };
  return (
    <div className="flex w-full flex-wrap items-end gap-2 rounded-md border bg-sunken p-2">
      <Select label="How it was given" className="w-56" value={basis} onChange={setBasis} options={BASES} />
      <TextField
        label="Where it can be looked up"
        className="min-w-48 flex-1"
        placeholder="Form of 3 May, file 12"
        value={source}
        onChange={setSource}
        maxLength={200}
      />
      <Button onClick={onDone}>Not now</Button>
      <Button
        variant="primary"
        disabledReason={source.trim() === '' ? 'Say where it can be looked up.' : null}
        onClick={() => void give()}
      >
        Record
      </Button>
    </div>
  );
}
