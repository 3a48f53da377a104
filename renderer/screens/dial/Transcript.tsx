import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cn } from '../../ui/cn.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { clockText } from '../../ui/time-text.ts';
import type { DeskCall } from './desk-face.ts';

interface TranscriptProps {
  segments: DeskCall['transcript'];
  /** The contact's first name. */
  name: string;
  isLive: boolean;
}

/** How near the end still counts as reading along, in px. */
const NEAR_END = 24;

/** What is being said. It follows the talk unless the reader has scrolled up. */
export function Transcript({ segments, name, isLive }: TranscriptProps) {
  const [open, setOpen] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const count = segments.length;
  useEffect(() => {
    const element = box.current;
    if (!open || count === 0 || element === null) return;
    if (follows.current) element.scrollTop = element.scrollHeight;
  }, [count, open]);
  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  };
  return (
    <div className={cn('flex shrink-0 flex-col border-t', open && 'h-[34%] min-h-28')}>
      <header className="flex h-8 shrink-0 items-center gap-2 px-3">
        <h2 className="text-sm font-semibold text-muted">Transcript</h2>
        {isLive && (
          <span data-tone="good" className="text-sm font-medium text-tone">
            live
          </span>
        )}
        <IconButton
          size="sm"
          label={open ? 'Fold the transcript' : 'Show the transcript'}
          aria-expanded={open}
          icon={open ? <ChevronDown /> : <ChevronUp />}
          className="ml-auto"
          onClick={() => setOpen(!open)}
        />
      </header>
      {open && (
        <div
          ref={box}
          onScroll={onScroll}
          role="log"
          // Read on demand: a voice that repeats the call would talk over the person.
          aria-live="off"
          aria-label="Transcript"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and holds nothing else to focus
          tabIndex={0}
          className="min-h-0 flex-1 overflow-y-auto px-3 pb-2 focus-inset"
        >
          {count === 0 && <p className="text-sm text-muted">{isLive ? 'Listening…' : 'Nothing was said.'}</p>}
          {segments.map((segment) => (
            <p key={`${segment.speaker}${segment.fromMs}`} className="flex gap-2 py-0.5 text-sm">
              <span className="w-10 shrink-0 text-right text-muted">{clockText(segment.fromMs)}</span>
              <span
                className={cn(
                  'w-14 shrink-0 truncate font-medium',
                  segment.speaker === 'agent' && 'text-muted',
                )}
              >
                {segment.speaker === 'agent' ? 'You' : name}
              </span>
              <span className="min-w-0 select-text">{segment.text}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
