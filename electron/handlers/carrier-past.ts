import type { CarrierPast } from '../../shared/contract/carriers.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { addDays, firstInstant } from '../../shared/lib/zoned-time.ts';
import { type PastWish, bringIn, pastInWords } from '../history/past.ts';
import type { Kernel } from '../kernel.ts';
import { type KeptPast, keptPast } from '../store/history.ts';
import { audited } from './audited.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Group = ParleyHandlers<unknown>['carriers'];

/** What runs in each kernel, by the carrier. A kernel that is closed takes its running ones with it. */
const running = new WeakMap<Kernel, Map<string, AbortController>>();

/** Calls of the past: fetched page by page in the background, and gone on with after a stop. */
export function pastHandlers(rooms: Rooms): Pick<Group, 'past' | 'fetchPast' | 'goOnPast' | 'stopPast'> {
  return {
    past: ({ kind }) =>
      within(rooms, (kernel) => {
        const past = keptPast(kernel.db, kind);
        return ok(past === null ? null : shown(kind, past, runningIn(kernel).has(kind)));
      }),
    fetchPast: ({ kind, from, to, withSounds }) =>
      within(rooms, (kernel) => {
        if (to < from) return refuse('bad-arguments', 'The last day comes before the first.');
        const { zone } = kernel.home;
        const range = { from: firstInstant(from, 0, zone), to: firstInstant(addDays(to, 1), 0, zone) };
        const entry = { action: 'carrier.fetch-past', subject: 'carrier', subjectId: kind, before: null };
        return start(rooms, kernel, kind, { ...range, withSounds }, () =>
          audited(rooms, { ...entry, after: { from, to, withSounds } }, () => {}),
        );
      }),
    goOnPast: ({ kind }) =>
      within(rooms, (kernel) => {
        const past = keptPast(kernel.db, kind);
        if (past === null || past.state === 'done')
          return refuse('not-now', 'There is nothing to go on with.');
        return start(rooms, kernel, kind, null, () => {});
      }),
    stopPast: ({ kind }) =>
      within(rooms, (kernel) => {
        runningIn(kernel).get(kind)?.abort();
        return ok(null);
      }),
  };
}

function runningIn(kernel: Kernel): Map<string, AbortController> {
  const known = running.get(kernel) ?? new Map<string, AbortController>();
  running.set(kernel, known);
  return known;
}

function start(
  rooms: Rooms,
  kernel: Kernel,
  kind: string,
  wish: PastWish | null,
  begin: () => void,
): Answer<null> {
  const here = runningIn(kernel);
  if (rooms.seat.kernel === null) return noWorkspace;
  if (!rooms.seat.carriers?.lines.some((line) => line.kind === kind))
    return refuse('not-found', 'This carrier is not set up in this workspace.');
  if (here.has(kind)) return refuse('not-now', 'Its old calls are being fetched already.');
  begin();
  const stop = new AbortController();
  here.set(kind, stop);
  const { db, carrier, clock, home } = kernel;
  const moved = () => {
    if (rooms.seat.kernel !== kernel) return stop.abort();
    sayChanged(rooms, 'past');
    sayChanged(rooms, 'calls');
  };
  bringIn({ db, carrier, clock, country: home.country, moved }, kind, wish, stop.signal)
    .catch((error: unknown) => rooms.log('fetching old calls broke off; it can go on where it was', error))
    .finally(() => {
      here.delete(kind);
      sayChanged(rooms, 'past');
    });
  return ok(null);
}

function shown(kind: string, past: KeptPast, isRunning: boolean): CarrierPast {
  // Parley was closed in the middle: it is no longer running, whatever was written down last.
  const now: KeptPast = past.state === 'running' && !isRunning ? { ...past, state: 'stopped' } : past;
  const reached = (now.to - (now.reachedAt ?? now.to)) / Math.max(1, now.to - now.from);
  return {
    kind,
    isRunning,
    canGoOn: !isRunning && (now.state === 'stopped' || now.state === 'trouble'),
    sentence: pastInWords(now),
    share: now.state === 'done' ? 1 : Math.min(1, Math.max(0, reached)),
  };
}
