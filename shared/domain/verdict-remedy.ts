import type { Instant } from '../lib/instants.ts';
import { isZone, localTime } from '../lib/zoned-time.ts';
import type { CampaignRules, DayWindow } from './campaign.ts';
import type { Obstacle, RuleId, Values } from './verdict-rule.ts';
import { RULES } from './verdict-rules.ts';
import { city, plural } from './verdict-words.ts';
import type { Subject } from './verdict.ts';

/** One change that frees a contact, as a sentence; where it is one of the campaign’s rules, those as well. */
export interface Remedy {
  readonly rule: RuleId;
  readonly sentence: string;
  readonly rules: Partial<CampaignRules> | null;
}

/** The only obstacle is the only thing to change. Where two stand in the way no single change frees anybody. */
export function remedyFor(subject: Subject, now: Instant): Remedy | null {
  const found = RULES.flatMap((rule) => rule.inTheWay(subject, now) ?? []);
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const remedy = REMEDIES[only.rule](only, subject, now);
  if (remedy === null) return null;
  return typeof remedy === 'string'
    ? { rule: only.rule, sentence: remedy, rules: null }
    : { rule: only.rule, ...remedy };
}

type Mend = (
  obstacle: Obstacle,
  subject: Subject,
  now: Instant,
) => string | Pick<Remedy, 'sentence' | 'rules'> | null;

const REMEDIES: Readonly<Record<RuleId, Mend>> = {
  'bad-number': () => 'Add another number to this contact.',
  'do-not-call': ({ values }) =>
    `Take ${LISTED[String(values.kind)]} off the do-not-call list, if they ask for it.`,
  'no-consent': ({ values }) =>
    values.of === 'ai-voice'
      ? 'Record their consent to an AI or recorded voice, or let an agent make the call.'
      : 'Record their consent to be called.',
  register: ({ values }) => `Read in a newer copy of ${values.list} under Lists, Do not call.`,
  'place-unknown': () => 'Add an address, a postal code or a time zone to this contact.',
  finished: () => 'Open this contact again in this campaign.',
  'attempts-spent': ({ values }) => more('attemptsMax', values, 'Allow', 'attempts in all'),
  'campaign-not-active': ({ values }) =>
    values.status === 'archived'
      ? 'Take the campaign out of the archive and start it.'
      : 'Start the campaign.',
  'campaign-dates': ({ values }, _, now) => mendDates(values, now),
  'daily-limit': ({ values }) => more('dailyLimit', values, 'Allow', 'attempts a day for the whole campaign'),
  'not-due': ({ values }) =>
    values.promisedFor === null
      ? 'Make the contact due now, or ring them by hand.'
      : 'Ring them by hand, before the time that was promised.',
  'campaign-hours': (_, { campaign }, now) => (campaign === null ? null : mendHours(campaign.rules, now)),
  // What the law closes nobody here can open.
  'legal-hours': () => null,
  'legal-caps': () => null,
  frequency: ({ values }) => ({
    sentence: `Allow more than one call ${values.frequency === 'daily' ? 'a day' : 'a week'}.`,
    rules: { frequency: 'any' },
  }),
  'attempts-per-day': ({ values }) => more('attemptsPerDayMax', values, 'Allow', 'attempts a day'),
  'number-caps': ({ values }, { number, campaign }, now) =>
    mendCaps(values, number.attemptsAt, campaign?.rules, now),
  'cool-down': ({ values }, _, now) => mendRest(Number(values.lastAttemptAt), now),
  'caller-id': () => 'Choose the number that the campaign shows.',
  'number-in-use': () => 'Wait for the other call, or end it.',
  carrier: () => null,
};

const LISTED: Readonly<Record<string, string>> = {
  number: 'the number',
  company: 'their company',
  domain: 'their mail domain',
  'area-code': 'the beginning of their number',
};

function more(
  rule: 'attemptsMax' | 'dailyLimit' | 'attemptsPerDayMax',
  { attempts }: Values,
  verb: string,
  what: string,
): Pick<Remedy, 'sentence' | 'rules'> {
  const max = Number(attempts) + 1;
  return { sentence: `${verb} ${max} ${what}.`, rules: { [rule]: max } };
}

function mendDates({ startsOn, zone }: Values, now: Instant): Pick<Remedy, 'sentence' | 'rules'> {
  const { date } = localTime(now, String(zone));
  return typeof startsOn === 'string' && date < startsOn
    ? { sentence: 'Let the campaign begin today.', rules: { startsOn: date } }
    : { sentence: 'Let the campaign go on through today.', rules: { endsOn: date } };
}

/** Opens the half hours that lack between now and the nearest window of the day, or half an hour of its own. */
function mendHours(
  { windows, zone }: CampaignRules,
  now: Instant,
): Pick<Remedy, 'sentence' | 'rules'> | string {
  if (!isZone(zone)) return 'Choose a time zone for the campaign.';
  const { weekday, minute } = localTime(now, zone);
  const [from, to] = [minute - (minute % 30), minute - (minute % 30) + 30];
  const today = windows.filter((each) => each.weekday === weekday && each.from < each.to);
  const later = today.filter((each) => each.from >= to).sort((a, b) => a.from - b.from)[0];
  const earlier = today.filter((each) => each.to <= from).sort((a, b) => b.to - a.to)[0];
  const isNearer = later !== undefined && (earlier === undefined || later.from - to <= from - earlier.to);
  const opened: DayWindow = isNearer
    ? { weekday, from, to: later.from }
    : { weekday, from: earlier?.to ?? from, to };
  const when = isNearer
    ? `from ${clock(from)}`
    : earlier === undefined
      ? `at ${clock(from)}`
      : `until ${clock(to)}`;
  const sentence = `Let the campaign call ${when} on ${DAYS[weekday - 1]} (${city(zone)} time).`;
  return { sentence, rules: { windows: [...windows, { ...opened }] } };
}

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** Both caps of the number are one limit to whoever reads it: what stands in the way of either is lifted. */
function mendCaps(
  { hours }: Values,
  attemptsAt: readonly Instant[],
  rules: CampaignRules | undefined,
  now: Instant,
): Pick<Remedy, 'sentence' | 'rules'> | null {
  const within = (span: number) => attemptsAt.filter((at) => at + span * 3_600_000 > now).length;
  const isOver = (max: number | null | undefined, span: number) => max != null && within(span) >= max;
  if (isOver(rules?.numberPerDayMax, 24) && isOver(rules?.numberPerWeekMax, 168)) return null;
  const max = within(Number(hours)) + 1;
  return hours === 168
    ? { sentence: `Allow ${max} calls to one number in 7 days.`, rules: { numberPerWeekMax: max } }
    : { sentence: `Allow ${max} calls to one number in 24 hours.`, rules: { numberPerDayMax: max } };
}

/** A rest of whole minutes that is over by now. */
function mendRest(lastAttemptAt: number, now: Instant): Pick<Remedy, 'sentence' | 'rules'> {
  const minutes = Math.max(0, Math.floor((now - lastAttemptAt) / 60_000));
  const sentence =
    minutes === 0
      ? 'Ask for no rest after a call.'
      : `Shorten the rest after a call to ${plural(minutes, 'minute')}.`;
  return { sentence, rules: { coolDownMs: minutes * 60_000 } };
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
