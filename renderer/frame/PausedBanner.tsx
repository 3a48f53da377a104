import { useStanding } from '../data/standing.ts';
import { Banner } from '../ui/Banner.tsx';
import { PauseAllButton, useTimeOf } from './Engine.tsx';

/** Nobody should wonder why nothing rings: as long as all calling is paused, every screen says so. */
export function PausedBanner() {
  const { data } = useStanding();
  const timeOf = useTimeOf();
  if (data?.paused == null) return null;
  const { by, since } = data.paused;
  return (
    <section aria-label="All calling is paused">
      <Banner
        tone="warn"
        title={`All calling was paused by ${by} at ${timeOf(since)}.`}
        actions={<PauseAllButton size="sm" />}
      >
        Parley dials nobody by itself; calls dialed by hand stay possible. Scheduled calls that this outlasts
        are missed.
      </Banner>
    </section>
  );
}
