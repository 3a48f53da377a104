import type { Clock } from '../../shared/lib/clock.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { breathe } from './breathe.ts';
import { type Moved, takeInAll } from './track.ts';

/** Events in one commit: enough that the disk is no bound, few enough that screens and timers get their turn. */
const AT_ONCE = 200;

/** The one door for what a carrier tells by itself. */
export interface Intake {
  /** Kept and acted on when this returns. Throws where it cannot be kept. */
  now(event: CarrierEvent): void;
  /**
   * Kept and acted on once this resolves, with whatever else came in the same turn, in one commit: the disk is
   * waited for once for all of them. Rejects where it could not be kept: whoever told it has to tell it again.
   */
  soon(event: CarrierEvent): Promise<void>;
  /** All of them at once; what `also` does is part of their commit. Throws where nothing could be kept. */
  together(events: readonly CarrierEvent[], also: () => void): void;
  /** Waits until everything taken is on the disk. Nothing may be told afterwards. */
  close(): Promise<void>;
}

export interface IntakeParts {
  readonly db: Db;
  readonly carrier: string;
  readonly clock: Clock;
  readonly noticed: (moved: readonly Moved[]) => void;
}

interface Waiting {
  readonly event: CarrierEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function openIntake({ db, carrier, clock, noticed }: IntakeParts): Intake {
  let waiting: Waiting[] = [];
  let emptying: Promise<void> | null = null;

  const keep = (events: readonly CarrierEvent[]) => noticed(takeInAll(db, carrier, events, clock));

  const empty = async () => {
    while (waiting.length > 0) {
      await breathe();
      const batch = waiting.splice(0, AT_ONCE);
      try {
        keep(batch.map(({ event }) => event));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    emptying = null;
  };

  return {
    now: (event) => keep([event]),
    soon: (event) =>
      new Promise((resolve, reject) => {
        waiting.push({ event, resolve, reject });
        emptying ??= empty();
      }),
    together(events, also) {
      const moved = withTransaction(db, () => {
        const all = takeInAll(db, carrier, events, clock);
        also();
        return all;
      });
      noticed(moved);
    },
    async close() {
      await emptying;
    },
  };
}
