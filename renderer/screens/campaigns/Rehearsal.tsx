import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RehearsalStanding } from '../../../shared/contract/rehearsal.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Group } from './form/Group.tsx';
import { RehearsalTold } from './RehearsalTold.tsx';

/** How often a running rehearsal is asked how far it is. */
const ASK_AGAIN_MS = 500;

/** A day of the campaign, lived without ringing anybody: before it is started, and whenever a rule is in doubt. */
export function Rehearsal({ id }: { id: number }) {
  const notAllowed = useWhyNotAllowed('supervisor');
  const { standing, error, start, stop } = useRehearsal(id, notAllowed === null);
  const [agents, setAgents] = useState<number | null>(4);
  const [hours, setHours] = useState<number | null>(8);
  const [seed, setSeed] = useState('1');
  const isRunning = standing?.kind === 'running';
  const missing =
    agents === null || hours === null || seed.trim() === ''
      ? 'Say how many agents and hours, and a seed.'
      : null;
  return (
    <Group
      title="Rehearse"
      about="Lives some hours of this campaign by its real rules, in seconds. Nobody is rung, and nothing is changed."
    >
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null && agents !== null && hours !== null)
            void start({ id, agents, hours, seed: seed.trim() });
        }}
      >
        <NumberField className="w-36" label="Agents" value={agents} onChange={setAgents} min={1} max={200} />
        <NumberField className="w-36" label="Hours" value={hours} onChange={setHours} min={1} max={72} />
        <TextField className="w-28" label="Seed" value={seed} onChange={setSeed} maxLength={40} />
        {isRunning ? (
          <Button type="button" onClick={() => void stop()}>
            Stop
          </Button>
        ) : (
          <Button type="submit" disabledReason={notAllowed ?? missing}>
            Rehearse
          </Button>
        )}
      </form>
      <p className="text-sm text-muted">The same seed gives the same rehearsal again.</p>
      {error !== null && (
        <p role="alert" className="text-danger-text">
          {error}
        </p>
      )}
      {standing !== undefined && <Standing standing={standing} />}
    </Group>
  );
}

interface Wish {
  id: number;
  agents: number;
  hours: number;
  seed: string;
}

/** Under a key of its own: a call somewhere else does not make a rehearsal stale. */
function useRehearsal(id: number, isAllowed: boolean) {
  const { campaigns } = useClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [error, setError] = useState<string | null>(null);
  const queryKey = ['rehearsal', id];
  const query = useQuery({
    queryKey,
    queryFn: async () => {
      const before = queries.getQueryData<RehearsalStanding>(queryKey);
      const now = await answered(campaigns.rehearsal({ id }));
      if (before?.kind === 'running' && now.kind === 'done')
        announce(`Rehearsed. ${now.rehearsal.sentences.slice(0, 2).join(' ')}`);
      return now;
    },
    enabled: isAllowed,
    refetchInterval: ({ state }) => (state.data?.kind === 'running' ? ASK_AGAIN_MS : false),
  });
  const take = async (asking: ReturnType<typeof campaigns.rehearse>) => {
    const answer = await asking;
    setError(answer.ok ? null : answer.error.sentence);
    if (answer.ok) queries.setQueryData(queryKey, answer.value);
  };
  return {
    standing: query.data,
    error: error ?? query.error?.message ?? null,
    start: (wish: Wish) => take(campaigns.rehearse(wish)),
    stop: () => take(campaigns.cancelRehearsal({ id })),
  };
}

function Standing({ standing }: { standing: RehearsalStanding }) {
  switch (standing.kind) {
    case 'none':
      return null;
    case 'running':
      return <Running share={standing.share} />;
    case 'failed':
      return (
        <p role="alert" className="text-danger-text">
          {standing.sentence}
        </p>
      );
    case 'done':
      return <RehearsalTold rehearsed={standing.rehearsal} />;
  }
}

function Running({ share }: { share: number }) {
  const percent = Math.round(share * 100);
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label="Rehearsed so far"
        className="h-2 w-full max-w-80 accent-(--color-accent)"
        value={percent}
        max={100}
      />
      <span className="min-w-[5ch] text-right text-sm text-muted tabular-nums">{percent} %</span>
    </div>
  );
}
