import { consultIn } from '../../shared/domain/session.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after, earlier } from '../../shared/lib/instants.ts';
import type { Work } from './work.ts';

/** The longest a session goes without a look at the clock. */
const LOOK_AGAIN_MS = MINUTE_MS;

/** A colleague who is asked is looked for this often. */
const COLLEAGUE_MS = SECOND_MS;

/**
 * How long until something is to be done. Looks again within a minute in any case: the wall clock may have been
 * set meanwhile, or somebody may have fallen due whom nobody knew of.
 */
export function nextAlarmMs(work: Work, now: Instant): number | null {
  const { state } = work.face;
  const times = [
    state.kind === 'previewing' ? state.dialAt : null,
    state.kind === 'wrap-up' ? (work.timer?.endsAt ?? null) : null,
    state.kind === 'ready' ? (work.waiting?.until ?? after(now, LOOK_AGAIN_MS)) : null,
    work.undo === null ? null : after(work.undo.until, 1),
    consultIn(state) === null ? null : after(now, COLLEAGUE_MS),
  ].filter((at) => at !== null);
  if (times.length === 0) return null;
  return Math.min(LOOK_AGAIN_MS, Math.max(0, times.reduce(earlier) - now));
}

/** Further ahead than it was ever meant to be, the clock was set back: the lead-in is long over. */
export function isTimeToDial(dialAt: Instant | null, work: Work, now: Instant): boolean {
  return dialAt !== null && (now >= dialAt || dialAt - now > work.campaign.rules.leadInMs);
}
