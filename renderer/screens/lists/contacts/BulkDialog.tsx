import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAct, BulkPreview, Target } from '../../../../shared/contract/contacts.ts';
import { never } from '../../../../shared/lib/assert.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { counted, countText } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { BulkKind } from './BulkBar.tsx';

interface BulkDialogProps {
  kind: BulkKind;
  target: Target;
  chosen: number;
  onClose: () => void;
}

const TITLES: Readonly<Record<BulkKind, string>> = {
  enrol: 'Enrol into a campaign',
  leave: 'Remove from a campaign',
  tag: 'Tag',
  untag: 'Take a tag away',
  schedule: 'Schedule calls',
  'do-not-call': 'Put on do-not-call',
  delete: 'Delete contacts',
};

const VERBS: Readonly<Record<BulkKind, string>> = {
  enrol: 'Enrol',
  leave: 'Remove',
  tag: 'Tag',
  untag: 'Take away',
  schedule: 'Schedule',
  'do-not-call': 'Never call again',
  delete: 'Delete',
};

interface Asked {
  readonly campaignId: string | null;
  readonly words: string;
  readonly time: string;
  readonly cadence: string;
}

/** What is to be done with the chosen, what will come of it, and who stays as they are and why. */
export function BulkDialog({ kind, target, chosen, onClose }: BulkDialogProps) {
  const { contacts } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const [asked, setAsked] = useState<Asked>({
    campaignId: null,
    words: '',
    time: '10:00',
    cadence: 'weekdays',
  });
  const act = actFrom(kind, asked);
  const preview = useQuery({
    queryKey: ['contacts', 'preview', target, act],
    queryFn: () => answered(contacts.preview({ target, act: act! })),
    enabled: act !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const shown = act === null ? undefined : preview.data;
  const whyNot =
    act === null
      ? 'Say first what is meant.'
      : shown === undefined || preview.isPlaceholderData
        ? 'Still counting.'
        : (shown.trouble ?? (shown.changes === 0 ? 'Nobody would change.' : null));
  const run = async () => {
    if (act === null || whyNot !== null) return;
    const job = await wish(contacts.act({ target, act }));
    if (job === null) return;
    void queries.invalidateQueries({ queryKey: ['contact-jobs'] });
    onClose();
  };
  const isGrave = kind === 'delete' || kind === 'do-not-call';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={TITLES[kind]}
      description={`${counted(chosen, 'contact')} chosen.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={isGrave ? 'danger' : 'primary'}
            type="submit"
            form="bulk-act"
            disabledReason={whyNot}
          >
            {VERBS[kind]}
            {shown !== undefined && shown.changes > 0 ? ` ${countText(shown.changes)}` : ''}
          </Button>
        </>
      }
    >
      <form
        id="bulk-act"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Fields kind={kind} asked={asked} onAsked={setAsked} />
        <Outlook preview={shown} isCounting={act !== null && preview.isFetching} error={preview.error} />
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  kind: BulkKind;
  asked: Asked;
  onAsked: (asked: Asked) => void;
}

function Fields({ kind, asked, onAsked }: FieldsProps) {
  const set = (change: Partial<Asked>) => onAsked({ ...asked, ...change });
  const words = (label: string, description?: string) => (
    <TextField
      label={label}
      description={description}
      value={asked.words}
      onChange={(next) => set({ words: next })}
      maxLength={60}
      required
    />
  );
  switch (kind) {
    case 'enrol':
    case 'leave':
      return <CampaignField value={asked.campaignId} onChange={(campaignId) => set({ campaignId })} />;
    case 'tag':
      return words('Tag', 'A tag that nobody has yet is made.');
    case 'untag':
      return words('Tag');
    case 'do-not-call':
      return words('Why', 'Kept with each entry, for whoever asks later.');
    case 'schedule':
      return (
        <div className="flex gap-3">
          <TextField
            label="Time, theirs"
            className="w-32"
            value={asked.time}
            onChange={(time) => set({ time })}
            maxLength={5}
            required
          />
          <TextField
            label="Days"
            className="flex-1"
            description="daily, weekdays, weekends, or days such as mon,wed"
            value={asked.cadence}
            onChange={(cadence) => set({ cadence })}
            maxLength={80}
            required
          />
        </div>
      );
    case 'delete':
      return null;
    default:
      return never(kind);
  }
}

function CampaignField({ value, onChange }: { value: string | null; onChange: (id: string) => void }) {
  const { campaigns } = useClient();
  const all = useQuery({ queryKey: ['campaigns'], queryFn: () => answered(campaigns.list()) }).data ?? [];
  const options = all
    .filter(({ status }) => status !== 'archived')
    .map(({ id, name }) => ({ value: String(id), label: name }));
  return <Select label="Campaign" value={value} onChange={onChange} options={options} required />;
}

/** What would happen, as the engine counts it. */
function Outlook({
  preview,
  isCounting,
  error,
}: {
  preview: BulkPreview | undefined;
  isCounting: boolean;
  error: Error | null;
}) {
  const text =
    error?.message ?? preview?.sentence ?? (isCounting ? 'Counting…' : 'What will happen is shown here.');
  return (
    <section aria-label="What will happen" aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
      <p className="font-medium">{text}</p>
      {preview !== undefined && preview.stays.length > 0 && (
        <>
          <p className="mt-1 text-sm text-muted">The others stay as they are:</p>
          <ul className="mt-0.5 text-sm">
            {preview.stays.map(({ why, count }) => (
              <li key={why}>
                <span className="font-medium">{countText(count)}</span> {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What was asked, when it is all there. */
function actFrom(kind: BulkKind, { campaignId, words, time, cadence }: Asked): BulkAct | null {
  const text = words.trim();
  switch (kind) {
    case 'enrol':
    case 'leave':
      return campaignId === null ? null : { kind, campaignId: Number(campaignId) };
    case 'tag':
    case 'untag':
      return text === '' ? null : { kind, tag: text };
    case 'do-not-call':
      return text === '' ? null : { kind, reason: text };
    case 'schedule':
      return /^\d{2}:\d{2}$/.test(time) && cadence.trim() !== '' ? { kind, time, cadence, voice: '' } : null;
    case 'delete':
      return { kind };
    default:
      return never(kind);
  }
}
