import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';
import type { Readiness } from './carrier.ts';

/** Whether a carrier works, by what its last answers were. Asks by itself while it does not. */
export interface Health {
  readiness(): Readiness;
  /** It answered, whatever it said: it is there and knows us. */
  well(): void;
  /** It does not take our credentials, or the account is shut: nothing is placed until that changes. */
  refusedUs(sentence: string): void;
  /** It could not be reached. One lost request is no trouble yet. */
  unreachable(sentence: string): void;
  /** When it answered last; null before the first time. */
  lastWellAt(): Instant | null;
  close(): void;
}

/** So many in a row without an answer are trouble. */
const LOST_MAX = 2;
const PROBE_MS = 5 * SECOND_MS;
const PROBE_MS_MAX = 60 * SECOND_MS;

/** `probe` asks something that costs nothing and tells `well`, `refusedUs` or `unreachable` of it. */
export function openHealth(clock: Clock, probe: () => Promise<unknown>): Health {
  let trouble: { readonly sentence: string; readonly since: Instant } | null = null;
  let lost = 0;
  let lastWellAt: Instant | null = null;
  let probeMs = PROBE_MS;
  let cancel: (() => void) | null = null;
  let isClosed = false;

  const probeSoon = () => {
    if (cancel !== null || isClosed) return;
    cancel = clock.after(probeMs, () => {
      cancel = null;
      probeMs = Math.min(probeMs * 2, PROBE_MS_MAX);
      void probe()
        .catch(() => null)
        .then(() => {
          if (trouble !== null) probeSoon();
        });
    });
  };
  const inTrouble = (sentence: string) => {
    trouble = { sentence, since: trouble?.since ?? clock.now() };
    probeSoon();
  };

  return {
    readiness: () => (trouble === null ? { kind: 'ready' } : { kind: 'in-trouble', ...trouble }),
    well() {
      trouble = null;
      lost = 0;
      lastWellAt = clock.now();
      probeMs = PROBE_MS;
      cancel?.();
      cancel = null;
    },
    refusedUs: inTrouble,
    unreachable(sentence) {
      lost += 1;
      if (lost >= LOST_MAX || trouble !== null) inTrouble(sentence);
    },
    lastWellAt: () => lastWellAt,
    close() {
      isClosed = true;
      cancel?.();
    },
  };
}
