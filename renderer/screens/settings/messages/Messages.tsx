import { useQuery } from '@tanstack/react-query';
import { Play, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { MessageRow } from '../../../../shared/contract/messages.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useTell } from '../../../data/message.ts';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { counted, exactText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Button } from '../../../ui/Button.tsx';
import { AlertDialog, Dialog } from '../../../ui/Dialog.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { clockText } from '../../../ui/time-text.ts';
import { Group } from '../Group.tsx';
import { MessageDialog } from './MessageDialog.tsx';
import { loudnessText } from './words.ts';

type Open = { readonly kind: 'new' } | { readonly kind: 'name' | 'remove'; readonly message: MessageRow };

/** The sounds that are left on machines, or played by campaigns without an agent. */
export function Messages() {
  const { messages } = useClient();
  const wish = useWish();
  const all = useQuery({ queryKey: ['messages'], queryFn: () => answered(messages.list()) });
  const notAllowed = useWhyNotAllowed('supervisor');
  const [open, setOpen] = useState<Open | null>(null);
  const { playing, toggle } = usePlaying();
  const close = () => setOpen(null);
  return (
    <Group
      title="Messages"
      note="What one key leaves on a voicemail, and what a campaign without an agent plays. Which campaign uses which is chosen in the campaign."
    >
      <Loaded query={all} label="Loading messages" what="The messages could not be read." rows={3}>
        {(rows) => (
          <Table
            caption="Messages"
            rows={rows}
            rowKey={({ id }) => String(id)}
            empty={<p className="py-2 text-muted">There is no message yet. Record one, or bring a file.</p>}
            columns={columnsFor(notAllowed, playing, toggle, setOpen)}
          />
        )}
      </Loaded>
      <Button
        className="self-start"
        variant="primary"
        disabledReason={notAllowed}
        onClick={() => setOpen({ kind: 'new' })}
      >
        Add a message
      </Button>
      {open?.kind === 'new' && <MessageDialog onClose={close} />}
      {open?.kind === 'name' && <NameDialog message={open.message} onClose={close} />}
      {open?.kind === 'remove' && (
        <AlertDialog
          open
          onOpenChange={close}
          title={`Delete “${open.message.name}”?`}
          body="Its sound is deleted for good. How often it was heard stays on record."
          confirmLabel="Delete"
          danger
          onConfirm={() => void wish(messages.remove({ id: open.message.id })).then(close)}
        />
      )}
    </Group>
  );
}

function columnsFor(
  notAllowed: string | null,
  playing: number | null,
  toggle: (message: MessageRow) => void,
  onOpen: (open: Open) => void,
): readonly Column<MessageRow>[] {
  return [
    {
      key: 'listen',
      header: 'Listen',
      width: '4.5rem',
      cell: (message) => (
        <Button
          size="sm"
          icon={playing === message.id ? <Square /> : <Play />}
          aria-label={`${playing === message.id ? 'Stop' : 'Listen to'} ${message.name}`}
          onClick={() => toggle(message)}
        />
      ),
    },
    {
      key: 'name',
      header: 'Name',
      cell: ({ name, madeBy, madeAt }) => (
        <span title={`Made by ${madeBy}, ${exactText(madeAt)}`} className="font-medium">
          {name}
        </span>
      ),
    },
    { key: 'length', header: 'Length', width: '4.5rem', cell: ({ durationMs }) => clockText(durationMs) },
    { key: 'loud', header: 'Loudest', width: '6.5rem', cell: (message) => loudnessText(message.peakDb) },
    {
      key: 'used',
      header: 'Used',
      width: '7rem',
      cell: ({ uses, lastUsedAt }) => (
        <span title={lastUsedAt === null ? undefined : `Last ${exactText(lastUsedAt)}`}>
          {uses === 0 ? 'not yet' : counted(uses, 'time')}
        </span>
      ),
    },
    {
      key: 'campaigns',
      header: 'Campaigns',
      cell: ({ campaigns }) => (campaigns.length === 0 ? 'none' : campaigns.join(', ')),
    },
    {
      key: 'act',
      header: 'Actions',
      width: '11rem',
      cell: (message) => (
        <span className="flex gap-2">
          <Button
            size="sm"
            aria-label={`Rename ${message.name}`}
            disabledReason={notAllowed}
            onClick={() => onOpen({ kind: 'name', message })}
          >
            Rename
          </Button>
          <Button
            size="sm"
            aria-label={`Delete ${message.name}`}
            disabledReason={notAllowed ?? usedBy(message)}
            onClick={() => onOpen({ kind: 'remove', message })}
          >
            Delete
          </Button>
        </span>
      ),
    },
  ];
}

function usedBy({ campaigns: [first] }: MessageRow): string | null {
  return first === undefined ? null : `“${first}” uses it. Choose another message there first.`;
}

/** One message is heard at a time. */
function usePlaying() {
  const [playing, setPlaying] = useState<number | null>(null);
  const player = useRef<HTMLAudioElement | null>(null);
  const tell = useTell();
  const stop = () => {
    player.current?.pause();
    player.current = null;
    setPlaying(null);
  };
  useEffect(() => () => player.current?.pause(), []);
  return {
    playing,
    toggle({ id, url, name }: MessageRow) {
      const isStopped = playing === id;
      stop();
      if (isStopped) return;
      const audio = new Audio(url);
      player.current = audio;
      setPlaying(id);
      const over = () => player.current === audio && stop();
      audio.addEventListener('ended', over);
      audio.play().catch(() => {
        if (player.current !== audio) return;
        stop();
        tell(`${name} cannot be heard: its file is not on this computer any more. Record it once more.`);
      });
    },
  };
}

function NameDialog({ message, onClose }: { message: MessageRow; onClose: () => void }) {
  const { messages } = useClient();
  const wish = useWish();
  const [name, setName] = useState(message.name);
  const save = async () => {
    if ((await wish(messages.rename({ id: message.id, name }))) !== null) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Rename ${message.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={name.trim() === '' ? 'A name is needed.' : null}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <TextField label="Name" required value={name} onChange={setName} maxLength={80} />
    </Dialog>
  );
}
