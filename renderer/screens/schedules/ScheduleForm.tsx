import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Schedulable } from '../../../shared/contract/schedules.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { zoneNames } from '../../../shared/lib/zones/offsets.ts';
import { remarkInWords } from '../../../shared/domain/cadence.ts';
import { useClient } from '../../data/client.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Combobox } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { bothClocks, ownZone } from '../dial/times.ts';
import { Consents } from './Consents.tsx';
import { DayChips } from './DayChips.tsx';
import { PersonSoFar } from './PersonSoFar.tsx';
import { nextCalls } from './schedule-words.ts';
import { SCHEDULES } from './use-schedules.ts';

interface Wish {
  readonly numberId: number | null;
  readonly zone: string;
  readonly time: string;
  readonly cadence: string;
  readonly voice: string;
}

interface ScheduleFormProps {
  schedulable: Schedulable;
  notAllowed: string | null;
  onClose: () => void;
}

const ZONES = zoneNames()
  .filter((name) => name.includes('/'))
  .sort()
  .map((value) => ({ value, label: value.replaceAll('_', ' ') }));

/** Number, place, time, days, voice; what they agreed to; and when that means they are called. */
export function ScheduleForm({ schedulable, notAllowed, onClose }: ScheduleFormProps) {
  const [wish, setWish] = useState(() => firstWish(schedulable));
  const change = (but: Partial<Wish>) => setWish((before) => ({ ...before, ...but }));
  const { save, refusal } = useSave(schedulable, onClose);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (notAllowed === null && whyNotYet(wish) === null) void save(wish);
  };
  const { name, numbers, schedule } = schedulable;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={schedule === null ? `Schedule calls to ${name}` : `The schedule of ${name}`}
      footer={
        <>
          <Button onClick={onClose}>{notAllowed === null ? 'Cancel' : 'Close'}</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={notAllowed ?? whyNotYet(wish)}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {refusal !== null && (
          <div role="alert">
            <Banner tone="bad" title={refusal} className="rounded-md border" />
          </div>
        )}
        <form id={form} onSubmit={submit} className="grid gap-4 two:grid-cols-2">
          <Select
            label="Number"
            value={wish.numberId === null ? null : String(wish.numberId)}
            onChange={(id) => change({ numberId: Number(id) })}
            placeholder={numbers.length === 0 ? 'They have no number' : 'Choose…'}
            options={numbers.map(({ id, shown, kind, isUsable }) => ({
              value: String(id),
              label: shown,
              description: isUsable ? kind : `${kind}, not in use`,
            }))}
          />
          <Combobox
            label="Where they are"
            description="Their own clock decides, also when it changes."
            value={wish.zone === '' ? null : wish.zone}
            onChange={(zone) => change({ zone: zone ?? '' })}
            options={ZONES}
            placeholder="Choose their time zone"
            emptyText="No place of that name. Try the nearest large city."
          />
          <TextField
            label="Time of their day"
            type="time"
            value={wish.time}
            onChange={(time) => change({ time })}
          />
          <TextField
            label="Voice"
            description="As the carrier calls it. Empty is its usual one."
            value={wish.voice}
            onChange={(voice) => change({ voice })}
            maxLength={80}
          />
          <DayChips
            value={wish.cadence}
            onChange={(cadence) => change({ cadence })}
            className="two:col-span-2"
          />
        </form>
        <NextCalls wish={wish} />
        <Consents schedulable={schedulable} notAllowed={notAllowed} />
        {schedule !== null && <PersonSoFar contactId={schedulable.contactId} />}
      </div>
    </Dialog>
  );
}

/** When that means they are called, said before it is saved. */
function NextCalls({ wish }: { wish: Wish }) {
  const now = useNow(60_000);
  const calls = nextCalls(wish, instant(now), 3);
  if (calls.length === 0) return null;
  return (
    <section aria-label="Next calls">
      <h3 className="text-sm font-medium">Next calls</h3>
      <ul className="text-muted">
        {calls.map(({ at, remark }) => (
          <li key={at}>
            {bothClocks(at, wish.zone, ownZone())}
            {remark !== null && `. ${remarkInWords(remark)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function firstWish({ numbers, schedule, zone }: Schedulable): Wish {
  if (schedule !== null) {
    const { numberId, voice, time, cadence } = schedule;
    const isKnown = numbers.some((number) => number.id === numberId);
    return { numberId: isKnown ? numberId : null, zone: schedule.zone, time, cadence, voice };
  }
  return {
    numberId: numbers[0]?.id ?? null,
    zone: zone ?? '',
    time: '10:00',
    cadence: 'weekdays',
    voice: '',
  };
}

function whyNotYet({ numberId, zone, time, cadence }: Wish): string | null {
  if (numberId === null) return 'Choose the number to call.';
  if (zone === '') return 'Say where they are.';
  if (time === '') return 'Say at what time.';
  return cadence === '' ? 'Choose at least one day.' : null;
}

function useSave({ contactId, name, schedule }: Schedulable, onClose: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [refusal, setRefusal] = useState<string | null>(null);
  // The version that was on screen when typing began: a later one belongs to somebody else's change.
  const [version, setVersion] = useState(schedule?.version ?? null);
  const save = async ({ numberId, ...wish }: Wish) => {
    const answer = await client.schedules.save({ contactId, version, numberId: numberId!, ...wish });
    if (!answer.ok) {
      setRefusal(answer.error.sentence);
      // Told of the other change, whoever saves again means it.
      if (answer.error.code === 'conflict') {
        const now = await client.schedules.ofContact({ contactId });
        if (now.ok) setVersion(now.value.schedule?.version ?? null);
      }
      return;
    }
    await queries.invalidateQueries({ queryKey: [SCHEDULES] });
    toasts.show({ text: `The schedule of ${name} was saved.`, detail: answer.value.trouble ?? undefined });
    onClose();
  };
  return { save, refusal };
}
