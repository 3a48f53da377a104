import { type Instant, MINUTE_MS } from '../../shared/lib/instants.ts';

const RELOADS_MAX = 3;

/** A page that crashes is brought back; one that crashes each time it is brought back is not, for ever. */
export function reloadBudget(): { spend(now: Instant): boolean } {
  let spent: Instant[] = [];
  return {
    spend(now) {
      // A clock that was set back must not make old crashes count for hours.
      spent = spent.filter((at) => at <= now && now - at < MINUTE_MS);
      if (spent.length >= RELOADS_MAX) return false;
      spent.push(now);
      return true;
    },
  };
}
