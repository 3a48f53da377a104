import type { ParleyPayloads, ParleyTopic } from '../../shared/contract/contract.ts';
import type { PushFrame } from '../../shared/contract/wire.ts';
import type { Clock } from '../../shared/lib/clock.ts';

/** A screen can take in ten changes a second; more would only cost it frames. */
const PUSH_EVERY_MS = 100;

export type TellScreens = <T extends ParleyTopic>(topic: T, payload: () => ParleyPayloads[T]) => void;

export interface Pushes {
  readonly tell: TellScreens;
  close(): void;
}

/** A topic that was just sent: it rests, and holds what came meanwhile. */
interface Resting {
  readonly cancel: () => void;
  next: (() => unknown) | null;
}

/**
 * Sends what changed to the screens: the first at once, further ones of the same topic together 100 ms later.
 * Payloads are made when they are sent, so that ten changes cost one reading. `clock` is the machine's, even
 * in a practice that runs at ten times its pace: eyes do not.
 */
export function pushesTo(
  send: (frame: PushFrame) => void,
  clock: Clock,
  log: (line: string, error?: unknown) => void = () => {},
): Pushes {
  const seqs = new Map<string, number>();
  const resting = new Map<string, Resting>();
  let isClosed = false;

  const sendNow = (topic: string, payload: () => unknown) => {
    const seq = (seqs.get(topic) ?? 0) + 1;
    seqs.set(topic, seq);
    const cancel = clock.after(PUSH_EVERY_MS, () => {
      const next = resting.get(topic)?.next ?? null;
      resting.delete(topic);
      if (next !== null) sendNow(topic, next);
    });
    resting.set(topic, { cancel, next: null });
    // Telling comes after the deed: a reading that fails must neither undo it nor end the program. The number
    // it would have had is used up, so that screens see a gap and ask.
    try {
      send({ topic, seq, payload: payload() });
    } catch (error) {
      log(`${topic} could not be told to the screens`, error);
    }
  };

  return {
    tell(topic, payload) {
      if (isClosed) return;
      const rest = resting.get(topic);
      if (rest === undefined) return sendNow(topic, payload);
      rest.next = topic === 'app.changed' && rest.next !== null ? mergeChanges(rest.next, payload) : payload;
    },
    close() {
      isClosed = true;
      for (const { cancel } of resting.values()) cancel();
      resting.clear();
    },
  };
}

type Changed = ParleyPayloads['app.changed'];

/** Past this many ids "all of them" is shorter to say, and to obey. */
const IDS_MAX = 500;

function mergeChanges(before: () => unknown, now: () => unknown): () => Changed {
  const merged = new Map<string, Set<number | string> | null>();
  for (const { changes } of [before() as Changed, now() as Changed]) {
    for (const { entity, ids } of changes) {
      const known = merged.get(entity);
      const all = ids === null || known === null ? null : new Set([...(known ?? []), ...ids]);
      merged.set(entity, all !== null && all.size > IDS_MAX ? null : all);
    }
  }
  const together = {
    changes: [...merged].map(([entity, ids]) => ({ entity, ids: ids === null ? null : [...ids] })),
  };
  return () => together;
}
