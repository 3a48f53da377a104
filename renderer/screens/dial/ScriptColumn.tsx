import { AArrowDown, AArrowUp, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { cn } from '../../ui/cn.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Region } from './Region.tsx';
import { Transcript } from './Transcript.tsx';
import { useTextSize } from './text-size.ts';

interface ScriptColumnProps {
  desk: DeskView;
  className?: string | undefined;
}

/** What to say, and while somebody talks, what has been said. */
export function ScriptColumn({ desk, className }: ScriptColumnProps) {
  const segments = desk.call?.transcript ?? [];
  const isLive = desk.call !== null && desk.call.answeredAt !== null && desk.call.endedAt === null;
  return (
    <Region label="Script" className={cn('flex flex-col two:min-h-0', className)}>
      <Script key={desk.contact?.id ?? 0} blocks={desk.script} />
      {(isLive || segments.length > 0) && (
        <Transcript segments={segments} name={desk.contact?.name.split(' ')[0] ?? 'Them'} isLive={isLive} />
      )}
    </Region>
  );
}

function Script({ blocks }: { blocks: DeskView['script'] }) {
  const [at, setAt] = useState(0);
  const { size, grow, shrink } = useTextSize();
  const list = useRef<HTMLOListElement>(null);
  const go = (by: number) => setAt((was) => Math.min(blocks.length - 1, Math.max(0, was + by)));
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const none = blocks.length === 0 ? 'This campaign has no script.' : null;
  const whyNotBack = none ?? (at === 0 ? 'This is the first step of the script.' : null);
  const whyNotOn = none ?? (at === blocks.length - 1 ? 'This is the last step of the script.' : null);
  useKeys('screen', [
    {
      id: 'dial.script-back',
      keys: ['[', 'alt+['],
      title: 'Script: step back',
      run: () => go(-1),
      whyNot: whyNotBack,
    },
    {
      id: 'dial.script-on',
      keys: [']', 'alt+]'],
      title: 'Script: next step',
      run: () => go(1),
      whyNot: whyNotOn,
    },
  ]);
  if (none !== null) return <p className="flex-1 p-4 text-muted">{none} Say it in your own words.</p>;
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-1 border-b px-3">
        <p className="min-w-0 flex-1 truncate text-sm">
          <span className="text-muted">
            {at + 1} of {blocks.length}
          </span>{' '}
          <span className="font-medium">{blocks[at]?.title}</span>
        </p>
        <IconButton
          size="sm"
          label="Step back"
          shortcut="["
          icon={<ChevronLeft />}
          disabledReason={whyNotBack}
          onClick={() => go(-1)}
        />
        <IconButton
          size="sm"
          label="Next step"
          shortcut="]"
          icon={<ChevronRight />}
          disabledReason={whyNotOn}
          onClick={() => go(1)}
        />
        <span aria-hidden className="mx-1 h-4 w-px bg-line" />
        <IconButton size="sm" label="Smaller text" icon={<AArrowDown />} onClick={shrink} />
        <IconButton size="sm" label="Larger text" icon={<AArrowUp />} onClick={grow} />
      </header>
      <ol
        ref={list}
        aria-label="Steps of the script"
        className="min-h-0 flex-1 overflow-y-auto px-3 py-2 focus-inset"
        style={{ fontSize: `${size}em` }}
      >
        {blocks.map((block, index) => (
          <li
            key={block.title}
            aria-current={index === at ? 'step' : undefined}
            className={cn(
              'rounded-md border-l-[3px] px-3 py-2',
              index === at ? 'border-l-accent-text bg-sunken' : 'border-l-transparent text-muted',
            )}
          >
            <h3 className="mb-0.5 text-[0.85em] font-semibold">
              <button
                type="button"
                className="target rounded-sm hover:underline"
                onClick={() => setAt(index)}
              >
                {block.title}
              </button>
            </h3>
            <p className="max-w-[62ch] leading-relaxed whitespace-pre-wrap select-text">
              <Runs runs={block.runs} />
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

/** A gap stays visible as a gap: nobody reads out a blank, and nobody reads out braces. */
function Runs({ runs }: { runs: DeskView['script'][number]['runs'] }) {
  return runs.map((run, index) => {
    if (run.kind === 'words') return <span key={index}>{run.text}</span>;
    if (run.kind === 'field') {
      return (
        <span key={index} className="font-medium text-text">
          {run.text}
        </span>
      );
    }
    return (
      <span
        key={index}
        data-tone="warn"
        title="Not known for this contact"
        className="rounded-sm border-b border-dashed border-b-tone bg-tone-tint px-0.5 text-tone"
      >
        {run.text}
        <span className="sr-only"> (not known)</span>
      </span>
    );
  });
}
