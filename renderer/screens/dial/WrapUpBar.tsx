import { useEffect, useRef } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useHello } from '../../data/hello.ts';
import { play } from '../../frame/sounds.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNowValue } from '../../ui/use-now.tsx';
import { secondsLeft, shareLeft } from './countdown.ts';
import { TIME_RAN_OUT } from './desk-face.ts';
import { useWishes } from './use-wishes.ts';

/** From here on the agent is warned and can ask for more (WCAG 2.2.1). */
const WARN_SECONDS = 20;

/** How long is left to say what came of the call. It stands still under a typing hand. */
export function WrapUpBar({ desk }: { desk: DeskView }) {
  const wishes = useWishes();
  const { session } = desk;
  const isWrapUp = session?.state.kind === 'wrap-up';
  const endsAt = session?.wrapUpEndsAt ?? null;
  useKeys('call-state', [
    {
      id: 'dial.more-time',
      keys: ['e', 'alt+e'],
      title: '60 seconds more',
      run: wishes.moreTime,
      whyNot: isWrapUp && endsAt !== null ? null : 'No wrap-up timer is running.',
    },
  ]);
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-b px-3">
      <h2 className="flex-1 text-sm font-semibold text-muted">Outcome</h2>
      {session?.state.kind === 'wrap-up' &&
        (endsAt === null ? (
          <span className="truncate text-sm text-muted">{untimedWords(session.pauseAfter)}</span>
        ) : (
          <Running from={session.state.endedAt} endsAt={endsAt} onMore={wishes.moreTime} />
        ))}
    </div>
  );
}

function untimedWords(pauseAfter: string | null): string {
  return pauseAfter === TIME_RAN_OUT ? 'Time is up; nothing was filed' : 'Take your time';
}

function Running({ from, endsAt, onMore }: { from: number; endsAt: number; onMore: () => void }) {
  const seconds = useNowValue((now) => secondsLeft(endsAt, now));
  const share = useNowValue((now) => Math.round(shareLeft(from, endsAt, now) * 200) / 200);
  const isShort = seconds <= WARN_SECONDS;
  useWarning(isShort);
  return (
    <>
      <div
        aria-hidden
        data-tone={isShort ? 'warn' : 'wrap-up'}
        className="h-1 w-20 overflow-hidden rounded-full bg-pressed"
      >
        <div className="filled h-full origin-left bg-tone" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span
        data-tone={isShort ? 'warn' : undefined}
        className={isShort ? 'w-9 text-right font-semibold text-tone' : 'w-9 text-right text-muted'}
      >
        {seconds} s
      </span>
      <Button size="sm" variant="ghost" shortcut="e" className="-mr-2" onClick={onMore}>
        60 s more
      </Button>
    </>
  );
}

/** Said once on the way down; saying it again takes another way down. */
function useWarning(isShort: boolean) {
  const announce = useAnnounce();
  const { preferences } = useHello();
  const was = useRef(false);
  useEffect(() => {
    if (isShort && !was.current) {
      announce('Wrap-up, 20 seconds left, press E for more');
      if (preferences.sounds) play('due');
    }
    was.current = isShort;
  }, [isShort, announce, preferences.sounds]);
}
