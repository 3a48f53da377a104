import { DAY_MS, type Instant } from '../lib/instants.ts';
import { type Cap, capLiftsAt } from './law/duties.ts';
import { isKnownPlace, lawThere } from './verdict-law.ts';
import { type Rule, never, noChange, wait } from './verdict-rule.ts';
import type { Subject } from './verdict.ts';

/* What speaks for and against a number itself: whose it is, where it is, and how often it was rung. */

export const badNumber: Rule = {
  id: 'bad-number',
  inTheWay({ number: { e164, isUsable, unringable } }) {
    if (e164 === null) return never('bad-number', { why: 'none' });
    if (unringable !== null) return never('bad-number', { why: unringable });
    return isUsable ? null : never('bad-number', { why: 'not-in-use' });
  },
  passes: () => noChange(),
};

export const doNotCall: Rule = {
  id: 'do-not-call',
  inTheWay({ doNotCall: found }) {
    if (found === null) return null;
    const { kind, value, reason, since } = found;
    return never('do-not-call', { kind, value, reason, since });
  },
  passes: () => noChange(),
};

/** A machine’s voice always needs one (row B8); for the rest the law of the place says who needs which. */
export const noConsent: Rule = {
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
export function isConsumer(isBusiness: boolean | null, mode: Subject['call']['mode']): boolean {
  return isBusiness === null ? mode !== 'manual' : !isBusiness;
}

export const placeUnknown: Rule = {
  id: 'place-unknown',
  inTheWay: ({ number: { e164, places } }) =>
    e164 === null || isKnownPlace(places) ? null : wait('place-unknown', null, placesIn(places)),
  passes: ({ number: { places } }) => noChange(placesIn(places)),
};

export const numberCaps: Rule = {
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

export const legalCaps: Rule = {
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

export const numberInUse: Rule = {
  id: 'number-in-use',
  inTheWay: ({ heldSince }) =>
    heldSince === null ? null : wait('number-in-use', null, { since: heldSince }),
  passes: () => noChange(),
};

export const carrierReady: Rule = {
  id: 'carrier',
  inTheWay({ carrier }, now) {
    if (carrier === null || (carrier.until !== null && carrier.until <= now)) return null;
    return wait('carrier', carrier.until, { sentence: carrier.sentence });
  },
  passes: () => noChange(),
};

export function placesIn({ zones, countries, states }: Subject['number']['places']) {
  return { zones: zones.join(', '), countries: countries.join(', '), states: states.join(', ') };
}
