import { type Instant, after } from '../lib/instants.ts';
import { addDays, firstInstant, isZone, localTime, weekdayOn } from '../lib/zoned-time.ts';
import { clockIn, midnightAfter, startOf } from './verdict-clock.ts';
import { type Rule, never, noChange, wait } from './verdict-rule.ts';
import type { CampaignFacts } from './verdict.ts';

/* What a campaign asks for: whether it runs, how much it may do, and how often it calls one contact. */

export const finished: Rule = {
  id: 'finished',
  inTheWay: ({ enrolment }) =>
    enrolment === null || enrolment.state === 'open' || enrolment.state === 'in-hand'
      ? null
      : never('finished', { state: enrolment.state }),
  passes: ({ enrolment }) => (enrolment === null ? null : noChange({ state: enrolment.state })),
};

export const attemptsSpent: Rule = {
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

export const campaignNotActive: Rule = {
  id: 'campaign-not-active',
  inTheWay: ({ campaign }) =>
    campaign === null || campaign.status === 'active'
      ? null
      : wait('campaign-not-active', null, { status: campaign.status }),
  passes: ({ campaign }) => (campaign === null ? null : noChange({ status: campaign.status })),
};

export const campaignDates: Rule = {
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

export const dailyLimit: Rule = {
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

export const frequency: Rule = {
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

export const attemptsPerDay: Rule = {
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

export const coolDown: Rule = {
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

/** Whoever is rung is shown a number that reaches us. Without one no call is made (gate 8). */
export const callerId: Rule = {
  id: 'caller-id',
  inTheWay: ({ campaign }) =>
    campaign === null || campaign.callerId.trim() !== '' ? null : wait('caller-id', null, {}),
  passes: ({ campaign }) => (campaign === null ? null : noChange({ callerId: campaign.callerId })),
};
