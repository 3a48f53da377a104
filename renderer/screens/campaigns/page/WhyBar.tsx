import { countText } from '../../../data/words.ts';
import { cn } from '../../../ui/cn.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import type { WhyNot } from '../kinds.ts';
import { RING, titleOf, toneOf } from './held-back.ts';

export interface WhyProps {
  whyNot: WhyNot;
  openRule: string | null;
  onOpen: (rule: string) => void;
}

/** Everybody in one bar. Its parts repeat the rows beneath it for the eye and the mouse; keys use the rows. */
export function WhyBar({ whyNot: { total, dialable, segments }, openRule, onOpen }: WhyProps) {
  if (total === 0) return null;
  return (
    <div aria-hidden className="flex h-9 w-full max-w-[60rem] gap-0.5 overflow-hidden rounded-md">
      {dialable > 0 && (
        <Part
          rule={RING}
          nth={0}
          title="May ring now"
          count={dialable}
          isOpen={openRule === RING}
          onOpen={() => onOpen(RING)}
        />
      )}
      {segments
        .filter(({ count }) => count > 0)
        .map(({ rule, title, count }, index) => (
          <Part
            key={rule}
            rule={rule}
            nth={index}
            title={titleOf(rule, title)}
            count={count}
            isOpen={rule === openRule}
            onOpen={() => onOpen(rule)}
          />
        ))}
    </div>
  );
}

interface PartProps {
  rule: string;
  nth: number;
  title: string;
  count: number;
  isOpen: boolean;
  onOpen: () => void;
}

function Part({ rule, nth, title, count, isOpen, onOpen }: PartProps) {
  return (
    <Tooltip text={`${title}: ${countText(count)}`}>
      <button
        type="button"
        tabIndex={-1}
        onClick={onOpen}
        data-tone={toneOf(rule, nth)}
        // Nobody is so few that they cannot be seen or clicked.
        style={{ flexGrow: count, flexBasis: 0 }}
        className={cn(
          'filled flex min-w-6 items-center justify-center overflow-hidden bg-tone px-1 text-sm font-semibold text-on-tone tabular-nums',
          isOpen && 'outline-2 -outline-offset-4 outline-on-tone',
        )}
      >
        {countText(count)}
      </button>
    </Tooltip>
  );
}
