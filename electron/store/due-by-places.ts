import type { Enrolment } from '../../shared/domain/contact.ts';
import { type Places, placesFrom } from '../../shared/domain/places/places.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { enrolmentById } from './enrolments.ts';
import { type Band, isAnyDue } from './list-order.ts';
import { type ReadDb, reading } from './open.ts';

/** Says whether any number at these places may be rung now. Asked once per set of places, not per contact. */
export type AreOpen = (places: Places) => boolean;

export interface Question {
  readonly campaignId: number;
  readonly now: Instant;
  /** Which ranks come first. */
  readonly bands: readonly Band[];
  readonly areOpen: AreOpen;
}

/**
 * Who is due, wherever they are: asks who is first at each set of places, and goes on with the next one there. A
 * million contacts who are asleep cost one question for each of their places.
 */
export function* dueByPlaces(db: ReadDb, question: Question): Generator<Enrolment> {
  const heads = headsIn(db, question);
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (inOrder(b, a) < 0 ? b : a));
    const enrolment = enrolmentById(db, first.id);
    if (enrolment !== null) yield enrolment;
    const next = nextAt(db, question, first);
    if (next === null) heads.splice(heads.indexOf(first), 1);
    else heads[heads.indexOf(first)] = next;
  }
}

/** Somebody who is the first of those left at their places. */
interface Head {
  readonly places: string;
  /** Those who have no rank yet are in the band behind all others. */
  readonly band: number;
  readonly rank: number;
  readonly id: number;
}

function inOrder(a: Head, b: Head): number {
  return a.band - b.band || a.rank - b.rank || a.id - b.id;
}

/** The first who is due at each of the open places: a light question for each, answered by the index alone. */
function headsIn(db: ReadDb, question: Question): Head[] {
  const { campaignId, now, bands, areOpen } = question;
  const heads = new Map<string, Head>();
  for (const { places, id, rank } of hops(readyAfter(db), campaignId)) {
    if (!areOpen(placesFrom(places))) continue;
    const head =
      bands.length === 1 ? { places, band: 0, rank, id } : nextAt(db, question, { ...FRONT, places });
    if (head !== null) heads.set(places, head);
  }
  if (!isAnyDue(db, campaignId, now)) return [...heads.values()];
  for (const { places, id, rank } of hops(waitingAfter(db), campaignId)) {
    if (heads.has(places) || rank > now || !areOpen(placesFrom(places))) continue;
    heads.set(places, { places, band: bands.length, rank, id });
  }
  return [...heads.values()];
}

const EVER = Number.MIN_SAFE_INTEGER;
const FRONT = { band: 0, rank: EVER, id: 0 };

/** Who comes behind somebody at the same places. */
function nextAt(db: ReadDb, { campaignId, now, bands }: Question, { places, ...last }: Head): Head | null {
  let { rank, id } = last;
  for (let band = last.band; band < bands.length; band++) {
    const { from, to } = bands[band]!;
    const next = readyAt(db).get(campaignId, places, Math.max(rank, from), rank < from ? 0 : id, to);
    if (next !== undefined) return { places, band, ...next };
    [rank, id] = [EVER, 0];
  }
  const late = waitingAt(db).get(campaignId, places, rank, id, now);
  return late === undefined ? null : { places, band: bands.length, ...late };
}

const readyAt = reading<{ id: number; rank: number }>(`
  SELECT id, rank FROM enrolments WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 1
    AND (rank, id) > (+?, +?) AND rank < +? ORDER BY rank, id LIMIT 1`);

const waitingAt = reading<{ id: number; rank: number }>(`
  SELECT id, due_at AS rank FROM enrolments WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 0
    AND (due_at, id) > (+?, +?) AND due_at <= +? ORDER BY due_at, id LIMIT 1`);

/** When somebody is due next, and how soon. Null when nobody is open. */
export function nextDueAt(db: ReadDb, campaignId: number, areOpen: AreOpen = () => true): Instant | null {
  let soonest: Instant | null = null;
  const isSooner = (dueAt: Instant) => soonest === null || dueAt < soonest;
  for (const { places } of hops(readyAfter(db), campaignId)) {
    if (!areOpen(placesFrom(places))) continue;
    const { dueAt } = firstReady(db).get(campaignId, places)!;
    if (isSooner(dueAt)) soonest = dueAt;
  }
  for (const { places, rank } of hops(waitingAfter(db), campaignId))
    if (areOpen(placesFrom(places)) && isSooner(rank as Instant)) soonest = rank as Instant;
  return soonest;
}

const firstReady = reading<{ dueAt: Instant }>(`
  SELECT due_at AS dueAt FROM enrolments
  WHERE campaign_id = +? AND places = +? AND state = 'open' AND is_ready = 1 ORDER BY rank LIMIT 1`);

/** The first of those at some places; where they have no rank, their due time is in its place. */
interface Hop {
  readonly places: string;
  readonly id: number;
  readonly rank: number;
}

/** The sets of places that enrolments of a campaign lie in, each found by hopping from the one before. */
function* hops(after: { get(campaignId: number, places: string): Hop | undefined }, campaignId: number) {
  for (let next = after.get(campaignId, ''); next; next = after.get(campaignId, next.places)) yield next;
}

const readyAfter = reading<Hop>(`
  SELECT places, id, rank FROM enrolments
  WHERE campaign_id = +? AND places > +? AND state = 'open' AND is_ready = 1 ORDER BY places, rank LIMIT 1`);

const waitingAfter = reading<Hop>(`
  SELECT places, id, due_at AS rank FROM enrolments
  WHERE campaign_id = +? AND places > +? AND state = 'open' AND is_ready = 0 ORDER BY places, due_at LIMIT 1`);
