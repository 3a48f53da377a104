import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DeskView } from '../../shared/contract/desk.ts';
import { keep, kept } from '../data/appearance.ts';
import { useDesk } from '../data/desk.ts';
import { keysInWords } from '../keys/chord.ts';
import { runsOnMac } from '../keys/platform.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { doneBy, type Hint, hintFor } from './hints.ts';

const KEPT_UNDER = 'parley.hints-done';
const ALL = 'all';

/** One hint at a time, inside the practice banner, so that nothing on the screen has to make room for it. */
export function Hints() {
  const desk = useDesk();
  const [done, setDone] = useDoneHints(desk);
  const hint = done.has(ALL) ? null : hintFor(desk, done);
  useSaid(hint);
  if (hint === null) return null;
  const dismiss = () => setDone([ALL]);
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

/** Which hints were done, here or at an earlier start; doing what a hint says adds it. */
function useDoneHints(desk: DeskView): [ReadonlySet<string>, (more: readonly string[]) => void] {
  const [done, setDone] = useState<ReadonlySet<string>>(readDone);
  const before = useRef(desk);
  const add = (more: readonly string[]) => {
    if (more.every((id) => done.has(id))) return;
    const all = new Set([...done, ...more]);
    keep(KEPT_UNDER, [...all]);
    setDone(all);
  };
  useEffect(() => {
    add(doneBy(before.current, desk));
    before.current = desk;
  });
  return [done, add];
}

function readDone(): ReadonlySet<string> {
  const list = kept(KEPT_UNDER);
  return new Set(Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string') : []);
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
