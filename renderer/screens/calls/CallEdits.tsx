import { type ReactNode, useState } from 'react';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { callbackTime } from '../../../shared/domain/callback-words.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { useTell } from '../../data/message.ts';
import { exactText } from '../../data/words.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { useCallChange } from './use-call.ts';

type Edit = 'note' | 'outcome' | 'follow-up';

const SECOND_MS = 1_000;

/** What is done about a call afterwards. Each change is written down with who made it. */
export function CallEdits({ call }: { call: CallSheet }) {
  const [edit, setEdit] = useState<Edit | null>(null);
  const { whyNotChanged, outcomeId, contact } = call;
  const noNote =
    whyNotChanged ?? (outcomeId === null ? 'Choose an outcome first, then write its note.' : null);
  const noPromise = whyNotChanged ?? (contact === null ? 'Nobody here has this number.' : null);
  useKeys('screen', [
    { id: 'call.note', keys: 'e', title: 'Edit the note', run: () => setEdit('note'), whyNot: noNote },
    {
      id: 'call.outcome',
      keys: 'o',
      title: 'Change the outcome',
      run: () => setEdit('outcome'),
      whyNot: whyNotChanged,
    },
    {
      id: 'call.follow-up',
      keys: 'f',
      title: 'Schedule a follow-up',
      run: () => setEdit('follow-up'),
      whyNot: noPromise,
    },
  ]);
  const close = () => setEdit(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" shortcut="e" disabledReason={noNote} onClick={() => setEdit('note')}>
        Edit note
      </Button>
      <Button size="sm" shortcut="o" disabledReason={whyNotChanged} onClick={() => setEdit('outcome')}>
        Change outcome
      </Button>
      <Button size="sm" shortcut="f" disabledReason={noPromise} onClick={() => setEdit('follow-up')}>
        Follow up
      </Button>
      {edit === 'note' && <NoteDialog call={call} onClose={close} />}
      {edit === 'outcome' && <OutcomeDialog call={call} onClose={close} />}
      {edit === 'follow-up' && <FollowUpDialog call={call} onClose={close} />}
    </div>
  );
}

interface EditProps {
  call: CallSheet;
  onClose: () => void;
}

function NoteDialog({ call, onClose }: EditProps) {
  const { calls } = useClient();
  const change = useCallChange();
  const [note, setNote] = useState(call.note);
  const save = async () => {
    if ((await change(calls.editNote({ id: call.id, note }))) !== null) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Edit the note"
      description="The earlier words stay in the history."
      footer={<SaveButton form="call-note" />}
    >
      <Form id="call-note" onSave={save}>
        <TextArea label="Note" value={note} onChange={setNote} rows={6} maxLength={20_000} />
      </Form>
    </Dialog>
  );
}

function OutcomeDialog({ call, onClose }: EditProps) {
  const { calls } = useClient();
  const change = useCallChange();
  const tell = useTell();
  const [chosen, setChosen] = useState<string | null>(call.outcomeId);
  const [when, setWhen] = useState('');
  const needsTime = call.dispositions.find(({ id }) => id === chosen)?.needsTime === true;
  const time = useTime(when, call.zone);
  const whyNot =
    chosen === null || chosen === call.outcomeId
      ? 'Choose another outcome.'
      : needsTime && time.at === null
        ? time.sentence
        : null;
  const save = async () => {
    if (whyNot !== null || chosen === null) return;
    const wish = { id: call.id, dispositionId: chosen, callbackAt: needsTime ? time.at : null };
    let sentence = '';
    const made = calls.changeOutcome(wish).then((answer) => {
      if (!answer.ok) return answer;
      sentence = answer.value.sentence;
      return { ok: true as const, value: answer.value.sheet };
    });
    if ((await change(made)) === null) return;
    tell(sentence);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Change the outcome"
      description="What it means for the contact is carried out again. The old outcome stays in the history."
      footer={<SaveButton form="call-outcome" whyNot={whyNot} />}
    >
      <Form id="call-outcome" onSave={save}>
        <Select
          label="Outcome"
          value={chosen}
          onChange={setChosen}
          options={call.dispositions.map(({ id, label }) => ({ value: id, label }))}
        />
        {needsTime && <TimeField value={when} onChange={setWhen} sentence={time.sentence} />}
      </Form>
    </Dialog>
  );
}

function FollowUpDialog({ call, onClose }: EditProps) {
  const { calls } = useClient();
  const change = useCallChange();
  const tell = useTell();
  const [when, setWhen] = useState('');
  const [note, setNote] = useState('');
  const [anyoneMayCall, setAnyone] = useState(false);
  const time = useTime(when, call.zone);
  const save = async () => {
    if (time.at === null) return;
    const made = await change(calls.followUp({ id: call.id, at: time.at, anyoneMayCall, note }));
    if (made === null) return;
    tell(`A call is promised for ${exactText(time.at)}.`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Promise ${call.contact?.name ?? 'them'} a call`}
      footer={<SaveButton form="call-follow-up" whyNot={time.at === null ? time.sentence : null} />}
    >
      <Form id="call-follow-up" onSave={save}>
        <TimeField value={when} onChange={setWhen} sentence={time.sentence} />
        <TextField label="What for" value={note} onChange={setNote} maxLength={500} />
        <Checkbox label="Whoever is free may make it" checked={anyoneMayCall} onChange={setAnyone} />
      </Form>
    </Dialog>
  );
}

/** What is typed as a time, in the hours of whoever is called. */
function useTime(typed: string, zone: string) {
  const now = useNow(SECOND_MS);
  const read = callbackTime(typed, instant(now), zone);
  if (read.kind === 'unclear') return { at: null, sentence: read.sentence };
  return {
    at: read.at,
    sentence: `${exactText(read.at)}, your time.${read.remark === null ? '' : ` ${read.remark}`}`,
  };
}

function TimeField(props: { value: string; onChange: (value: string) => void; sentence: string }) {
  const { value, onChange, sentence } = props;
  return (
    <>
      <TextField label="When, in their time" value={value} onChange={onChange} maxLength={200} />
      <p aria-live="polite" className="text-sm text-muted">
        {sentence}
      </p>
    </>
  );
}

function Form({ id, onSave, children }: { id: string; onSave: () => Promise<void>; children: ReactNode }) {
  return (
    <form
      id={id}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
    >
      {children}
    </form>
  );
}

function SaveButton({ form, whyNot = null }: { form: string; whyNot?: string | null }) {
  return (
    <Button variant="primary" type="submit" form={form} disabledReason={whyNot}>
      Save
    </Button>
  );
}
