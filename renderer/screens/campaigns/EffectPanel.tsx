import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { counted, countText, whenText } from '../../data/words.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { cn } from '../../ui/cn.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useNow } from '../../ui/use-now.tsx';
import type { Effect, Rules, Who } from './kinds.ts';
import { useEffectOf } from './queries.ts';

interface EffectPanelProps {
  id: number;
  rules: Rules;
  className?: string | undefined;
}

/** What the rules as they stand on screen do to the people of a campaign, before anything is saved. */
export function EffectPanel({ id, rules, className }: EffectPanelProps) {
  const { data, error, isCounting } = useEffectOf(id, rules);
  useSaid(data, isCounting);
  return (
    <aside
      aria-label="Who may be rung"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it holds no control, so the keyboard needs this to scroll
      tabIndex={0}
      className={cn('flex flex-col gap-4 px-5 py-4 focus-inset', className)}
    >
      {error !== null && data === undefined && <p className="text-danger-text">{error.message}</p>}
      {error !== null && data !== undefined && <Trouble>{error.message}</Trouble>}
      {data === undefined && error === null && <Skeleton label="Counting who may be rung" rows={3} />}
      {data !== undefined && <Figures effect={data} isCounting={isCounting} />}
      {data !== undefined && error === null && <Details effect={data} />}
    </aside>
  );
}

/** Fixed lines: the panel stands still while the numbers in it change. */
function Figures({ effect, isCounting }: { effect: Effect; isCounting: boolean }) {
  const { before, after, gained, lost } = effect;
  const isChanged = gained > 0 || lost > 0;
  return (
    <div className={cn(isCounting && 'opacity-60')}>
      <h2 className="font-semibold">May ring now</h2>
      <p className="text-2xl font-semibold tabular-nums" data-testid="effect-after">
        {countText(after)}
        {isChanged && (
          <span className="text-base font-normal text-muted"> instead of {countText(before)}</span>
        )}
      </p>
      <p className="min-h-[1.45em]">
        {isChanged ? (
          <>
            {lost > 0 && <span className="font-medium text-danger-text">{countText(lost)} lost</span>}
            {lost > 0 && gained > 0 && ', '}
            {gained > 0 && (
              <span data-tone="good" className="font-medium text-tone">
                {countText(gained)} gained
              </span>
            )}
          </>
        ) : (
          <span className="text-muted">{isCounting ? 'Counting…' : 'Nobody gained, nobody lost'}</span>
        )}
      </p>
    </div>
  );
}

function Details({ effect }: { effect: Effect }) {
  return (
    <>
      {effect.trouble !== null && <Trouble>{effect.trouble}</Trouble>}
      <People title="No longer rung now" count={effect.lost} who={effect.lostWho} />
      <People title="Newly rung now" count={effect.gained} who={effect.gainedWho} />
      {effect.sentences.length > 0 && (
        <section aria-label="What else holds" className="border-t pt-3">
          <h3 className="mb-1 text-sm font-semibold">What else holds</h3>
          <ul className="flex flex-col gap-1.5 text-sm text-muted">
            {effect.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Trouble({ children }: { children: ReactNode }) {
  return (
    <p
      role="alert"
      data-tone="bad"
      className="flex gap-2 rounded-md border border-tone/40 bg-tone-tint px-3 py-2"
    >
      <TriangleAlert aria-hidden className="mt-[0.15em] size-[1.2em] shrink-0 text-tone" />
      {children}
    </p>
  );
}

function People({ title, count, who }: { title: string; count: number; who: readonly Who[] }) {
  const now = useNow(60_000);
  if (count === 0) return null;
  const others = count - who.length;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-sm font-semibold">
        {title}: {countText(count)}
      </h3>
      <ul className="flex flex-col">
        {who.map(({ contactId, name, place, why, at }) => (
          <li key={contactId} className="border-b py-1 last:border-b-0">
            <span className="font-medium">{name}</span>{' '}
            <span className="text-sm text-muted">
              {place}
              {place !== '' && why !== '' && ' · '}
              {why}
              {at !== null && at > now && ` (from ${whenText(at, now)})`}
            </span>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="text-sm text-muted">and {counted(others, 'other')}</p>}
    </section>
  );
}

/** Says the new count once it is settled; not the first one, which nobody asked for. */
function useSaid(effect: Effect | undefined, isCounting: boolean): void {
  const announce = useAnnounce();
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (effect === undefined || isCounting) return;
    const { after, lost, gained } = effect;
    const words = `${counted(after, 'contact')} may be rung now, ${countText(lost)} lost, ${countText(gained)} gained`;
    if (last.current !== null && last.current !== words) announce(effect.trouble ?? words);
    last.current = words;
  }, [effect, isCounting, announce]);
}
