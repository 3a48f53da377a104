import { useEffect, useRef, useState } from 'react';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { readCallFilter } from '../../../shared/domain/call-filter.ts';
import { excerptOf } from '../../../shared/domain/excerpt.ts';
import { counted } from '../../data/words.ts';
import { cn } from '../../ui/cn.ts';
import { TextField } from '../../ui/TextField.tsx';
import { clockText } from '../../ui/time-text.ts';
import { Part } from './CallDrawer.tsx';
import { sentimentOfLine } from '../../../shared/domain/sentiment.ts';
import { SOUNDED } from '../meaning/sounded.ts';
import { useFollowing } from './use-following.ts';
import { usePlayed, usePlayer } from './use-player.ts';

/**
 * What was said, as a conversation. Lines with the words that are looked for are marked, and can be shown alone. While
 * the recording plays, the line that is being said is shown; pressing one plays from it.
 */
export function Transcript({ call: { transcript }, filter }: { call: CallSheet; filter: string }) {
  const { words, phrases } = readCallFilter(filter);
  const [typed, setTyped] = useState([...phrases, ...words].join(' '));
  const { store } = usePlayer();
  const looked = typed.trim() === '' ? [] : [typed.trim()];
  const lines = transcript.map((line, nth) => ({ ...line, nth, found: excerptOf([line.text], looked) }));
  const found = looked.length === 0 ? [] : lines.filter((line) => line.found !== null);
  const marks = found.map(({ fromMs }) => fromMs).join();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    store.setState({ hits: marks === '' ? [] : marks.split(',').map(Number) });
  }, [store, marks]);
  const said = usePlayed(({ face, atMs, isPlaying }) =>
    face !== 'ready' || (atMs === 0 && !isPlaying) ? -1 : lineAt(transcript, atMs),
  );
  useFollowing(list, said);
  if (transcript.length === 0)
    return (
      <Part title="Transcript">
        <p className="text-muted">There is no transcript of this call.</p>
      </Part>
    );
  // The words of the list's filter may stand in the note, or apart: then nothing is hidden.
  const shown = found.length === 0 ? lines : found;
  return (
    <Part title="Transcript">
      <TextField label="Search in the transcript" value={typed} onChange={setTyped} maxLength={200} />
      <p aria-live="polite" className="my-1 text-sm text-muted">
        {looked.length > 0 &&
          (found.length === 0 ? 'Not said in these words.' : `Said in ${counted(found.length, 'line')}.`)}
      </p>
      <ol ref={list} className="flex flex-col gap-1.5">
        {shown.map(({ nth, found: hit, ...line }) => (
          <Line key={nth} line={line} hit={hit?.hit ?? ''} isSaid={nth === said} />
        ))}
      </ol>
    </Part>
  );
}

type Said = CallSheet['transcript'][number];

/** The line that is being said then, or was said last. */
function lineAt(transcript: readonly Said[], atMs: number): number {
  return transcript.findLastIndex(({ fromMs }) => fromMs <= atMs);
}

function Line({ line, hit, isSaid }: { line: Said; hit: string; isSaid: boolean }) {
  const player = usePlayer();
  const isHeard = usePlayed(({ face }) => face === 'ready');
  const { speaker, fromMs, text } = line;
  // Ours are friendly for a living: only theirs tell something.
  const sounded = speaker === 'contact' ? SOUNDED[sentimentOfLine(text)] : '';
  const who = `${speaker === 'agent' ? 'Us' : 'Them'}, ${clockText(fromMs)}${sounded}`;
  const play = () => {
    player.seek(fromMs);
    if (!player.store.getState().isPlaying) player.toggle();
  };
  return (
    <li
      aria-current={isSaid ? 'true' : undefined}
      className={cn(
        'max-w-[85%] rounded-md border-l-4 px-2.5 py-1 select-text',
        speaker === 'agent' ? 'self-end bg-selected' : 'self-start bg-sunken',
        isSaid ? 'border-accent' : 'border-transparent',
      )}
    >
      {isHeard ? (
        <button
          type="button"
          aria-label={`Play from ${who}`}
          onClick={play}
          className="target text-sm text-accent-text underline-offset-2 hover:underline"
        >
          {who}
        </button>
      ) : (
        <p className="text-sm text-muted">{who}</p>
      )}
      <p>
        <Marked text={text} hit={hit} />
      </p>
    </li>
  );
}

/** A line with the place that was found in it. */
function Marked({ text, hit }: { text: string; hit: string }) {
  const at = hit === '' ? -1 : text.indexOf(hit);
  if (at === -1) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{hit}</mark>
      {text.slice(at + hit.length)}
    </>
  );
}
