import { type Instant, after, later } from '../lib/instants.ts';
import { isZone } from '../lib/zoned-time.ts';
import { openingIn } from './calling-window.ts';
import { clockIn } from './verdict-clock.ts';
import { type LawThere, isKnownPlace, lawThere } from './verdict-law.ts';
import { type Rule, noChange, wait } from './verdict-rule.ts';
import { placesIn } from './verdict-rules-number.ts';
import type { Subject } from './verdict.ts';

/* At which hours a call may be made: by promise, by the campaign, and by the law of every place it may reach. */

export const notDue: Rule = {
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
export function promiseMovedTo(
  { number, campaign, law, call }: Subject,
  promisedFor: Instant,
): Instant | null {
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

export const campaignHours: Rule = {
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

export const legalHours: Rule = {
  id: 'legal-hours',
  inTheWay(subject, now) {
    const { places } = subject.number;
    if (!isKnownPlace(places)) return null;
    const there = lawThere(subject.law, places, now, subject.call);
    if (!there.isOpen)
      return wait('legal-hours', there.changesAt, { ...placesIn(places), opensAt: there.changesAt });
    const lastAt = lastStart(subject, there);
    if (lastAt === null || now < lastAt) return null;
    // Asked at the closing time itself, the law says when it opens again; that it does not close is an answer as well.
    const closed = lawThere(subject.law, places, there.changesAt!, subject.call);
    if (closed.isOpen) return null;
    const opensAt = closed.changesAt;
    return wait('legal-hours', opensAt, { ...placesIn(places), opensAt, closesAt: there.changesAt });
  },
  passes(subject, now) {
    const { places } = subject.number;
    if (!isKnownPlace(places)) return null;
    const there = lawThere(subject.law, places, now, subject.call);
    const values = { ...placesIn(places), closesAt: there.changesAt };
    return { values, changesAt: lastStart(subject, there) ?? there.changesAt };
  },
};

/** A call that is answered inside the hours has to begin this long before they end; null where any may begin. */
function lastStart({ campaign }: Subject, { isAnsweredInside, changesAt }: LawThere): Instant | null {
  if (!isAnsweredInside || changesAt === null) return null;
  return after(changesAt, -(campaign?.rules.ringMs ?? RING_MS));
}

/** As long as a call rings that belongs to no campaign, or longer. */
const RING_MS = 30_000;
