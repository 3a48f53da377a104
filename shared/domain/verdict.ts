import type { Instant } from '../lib/instants.ts';
import { type Zone, isZone } from '../lib/zoned-time.ts';
import { type Opening, openingIn, openingInAll } from './calling-window.ts';
import type { CampaignRules, CampaignStatus, DayWindow } from './campaign.ts';
import type { EnrolmentState } from './contact.ts';

/** May this contact be rung now? If not: until when, or never, and which rule says so with which values. */
export type Verdict =
  | { readonly kind: 'ring' }
  | { readonly kind: 'wait'; readonly until: Instant | null; readonly because: Reason }
  | { readonly kind: 'never'; readonly because: Reason };

export type RuleId =
  | 'do-not-call'
  | 'bad-number'
  | 'finished'
  | 'attempts-spent'
  | 'campaign-not-active'
  | 'number-in-use'
  | 'not-due'
  | 'campaign-hours'
  | 'legal-hours';

export interface Reason {
  readonly rule: RuleId;
  readonly sentence: string;
  /** The values the rule looked at, for the record kept with the attempt. */
  readonly values: Readonly<Record<string, string | number | null>>;
}

/** Everything a verdict may depend on. A number rung by hand has no enrolment, perhaps no campaign. */
export interface Subject {
  readonly number: { readonly isUsable: boolean; readonly zones: readonly Zone[] };
  readonly doNotCall: { readonly reason: string; readonly since: Instant } | null;
  /** The attempt that holds the number, wherever in the workspace it was made. */
  readonly heldSince: Instant | null;
  readonly enrolment: {
    readonly state: EnrolmentState;
    readonly attempts: number;
    readonly dueAt: Instant;
    /** A callback was promised for `dueAt`: it outranks the count of attempts. */
    readonly isPromised: boolean;
  } | null;
  readonly campaign: { readonly status: CampaignStatus; readonly rules: CampaignRules } | null;
  readonly legalHours: readonly DayWindow[];
}

type Finding = { readonly kind: 'pass' } | Exclude<Verdict, { kind: 'ring' }>;
type Rule = (subject: Subject, now: Instant) => Finding;

const pass: Finding = { kind: 'pass' };

/**
 * The verdict on one subject at `now` (law 1). A never outranks a wait; of several waits the one that lifts
 * last is told, because the others do not help before it.
 */
export function verdictOn(subject: Subject, now: Instant): Verdict {
  let waiting: Extract<Verdict, { kind: 'wait' }> | null = null;
  for (const rule of RULES) {
    const finding = rule(subject, now);
    if (finding.kind === 'never') return finding;
    if (finding.kind === 'wait' && (waiting === null || liftsLater(finding, waiting))) waiting = finding;
  }
  return waiting ?? { kind: 'ring' };
}

const RULES: readonly Rule[] = [
  ({ doNotCall }) =>
    doNotCall === null
      ? pass
      : never('do-not-call', `On the do-not-call list: ${doNotCall.reason}.`, { since: doNotCall.since }),
  ({ number }) =>
    number.isUsable ? pass : never('bad-number', 'The number is not in use, or belongs to someone else.', {}),
  ({ enrolment }) =>
    enrolment === null || enrolment.state === 'open' || enrolment.state === 'in-hand'
      ? pass
      : never('finished', 'This contact is finished in this campaign.', { state: enrolment.state }),
  ({ enrolment, campaign }) => {
    if (enrolment === null || campaign === null || enrolment.isPromised) return pass;
    const { attempts } = enrolment;
    const { attemptsMax } = campaign.rules;
    if (attempts < attemptsMax) return pass;
    return never('attempts-spent', `All ${attemptsMax} attempts are spent.`, { attempts, attemptsMax });
  },
  ({ campaign }) =>
    campaign === null || campaign.status === 'active'
      ? pass
      : wait('campaign-not-active', null, `The campaign is ${campaign.status}.`, { status: campaign.status }),
  ({ heldSince }) =>
    heldSince === null
      ? pass
      : wait('number-in-use', null, 'Another call holds this number.', { since: heldSince }),
  ({ enrolment }, now) =>
    enrolment === null || enrolment.dueAt <= now
      ? pass
      : wait(
          'not-due',
          enrolment.dueAt,
          enrolment.isPromised ? 'A callback is promised for later.' : 'Cooling off after the last attempt.',
          {
            dueAt: enrolment.dueAt,
          },
        ),
  ({ campaign }, now) =>
    campaign === null
      ? pass
      : !isZone(campaign.rules.zone)
        ? wait('campaign-hours', null, 'The campaign’s time zone is not one this computer knows.', {
            zones: campaign.rules.zone,
          })
        : unlessOpen(
            'campaign-hours',
            openingIn(campaign.rules.windows, campaign.rules.zone, now),
            'Outside the campaign’s hours.',
            campaign.rules.zone,
          ),
  ({ number, legalHours }, now) =>
    number.zones.length === 0 || !number.zones.every(isZone)
      ? wait('legal-hours', null, 'Nobody knows where this number is, so nobody knows the time there.', {
          zones: number.zones.join(', '),
        })
      : unlessOpen(
          'legal-hours',
          openingInAll(legalHours, number.zones, now),
          'Outside the hours the law allows there.',
          number.zones.join(', '),
        ),
];

function unlessOpen(rule: RuleId, opening: Opening, sentence: string, zones: string): Finding {
  return opening.open ? pass : wait(rule, opening.opensAt, sentence, { zones, opensAt: opening.opensAt });
}

function wait(rule: RuleId, until: Instant | null, sentence: string, values: Reason['values']): Finding {
  return { kind: 'wait', until, because: { rule, sentence, values } };
}

function never(rule: RuleId, sentence: string, values: Reason['values']): Finding {
  return { kind: 'never', because: { rule, sentence, values } };
}

/** No known end outlasts any known one. */
function liftsLater(a: { until: Instant | null }, b: { until: Instant | null }): boolean {
  if (b.until === null) return false;
  return a.until === null || a.until > b.until;
}
