import { countText, whenText } from '../../../data/words.ts';
import { cn } from '../../../ui/cn.ts';
import { useNow } from '../../../ui/use-now.tsx';
import type { Segment } from '../kinds.ts';
import type { WhyProps } from './WhyBar.tsx';
import { RING, titleOf, toneOf } from './held-back.ts';

/** The parts of the bar in words, the largest first. Each opens the people behind it. */
export function WhyList({ whyNot: { dialable, segments, total }, openRule, onOpen }: WhyProps) {
  if (total === 0) return null;
  const ring: Segment = { rule: RING, title: 'May ring now', count: dialable, sentence: '', firstAt: null };
  const shown = [ring, ...segments.filter(({ count }) => count > 0)];
  return (
    <ul aria-label="Reasons" className="flex max-w-[60rem] flex-col">
      {shown.map((segment, index) => (
        <li key={segment.rule} className="border-b">
          <button
            type="button"
            id={`why-${segment.rule}`}
            aria-current={segment.rule === openRule ? 'true' : undefined}
            onClick={() => onOpen(segment.rule)}
            className={cn(
              'flex min-h-11 w-full items-center gap-3 px-2 py-1.5 text-left focus-inset hover:bg-hover',
              segment.rule === openRule && 'bg-selected hover:bg-selected',
            )}
          >
            <Swatch rule={segment.rule} nth={index} />
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{titleOf(segment.rule, segment.title)}</span>
              <span className="block text-sm text-muted">
                {segment.sentence}
                <First segment={segment} />
              </span>
            </span>
            <span className="font-semibold tabular-nums">{countText(segment.count)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Swatch({ rule, nth }: { rule: string; nth: number }) {
  return (
    <span aria-hidden data-tone={toneOf(rule, nth)} className="filled size-3 shrink-0 rounded-sm bg-tone" />
  );
}

function First({ segment: { firstAt } }: { segment: Segment }) {
  const now = useNow(60_000);
  return firstAt === null ? null : ` The first at ${whenText(firstAt, now)}.`;
}
