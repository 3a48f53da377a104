import { type Clock, sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';

/** What comes of time alone is looked for this often. */
const ROUND_MS = 15 * SECOND_MS;

/** Looks after what nobody’s deed brings about: a campaign that is done, a promise that falls due. */
export async function makeRounds(
  clock: Clock,
  signal: AbortSignal,
  looks: readonly (() => void)[],
  log: (line: string, error?: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(clock, ROUND_MS, signal);
    for (const look of looks) {
      if (signal.aborted) return;
      try {
        look();
      } catch (error) {
        log('a look at the clock failed; it is made again', error);
      }
    }
  }
}
