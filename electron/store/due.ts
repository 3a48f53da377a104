import type { Enrolment } from '../../shared/domain/contact.ts';
import { placesFrom } from '../../shared/domain/places/places.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type AreOpen, type Question, dueByPlaces } from './due-by-places.ts';
import { enrolmentById } from './enrolments.ts';
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
 * are asleep next to nothing: where they stand in front, the places are asked one by one.
 */
export function* dueInOrder(
  db: ReadDb,
  campaignId: number,
  now: Instant,
  areOpen: AreOpen,
): Generator<Enrolment> {
  const question = { campaignId, now, bands: bandsOf(db, campaignId, now), areOpen };
  const told = new Set<number>();
  for (const line of linesOf(db, question)) {
    let last: InLine | undefined;
    do {
      const rows = line(last);
      const awake = rows.filter(({ places }) => areOpen(placesFrom(places)));
      for (const { id } of awake) {
        told.add(id);
        const enrolment = enrolmentById(db, id);
        if (enrolment !== null) yield enrolment;
      }
      last = rows.length < AT_ONCE ? undefined : rows.at(-1);
      // Nobody knows how many more of them are asleep.
      if (last !== undefined && awake.length === 0) {
        for (const each of dueByPlaces(db, question)) if (!told.has(each.id)) yield each;
        return;
      }
    } while (last !== undefined);
  }
}

/** Nearly always one of so many may be rung. */
const AT_ONCE = 4;

interface InLine {
  readonly id: number;
  readonly places: string;
  readonly rank: number;
}

/** Reads the next few behind somebody in a line; those at its front where that is left out. */
type Line = (after: InLine | undefined) => InLine[];

/** One behind the other: those who are ready, a band at a time, and those who have just fallen due. */
function linesOf(db: ReadDb, { campaignId, now, bands }: Question): Line[] {
  const inBand =
    ({ from, to }: Band): Line =>
    (after) =>
      readyInLine(db).all(campaignId, after?.rank ?? from, after?.id ?? 0, to);
  const late: Line = (after) => waitingInLine(db).all(campaignId, after?.rank ?? EVER, after?.id ?? 0, now);
  return [...bands.map(inBand), late];
}

const EVER = Number.MIN_SAFE_INTEGER;

const readyInLine = reading<InLine>(`
  SELECT e.id, e.places, e.rank FROM enrolments e
  WHERE e.campaign_id = +? AND e.state = 'open' AND e.is_ready = 1 AND (e.rank, e.id) > (+?, +?) AND e.rank < +?
  ORDER BY e.rank, e.id LIMIT ${AT_ONCE}`);

const waitingInLine = reading<InLine>(`
  SELECT e.id, e.places, e.due_at AS rank FROM enrolments e
  WHERE e.campaign_id = +? AND e.state = 'open' AND e.is_ready = 0 AND (e.due_at, e.id) > (+?, +?) AND e.due_at <= +?
  ORDER BY e.due_at, e.id LIMIT ${AT_ONCE}`);
