import { useCampaignStanding } from '../../../data/standing.ts';
import { counted } from '../../../data/words.ts';
import { useTimeOf } from '../../../frame/Engine.tsx';
import { StateShape } from '../../../ui/StateShape.tsx';

const SHOWN_MAX = 10;

/** Why the campaign paused itself: which calls failed and when, and what happens next. */
export function BreakerPanel({ id }: { id: number }) {
  const { data } = useCampaignStanding(id);
  const timeOf = useTimeOf();
  const breaker = data?.breaker ?? null;
  if (breaker === null) return null;
  const { state, reason, since, probeAt, evidence } = breaker;
  const next =
    state === 'probing'
      ? 'One call is being tried now. If it works, the campaign goes on by itself.'
      : probeAt === null
        ? 'Start it again by hand when the reason is gone.'
        : `One call is tried by itself at ${timeOf(probeAt)}. You can also start it by hand when the reason is gone.`;
  return (
    <section
      aria-label="Why it paused itself"
      data-tone="warn"
      className="mb-5 rounded-lg border border-tone/40 bg-tone-tint px-4 py-3"
    >
      <h3 className="flex items-center gap-1.5 font-semibold">
        <StateShape state="trouble" className="text-tone" />
        {state === 'probing'
          ? 'Trying one call after a burst of failures'
          : 'Paused by itself: too many calls failed'}
      </h3>
      <p className="mt-1 max-w-[80ch]">
        Since {timeOf(since)}. {reason} {next}
      </p>
      {evidence.length > 0 && (
        <details className="mt-2">
          <summary className="cursor-default font-medium">
            {counted(evidence.length, 'failed call')} in ten minutes
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {evidence.slice(-SHOWN_MAX).map(({ at, sentence }, nth) => (
              // oxlint-disable-next-line react/no-array-index-key -- two calls may fail alike at one instant
              <li key={nth}>
                <span className="tabular-nums">{timeOf(at)}</span> {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
