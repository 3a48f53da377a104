import { DAY_MS, type Instant, MINUTE_MS, after, later } from '../lib/instants.ts';
import {
  type LocalTime,
  addDays,
  firstInstant,
  isZone,
  localTime,
  weekdayOn,
  zonedInstant,
} from '../lib/zoned-time.ts';
import { openingIn } from './calling-window.ts';
import { type Cap, capLiftsAt } from './law/duties.ts';
import { isKnownPlace, lawThere } from './verdict-law.ts';
import { type Rule, type RuleId, RULE_IDS, never, noChange, wait } from './verdict-rule.ts';
import type { CampaignFacts, Subject } from './verdict.ts';

const badNumber: Rule = {
  id: 'bad-number',
  inTheWay({ number: { e164, isUsable, unringable } }) {
    if (e164 === null) return never('bad-number', { why: 'none' });
    if (unringable !== null) return never('bad-number', { why: unringable });
    return isUsable ? null : never('bad-number', { why: 'not-in-use' });
  },
  passes: () => noChange(),
};

const doNotCall: Rule = {
  id: 'do-not-call',
  inTheWay({ doNotCall: found }) {
    if (found === null) return null;
    const { kind, value, reason, since } = found;
    return never('do-not-call', { kind, value, reason, since });
  },
  passes: () => noChange(),
};

/** A machine’s voice always needs one (row B8); for the rest the law of the place says who needs which. */
const noConsent: Rule = {
  id: 'no-consent',
  inTheWay(subject, now) {
    const { call, consents, number, isBusiness } = subject;
    if (call.voice !== 'agent')
      return consents.aiVoice === null ? never('no-consent', { of: 'ai-voice', rule: null }) : null;
    if (!isKnownPlace(number.places)) return null;
    const wanted = lawThere(subject.law, number.places, now, call).consents.find(
      ({ values }) => values.of === 'everyone' || isConsumer(isBusiness, call.mode),
    );
    if (wanted === undefined || consents.call !== null) return null;
    return never('no-consent', { of: wanted.values.needs, rule: wanted.id });
  },
  passes: ({ call, consents }) =>
    noChange({ since: call.voice === 'agent' ? consents.call : consents.aiVoice }),
};

/** Whoever is not known to be a business is a consumer, but for a number that somebody dials with their own hand. */
function isConsumer(isBusiness: boolean | null, mode: Subject['call']['mode']): boolean {
  return isBusiness === null ? mode !== 'manual' : !isBusiness;
}

const placeUnknown: Rule = {
  id: 'place-unknown',
  inTheWay: ({ number: { e164, places } }) =>
    e164 === null || isKnownPlace(places) ? null : wait('place-unknown', null, placesIn(places)),
  passes: ({ number: { places } }) => noChange(placesIn(places)),
};

const finished: Rule = {
  id: 'finished',
  inTheWay: ({ enrolment }) =>
    enrolment === null || enrolment.state === 'open' || enrolment.state === 'in-hand'
      ? null
      : never('finished', { state: enrolment.state }),
  passes: ({ enrolment }) => (enrolment === null ? null : noChange({ state: enrolment.state })),
};

const attemptsSpent: Rule = {
  id: 'attempts-spent',
  inTheWay({ enrolment, campaign }) {
    if (enrolment === null || campaign === null || enrolment.promisedFor !== null) return null;
    const { attempts } = enrolment;
    const { attemptsMax } = campaign.rules;
    return attempts < attemptsMax ? null : never('attempts-spent', { attempts, attemptsMax });
  },
  passes: ({ enrolment, campaign }) =>
    enrolment === null || campaign === null
      ? null
      : noChange({ attempts: enrolment.attempts, attemptsMax: campaign.rules.attemptsMax }),
};

const campaignNotActive: Rule = {
  id: 'campaign-not-active',
  inTheWay: ({ campaign }) =>
    campaign === null || campaign.status === 'active'
      ? null
      : wait('campaign-not-active', null, { status: campaign.status }),
  passes: ({ campaign }) => (campaign === null ? null : noChange({ status: campaign.status })),
};

const campaignDates: Rule = {
  id: 'campaign-dates',
  inTheWay({ campaign }, now) {
    if (campaign === null) return null;
    const { startsOn, endsOn, zone } = campaign.rules;
    if (startsOn === null && endsOn === null) return null;
    const date = clockIn(zone, now)?.date;
    if (date === undefined) return null;
    if (startsOn !== null && date < startsOn)
      return wait('campaign-dates', startOf(startsOn, zone, now), { startsOn, endsOn, zone });
    return endsOn !== null && date > endsOn ? wait('campaign-dates', null, { startsOn, endsOn, zone }) : null;
  },
  passes({ campaign }) {
    if (campaign === null) return null;
    const { startsOn, endsOn, zone } = campaign.rules;
    const changesAt = endsOn === null || !isZone(zone) ? null : firstInstant(addDays(endsOn, 1), 0, zone);
    return { values: { startsOn, endsOn, zone }, changesAt };
  },
};

const dailyLimit: Rule = {
  id: 'daily-limit',
  inTheWay({ campaign }, now) {
    if (campaign === null || campaign.rules.dailyLimit === null) return null;
    const { dailyLimit: limit, zone } = campaign.rules;
    const attempts = attemptsToday(campaign, now);
    return attempts < limit ? null : wait('daily-limit', midnightAfter(now, zone), { attempts, limit, zone });
  },
  passes({ campaign }, now) {
    if (campaign === null) return null;
    const { dailyLimit: limit, zone } = campaign.rules;
    return noChange({ attempts: limit === null ? null : attemptsToday(campaign, now), limit, zone });
  },
};

/** The count is of the day on which it was read; what another day will have seen nobody knows yet. */
function attemptsToday({ today, rules: { zone } }: CampaignFacts, now: Instant): number {
  return clockIn(zone, now)?.date === today.date ? today.attempts : 0;
}

const notDue: Rule = {
  id: 'not-due',
  inTheWay(subject, now) {
    const { enrolment } = subject;
    if (enrolment === null) return null;
    const { promisedFor, restUntil } = enrolment;
    if (promisedFor === null)
      return now < restUntil ? wait('not-due', restUntil, { restUntil, promisedFor }) : null;
    const movedTo = promiseMovedTo(subject, promisedFor);
    if (movedTo === null) return wait('not-due', null, { restUntil, promisedFor, movedTo });
    const until = later(movedTo, restUntil);
    return now < until ? wait('not-due', until, { restUntil, promisedFor, movedTo }) : null;
  },
  passes: ({ enrolment }) =>
    enrolment === null
      ? null
      : noChange({ restUntil: enrolment.restUntil, promisedFor: enrolment.promisedFor }),
};

/** Hours of campaign and law in turn: no two of them miss each other for longer. */
const MOVES_MAX = 60;

/** A promise for an hour at which nobody may be rung is kept at the nearest one after it. Null: at none. */
function promiseMovedTo({ number, campaign, law, call }: Subject, promisedFor: Instant): Instant | null {
  if (!isKnownPlace(number.places)) return null;
  let at = promisedFor;
  for (let move = 0; move < MOVES_MAX; move++) {
    const before = at;
    if (campaign !== null && isZone(campaign.rules.zone)) {
      const own = openingIn(campaign.rules.windows, campaign.rules.zone, at);
      if (!own.open && own.opensAt === null) return null;
      if (!own.open) at = own.opensAt!;
    }
    const there = lawThere(law, number.places, at, call);
    if (!there.isOpen && there.changesAt === null) return null;
    if (!there.isOpen) at = there.changesAt!;
    if (at === before) return at;
  }
  return null;
}

const campaignHours: Rule = {
  id: 'campaign-hours',
  inTheWay({ campaign }, now) {
    if (campaign === null) return null;
    const { windows, zone } = campaign.rules;
    if (clockIn(zone, now) === null) return wait('campaign-hours', null, { zone, opensAt: null });
    const opening = openingIn(windows, zone, now);
    return opening.open ? null : wait('campaign-hours', opening.opensAt, { zone, opensAt: opening.opensAt });
  },
  passes({ campaign }, now) {
    if (campaign === null) return null;
    const { windows, zone } = campaign.rules;
    const opening = openingIn(windows, zone, now);
    const closesAt = opening.open ? opening.closesAt : null;
    return { values: { zone, closesAt }, changesAt: closesAt };
  },
};

const legalHours: Rule = {
  id: 'legal-hours',
  inTheWay({ number: { places }, law, call }, now) {
    if (!isKnownPlace(places)) return null;
    const there = lawThere(law, places, now, call);
    return there.isOpen
      ? null
      : wait('legal-hours', there.changesAt, { ...placesIn(places), opensAt: there.changesAt });
  },
  passes({ number: { places }, law, call }, now) {
    if (!isKnownPlace(places)) return null;
    const { changesAt } = lawThere(law, places, now, call);
    return { values: { ...placesIn(places), closesAt: changesAt }, changesAt };
  },
};

function placesIn({ zones, countries, states }: Subject['number']['places']) {
  return { zones: zones.join(', '), countries: countries.join(', '), states: states.join(', ') };
}

const frequency: Rule = {
  id: 'frequency',
  inTheWay({ enrolment, campaign }, now) {
    if (enrolment === null || campaign === null || enrolment.promisedFor !== null) return null;
    const { frequency: often, zone } = campaign.rules;
    const today = often === 'any' ? null : clockIn(zone, now);
    if (today === null) return null;
    const from = often === 'daily' ? today.date : addDays(today.date, 1 - today.weekday);
    const [last] = datesFrom(from, enrolment.attemptsAt, zone);
    if (last === undefined) return null;
    const until = addDays(last, often === 'daily' ? 1 : 8 - weekdayOn(last));
    return wait('frequency', startOf(until, zone, now), { frequency: often, lastOn: last, zone });
  },
  passes: ({ enrolment, campaign }) =>
    enrolment === null || campaign === null
      ? null
      : noChange({ frequency: campaign.rules.frequency, zone: campaign.rules.zone }),
};

const attemptsPerDay: Rule = {
  id: 'attempts-per-day',
  inTheWay({ enrolment, campaign }, now) {
    if (enrolment === null || campaign === null || enrolment.promisedFor !== null) return null;
    const { attemptsPerDayMax: max, zone } = campaign.rules;
    const today = max === null ? null : clockIn(zone, now);
    if (max === null || today === null) return null;
    const dates = datesFrom(today.date, enrolment.attemptsAt, zone);
    if (dates.length < max) return null;
    const until = startOf(addDays(dates[max - 1]!, 1), zone, now);
    return wait('attempts-per-day', until, { attempts: dates.length, max, zone });
  },
  passes({ enrolment, campaign }, now) {
    if (enrolment === null || campaign === null) return null;
    const { attemptsPerDayMax: max, zone } = campaign.rules;
    const isCounted = max !== null && isZone(zone);
    const attempts = isCounted
      ? datesFrom(localTime(now, zone).date, enrolment.attemptsAt, zone).length
      : null;
    return noChange({ attempts, max, zone });
  },
};

/**
 * The dates of attempts on a date or after it, the latest first. An attempt that lies in the future was made
 * before the clock was set back: it counts until its own day is over.
 */
function datesFrom(date: string, attemptsAt: readonly Instant[], zone: string): string[] {
  const dates = attemptsAt.map((at) => localTime(at, zone).date).filter((each) => each >= date);
  return dates.sort((a, b) => (a < b ? 1 : -1));
}

const numberCaps: Rule = {
  id: 'number-caps',
  inTheWay({ number: { attemptsAt }, campaign }, now) {
    if (campaign === null) return null;
    const { numberPerDayMax, numberPerWeekMax } = campaign.rules;
    const daily = overCap(numberPerDayMax, DAY_MS, attemptsAt, now);
    const weekly = overCap(numberPerWeekMax, 7 * DAY_MS, attemptsAt, now);
    if (daily === null && weekly === null) return null;
    const isWeekly = weekly !== null && (daily === null || weekly > daily);
    const [max, hours, until] = isWeekly ? [numberPerWeekMax, 168, weekly] : [numberPerDayMax, 24, daily];
    return wait('number-caps', until, { max, hours, attempts: within(attemptsAt, hours, now) });
  },
  passes({ number: { attemptsAt }, campaign }, now) {
    if (campaign === null) return null;
    const { numberPerDayMax: perDayMax, numberPerWeekMax: perWeekMax } = campaign.rules;
    const perDay = perDayMax === null ? null : within(attemptsAt, 24, now);
    return noChange({
      perDay,
      perDayMax,
      perWeek: perWeekMax === null ? null : within(attemptsAt, 168, now),
      perWeekMax,
    });
  },
};

function overCap(max: number | null, windowMs: number, attemptsAt: readonly Instant[], now: Instant) {
  return max === null || attemptsAt.length < max
    ? null
    : capLiftsAt({ max, windowMs, after: null }, attemptsAt, now);
}

function within(attemptsAt: readonly Instant[], hours: number, now: Instant): number {
  return attemptsAt.filter((at) => at + hours * 3_600_000 > now).length;
}

const legalCaps: Rule = {
  id: 'legal-caps',
  inTheWay(subject, now) {
    const { number, law, call } = subject;
    if (!isKnownPlace(number.places)) return null;
    const { caps } = lawThere(law, number.places, now, call);
    let longest: { cap: Cap; until: Instant } | null = null;
    for (const cap of caps) {
      if (isLifted(cap, subject)) continue;
      const until = capLiftsAt(cap, number.attemptsAt, now, eventOf(cap, number));
      if (until !== null && (longest === null || until > longest.until)) longest = { cap, until };
    }
    if (longest === null) return null;
    const { cap, until } = longest;
    const hours = cap.windowMs / 3_600_000;
    const attempts = within(number.attemptsAt, hours, now);
    return wait('legal-caps', until, { rule: cap.rule.id, max: cap.max, hours, attempts });
  },
  passes(subject, now) {
    const { number, law, call } = subject;
    if (!isKnownPlace(number.places)) return null;
    const { caps } = lawThere(law, number.places, now, call);
    const counted = caps
      .filter((cap) => !isLifted(cap, subject))
      .map(
        ({ rule, max, windowMs }) =>
          `${rule.id} ${within(number.attemptsAt, windowMs / 3_600_000, now)}/${max}`,
      );
    return noChange({ caps: counted.join(', ') });
  },
};

/** Some caps are only there for those who never agreed to such calls. */
function isLifted({ isLiftedByConsent }: Cap, { call, consents }: Subject): boolean {
  return isLiftedByConsent && (call.voice === 'agent' ? consents.call : consents.aiVoice) !== null;
}

function eventOf({ after: event }: Cap, number: Subject['number']): Instant | null {
  if (event === 'conversation') return number.conversationAt;
  if (event === 'refusal') return number.refusalAt;
  return event === 'abandoned' ? number.abandonedAt : null;
}

const coolDown: Rule = {
  id: 'cool-down',
  inTheWay({ enrolment, campaign }, now) {
    if (enrolment === null || campaign === null || enrolment.promisedFor !== null) return null;
    const { coolDownMs } = campaign.rules;
    const { lastAttemptAt } = enrolment;
    if (coolDownMs === 0 || lastAttemptAt === null) return null;
    const until = after(lastAttemptAt, coolDownMs);
    return now < until ? wait('cool-down', until, { lastAttemptAt, coolDownMs }) : null;
  },
  passes: ({ enrolment, campaign }) =>
    enrolment === null || campaign === null
      ? null
      : noChange({ lastAttemptAt: enrolment.lastAttemptAt, coolDownMs: campaign.rules.coolDownMs }),
};

const numberInUse: Rule = {
  id: 'number-in-use',
  inTheWay: ({ heldSince }) =>
    heldSince === null ? null : wait('number-in-use', null, { since: heldSince }),
  passes: () => noChange(),
};

const carrierReady: Rule = {
  id: 'carrier',
  inTheWay({ carrier }, now) {
    if (carrier === null || (carrier.until !== null && carrier.until <= now)) return null;
    return wait('carrier', carrier.until, { sentence: carrier.sentence });
  },
  passes: () => noChange(),
};

/**
 * What a campaign’s clock shows, to the minute; null where its zone is none. Five rules ask it of one contact,
 * and of the next contact again.
 */
function clockIn(zone: string, now: Instant): LocalTime | null {
  const minute = Math.floor(now / MINUTE_MS);
  if (zone === shown.zone && minute === shown.minute) return shown.local;
  shown = { zone, minute, local: isZone(zone) ? localTime(now, zone) : null };
  return shown.local;
}

let shown: { readonly zone: string; readonly minute: number; readonly local: LocalTime | null } = {
  zone: '',
  minute: 0,
  local: null,
};

/** Null where the zone is none. */
function midnightAfter(now: Instant, zone: string): Instant | null {
  const local = clockIn(zone, now);
  return local === null ? null : startOf(addDays(local.date, 1), zone, now);
}

/** When a date begins there, after `now`: clocks set back over midnight begin a date twice. */
function startOf(date: string, zone: string, now: Instant): Instant {
  const found = zonedInstant(date, 0, zone);
  if (found.kind === 'one') return found.at;
  if (found.kind === 'gap') return found.next;
  return found.first > now ? found.first : found.second;
}

const all: Readonly<Record<RuleId, Rule>> = {
  'bad-number': badNumber,
  'do-not-call': doNotCall,
  'no-consent': noConsent,
  'place-unknown': placeUnknown,
  finished,
  'attempts-spent': attemptsSpent,
  'campaign-not-active': campaignNotActive,
  'campaign-dates': campaignDates,
  'daily-limit': dailyLimit,
  'not-due': notDue,
  'campaign-hours': campaignHours,
  'legal-hours': legalHours,
  frequency,
  'attempts-per-day': attemptsPerDay,
  'number-caps': numberCaps,
  'legal-caps': legalCaps,
  'cool-down': coolDown,
  'number-in-use': numberInUse,
  carrier: carrierReady,
};

export const RULES: readonly Rule[] = RULE_IDS.map((id) => all[id]);
