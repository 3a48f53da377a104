import type { Enrolment } from '../../shared/domain/contact.ts';
import { type Places, placesFrom } from '../../shared/domain/places/places.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { bandsOf } from './list-order.ts';
import { type ReadDb, reading } from './open.ts';

/** Says whether any number at these places may be rung now. Asked once per set of places, not per contact. */
export type AreOpen = (places: Places) => boolean;

/**
 * Who is due in a campaign, in the order it wishes, promised callbacks first. The index holds the ready ones by
 * places and rank, so this asks who is first at each set of places and reads on only where that may matter: a
 * million contacts who are not due, or asleep, cost nothing. Whoever fell due since the last `makeReady` comes behind the others.
 */
export function dueEnrolments(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  limit: number,
  areOpen: AreOpen = () => true,
): Enrolment[] {
  const bands = bandsOf(db, campaignId, now);
  const groups = headsIn(db, { campaignId, now, bands }, areOpen)
    .sort(inOrder)
    // Whoever is further back than so many others is not among the first of them.
    .slice(0, limit);
  let due: Place[] = [];
  for (const group of groups) {
    if (due.length === limit && inOrder(due.at(-1)!, group) < 0) break;
    due = withThoseAt(db, { campaignId, now, bands }, group.places, due, limit);
  }
  return inThatOrder(db).all(JSON.stringify(due.map(({ id }) => id)));
}

interface Place {
  readonly band: number;
  readonly rank: number;
  readonly id: number;
}

interface Head extends Place {
  readonly places: string;
}

function inOrder(a: Place, b: Place): number {
  return a.band - b.band || a.rank - b.rank || a.id - b.id;
}

interface Question {
  readonly campaignId: number;
  readonly now: Instant;
  readonly bands: ReturnType<typeof bandsOf>;
}

/** The first who is due at each of the open places: a light question for each, answered by the index alone. */
function headsIn(db: ReadDb, { campaignId, now, bands }: Question, areOpen: AreOpen): Head[] {
  const heads = new Map<string, Head>();
  for (const { places, id, rank } of hops(readyAfter(db), campaignId)) {
    if (!areOpen(placesFrom(places))) continue;
    const head = bands.length === 1 ? { id, rank, band: 0 } : firstInBands(db, campaignId, places, bands);
    if (head !== null) heads.set(places, { ...head, places });
  }
  for (const { places, id, rank } of hops(waitingAfter(db), campaignId)) {
    if (heads.has(places) || rank > now || !areOpen(placesFrom(places))) continue;
    heads.set(places, { id, rank, band: bands.length, places });
  }
  return [...heads.values()];
}

function firstInBands(
  db: ReadDb,
  campaignId: number,
  places: string,
  bands: Question['bands'],
): Place | null {
  for (const [band, { from, to }] of bands.entries()) {
    const [first] = readyAt(db).all(campaignId, places, from, to, 1);
    if (first !== undefined) return { ...first, band };
  }
  return null;
}

/** Few of any places are among the first, as a rule. */
const AT_ONCE = 4;

/** Puts those who are due at some places among the others, and reads on there only while they are among the first. */
function withThoseAt(db: ReadDb, question: Question, places: string, due: readonly Place[], limit: number) {
  for (let count = Math.min(AT_ONCE, limit); ; count = Math.min(count * 4, limit)) {
    const there = thoseAt(db, question, places, count);
    const all = [...due, ...there].sort(inOrder).slice(0, limit);
    const isEnough = there.length < count || count === limit || inOrder(all.at(-1)!, there.at(-1)!) < 0;
    if (isEnough) return all;
  }
}

/** The first few who are due at some places. */
function thoseAt(db: ReadDb, { campaignId, now, bands }: Question, places: string, limit: number): Place[] {
  const due: Place[] = [];
  for (const [band, { from, to }] of bands.entries()) {
    if (due.length >= limit) return due;
    const rows = readyAt(db).all(campaignId, places, from, to, limit - due.length);
    due.push(...rows.map((row) => ({ ...row, band })));
  }
  if (due.length >= limit) return due;
  const late = waitingAt(db).all(campaignId, places, now, limit - due.length);
  return [...due, ...late.map((row) => ({ ...row, band: bands.length }))];
}

const readyAt = reading<{ id: number; rank: number }>(`
  SELECT id, rank FROM enrolments
  WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 1 AND rank >= +? AND rank < +?
  ORDER BY rank LIMIT ?`);

const waitingAt = reading<{ id: number; rank: number }>(`
  SELECT id, due_at AS rank FROM enrolments
  WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 0 AND due_at <= +?
  ORDER BY due_at LIMIT ?`);

const inThatOrder = reading<Enrolment>(`
  SELECT e.id, e.campaign_id AS campaignId, e.contact_id AS contactId, e.state, e.priority, e.attempts,
    e.due_at AS dueAt, e.rest_until AS restUntil, e.rest_from AS restFrom,
    e.last_attempt_at AS lastAttemptAt, e.last_outcome AS lastOutcome
  FROM json_each(?) AS j CROSS JOIN enrolments e ON e.id = j.value ORDER BY j.key`);

/** When somebody is due next, and how soon. Null when nobody is open. */
export function nextDueAt(db: ReadDb, campaignId: number, areOpen: AreOpen = () => true): Instant | null {
  let soonest: Instant | null = null;
  for (const places of placesIn(db, campaignId)) {
    if (!areOpen(placesFrom(places))) continue;
    for (const first of [firstReady, firstWaiting]) {
      const dueAt = first(db).get(campaignId, places)?.dueAt;
      if (dueAt !== undefined && (soonest === null || dueAt < soonest)) soonest = dueAt;
    }
  }
  return soonest;
}

const firstReady = reading<{ dueAt: Instant }>(`
  SELECT due_at AS dueAt FROM enrolments
  WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 1 ORDER BY rank LIMIT 1`);

const firstWaiting = reading<{ dueAt: Instant }>(`
  SELECT due_at AS dueAt FROM enrolments
  WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 0 ORDER BY due_at LIMIT 1`);

/** The sets of places open enrolments of a campaign lie in, found by hopping from each to the next. */
export function placesIn(db: ReadDb, campaignId: number): string[] {
  const found = new Set<string>();
  for (const after of [readyAfter(db), waitingAfter(db)])
    for (const { places } of hops(after, campaignId)) found.add(places);
  return [...found].sort();
}

interface Hop {
  readonly places: string;
  readonly id: number;
  readonly rank: number;
}

function* hops(after: { get(campaignId: number, places: string): Hop | undefined }, campaignId: number) {
  for (let next = after.get(campaignId, ''); next; next = after.get(campaignId, next.places)) yield next;
}

const readyAfter = reading<Hop>(`
  SELECT places, id, rank FROM enrolments
  WHERE campaign_id = +? AND places > +? AND state = 'open' AND is_ready = 1 ORDER BY places, rank LIMIT 1`);

const waitingAfter = reading<Hop>(`
  SELECT places, id, due_at AS rank FROM enrolments
  WHERE campaign_id = +? AND places > +? AND state = 'open' AND is_ready = 0 ORDER BY places, due_at LIMIT 1`);
