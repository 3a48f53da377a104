import type { Enrolment } from '../../shared/domain/contact.ts';
import type { Reason, RuleId, Verdict } from '../../shared/domain/verdict.ts';
import { HOUR_MS, type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';

/** One enrolment that is due, with the verdict on it now. */
export interface Candidate {
  readonly enrolment: Enrolment;
  readonly verdict: Verdict;
}

/** What to do about the candidates looked at: one to take in hand at most, and what the others wait for. */
export interface StagingPlan {
  readonly take: Enrolment | null;
  readonly postpone: readonly {
    readonly enrolmentId: number;
    readonly until: Instant;
    readonly because: Reason;
  }[];
  readonly close: readonly { readonly enrolmentId: number; readonly because: Reason }[];
}

/** Looks again this much later where nobody can say when a reason lifts, such as a number in use. */
const LOOK_AGAIN_MS = MINUTE_MS;

/** What only a person changes is not looked at every minute. */
const PATIENCE_MS: Readonly<Partial<Record<RuleId, number>>> = {
  'place-unknown': HOUR_MS,
  register: HOUR_MS,
};

/**
 * Picks whom to ring next. Pure: no clock, no store, no promise. Whoever may not be rung is moved out of the
 * way until the verdict can change, so that the next look does not weigh them again. Takes no more candidates
 * than it needs: each verdict costs some questions.
 */
export function planStaging(candidates: Iterable<Candidate>, now: Instant): StagingPlan {
  const postpone: StagingPlan['postpone'][number][] = [];
  const close: StagingPlan['close'][number][] = [];
  for (const { enrolment, verdict } of candidates) {
    if (verdict.kind === 'ring') return { take: enrolment, postpone, close };
    if (verdict.kind === 'never') close.push({ enrolmentId: enrolment.id, because: verdict.because });
    else
      postpone.push({
        enrolmentId: enrolment.id,
        until: verdict.until ?? after(now, PATIENCE_MS[verdict.because.rule] ?? LOOK_AGAIN_MS),
        because: verdict.because,
      });
  }
  return { take: null, postpone, close };
}
