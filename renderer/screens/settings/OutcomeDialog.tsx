import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { OutcomeRow } from '../../../shared/contract/outcomes.ts';
import { HOUR_MS } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';

type Kind = OutcomeRow['consequence']['kind'];

const DOES: readonly { value: Kind; label: string; description: string }[] = [
  { value: 'done', label: 'Closes', description: 'They are not called again in this campaign.' },
  { value: 'retry', label: 'Calls again', description: 'After the time below, or what the campaign says.' },
  { value: 'callback', label: 'Asks for a time', description: 'A promise to ring back, kept at its time.' },
  { value: 'bad-number', label: 'Drops this number', description: 'It is never rung again; others may be.' },
  { value: 'stop-calling', label: 'Stops all numbers', description: 'They go on the do-not-call list.' },
];

const GROUPS: readonly { value: OutcomeRow['group']; label: string }[] = [
  { value: 'reached', label: 'Somebody was reached' },
  { value: 'not-reached', label: 'Nobody was reached' },
  { value: 'stop', label: 'No more calls' },
];

const NO_KEY = 'none';
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const A_DAY_OF_WORK = 4 * HOUR_MS;

interface OutcomeDialogProps {
  outcome: OutcomeRow | null;
  all: readonly OutcomeRow[];
  onClose: () => void;
}

/** Adds an outcome, or changes what one is called, which key files it and what it does from now on. */
export function OutcomeDialog({ outcome, all, onClose }: OutcomeDialogProps) {
  const [label, setLabel] = useState(outcome?.label ?? '');
  const [digit, setDigit] = useState(outcome?.digit ?? '');
  const [group, setGroup] = useState<OutcomeRow['group']>(outcome?.group ?? 'reached');
  const [kind, setKind] = useState<Kind>(outcome?.consequence.kind ?? 'done');
  const [afterMs, setAfterMs] = useState(
    outcome?.consequence.kind === 'retry' ? outcome.consequence.afterMs : A_DAY_OF_WORK,
  );
  const [needsConfirm, setNeedsConfirm] = useState(outcome?.needsConfirm ?? false);
  const [needsNote, setNeedsNote] = useState(outcome?.needsNote ?? false);
  const [isSuccess, setSuccess] = useState(outcome?.isSuccess ?? false);
  const { save, refusal } = useSave(onClose);
  const form = useId();
  const takenBy = new Map(
    all.filter((each) => each.id !== outcome?.id).map((each) => [each.digit, each.label]),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const consequence = kind === 'retry' ? { kind, afterMs } : { kind };
    const marks = { needsConfirm, needsNote, isSuccess };
    void save({ id: outcome?.id ?? null, campaignId: null, label, digit, group, consequence, ...marks });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={outcome === null ? 'Add an outcome' : `Change ${outcome.label}`}
      description="It holds for outcomes filed from now on. What was filed before stays as it was."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={label.trim() === '' ? 'A name is needed.' : null}
          >
            {outcome === null ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <TextField label="Name" required value={label} onChange={setLabel} maxLength={60} error={refusal} />
        <div className="grid gap-4 two:grid-cols-2">
          <Select
            label="Key in wrap-up"
            value={digit === '' ? NO_KEY : digit}
            onChange={(next) => setDigit(next === NO_KEY ? '' : next)}
            options={[
              { value: NO_KEY, label: 'None: found by its name' },
              ...KEYS.map((value) => ({
                value,
                label: value,
                description: takenBy.has(value) ? `Files ${takenBy.get(value)}` : undefined,
                disabled: takenBy.has(value),
              })),
            ]}
          />
          <Select label="Counts as" value={group} onChange={setGroup} options={GROUPS} />
        </div>
        <Select label="What it does" value={kind} onChange={setKind} options={DOES} />
        {kind === 'retry' && (
          <NumberField
            label="Again after"
            unit="hours"
            min={1}
            max={365 * 24}
            value={Math.round(afterMs / HOUR_MS)}
            onChange={(hours) => setAfterMs((hours ?? 1) * HOUR_MS)}
          />
        )}
        <Checkbox label="It is a success" checked={isSuccess} onChange={setSuccess} />
        <Checkbox label="It needs a note" checked={needsNote} onChange={setNeedsNote} />
        <Checkbox label="Its key is pressed twice" checked={needsConfirm} onChange={setNeedsConfirm} />
      </form>
    </Dialog>
  );
}

function useSave(onClose: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = async (wish: Parameters<typeof client.outcomes.save>[0]) => {
    const answer = await client.outcomes.save(wish);
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: ['outcomes'] });
    toasts.show({ text: `${wish.label.trim()} is kept. Agents are offered it from the next call on.` });
    onClose();
  };
  return { save, refusal };
}
