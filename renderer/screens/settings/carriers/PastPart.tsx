import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { CarrierRow } from '../../../../shared/contract/carriers.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useCarrierWish } from './use-carriers.ts';

const PAST = 'carrier-past';

function usePast(kind: string) {
  const { carriers, app } = useClient();
  const queries = useQueryClient();
  useEffect(
    () =>
      app.changed(({ changes }, gap) => {
        if (gap || changes.some(({ entity }) => entity === 'past'))
          void queries.invalidateQueries({ queryKey: [PAST] });
      }),
    [app, queries],
  );
  return useQuery({ queryKey: [PAST, kind], queryFn: () => answered(carriers.past({ kind })), staleTime: 0 });
}

/** How far fetching old calls is, what came of it, and stopping or going on. Nothing before anybody asked for it. */
export function PastPart({ row: { kind, title } }: { row: CarrierRow }) {
  const { carriers } = useClient();
  const { data: past } = usePast(kind);
  const { run, refusal } = useCarrierWish();
  if (past === undefined || past === null) return null;
  return (
    <section aria-label={`Old calls of ${title}`} className="flex flex-wrap items-center gap-2 text-sm">
      <p aria-live="polite" className="min-w-0 flex-1">
        Old calls: {past.sentence}
      </p>
      {past.isRunning && (
        <progress aria-label="Old calls fetched" value={past.share} max={1} className="w-32" />
      )}
      {past.isRunning && (
        <Button size="sm" onClick={() => void run(() => carriers.stopPast({ kind }))}>
          Stop fetching
        </Button>
      )}
      {past.canGoOn && (
        <Button size="sm" onClick={() => void run(() => carriers.goOnPast({ kind }))}>
          Go on fetching
        </Button>
      )}
      {refusal !== null && (
        <p role="alert" className="text-danger-text">
          {refusal}
        </p>
      )}
    </section>
  );
}

/** Which days of the past are fetched. */
export function PastDialog({ row: { kind, title }, onClose }: { row: CarrierRow; onClose: () => void }) {
  const { carriers } = useClient();
  const queries = useQueryClient();
  const { run, isBusy, refusal } = useCarrierWish();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [withSounds, setWithSounds] = useState(false);
  const form = useId();
  const empty = from === '' || to === '' ? 'Both days are needed.' : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (empty !== null || isBusy) return;
    const done = await run(() => carriers.fetchPast({ kind, from, to, withSounds }));
    void queries.invalidateQueries({ queryKey: [PAST] });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Fetch old calls from ${title}`}
      description="Calls are matched with contacts by their number. What is here already is brought up to date, nothing is doubled, and nobody is rung."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={empty}>
            Fetch them
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label="First day" type="date" value={from} onChange={setFrom} />
        <TextField label="Last day" type="date" value={to} onChange={setTo} error={refusal} />
        <Checkbox
          label="Fetch their recordings too"
          description="Each of them takes room on this computer. Without, transcripts come in and sounds do not."
          checked={withSounds}
          onChange={setWithSounds}
        />
      </form>
    </Dialog>
  );
}
