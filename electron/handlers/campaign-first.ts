import { dayPart } from '../../shared/domain/day-part.ts';
import { plural } from '../../shared/domain/verdict-words.ts';
import { ringsAt } from '../../shared/domain/verdict-explain.ts';
import { decide } from '../../shared/domain/verdict.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { type Weighed, weigher } from '../dialer/weigh.ts';
import type { Kernel } from '../kernel.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { namedContacts } from '../store/contacts-named.ts';
import { dueEnrolments } from '../store/due.ts';
import { type Who, inWords, whyAndWhen } from './campaign-effect.ts';

/** Whoever may be rung later than this is not among the first. */
const SIGHT_MS = 14 * DAY_MS;

interface First {
  readonly weighed: Weighed;
  /** Null is now. */
  readonly at: Instant | null;
}

/**
 * The first who would be rung in this order, as if the campaign were running, and why they stand there. Where too
 * few may be rung now, those who come next follow, each with the first instant at which nothing is in the way.
 */
export function firstOf(kernel: Kernel, campaign: KeptCampaign, count: number): Who[] {
  const now = kernel.clock.now();
  const found = firstFew(kernel, campaign, now, count);
  const ids = found.map(({ weighed }) => weighed.contactId);
  const named = new Map(namedContacts(kernel.db, ids).map((contact) => [contact.id, contact]));
  return found.flatMap(({ weighed, at }) => {
    const contact = named.get(weighed.contactId);
    const why = at === null ? placeOf(weighed, campaign, now) : whyAndWhen(weighed, now).why;
    return contact === undefined ? [] : [inWords(contact, { why, at })];
  });
}

function firstFew(kernel: Kernel, { id }: KeptCampaign, now: Instant, count: number): First[] {
  const { db, law } = kernel;
  const weigh = weigher(db, id, now, { law, carrier: null, asIfActive: true });
  if (weigh === null) return [];
  // Some of those who are due may not be rung: looked at are a few times as many as are wanted.
  const looks = count * 5 + 50;
  const ready: First[] = [];
  const waiting = new Map<number, Weighed>();
  for (const enrolment of dueEnrolments(db, id, now, looks)) {
    const weighed = weigh(enrolment);
    if (decide(weighed.subject, now).kind === 'ring') ready.push({ weighed, at: null });
    else waiting.set(weighed.contactId, weighed);
    if (ready.length === count) return ready;
  }
  for (const enrolment of dueEnrolments(db, id, after(now, SIGHT_MS), looks)) {
    const isSeen = waiting.has(enrolment.contactId);
    if (!isSeen && !ready.some(({ weighed }) => weighed.contactId === enrolment.contactId))
      waiting.set(enrolment.contactId, weigh(enrolment));
  }
  const next = [...waiting.values()].flatMap((weighed): { weighed: Weighed; at: Instant }[] => {
    const at = ringsAt(weighed.subject, decide(weighed.subject, now), now);
    return at === null || at <= now || at > now + SIGHT_MS ? [] : [{ weighed, at }];
  });
  // Those who are free at the same instant stay in the order in which they are due.
  return [...ready, ...next.sort((a, b) => a.at - b.at)].slice(0, count);
}

const PARTS = { 1: 'morning', 2: 'afternoon', 4: 'evening' } as const;

/** Why a contact comes when it does. */
function placeOf({ enrolment, subject }: Weighed, { rules }: KeptCampaign, now: Instant): string {
  if (subject.enrolment?.promisedFor != null) return 'A callback was promised.';
  const { attempts, priority, lastAttemptAt } = enrolment;
  const tried = attempts === 0 ? 'Never tried' : `Tried ${plural(attempts, 'time')}`;
  const last = lastAttemptAt === null ? '' : `, last ${agoInWords(now - lastAttemptAt)} ago`;
  switch (rules.order) {
    case 'priority': {
      const due = dueInWords(now - enrolment.dueAt);
      return priority === 0 ? `${tried}, ${due}.` : `Priority ${priority} of 100, ${due}.`;
    }
    case 'fresh':
      return attempts === 0 ? 'Never tried: comes first.' : `${tried}: comes after the new ones.`;
    case 'oldest':
      return attempts === 0 ? 'Never tried: comes first.' : `${tried}${last}.`;
    case 'random':
      return 'By chance, the same way each time.';
    case 'day-part': {
      const there = isZone(rules.zone) ? ` in the ${PARTS[dayPart(now, rules.zone)]}` : '';
      return attempts === 0 ? 'Never tried.' : `${tried}; those not tried yet${there} come first.`;
    }
  }
}

function dueInWords(ms: number): string {
  return ms < 5 * MINUTE_MS ? 'due now' : `due for ${agoInWords(ms)}`;
}

function agoInWords(ms: number): string {
  if (ms < HOUR_MS) return plural(Math.max(1, Math.round(ms / MINUTE_MS)), 'minute');
  if (ms < 48 * HOUR_MS) return plural(Math.round(ms / HOUR_MS), 'hour');
  return plural(Math.round(ms / (24 * HOUR_MS)), 'day');
}
