import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ParleyClient } from '../../../../shared/contract/contract.ts';
import type { Instant } from '../../../../shared/lib/instants.ts';
import { useClient } from '../../../data/client.tsx';
import { useTell } from '../../../data/message.ts';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { countText, exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Button } from '../../../ui/Button.tsx';
import { AlertDialog } from '../../../ui/Dialog.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Group } from '../Group.tsx';

type Wish = Parameters<ParleyClient['recordings']['setKeeping']>[0];
type Kept = Wish & { readonly usedBytes: number; readonly campaigns: readonly CampaignRow[] };
interface CampaignRow {
  readonly id: number | null;
  readonly name: string;
  readonly days: number | null;
  readonly recordings: number;
  readonly bytes: number;
  readonly oldestAt: Instant | null;
}

const GIB = 1024 ** 3;
const DAYS_MAX = 36_500;

/** How long recordings are kept, how much room they take, and what goes when. */
export function Keeping() {
  const { recordings } = useClient();
  const notAllowed = useWhyNotAllowed('supervisor');
  const keeping = useQuery({
    queryKey: ['recordings', 'keeping'],
    queryFn: () => answered(recordings.keeping()),
    enabled: notAllowed === null,
  });
  if (notAllowed !== null) return <p className="text-muted">{notAllowed}</p>;
  return (
    <Loaded query={keeping} label="Loading recordings" what="What is kept could not be read." rows={5}>
      {(kept) => (
        <Rules key={JSON.stringify([kept.keptDays, kept.protectedDays, kept.budgetBytes])} kept={kept} />
      )}
    </Loaded>
  );
}

function Rules({ kept }: { kept: Omit<Kept, 'campaigns'> & { campaigns: readonly CampaignRow[] } }) {
  const [keptDays, setKeptDays] = useState(kept.keptDays);
  const [protectedDays, setProtectedDays] = useState(kept.protectedDays);
  const [budgetBytes, setBudget] = useState(kept.budgetBytes);
  const [own, setOwn] = useState<ReadonlyMap<number, number | null>>(new Map());
  const wish: Wish = {
    keptDays,
    protectedDays,
    budgetBytes,
    campaigns: [...own].map(([campaignId, days]) => ({ campaignId, days })),
  };
  const isChanged =
    keptDays !== kept.keptDays ||
    protectedDays !== kept.protectedDays ||
    budgetBytes !== kept.budgetBytes ||
    kept.campaigns.some(({ id, days }) => id !== null && own.has(id) && own.get(id) !== days);
  return (
    <>
      <Group
        title="How long recordings are kept"
        note="Counted from the day they were fetched. Whatever goes leaves its call behind, with the reason. Empty is until somebody deletes them."
      >
        <div className="flex flex-wrap gap-4">
          <Days label="All recordings" value={keptDays} onChange={setKeptDays} />
          <Days
            label="Of people in the EU, the EEA and the UK"
            description="At most so long, whatever else is set: the law there allows no longer than is needed, and leaves the number to you."
            value={protectedDays}
            onChange={setProtectedDays}
          />
        </div>
        <Table
          caption="Recordings of campaigns"
          rows={kept.campaigns}
          rowKey={({ id }) => String(id)}
          empty={<p className="py-2 text-muted">There is no campaign yet.</p>}
          columns={[
            { key: 'name', header: 'Campaign', cell: ({ name }) => name },
            {
              key: 'count',
              header: 'Recordings',
              width: '7rem',
              align: 'right',
              cell: ({ recordings }) => countText(recordings),
            },
            {
              key: 'size',
              header: 'Size',
              width: '6rem',
              align: 'right',
              cell: ({ bytes }) => sizeText(bytes),
            },
            {
              key: 'oldest',
              header: 'Oldest',
              width: '12rem',
              cell: ({ oldestAt }) => (oldestAt === null ? '–' : exactText(oldestAt)),
            },
            {
              key: 'days',
              header: 'Kept for',
              width: '11rem',
              cell: ({ id, name, days }) =>
                id === null ? (
                  'as all'
                ) : (
                  <Days
                    label={`Days for ${name}`}
                    hideLabel
                    value={own.has(id) ? (own.get(id) ?? null) : days}
                    onChange={(next) => setOwn(new Map(own).set(id, next))}
                  />
                ),
            },
          ]}
        />
      </Group>
      <Group
        title="How much room they take"
        note={`They take up ${sizeText(kept.usedBytes)} now. Where the room is used up, new ones stay at the carrier until there is some again; none is deleted for want of it.`}
      >
        <NumberField
          label="Room for recordings"
          className="max-w-52"
          unit="GB"
          min={0.1}
          max={100_000}
          step={1}
          value={Math.round((budgetBytes / GIB) * 10) / 10}
          onChange={(next) => setBudget(Math.round((next ?? 1) * GIB))}
        />
      </Group>
      <Preview wish={wish} isChanged={isChanged} />
    </>
  );
}

interface DaysProps {
  label: string;
  hideLabel?: boolean;
  description?: string;
  value: number | null;
  onChange: (days: number | null) => void;
}

function Days({ label, hideLabel, description, value, onChange }: DaysProps) {
  return (
    <NumberField
      label={label}
      hideLabel={hideLabel}
      description={description}
      className="max-w-80"
      unit="days"
      min={1}
      max={DAYS_MAX}
      value={value}
      onChange={onChange}
    />
  );
}

/** What would go by what is typed, and then the way to have it so. */
function Preview({ wish, isChanged }: { wish: Wish; isChanged: boolean }) {
  const { recordings } = useClient();
  const queries = useQueryClient();
  const tell = useTell();
  const [isAsked, setAsked] = useState(false);
  const { data } = useQuery({
    queryKey: ['recordings', 'going', wish],
    queryFn: () => answered(recordings.going(wish)),
    placeholderData: (before) => before,
  });
  const save = async () => {
    setAsked(false);
    const answer = await recordings.setKeeping(wish);
    if (!answer.ok) return tell(answer.error.sentence);
    tell('How long recordings are kept was set.');
    return queries.invalidateQueries({ queryKey: ['recordings'] });
  };
  const gone = data?.now ?? 0;
  return (
    <Group title={isChanged ? 'What this would do' : 'What goes when'}>
      <output className="flex flex-col gap-1">
        {(data?.sentences ?? ['Looking…']).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </output>
      <Button
        className="self-start"
        variant={isChanged && gone > 0 ? 'danger' : 'primary'}
        disabledReason={
          isChanged
            ? data === undefined
              ? 'What it would do is being looked at.'
              : null
            : 'Nothing was changed.'
        }
        onClick={() => (gone > 0 ? setAsked(true) : void save())}
      >
        {isChanged && gone > 0 ? `Save, and delete ${countText(gone)}…` : 'Save'}
      </Button>
      <AlertDialog
        open={isAsked}
        onOpenChange={setAsked}
        title={`Delete ${countText(gone)} ${gone === 1 ? 'recording' : 'recordings'}?`}
        body={data?.sentences[0]}
        confirmLabel="Delete them"
        danger
        onConfirm={() => void save()}
      />
    </Group>
  );
}

function sizeText(bytes: number): string {
  return bytes < GIB ? `${Math.ceil(bytes / 1024 ** 2)} MB` : `${(bytes / GIB).toFixed(1)} GB`;
}
