import { MINUTE_MS, SECOND_MS } from '../lib/instants.ts';

/*
 * Who on the live board needs somebody to look at them, and why. A state that has gone on for longer than it
 * usually may comes first, the longest first; everybody else stands below, by name.
 */

/** How long each state may last before somebody should look. What is left out may last for ever. */
const LIMIT_MS: Readonly<Record<string, number>> = {
  trouble: 0,
  queued: 20 * SECOND_MS,
  dialing: 20 * SECOND_MS,
  ringing: MINUTE_MS,
  'on-hold': 2 * MINUTE_MS,
  'wrap-up': 3 * MINUTE_MS,
  paused: 20 * MINUTE_MS,
  previewing: 5 * MINUTE_MS,
  'in-progress': 30 * MINUTE_MS,
  connected: 30 * MINUTE_MS,
};

const WHY: Readonly<Record<string, string>> = {
  trouble: 'The carrier gave no clear answer',
  queued: 'The carrier has not begun to ring',
  dialing: 'The carrier has not begun to ring',
  ringing: 'Rings for long',
  'on-hold': 'On hold for long',
  'wrap-up': 'Wrap-up takes long',
  paused: 'Paused for long',
  previewing: 'Looks at one contact for long',
  'in-progress': 'Talks for long',
  connected: 'Talks for long',
};

export interface Stateful {
  readonly state: string;
  readonly since: number;
}

/** How far a state is over its limit, in ms; null while it is within it. */
export function overdueMs({ state, since }: Stateful, now: number): number | null {
  const limit = LIMIT_MS[state];
  if (limit === undefined) return null;
  const over = now - since - limit;
  return over > 0 || (limit === 0 && over >= 0) ? over : null;
}

/** A few words for a row that stays until somebody has looked; null where nothing is the matter. */
export function whyAttention(one: Stateful, now: number): string | null {
  return overdueMs(one, now) === null ? null : (WHY[one.state] ?? null);
}

/** In the order in which a supervisor should look: who is over their limit first, then as `name` sorts. */
export function byAttention<T extends Stateful>(
  all: readonly T[],
  now: number,
  name: (one: T) => string,
): T[] {
  return all
    .map((one) => ({ one, over: overdueMs(one, now), name: name(one) }))
    .sort((a, b) => (b.over ?? -1) - (a.over ?? -1) || a.name.localeCompare(b.name))
    .map(({ one }) => one);
}
