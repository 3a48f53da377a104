import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../lib/instants.ts';
import { type LocalTime, isZone, localTime } from '../lib/zoned-time.ts';
import type { LawBook } from './law/book.ts';
import { answeredInside, capsFor, consentFor, registersFor } from './law/duties.ts';
import { openingUnder } from './law/hours.ts';
import type { RuleRef } from './law/rule.ts';
import { by } from './law/sentences.ts';
import type { Places } from './places/places.ts';
import { isKnownPlace } from './verdict-law.ts';
import type { Obstacle, RuleId, Values } from './verdict-rule.ts';
import type { Subject } from './verdict.ts';

/** What is said of one rule on one contact, and the law it rests on. */
export interface Words {
  readonly sentence: string;
  readonly law: readonly RuleRef[];
}

const TITLES: Readonly<Record<RuleId, string>> = {
  'bad-number': 'The number',
  'do-not-call': 'Do-not-call list',
  'no-consent': 'Consent',
  register: 'Do-not-call register',
  'place-unknown': 'Where they are',
  finished: 'Still to be called',
  'attempts-spent': 'Attempts in all',
  'campaign-not-active': 'Campaign runs',
  'campaign-dates': 'Campaign dates',
  'daily-limit': 'Campaign’s daily limit',
  'not-due': 'Due',
  'campaign-hours': 'Campaign hours',
  'legal-hours': 'Legal hours',
  frequency: 'Frequency',
  'attempts-per-day': 'Attempts per day',
  'number-caps': 'Calls to the number',
  'legal-caps': 'Legal limit of calls',
  'cool-down': 'Rest between calls',
  'number-in-use': 'Number free',
  'caller-id': 'Number we show',
  carrier: 'Carrier ready',
};

/** What a rule is called on screen. */
export function titleOf(rule: RuleId): string {
  return TITLES[rule];
}

type Say = (values: Values, subject: Subject, now: Instant) => string | Words;

/** Why a rule stands in the way, in a sentence for agents and supervisors. */
export function obstacleInWords({ rule, values }: Obstacle, subject: Subject, now: Instant): Words {
  return asWords(IN_THE_WAY[rule](values, subject, now));
}

/** Why a rule does not. */
export function passInWords(rule: RuleId, values: Values, subject: Subject, now: Instant): Words {
  return asWords(PASSES[rule](values, subject, now));
}

function asWords(said: string | Words): Words {
  return typeof said === 'string' ? { sentence: said, law: [] } : said;
}

const BAD_NUMBERS: Readonly<Record<string, string>> = {
  none: 'This contact has no number.',
  invalid: 'The number is not a phone number in use.',
  emergency: 'The number belongs to an emergency or other public service.',
  premium: 'The number costs extra to ring.',
  'not-in-use': 'The number is not in use, or belongs to someone else.',
};

const LISTED: Readonly<Record<string, string>> = {
  number: 'The number is on the do-not-call list',
  company: 'Their company is on the do-not-call list',
  domain: 'Their mail domain is on the do-not-call list',
  'area-code': 'Numbers that begin like this one are on the do-not-call list',
};

const STATUSES: Readonly<Record<string, string>> = {
  draft: 'The campaign has not been started yet.',
  paused: 'The campaign is paused.',
  completed: 'The campaign is completed.',
  archived: 'The campaign is archived.',
};

const IN_THE_WAY: Readonly<Record<RuleId, Say>> = {
  'bad-number': ({ why }) => BAD_NUMBERS[String(why)] ?? 'The number cannot be rung.',
  'do-not-call': ({ kind, reason, since }, { campaign }) => {
    const day = dateIn(since as Instant, campaign?.rules.zone ?? 'UTC');
    return `${LISTED[String(kind)]} since ${day}: ${withoutDot(String(reason))}.`;
  },
  'no-consent': ({ of, rule }, subject, now) => {
    if (of === 'ai-voice') return 'They have not agreed to be called by an AI or recorded voice.';
    const law = consentFor(subject.law, subject.number.places, now, subject.call).filter(
      (each) => each.id === rule,
    );
    const where = law[0] === undefined ? '' : `${by(law[0].jurisdiction)}, `;
    const sentence = `${where}such a call needs the person’s ${of === 'written' ? 'written ' : ''}consent, and none is recorded.`;
    const refs = law.map(({ id, citation }) => ({ id, citation, sentence: upper(sentence) }));
    return { sentence: upper(sentence), law: refs };
  },
  register: (values, subject, now) => registerInWords(values, subject, now),
  'place-unknown': () =>
    'Nobody knows where this number is, so nobody knows the time there. An address or a zone would tell.',
  finished: ({ state }) =>
    state === 'never'
      ? 'This contact is closed in this campaign.'
      : 'This contact is finished in this campaign.',
  'attempts-spent': ({ attemptsMax }) =>
    attemptsMax === 1 ? 'The one attempt is spent.' : `All ${attemptsMax} attempts are spent.`,
  'campaign-not-active': ({ status }) => STATUSES[String(status)] ?? `The campaign is ${status}.`,
  'campaign-dates': ({ startsOn, endsOn, zone }, _, now) =>
    typeof startsOn === 'string' && dateIn(now, String(zone)) < startsOn
      ? `The campaign begins on ${startsOn}.`
      : `The campaign’s last day was ${endsOn}.`,
  'daily-limit': ({ limit }) =>
    `The campaign has made its ${plural(Number(limit), 'attempt')} of today. The count begins anew at its midnight.`,
  'not-due': (values, subject) => restInWords(values, subject),
  'campaign-hours': ({ zone, opensAt }, _, now) => {
    if (!isZone(String(zone))) return `The campaign’s time zone, “${zone}”, is not one this computer knows.`;
    const never = opensAt === null ? ' Its hours never open.' : '';
    return `Outside the campaign’s hours: it is ${timeIn(now, String(zone))} in ${city(String(zone))}.${never}`;
  },
  'legal-hours': ({ closesAt }, { number, law, call }, now) =>
    closesAt == null
      ? closedInWords(law, number.places, call, now)
      : endingInWords(closesAt as Instant, number, law, now),
  frequency: ({ frequency }) =>
    frequency === 'daily'
      ? 'They were called today, and the campaign calls nobody twice on one day.'
      : 'They were called this week, and the campaign calls nobody twice in one week.',
  'attempts-per-day': ({ max }) => `They had ${plural(Number(max), 'attempt')} today, which is the most.`,
  'number-caps': ({ max, hours }) =>
    `The number was rung ${times(Number(max))} in ${spanInWords(Number(hours) * HOUR_MS)}, which is the most.`,
  'legal-caps': ({ rule }, { number, law, call }, now) => {
    const refs = capsFor(law, number.places, now, call)
      .map((cap) => cap.rule)
      .filter((each) => each.id === rule);
    return { sentence: refs[0]?.sentence ?? 'The law allows no more calls for now.', law: refs };
  },
  'cool-down': ({ coolDownMs }) =>
    `They were called, and are left alone for ${spanInWords(Number(coolDownMs))} after each call of any campaign.`,
  'number-in-use': () => 'Another call holds this number.',
  'caller-id': () => 'The campaign has no number to show to those who are rung. Choose one in its pace.',
  carrier: ({ sentence }) => String(sentence),
};

const PASSES: Readonly<Record<RuleId, Say>> = {
  'bad-number': () => 'The number can be rung.',
  'do-not-call': () => 'Neither the number nor the company, mail domain or area code is on the list.',
  'no-consent': ({ since }, { call }) =>
    since === null ? 'No consent is needed for this call.' : consentInWords(call.voice),
  register: ({ list, comparedAt, rule }, subject, now) => {
    if (list === null) return 'No register has to be asked before this call.';
    const sentence = `Compared with ${list} on ${dateIn(comparedAt as Instant, zoneOf(subject))}.`;
    return { sentence, law: registerRefs(rule, subject, now, sentence) };
  },
  'place-unknown': (_, { number }) => {
    const { zones, states } = number.places;
    const names = zones.map(city).join(', ');
    const many = zones.length > 1 ? ` All ${zones.length} have to be open.` : '';
    return `By number and address: ${names}${states.length > 0 ? ` (${states.map((each) => each.slice(3)).join(', ')})` : ''}.${many}`;
  },
  finished: () => 'Nobody has finished with this contact.',
  'attempts-spent': ({ attempts, attemptsMax }, { enrolment }) =>
    enrolment?.promisedFor != null && Number(attempts) >= Number(attemptsMax)
      ? `${attempts} of ${attemptsMax} attempts are spent, and a promised callback outranks that.`
      : `${attempts} of ${plural(Number(attemptsMax), 'attempt')} made.`,
  'campaign-not-active': () => 'The campaign is active.',
  'campaign-dates': ({ startsOn, endsOn }) => {
    if (startsOn === null && endsOn === null) return 'The campaign has no first or last day.';
    return `The campaign runs${startsOn === null ? '' : ` from ${startsOn}`}${endsOn === null ? '' : ` to ${endsOn}`}.`;
  },
  'daily-limit': ({ attempts, limit }) =>
    limit === null
      ? 'The campaign has no daily limit.'
      : `${attempts} of ${plural(Number(limit), 'attempt')} made today.`,
  'not-due': ({ promisedFor }) => (promisedFor === null ? 'They are due.' : 'Their callback is due.'),
  'campaign-hours': ({ zone }, _, now) =>
    `Within the campaign’s hours: it is ${timeIn(now, String(zone))} in ${city(String(zone))}.`,
  'legal-hours': (_, { number, law, call }, now) => {
    const { because } = openingUnder(law, number.places, now, call);
    const why = because[0] === undefined ? '' : ` ${because[0].sentence}`;
    return { sentence: `Within the hours the law allows there.${why}`, law: because };
  },
  frequency: ({ frequency }, { enrolment }) => {
    if (frequency === 'any') return 'The campaign has no limit of one call a day or a week.';
    if (enrolment?.promisedFor != null) return 'A promised callback outranks the campaign’s frequency.';
    return `They were not called ${frequency === 'daily' ? 'today' : 'this week'}.`;
  },
  'attempts-per-day': ({ attempts, max }) =>
    max === null ? 'The campaign has no limit per day.' : `${attempts} of ${max} made today.`,
  'number-caps': ({ perDay, perDayMax, perWeek, perWeekMax }) => {
    const daily = perDayMax === null ? [] : [`${perDay} of ${perDayMax} in 24 hours`];
    const weekly = perWeekMax === null ? [] : [`${perWeek} of ${perWeekMax} in 7 days`];
    const both = [...daily, ...weekly].join(', ');
    return both === '' ? 'The campaign has no limit of its own on calls to one number.' : `${both}.`;
  },
  'legal-caps': (_, { number, law, call }, now) => {
    const refs = capsFor(law, number.places, now, call).map((cap) => cap.rule);
    if (refs.length === 0) return 'No law there limits how often a number is called.';
    return {
      sentence: `Within what the law allows: ${refs.map((ref) => ref.sentence).join(' ')}`,
      law: refs,
    };
  },
  'cool-down': ({ coolDownMs }) =>
    Number(coolDownMs) === 0
      ? 'The campaign asks for no rest after a call.'
      : `No call within ${spanInWords(Number(coolDownMs))}.`,
  'number-in-use': () => 'No other call holds this number.',
  'caller-id': ({ callerId }) => `They are shown ${callerId}.`,
  carrier: () => 'The carrier takes calls.',
};

/** Why the law of some places allows no call now: the hour there, and the rule. */
export function closedInWords(
  law: LawBook,
  places: Places,
  call: Pick<Subject['call'], 'mode' | 'purpose'>,
  now: Instant,
): Words {
  const opening = openingUnder(law, places, now, call);
  const { because } = opening;
  const there = opening.open ? null : opening.there;
  const time = there === null ? '' : `: it is ${clock(there.minute)} in ${city(there.zone)}`;
  const why = because[0] === undefined ? '' : ` ${because[0].sentence}`;
  return { sentence: `Outside the hours the law allows there${time}.${why}`, law: because };
}

/** The last moments of the day: a call begun now would be answered after the hours. */
function endingInWords(closesAt: Instant, { places }: Subject['number'], law: LawBook, now: Instant): Words {
  const refs = answeredInside(law, places, now).map(({ id, citation }) => {
    return { id, citation, sentence: 'A call is answered inside the hours the law allows.' };
  });
  const zone = places.zones[0] ?? 'UTC';
  const sentence = `The hours the law allows there end at ${timeIn(closesAt, zone)} in ${city(zone)}, and a call begun now might be answered after that.`;
  return { sentence, law: refs };
}

function registerInWords({ list, comparedAt, daysMax, rule }: Values, subject: Subject, now: Instant): Words {
  const age =
    comparedAt === null
      ? `Nobody has said that this workspace was compared with ${list}.`
      : `This workspace was last compared with ${list} on ${dateIn(comparedAt as Instant, zoneOf(subject))}.`;
  const sentence = `${age} A copy may be ${plural(Number(daysMax), 'day')} old at most. A newer one is read in under Lists, Do not call.`;
  return { sentence, law: registerRefs(rule, subject, now, sentence) };
}

function registerRefs(
  rule: Values[string] | undefined,
  { law, number, call }: Subject,
  now: Instant,
  sentence: string,
): RuleRef[] {
  return registersFor(law, number.places, now, call)
    .filter(({ id }) => id === rule)
    .map(({ id, citation }) => ({ id, citation, sentence }));
}

function restInWords({ promisedFor, movedTo }: Values, subject: Subject): string {
  if (promisedFor === null) return 'Cooling off after the last attempt.';
  const zone = zoneOf(subject);
  const at = `${dateIn(promisedFor as Instant, zone)}, ${timeIn(promisedFor as Instant, zone)}`;
  if (movedTo === null) return `A callback is promised for ${at}, and no hour after it is allowed.`;
  if (movedTo === promisedFor) return `A callback is promised for ${at}.`;
  const moved = `${dateIn(movedTo as Instant, zone)}, ${timeIn(movedTo as Instant, zone)}`;
  return `A callback is promised for ${at}, when nobody may be rung there. It is moved to ${moved}.`;
}

function consentInWords(voice: Subject['call']['voice']): string {
  return voice === 'agent'
    ? 'They have agreed to be called.'
    : 'They have agreed to be called by an AI or recorded voice.';
}

/** The zone times are told in: theirs where there is one, the campaign’s where nobody knows. */
function zoneOf({ number, campaign }: Subject): string {
  if (isKnownPlace(number.places)) return number.places.zones[0]!;
  const zone = campaign?.rules.zone ?? 'UTC';
  return isZone(zone) ? zone : 'UTC';
}

/** “Los Angeles” for `America/Los_Angeles`. */
export function city(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function timeIn(at: Instant, zone: string): string {
  return clock(local(at, zone).minute);
}

function dateIn(at: Instant, zone: string): string {
  return local(at, zone).date;
}

function local(at: Instant, zone: string): LocalTime {
  return localTime(at, isZone(zone) ? zone : 'UTC');
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** “4 hours”, “3 days”, “90 minutes”. */
export function spanInWords(ms: number): string {
  if (ms % DAY_MS === 0 && ms > DAY_MS) return plural(ms / DAY_MS, 'day');
  if (ms % HOUR_MS === 0) return plural(ms / HOUR_MS, 'hour');
  return plural(Math.ceil(ms / MINUTE_MS), 'minute');
}

export function plural(n: number, word: string): string {
  return n === 1 ? `one ${word}` : `${n.toLocaleString('en-US')} ${word}s`;
}

function times(n: number): string {
  return n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`;
}

function upper(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function withoutDot(text: string): string {
  return text.trim().replace(/\.+$/, '');
}
