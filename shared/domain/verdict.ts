import type { Instant } from '../lib/instants.ts';
import type { CampaignRules, CampaignStatus, Voice } from './campaign.ts';
import type { EnrolmentState } from './contact.ts';
import type { LawBook } from './law/book.ts';
import type { Mode, RuleRef } from './law/rule.ts';
import type { Unringable } from './phone.ts';
import type { Places } from './places/places.ts';
import {
  type Decision,
  NOTHING_IN_THE_WAY,
  type Obstacle,
  type RuleId,
  type Values,
} from './verdict-rule.ts';
import { RULES } from './verdict-rules.ts';
import { obstacleInWords, passInWords, titleOf } from './verdict-words.ts';

export type { RuleId } from './verdict-rule.ts';

/** May this contact be rung now? If not: until when, or never, and which rule says so with which values. */
export type Verdict =
  | { readonly kind: 'ring' }
  | { readonly kind: 'wait'; readonly until: Instant | null; readonly because: Reason }
  | { readonly kind: 'never'; readonly because: Reason };

export interface Reason {
  readonly rule: RuleId;
  readonly sentence: string;
  /** The values the rule looked at, for the record kept with the attempt. */
  readonly values: Values;
}

/**
 * Everything a verdict may depend on, as plain data. A number rung by hand has no enrolment, perhaps no
 * campaign. Lists of instants reach back as far as a rule in force looks, and no further.
 */
export interface Subject {
  readonly number: NumberFacts;
  readonly doNotCall: DoNotCallFacts | null;
  /** Since when each consent stands; null where none does. */
  readonly consents: { readonly call: Instant | null; readonly aiVoice: Instant | null };
  /** Whether a business is called, as far as we know; null where nobody knows who has the number. */
  readonly isBusiness: boolean | null;
  /** The attempt that holds the number, wherever in the workspace it was made. */
  readonly heldSince: Instant | null;
  readonly enrolment: EnrolmentFacts | null;
  readonly campaign: CampaignFacts | null;
  /** How the call would be made, and what for. */
  readonly call: CallFacts;
  readonly law: LawBook;
  /** What keeps the carrier from taking any call; null where nothing does. */
  readonly carrier: { readonly sentence: string; readonly until: Instant | null } | null;
  /** What a supervisor set aside for this one call, and why: kept with it. */
  readonly setAside?: {
    readonly rules: readonly RuleId[];
    readonly by: string;
    readonly reason: string;
  };
}

export interface NumberFacts {
  /** Null where the contact has no number at all. */
  readonly e164: string | null;
  readonly isUsable: boolean;
  readonly unringable: Unringable | null;
  readonly places: Places;
  /** Attempts on this number, whoever made them; those of which certainly nothing rang are left out. */
  readonly attemptsAt: readonly Instant[];
  /** The last events with this number that a law may speak of. */
  readonly conversationAt: Instant | null;
  readonly refusalAt: Instant | null;
  readonly abandonedAt: Instant | null;
}

export interface DoNotCallFacts {
  readonly kind: 'number' | 'company' | 'domain' | 'area-code';
  readonly value: string;
  readonly reason: string;
  readonly since: Instant;
}

export interface EnrolmentFacts {
  readonly state: EnrolmentState;
  readonly attempts: number;
  /** Until when the contact rests by its own story. */
  readonly restUntil: Instant;
  /** For when a callback is promised. A promise outranks our own counts and rests, and no law. */
  readonly promisedFor: Instant | null;
  /** The last attempt on this contact in any campaign. */
  readonly lastAttemptAt: Instant | null;
  /** Attempts on this contact in this campaign, this week. */
  readonly attemptsAt: readonly Instant[];
}

export interface CampaignFacts {
  readonly status: CampaignStatus;
  /** The number that is shown to those who are rung; empty where none was chosen. */
  readonly callerId: string;
  readonly rules: CampaignRules;
  /** Attempts of the campaign on one date of its own calendar: the day the subject was read. */
  readonly today: { readonly date: string; readonly attempts: number };
}

export interface CallFacts {
  readonly mode: Mode;
  readonly purpose: 'sales' | 'debt';
  readonly voice: Voice;
}

/** One rule on one contact: passed or not, and what it looked at. */
export interface Finding {
  readonly rule: RuleId;
  readonly title: string;
  readonly passed: boolean;
  readonly sentence: string;
  readonly values: Values;
  /** When it lifts, or when it begins to hold; null where neither is known. */
  readonly changesAt: Instant | null;
  readonly law: readonly RuleRef[];
}

/**
 * The verdict on one subject at `now` (law 1). A never outranks a wait; of several waits the one that lifts
 * last is told, because the others do not help before it.
 */
export function verdictOn(subject: Subject, now: Instant): Verdict {
  return verdictFrom(decide(subject, now), subject, now);
}

/** The same without words: for counting a whole list. */
export function decide(subject: Subject, now: Instant): Decision {
  let waiting: Obstacle | null = null;
  for (const rule of RULES) {
    const found = rule.inTheWay(subject, now);
    if (found === null) continue;
    if (found.kind === 'never') return found;
    if (waiting === null || liftsLater(found, waiting)) waiting = found;
  }
  return waiting ?? NOTHING_IN_THE_WAY;
}

/** The rules that ask nothing about the contact. */
const ABOUT_ALL: ReadonlySet<RuleId> = new Set([
  'campaign-not-active',
  'campaign-dates',
  'daily-limit',
  'campaign-hours',
  'caller-id',
  'carrier',
]);

/** What holds up everybody in a campaign at once, by the same rules: asked before anybody is looked at. */
export function verdictOnAll(
  campaign: CampaignFacts,
  carrier: Subject['carrier'],
  law: LawBook,
  now: Instant,
): Verdict {
  const subject: Subject = { ...NOBODY, campaign, carrier, law };
  const found = RULES.flatMap((rule) => (ABOUT_ALL.has(rule.id) ? (rule.inTheWay(subject, now) ?? []) : []));
  const [first, ...more] = found;
  if (first === undefined) return { kind: 'ring' };
  return verdictFrom(
    more.reduce((last, each) => (liftsLater(each, last) ? each : last), first),
    subject,
    now,
  );
}

const NOBODY: Omit<Subject, 'campaign' | 'carrier' | 'law'> = {
  number: {
    e164: null,
    isUsable: false,
    unringable: null,
    places: { zones: [], countries: [], states: [] },
    attemptsAt: [],
    conversationAt: null,
    refusalAt: null,
    abandonedAt: null,
  },
  doNotCall: null,
  consents: { call: null, aiVoice: null },
  isBusiness: null,
  heldSince: null,
  enrolment: null,
  call: { mode: 'automatic', purpose: 'sales', voice: 'agent' },
};

/** Puts a decision into words. */
export function verdictFrom(decision: Decision, subject: Subject, now: Instant): Verdict {
  if (decision.kind === 'ring') return { kind: 'ring' };
  const because = reasonOf(decision, subject, now);
  return decision.kind === 'never'
    ? { kind: 'never', because }
    : { kind: 'wait', until: decision.until, because };
}

/** What every rule finds, in the order of the gate. Rules about a campaign are left out where there is none. */
export function findingsOn(subject: Subject, now: Instant): Finding[] {
  return RULES.flatMap((rule): Finding[] => {
    const found = rule.inTheWay(subject, now);
    if (found !== null) {
      const { sentence, law } = obstacleInWords(found, subject, now);
      const { values, until: changesAt } = found;
      return [{ rule: rule.id, title: titleOf(rule.id), passed: false, sentence, values, changesAt, law }];
    }
    const passed = rule.passes(subject, now);
    if (passed === null) return [];
    const { sentence, law } = passInWords(rule.id, passed.values, subject, now);
    const { values, changesAt } = passed;
    return [{ rule: rule.id, title: titleOf(rule.id), passed: true, sentence, values, changesAt, law }];
  });
}

function reasonOf(obstacle: Obstacle, subject: Subject, now: Instant): Reason {
  const { rule, values } = obstacle;
  return { rule, sentence: obstacleInWords(obstacle, subject, now).sentence, values };
}

/** No known end outlasts any known one. */
function liftsLater(a: Obstacle, b: Obstacle): boolean {
  if (b.until === null) return false;
  return a.until === null || a.until > b.until;
}
