import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FastForward, MessageSquarePlus, Pause, Play, Rewind } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PlayerSheet } from '../../../shared/contract/recordings.ts';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { answered } from '../../data/queries.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { clockText, spokenDuration } from '../../ui/time-text.ts';
import { Part } from './CallDrawer.tsx';
import { PlayerComments } from './PlayerComments.tsx';
import { PlayerDelete } from './PlayerDelete.tsx';
import { usePlayed, usePlayer } from './use-player.ts';
import { RECORDING_WORD } from './words.ts';

const SKIP_MS = 5_000;
const FAR_MS = 15_000;

/** The sound of a call: heard, gone through by keys, and talked about; or why there is none. */
export function PlayerPart({ callId }: { callId: number }) {
  const { recordings } = useClient();
  const query = useQuery({
    queryKey: ['recordings', 'player', callId],
    queryFn: () => answered(recordings.player({ callId })),
  });
  return (
    <Part title="Recording">
      <Loaded query={query} rows={2} label="Loading the recording" what="The recording could not be read.">
        {(sheet) =>
          sheet.url === null ? (
            <NoSound callId={callId} sheet={sheet} />
          ) : (
            <Heard key={sheet.url} callId={callId} sheet={sheet} url={sheet.url} />
          )
        }
      </Loaded>
    </Part>
  );
}

/** Waits for a change to a recording, and shows it as it is then. Null where it was refused. */
export function usePlayerChange(callId: number) {
  const wish = useWish();
  const queries = useQueryClient();
  return async (change: Promise<Answer<PlayerSheet>>): Promise<PlayerSheet | null> => {
    const sheet = await wish(change);
    if (sheet !== null) queries.setQueryData(['recordings', 'player', callId], sheet);
    return sheet;
  };
}

function NoSound({ callId, sheet: { face, sentence } }: { callId: number; sheet: PlayerSheet }) {
  const { recordings } = useClient();
  const change = usePlayerChange(callId);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="min-w-0 flex-1">
        <span className="font-medium">{RECORDING_WORD[face]}.</span> {sentence}
      </p>
      {face === 'failed' && (
        <Button size="sm" onClick={() => void change(recordings.retry({ callId }))}>
          Fetch again
        </Button>
      )}
    </div>
  );
}

interface HeardProps {
  callId: number;
  sheet: PlayerSheet;
  url: string;
}

function Heard({ callId, sheet, url }: HeardProps) {
  const player = usePlayer();
  const { face, isPlaying, speed, trouble } = usePlayed((state) => state);
  const place = useRef<HTMLDivElement>(null);
  const [isCommenting, setCommenting] = useState(false);
  // Comments come and go; the sound behind one address stays what it was.
  const [sound] = useState(() => ({ url, peaks: sheet.peaks, durationMs: sheet.durationMs }));
  useEffect(() => player.attach(place.current!, sound), [player, sound]);
  const whyNot =
    face === 'ready' ? null : face === 'failed' ? 'The recording cannot be played.' : 'It is being opened.';
  useKeys('screen', [
    { id: 'player.toggle', keys: 'space', title: 'Play or pause', run: player.toggle, whyNot },
    {
      id: 'player.back',
      keys: 'left',
      title: 'Back 5 seconds',
      run: () => player.skip(-SKIP_MS),
      whyNot,
      repeats: true,
    },
    {
      id: 'player.on',
      keys: 'right',
      title: 'On 5 seconds',
      run: () => player.skip(SKIP_MS),
      whyNot,
      repeats: true,
    },
    {
      id: 'player.far-back',
      keys: 'shift+left',
      title: 'Back 15 seconds',
      run: () => player.skip(-FAR_MS),
      whyNot,
    },
    {
      id: 'player.far-on',
      keys: 'shift+right',
      title: 'On 15 seconds',
      run: () => player.skip(FAR_MS),
      whyNot,
    },
    { id: 'player.slower', keys: ',', title: 'Slower', run: () => player.changeSpeed(-1), whyNot },
    { id: 'player.faster', keys: '.', title: 'Faster', run: () => player.changeSpeed(1), whyNot },
    { id: 'player.comment', keys: 'c', title: 'Comment here', run: () => setCommenting(true), whyNot },
    {
      id: 'player.wave',
      keys: 'w',
      title: 'Go to the recording',
      run: () => place.current?.parentElement?.focus(),
    },
  ]);
  return (
    <div className="flex flex-col gap-2">
      <Slider sheet={sheet} place={place} />
      <div className="flex flex-wrap items-center gap-1">
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          shortcut="space"
          variant="secondary"
          icon={isPlaying ? <Pause /> : <Play />}
          disabledReason={whyNot}
          onClick={player.toggle}
        />
        <IconButton
          label="Back 5 seconds"
          shortcut="left"
          icon={<Rewind />}
          disabledReason={whyNot}
          onClick={() => player.skip(-SKIP_MS)}
        />
        <IconButton
          label="On 5 seconds"
          shortcut="right"
          icon={<FastForward />}
          disabledReason={whyNot}
          onClick={() => player.skip(SKIP_MS)}
        />
        <Clock />
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Speed ${speed}; faster`}
          disabledReason={whyNot}
          onClick={() => player.changeSpeed(1)}
        >
          {speed} ×
        </Button>
        <span className="flex-1" />
        <IconButton
          label="Comment here"
          shortcut="c"
          icon={<MessageSquarePlus />}
          disabledReason={whyNot}
          onClick={() => setCommenting(true)}
        />
        <PlayerDelete callId={callId} />
      </div>
      {face === 'failed' && (
        <p role="alert" data-tone="bad" className="text-tone">
          The recording could not be played. The file on this computer is safe. {trouble}
        </p>
      )}
      <PlayerComments
        callId={callId}
        comments={sheet.comments}
        isWriting={isCommenting}
        onDone={() => {
          setCommenting(false);
          place.current?.parentElement?.focus();
        }}
      />
    </div>
  );
}

function Clock() {
  const seconds = usePlayed(({ atMs }) => Math.floor(atMs / 1_000));
  const durationMs = usePlayed((state) => state.durationMs);
  return (
    <span className="px-1 text-sm tabular-nums">
      {clockText(seconds * 1_000)} <span className="text-muted">of {clockText(durationMs)}</span>
    </span>
  );
}

/** The wave as a slider: moved by the pointer where it is drawn, and by keys like any other. */
function Slider({ sheet, place }: { sheet: PlayerSheet; place: React.RefObject<HTMLDivElement | null> }) {
  const player = usePlayer();
  const seconds = usePlayed(({ atMs }) => Math.floor(atMs / 1_000));
  const durationMs = usePlayed((state) => state.durationMs);
  const face = usePlayed((state) => state.face);
  const hits = usePlayed((state) => state.hits);
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.shiftKey ? FAR_MS : SKIP_MS;
    const act = {
      ' ': player.toggle,
      ArrowLeft: () => player.skip(-far),
      ArrowRight: () => player.skip(far),
      ArrowDown: () => player.skip(-far),
      ArrowUp: () => player.skip(far),
      Home: () => player.seek(0),
      End: () => player.seek(durationMs),
    }[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="flex gap-2">
      {sheet.peaks !== null && sheet.peaks.length > 1 && (
        <div className="flex w-10 flex-col justify-around text-sm text-muted" aria-hidden>
          <span>Us</span>
          <span>Them</span>
        </div>
      )}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input cannot hold the wave
        role="slider"
        tabIndex={0}
        aria-label="Place in the recording"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1_000)}
        aria-valuenow={seconds}
        aria-valuetext={`${spokenDuration(seconds * 1_000)} of ${spokenDuration(durationMs)}`}
        aria-disabled={face !== 'ready'}
        onKeyDown={onKeyDown}
        className="relative min-h-10 min-w-0 flex-1 rounded-md bg-sunken px-1 py-1"
      >
        <div ref={place} className={face === 'ready' ? 'cursor-pointer' : 'opacity-40'} />
        <Marks at={hits} durationMs={durationMs} className="bg-(--state-ringing)" />
        <Marks
          at={sheet.comments.map(({ atMs }) => atMs)}
          durationMs={durationMs}
          className="bg-(--state-wrap-up)"
        />
      </div>
    </div>
  );
}

interface MarksProps {
  at: readonly number[];
  durationMs: number;
  className: string;
}

/** Where in the wave something was found or said. The lists beneath say the same in words. */
function Marks({ at, durationMs, className }: MarksProps) {
  if (durationMs === 0) return null;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-1 bottom-0 h-1.5">
      {at.map((atMs) => (
        <i
          key={atMs}
          className={`absolute inset-y-0 w-1 rounded-t-sm ${className}`}
          style={{ left: `${(100 * atMs) / durationMs}%` }}
        />
      ))}
    </div>
  );
}
