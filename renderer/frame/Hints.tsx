import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DeskView } from '../../shared/contract/desk.ts';
import { useDesk } from '../data/desk.ts';
import { keysInWords } from '../keys/chord.ts';
import { runsOnMac } from '../keys/platform.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { doneBy, type Hint, hintFor } from './hints.ts';
import { addHints, useTour } from './tour-store.ts';

const ALL = 'all';

/** One hint at a time, inside the practice banner, so that nothing on the screen has to make room for it. */
export function Hints() {
  const desk = useDesk();
  const { hints: done } = useTour();
  useDoneHints(desk);
  const hint = done.has(ALL) ? null : hintFor(desk, done);
  useSaid(hint);
  if (hint === null) return null;
  const dismiss = () => addHints([ALL]);
  return (
    <div className="ml-auto flex min-h-7 items-center gap-2 rounded-sm bg-surface/15 pl-3">
      <span className="font-semibold">Hint</span>
      {hint.keys !== null && <Kbd keys={hint.keys} onFill spoken />}
      <span>{hint.text}</span>
      <button
        type="button"
        onClick={dismiss}
        title="No more hints"
        aria-label="No more hints"
        className="target flex size-7 items-center justify-center rounded-sm hover:bg-surface/20 focus-visible:outline-current"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}

/** Doing what a hint says is what puts it away. */
function useDoneHints(desk: DeskView): void {
  const before = useRef(desk);
  useEffect(() => {
    addHints(doneBy(before.current, desk));
    before.current = desk;
  });
}

/** With a screen reader the tour is the same: each hint is a polite message. */
function useSaid(hint: Hint | null): void {
  const announce = useAnnounce();
  const words = hint === null ? '' : hintWords(hint);
  useEffect(() => {
    if (words !== '') announce(words);
  }, [announce, words]);
}

function hintWords({ keys, text }: Hint): string {
  return keys === null ? `Hint: ${text}` : `Hint: ${keysInWords(keys, runsOnMac())} ${text}`;
}
