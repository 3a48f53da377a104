import type { Instant } from '../../shared/lib/instants.ts';
import { type Faults, type HookFault } from './faults.ts';
import { type Loopback, openLoopback } from './loopback.ts';
import type { CarrierName } from './truth.ts';
import type { WorldClock } from './world-clock.ts';

/** An event on its way to us. */
export interface Hook {
  readonly carrier: CarrierName;
  /** What it tells: `completed`, `end-of-call-report`, `call.hangup` … */
  readonly kind: string;
  readonly callRef: string;
  /** The number that the call is to, where there is one. */
  readonly to: string | null;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** The headers and the body; with a signature that is wrong where `isForged`. */
  readonly letter: (isForged: boolean) => Letter;
  readonly retry: RetryPlan;
}

export interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where it differs from the hook’s: a GET carries its fields in the query. */
  readonly url?: string;
}

export interface RetryPlan {
  readonly retriesMax: number;
  /** Whether to try again: a status, or null where no answer came. */
  readonly isFor: (status: number | null) => boolean;
  readonly pauseMs: (nth: number) => number;
  readonly timeoutMs: number;
}

export interface Delivery {
  readonly carrier: CarrierName;
  readonly kind: string;
  readonly callRef: string;
  readonly url: string;
  readonly body: string;
  readonly at: Instant;
  /** `refused` is an answer other than 2xx; `unreachable` is none at all. */
  readonly outcome: 'delivered' | 'refused' | 'unreachable' | 'dropped';
  readonly status: number | null;
  readonly tries: number;
  readonly answer: string;
}

export interface Hooks {
  readonly deliveries: readonly Delivery[];
  /** Sends it off, with whatever faults befall it. */
  send(hook: Hook): void;
  /** Sends it and waits for the answer: a carrier that asks what to do. No fault but the tunnel’s befalls it. */
  ask(hook: Hook): Promise<Delivery>;
  /** Requests to this public address go to a server on this machine. */
  tunnel(publicOrigin: string, localOrigin: string): void;
  /** Resolves once nothing is on its way. */
  settled(): Promise<void>;
  close(): void;
}

/** How long an event waits for one that overtakes it. */
const REORDER_MS_MAX = 2_000;

export function openHooks(clock: WorldClock, faults: Faults): Hooks {
  const loopback = openLoopback();
  const deliveries: Delivery[] = [];
  const underway = new Set<Promise<unknown>>();
  const lanes = new Map<string, Promise<unknown>>();
  let held: (() => void)[] = [];

  const track = <T>(promise: Promise<T>) => {
    underway.add(promise);
    void promise.finally(() => underway.delete(promise));
    return promise;
  };
  const keep = (delivery: Delivery) => {
    deliveries.push(delivery);
    return delivery;
  };
  // Events of one call leave in their order; only a fault changes it.
  const post = (hook: Hook, isForged: boolean, isCut: boolean) => {
    const lane = `${hook.carrier}/${hook.callRef}`;
    const sent = (lanes.get(lane) ?? Promise.resolve()).then(() =>
      deliver(hook, isForged, isCut, { clock, faults, loopback }).then(keep),
    );
    lanes.set(lane, sent);
    void track(sent).then(() => lanes.get(lane) === sent && lanes.delete(lane));
  };
  const release = () => {
    const freed = held;
    held = [];
    for (const one of freed) one();
  };
  const later = (ms: number, run: () => void) =>
    track(new Promise<void>((done) => void clock.after(ms, () => (run(), done()))));

  return {
    deliveries,
    send(hook) {
      const troubles = faults.forHook(hook);
      const has = (trouble: HookFault['trouble']) => troubles.find((fault) => fault.trouble === trouble);
      if (has('drop') !== undefined) return void keep(lost(hook, clock.now()));
      const go = () => {
        post(hook, has('wrong-signature') !== undefined, has('truncated-body') !== undefined);
        if (has('double') !== undefined) post(hook, false, false);
      };
      const delay = has('delay');
      if (delay !== undefined) return void later(delay.delayMs ?? 5_000, go);
      if (has('reorder') !== undefined) {
        held.push(go);
        return void later(REORDER_MS_MAX, release);
      }
      go();
      release();
    },
    ask: (hook) => track(deliver(hook, false, false, { clock, faults, loopback }).then(keep)),
    tunnel: (publicOrigin, localOrigin) => loopback.tunnel(publicOrigin, localOrigin),
    async settled() {
      while (underway.size > 0) await Promise.allSettled(underway);
    },
    close: () => loopback.close(),
  };
}

function lost(hook: Hook, at: Instant): Delivery {
  const { body, url = hook.url } = hook.letter(false);
  return { ...named(hook), url, body, at, outcome: 'dropped', status: null, tries: 0, answer: '' };
}

function named({ carrier, kind, callRef }: Hook): Pick<Delivery, 'carrier' | 'kind' | 'callRef'> {
  return { carrier, kind, callRef };
}

async function deliver(
  hook: Hook,
  isForged: boolean,
  isCut: boolean,
  { clock, faults, loopback }: { clock: WorldClock; faults: Faults; loopback: Loopback },
): Promise<Delivery> {
  // Made once: every try of one delivery is the same, to its token.
  const letter = hook.letter(isForged);
  const body = isCut ? letter.body.slice(0, Math.floor(letter.body.length / 2)) : letter.body;
  const url = letter.url ?? hook.url;
  const at = clock.now();
  for (let tries = 1; ; tries += 1) {
    const answer = faults.isTunnelDown
      ? null
      : await loopback.send({
          url,
          method: hook.method,
          headers: letter.headers,
          body,
          timeoutMs: hook.retry.timeoutMs,
        });
    const status = answer?.status ?? null;
    const outcome = status === null ? 'unreachable' : status < 300 ? 'delivered' : 'refused';
    if (outcome === 'delivered' || tries > hook.retry.retriesMax || !hook.retry.isFor(status))
      return { ...named(hook), url, body, at, outcome, status, tries, answer: answer?.body ?? '' };
    await new Promise<void>((done) => void clock.after(hook.retry.pauseMs(tries), done));
  }
}
