import type { Enrolment } from '../../shared/domain/contact.ts';
import { placesFrom } from '../../shared/domain/places/places.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type AreOpen, type Question, dueByPlaces } from './due-by-places.ts';
import { ENROLMENT_COLUMNS } from './enrolments.ts';
import type { Front } from './line-front.ts';
import { type Band, bandsOf } from './list-order.ts';
import { type ReadDb, reading } from './open.ts';

/** The first few of those who are due. */
export function dueEnrolments(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  limit: number,
  areOpen: AreOpen = () => true,
): Enrolment[] {
  const due: Enrolment[] = [];
  for (const each of dueInOrder(db, campaignId, now, areOpen)) if (due.push(each) === limit) break;
  return due;
}

/**
 * Who is due in a campaign, in the order it wishes, promised callbacks first; read as they are asked for. Whoever
 * fell due since the last `makeReady` comes behind the others. Contacts who are not due cost nothing, and those who
 * are asleep next to nothing: where they stand in front, the places are asked one by one. `front` is where the line
 * is known to begin, and is moved on over those who sleep there.
 */
export function* dueInOrder(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  areOpen: AreOpen,
  front: Front | null = null,
): Generator<Enrolment> {
  const question = { campaignId, now, bands: bandsOf(db, campaignId, now), areOpen };
  const told = new Set<number>();
  // Bands come in another order at another time of day: only a line in one piece has a front.
  let known = question.bands.length === 1 ? front : null;
  for (const line of linesOf(db, question)) {
    let last: Place | undefined = known ?? undefined;
    let count = 1;
    do {
      const rows = line(last, count);
      const awake = rows.filter(({ places }) => areOpen(placesFrom(places)));
      if (known !== null) moveOn(known, rows, awake[0]);
      if (awake.length > 0) known = null;
      for (const { places: _, rank: __, ...enrolment } of awake) {
        told.add(enrolment.id);
        yield enrolment;
      }
      last = rows.length < count ? undefined : rows.at(-1);
      count = FEW;
      // Nobody knows how many more of them are asleep.
      if (last !== undefined && rows.length > 1 && awake.length === 0) {
        for (const each of dueByPlaces(db, question)) if (!told.has(each.id)) yield each;
        return;
      }
    } while (last !== undefined);
    known = null;
  }
}

/** The front goes past those who sleep, and no further than the first who is awake: they may come back to it. */
function moveOn(front: Front, rows: readonly InLine[], awake: InLine | undefined): void {
  const last = awake === undefined ? rows.at(-1) : rows[rows.indexOf(awake) - 1];
  if (last === undefined) return;
  front.rank = last.rank;
  front.id = last.id;
}

/** Mostly the first in line may be rung, and nearly always one of so many. Each lies on a page of its own. */
const FEW = 8;

interface Place {
  readonly id: number;
  readonly rank: number;
}

interface InLine extends Place, Enrolment {
  readonly places: string;
}

/** Reads the next few behind somebody in a line; those at its front where that is left out. */
type Line = (after: Place | undefined, count: number) => InLine[];

/** One behind the other: those who are ready, a band at a time, and those who have just fallen due. */
function linesOf(db: ReadDb, { campaignId, now, bands }: Question): Line[] {
  const inBand =
    ({ from, to }: Band): Line =>
    (after, count) =>
      readyInLine(db).all(campaignId, after?.rank ?? from, after?.id ?? 0, to, count);
  const late: Line = (after, count) =>
    waitingInLine(db).all(campaignId, after?.rank ?? EVER, after?.id ?? 0, now, count);
  return [...bands.map(inBand), late];
}

const EVER = Number.MIN_SAFE_INTEGER;

const readyInLine = reading<InLine>(`
  SELECT ${ENROLMENT_COLUMNS}, places, rank FROM enrolments e
  WHERE e.campaign_id = +? AND e.state = 'open' AND e.is_ready = 1 AND (e.rank, e.id) > (+?, +?) AND e.rank < +?
  ORDER BY e.rank, e.id LIMIT +?`);

const waitingInLine = reading<InLine>(`
  SELECT ${ENROLMENT_COLUMNS}, places, due_at AS rank FROM enrolments e
  WHERE e.campaign_id = +? AND e.state = 'open' AND e.is_ready = 0 AND (e.due_at, e.id) > (+?, +?) AND e.due_at <= +?
  ORDER BY e.due_at, e.id LIMIT +?`);
