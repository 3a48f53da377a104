import type { Clock } from '../../../shared/lib/clock.ts';
import { type Instant, SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Random } from '../../../shared/lib/random.ts';
import { type Child, type Program, runChild } from './child.ts';
import type { TunnelPlan } from './plan.ts';
import { addressIn, programFor, sentenceFor } from './programs.ts';
import { type RoundTrip, roundTrip } from './round-trip.ts';

/** How it stands, for whoever looks. Only while it is `up` carriers are told of its address. */
export interface TunnelState {
  readonly state: 'off' | 'connecting' | 'up' | 'down';
  readonly url: string | null;
  readonly sentence: string;
  readonly since: Instant;
  readonly roundTripMs: number | null;
}

export interface Tunnel {
  state(): TunnelState;
  /** Where carriers may post to from now on; null while nothing comes through. */
  base(): string | null;
  /** Looks whether it carries, now: after sleep, or when somebody asks. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface TunnelParts {
  readonly plan: TunnelPlan;
  /** Where the relay listens. */
  readonly port: number;
  readonly token: string | null;
  readonly proofOf: (nonce: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly changed: () => void;
  readonly run?: (program: Program) => Child;
  readonly ask?: (base: string, nonce: string, proof: string) => Promise<RoundTrip>;
}

const CHECK_MS = 30 * SECOND_MS;
/** While it does not carry yet, or not any more. */
const CHECK_SOON_MS = 3 * SECOND_MS;
/** So many lost in a row, and carriers are told nothing of it any more: calls are asked about instead. */
const LOST_MAX = 3;
/** So many more, and a program of ours is begun anew. */
const GIVE_UP_LOST = 10;
const BACK_OFF_MS = SECOND_MS;
const BACK_OFF_MS_MAX = 60 * SECOND_MS;

const WORDS: Readonly<Record<TunnelState['state'], string>> = {
  off: 'Nothing reaches Parley from outside. Calls are asked about every few seconds instead; nothing is lost.',
  connecting: 'The tunnel is being built. Until it stands, calls are asked about every few seconds.',
  up: 'Carriers reach Parley.',
  down: 'Nothing comes through the tunnel. Calls are asked about every few seconds instead; nothing is lost.',
};

/** Keeps a way in open, and looks again and again whether it carries. */
export function openTunnel(parts: TunnelParts): Tunnel {
  const { plan, port, clock, random, proofOf, changed, run = runChild, ask = roundTrip } = parts;
  const runs = plan.kind === 'ssh' || plan.kind === 'cloudflared' ? plan : null;
  let url = plan.kind === 'none' ? null : plan.url;
  let now: TunnelState['state'] = plan.kind === 'none' ? 'off' : 'connecting';
  let trouble: string | null = null;
  let since = clock.now();
  let roundTripMs: number | null = null;
  let lost = 0;
  let failures = 0;
  let child: Child | null = null;
  let isClosed = false;
  let cancelCheck: (() => void) | null = null;
  let cancelBegin: (() => void) | null = null;
  let checking: Promise<void> | null = null;

  const become = (next: TunnelState['state'], why: string | null) => {
    if (isClosed || (next === now && why === trouble)) return;
    if (next !== now) since = clock.now();
    now = next;
    trouble = why;
    changed();
  };

  const checkIn = (ms: number) => {
    cancelCheck?.();
    if (!isClosed) cancelCheck = clock.after(ms, () => void check());
  };

  const check = () => (checking ??= look().finally(() => (checking = null)));
  const look = async () => {
    const base = url;
    if (base === null || isClosed) return;
    const nonce = nonceFrom(random);
    const trip = await ask(base, nonce, proofOf(nonce));
    // Meanwhile it may have got another address.
    if (isClosed) return;
    if (base !== url) return checkIn(0);
    if (trip.kind === 'back') {
      lost = 0;
      failures = 0;
      roundTripMs = trip.ms;
      become('up', null);
      return checkIn(CHECK_MS);
    }
    lost += 1;
    if (now !== 'up' || lost >= LOST_MAX)
      become(now === 'connecting' && lost < LOST_MAX ? now : 'down', trip.sentence);
    if (runs !== null && lost >= GIVE_UP_LOST) {
      lost = 0;
      return child?.stop();
    }
    checkIn(CHECK_SOON_MS);
  };

  const begin = () => {
    if (runs === null || isClosed) return;
    const mine = run(programFor(runs, port, parts.token));
    child = mine;
    url = runs.url;
    lost = 0;
    mine.onLine((line) => {
      const found = runs.url === null ? addressIn(runs, line) : null;
      if (found === null || child !== mine || found === url) return;
      url = found;
      changed();
      checkIn(0);
    });
    void mine.over.then((said) => ended(mine, said));
    if (url !== null) checkIn(SECOND_MS);
  };

  const ended = (mine: Child, said: string) => {
    if (isClosed || child !== mine) return;
    child = null;
    cancelCheck?.();
    become('down', runs === null ? null : sentenceFor(runs, said));
    const waitMs = Math.min(BACK_OFF_MS * 2 ** failures, BACK_OFF_MS_MAX);
    failures += 1;
    cancelBegin = clock.after(waitMs * (0.75 + random.next() / 2), begin);
  };

  if (runs === null) checkIn(0);
  else begin();

  return {
    state: () => ({
      state: now,
      url,
      sentence:
        trouble === null ? WORDS[now] : `${trouble} ${now === 'connecting' ? '' : CONSOLATION}`.trim(),
      since,
      roundTripMs: now === 'up' ? roundTripMs : null,
    }),
    base: () => (now === 'up' ? url : null),
    check,
    async close() {
      isClosed = true;
      cancelCheck?.();
      cancelBegin?.();
      const last = child;
      last?.stop();
      await last?.over;
      await checking;
    },
  };
}

const CONSOLATION = 'Calls are asked about every few seconds instead; nothing is lost.';

function nonceFrom(random: Random): string {
  return Array.from({ length: 4 }, () => Math.floor(random.next() * 2 ** 32).toString(16)).join('');
}
