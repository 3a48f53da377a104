import { type RefObject, useRef, useState } from 'react';
import type { Board } from '../../../shared/contract/board.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Screen } from '../../frame/Screen.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { timeText } from '../../data/words.ts';
import { AgentsAtWork } from './AgentsAtWork.tsx';
import { CallsUnderWay } from './CallsUnderWay.tsx';
import { EngineNow } from './EngineNow.tsx';
import { useBoard, useFrozen } from './use-board.ts';
import { boardInWords, stripOf } from './words.ts';

/** What goes on at this moment: who is at work, each call under way, and what Parley does by itself. */
export function LiveScreen() {
  const query = useBoard();
  const { shown, isFrozen, toggle } = useFrozen(query.data);
  const box = useRef<HTMLDivElement>(null);
  const wall = useWall(box);
  const announce = useAnnounce();
  useKeys('screen', [
    { id: 'board.freeze', keys: 'f', title: 'Freeze the board, or let it go on', run: toggle },
    { id: 'board.wall', keys: 'w', title: 'Fill the wall with the board', run: wall.toggle },
    { id: 'board.names', keys: 'n', title: 'Show or hide names of contacts', run: wall.toggleNames },
    {
      id: 'board.say',
      keys: 's',
      title: 'Say how the board stands',
      run: () => shown !== undefined && announce(boardInWords(shown)),
    },
  ]);
  const isOld = query.isRefetchError && !isFrozen;
  return (
    <Screen
      title="Live board"
      note={shown !== undefined && <Since board={shown} isFrozen={isFrozen} isOld={isOld} />}
      actions={
        <>
          <Button size="sm" onClick={toggle} aria-pressed={isFrozen}>
            {isFrozen ? 'Go on' : 'Freeze'} <Kbd keys="f" />
          </Button>
          <Button size="sm" onClick={wall.toggleNames} aria-pressed={!wall.withNames}>
            {wall.withNames ? 'Hide names' : 'Show names'} <Kbd keys="n" />
          </Button>
          <Button size="sm" onClick={wall.toggle}>
            Wall <Kbd keys="w" />
          </Button>
        </>
      }
    >
      <div ref={box} className={cn('bg-surface', wall.isOn && 'h-full overflow-y-auto text-[1.5em]')}>
        <Loaded
          query={{ ...query, data: shown }}
          label="Loading the board"
          what="The board could not be read."
        >
          {(board) => (
            <div className={cn(isOld && 'opacity-60')}>
              <Counts board={board} />
              <AgentsAtWork agents={board.agents} withNames={wall.withNames} />
              <CallsUnderWay
                calls={board.calls}
                can={board.can}
                ownPhone={board.ownPhone}
                withNames={wall.withNames}
              />
            </div>
          )}
        </Loaded>
        {!wall.isOn && <EngineNow />}
      </div>
    </Screen>
  );
}

function Since({ board, isFrozen, isOld }: { board: Board; isFrozen: boolean; isOld: boolean }) {
  if (isFrozen) return <>Frozen as it was at {timeText(board.asOf)}</>;
  if (isOld) return <>As it was at {timeText(board.asOf)}: the board cannot be read right now</>;
  return <>{boardInWords(board)}</>;
}

function Counts({ board }: { board: Board }) {
  return (
    <dl aria-label="How many" className="flex flex-wrap gap-x-8 gap-y-1 border-b px-5 py-3">
      {stripOf(board).map(({ label, count }) => (
        <div key={label} className={cn('flex items-baseline gap-1.5', count === 0 && 'text-muted')}>
          <dd className="text-xl font-semibold tabular-nums">{count}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

/** The board alone, over the whole screen and larger, for a wall that everybody sees. */
function useWall(box: RefObject<HTMLDivElement | null>) {
  const [isOn, setOn] = useState(false);
  const [withNames, setNames] = useState(true);
  const toggle = () => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else
      void box.current?.requestFullscreen().then(
        () => {
          setOn(true);
          // Escape ends it without asking us.
          document.addEventListener('fullscreenchange', () => setOn(document.fullscreenElement !== null), {
            once: true,
          });
        },
        () => setOn(false),
      );
  };
  return { isOn, withNames, toggle, toggleNames: () => setNames(!withNames) };
}
