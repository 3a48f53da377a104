import { useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { FollowUpPlans } from '../../../shared/contract/follow-ups.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import {
  AFTER_MAX_MS,
  FOLLOW_UP_KINDS,
  FOLLOW_UP_WORD,
  type FollowUpStep,
  STEPS_MAX,
} from '../../../shared/domain/follow-up.ts';
import { SENTIMENTS, SENTIMENT_WORDS } from '../../../shared/domain/sentiment.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/lib/instants.ts';
import { useClient } from '../../data/client.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';

type Plan = FollowUpPlans['plans'][number];

const ANY = 'any';

interface PlanDialogProps {
  plan: Plan | null;
  known: FollowUpPlans;
  onClose: () => void;
}

/** Makes a sequence, changes one, or takes it away with what it had started. */
export function PlanDialog({ plan, known, onClose }: PlanDialogProps) {
  const { followUps } = useClient();
  const [wish, setWish] = useState(() => plan ?? newPlan(known));
  const { keep, refusal } = useKeep(onClose);
  const form = useId();
  const change = (changed: Partial<Plan>) => setWish({ ...wish, ...changed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void keep(followUps.savePlan({ ...wish, id: plan?.id ?? null }), `${wish.name.trim()} is kept.`);
  };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={plan === null ? 'Add a sequence' : `Change ${plan.name}`}
      description="It holds for outcomes filed from now on; what was started before stays as it was started."
      footer={
        <>
          {plan !== null && (
            <Button
              variant="danger"
              className="mr-auto"
              onClick={() => void keep(followUps.removePlan({ id: plan.id }), `${plan.name} is removed.`)}
            >
              Remove, and stop what it started
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary">
            {plan === null ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 two:grid-cols-2">
          <TextField
            label="Name"
            required
            value={wish.name}
            onChange={(name) => change({ name })}
            maxLength={120}
            error={refusal}
          />
          <Select
            label="After this outcome"
            value={wish.outcome}
            options={known.outcomes.map(({ id, label }) => ({ value: id, label }))}
            onChange={(outcome) => change({ outcome })}
          />
          <Select
            label="In"
            value={wish.campaignId === null ? ANY : String(wish.campaignId)}
            options={[
              { value: ANY, label: 'Any campaign' },
              ...known.campaigns.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(next) => change({ campaignId: next === ANY ? null : Number(next) })}
          />
          <Select
            label="When they sounded"
            value={wish.sentiment ?? ANY}
            options={[
              { value: ANY, label: 'however' },
              ...SENTIMENTS.map((value) => ({ value, label: SENTIMENT_WORDS[value].toLowerCase() })),
            ]}
            onChange={(next) => change({ sentiment: SENTIMENTS.find((each) => each === next) ?? null })}
          />
        </div>
        <ol aria-label="Steps" className="flex flex-col gap-4">
          {wish.steps.map((step, nth) => (
            <Step
              key={nth}
              nth={nth}
              step={step}
              onChange={(changed) =>
                change({ steps: wish.steps.map((each, at) => (at === nth ? { ...each, ...changed } : each)) })
              }
              onRemove={() => change({ steps: wish.steps.filter((_, at) => at !== nth) })}
            />
          ))}
        </ol>
        <Button
          className="self-start"
          icon={<Plus />}
          disabledReason={wish.steps.length < STEPS_MAX ? null : `A sequence has ${STEPS_MAX} steps at most.`}
          onClick={() => change({ steps: [...wish.steps, NEW_STEP] })}
        >
          Add a step
        </Button>
        <Checkbox label="Switched on" checked={wish.isOn} onChange={(isOn) => change({ isOn })} />
      </form>
    </Dialog>
  );
}

const NEW_STEP: FollowUpStep = { kind: 'task', afterMs: DAY_MS, title: '', text: '' };

function newPlan({ outcomes }: FollowUpPlans): Plan {
  const outcome = outcomes.find(({ id }) => id === 'qualified') ?? outcomes[0];
  return {
    id: 1,
    name: '',
    campaignId: null,
    outcome: outcome?.id ?? '',
    sentiment: null,
    isOn: true,
    steps: [NEW_STEP],
  };
}

interface StepProps {
  nth: number;
  step: FollowUpStep;
  onChange: (changed: Partial<FollowUpStep>) => void;
  onRemove: () => void;
}

function Step({ nth, step, onChange, onRemove }: StepProps) {
  const [unit, setUnit] = useState<'hours' | 'days'>(step.afterMs % DAY_MS === 0 ? 'days' : 'hours');
  const unitMs = unit === 'days' ? DAY_MS : HOUR_MS;
  const isDraft = step.kind === 'email' || step.kind === 'sms';
  const setAfter = (count: number | null, ms: number) =>
    onChange({ afterMs: Math.min(AFTER_MAX_MS, Math.round((count ?? 0) * ms)) });
  const count = Math.round(step.afterMs / unitMs);
  return (
    <li className="flex flex-col gap-2 rounded-lg border p-3">
      <div className="grid items-end gap-3 two:grid-cols-[1.2fr_0.8fr_0.8fr_auto]">
        <Select
          label={`Step ${nth + 1}`}
          value={step.kind}
          options={FOLLOW_UP_KINDS.map((value) => ({ value, label: FOLLOW_UP_WORD[value] }))}
          onChange={(kind) => onChange({ kind })}
        />
        <NumberField
          label="After"
          min={0}
          max={Math.floor(AFTER_MAX_MS / unitMs)}
          value={count}
          onChange={(next) => setAfter(next, unitMs)}
        />
        <Select
          label="Unit"
          value={unit}
          options={[
            { value: 'hours', label: 'hours' },
            { value: 'days', label: 'days' },
          ]}
          onChange={(next) => {
            setUnit(next);
            setAfter(count, next === 'days' ? DAY_MS : HOUR_MS);
          }}
        />
        <IconButton label={`Remove step ${nth + 1}`} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {step.kind !== 'call' && (
        <>
          <TextField
            label={step.kind === 'email' ? 'Subject' : isDraft ? 'What it is for' : 'What is to be done'}
            value={step.title}
            onChange={(title) => onChange({ title })}
            maxLength={200}
          />
          <TextArea
            label={isDraft ? 'Draft' : 'More about it'}
            description="May name fields, as scripts do: {{first name|there}}, {{company}}, {{my name}}."
            value={step.text}
            onChange={(text) => onChange({ text })}
            maxLength={5_000}
          />
        </>
      )}
    </li>
  );
}

function useKeep(onClose: () => void) {
  const queries = useQueryClient();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<string | null>(null);
  const keep = async (asking: Promise<Answer<FollowUpPlans>>, told: string) => {
    const answer = await asking;
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: ['followUps'] });
    toasts.show({ text: told });
    onClose();
  };
  return { keep, refusal };
}
