import type { Instant } from '../lib/instants.ts';
import type { CampaignRules } from './campaign.ts';
import type { Decision } from './verdict-rule.ts';
import { RULES } from './verdict-rules.ts';
import { type Remedy, remedyFor } from './verdict-remedy.ts';
import { type Finding, type Subject, type Verdict, decide, findingsOn, verdictFrom } from './verdict.ts';

/** The verdict with all that led to it. */
export interface Explanation {
  readonly verdict: Verdict;
  /** What every rule found, in the order of the gate. */
  readonly findings: readonly Finding[];
  /** The next instant at which the answer changes by itself: another verdict, or another reason for it. */
  readonly changesAt: Instant | null;
  /** The first instant at which the contact may be rung if nothing else happens; null where none is in sight. */
  readonly ringsAt: Instant | null;
  /** The smallest single change that would free the contact now; null where no single one does. */
  readonly remedy: Remedy | null;
}

/** No answer is followed further than this many changes of its findings. */
const LOOKS_MAX = 200;

/** The same decision as `verdictOn`, and everything behind it. */
export function explain(subject: Subject, now: Instant): Explanation {
  const decision = decide(subject, now);
  return {
    verdict: verdictFrom(decision, subject, now),
    findings: findingsOn(subject, now),
    changesAt: nextChange(subject, decision, now),
    ringsAt: ringsAt(subject, decision, now),
    remedy: remedyFor(subject, now),
  };
}

/** Looks at each instant at which some rule changes its mind, until the answer is another one. */
function nextChange(subject: Subject, decision: Decision, now: Instant): Instant | null {
  let at = now;
  for (let look = 0; look < LOOKS_MAX; look++) {
    const next = soonestChange(subject, at);
    if (next === null) return null;
    at = next;
    if (!isSame(decide(subject, at), decision)) return at;
  }
  return null;
}

function soonestChange(subject: Subject, at: Instant): Instant | null {
  let soonest: Instant | null = null;
  for (const rule of RULES) {
    const found = rule.inTheWay(subject, at);
    const changesAt = found === null ? (rule.passes(subject, at)?.changesAt ?? null) : found.until;
    if (changesAt !== null && changesAt > at && (soonest === null || changesAt < soonest))
      soonest = changesAt;
  }
  return soonest;
}

function isSame(a: Decision, b: Decision): boolean {
  return a.kind === b.kind && (a.kind === 'ring' || (b.kind !== 'ring' && a.rule === b.rule));
}

/**
 * Follows the verdicts from one end of waiting to the next. Whoever is to be rung is not weighed before that:
 * a rule that lifts tonight does not help while another holds until Monday.
 */
export function ringsAt(subject: Subject, decision: Decision, now: Instant): Instant | null {
  let at = now;
  let next = decision;
  for (let look = 0; look < LOOKS_MAX; look++) {
    if (next.kind === 'ring') return at;
    if (next.kind === 'never' || next.until === null || next.until <= at) return null;
    at = next.until;
    next = decide(subject, at);
  }
  return null;
}

/** The rules a subject would be judged by after a remedy that changes them. */
export function withRules(subject: Subject, change: Partial<CampaignRules>): Subject {
  const { campaign } = subject;
  if (campaign === null) return subject;
  return { ...subject, campaign: { ...campaign, rules: { ...campaign.rules, ...change } } };
}
