import { Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RecordingComment } from '../../../shared/contract/recordings.ts';
import { useClient } from '../../data/client.tsx';
import { useTell } from '../../data/message.ts';
import { exactText } from '../../data/words.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { clockText } from '../../ui/time-text.ts';
import { usePlayerChange } from './PlayerPart.tsx';
import { usePlayer } from './use-player.ts';

interface PlayerCommentsProps {
  callId: number;
  comments: readonly RecordingComment[];
  isWriting: boolean;
  onDone: () => void;
}

/** What people said about moments of a recording, in the order of the moments. */
export function PlayerComments({ callId, comments, isWriting, onDone }: PlayerCommentsProps) {
  const { recordings } = useClient();
  const player = usePlayer();
  const change = usePlayerChange(callId);
  return (
    <>
      {isWriting && <Writing callId={callId} onDone={onDone} />}
      {comments.length > 0 && (
        <ul aria-label="Comments" className="flex flex-col">
          {comments.map(({ id, atMs, text, who, writtenAt, isMine }) => (
            <li key={id} className="flex items-start gap-2 border-t border-line py-1 text-sm">
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Go to ${clockText(atMs)}`}
                onClick={() => player.seek(atMs)}
              >
                <span className="tabular-nums">{clockText(atMs)}</span>
              </Button>
              <span className="min-w-0 flex-1 pt-1 break-words select-text">
                {text}{' '}
                <span className="text-muted" title={exactText(writtenAt)}>
                  {who}
                </span>
              </span>
              {isMine && (
                <IconButton
                  size="sm"
                  label={`Take the comment at ${clockText(atMs)} away`}
                  icon={<Trash2 />}
                  onClick={() => void change(recordings.removeComment({ id }))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Writing({ callId, onDone }: { callId: number; onDone: () => void }) {
  const { recordings } = useClient();
  const player = usePlayer();
  const change = usePlayerChange(callId);
  const tell = useTell();
  const field = useRef<HTMLInputElement>(null);
  // The moment is that of the key, however long the words take.
  const [atMs] = useState(() => Math.round(player.store.getState().atMs));
  const [text, setText] = useState('');
  useEffect(() => field.current?.focus(), []);
  const save = async () => {
    if (text.trim() === '') return;
    const saved = await change(recordings.comment({ callId, atMs, text: text.trim() }));
    if (saved === null) return;
    tell(`Comment at ${clockText(atMs)} saved.`);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onDone();
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          ref={field}
          label={`Comment at ${clockText(atMs)}`}
          value={text}
          onChange={setText}
          onKeyDown={onKeyDown}
          maxLength={2_000}
        />
      </div>
      <Button
        variant="primary"
        shortcut="enter"
        disabledReason={text.trim() === '' ? 'A comment needs words.' : null}
        onClick={() => void save()}
      >
        Save
      </Button>
    </div>
  );
}
