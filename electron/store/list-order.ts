import type { ListOrder } from '../../shared/domain/campaign.ts';
import { dayPart } from '../../shared/domain/day-part.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { rulesFrom } from './campaign-rules.ts';
import { type Db, type ReadDb, reading, writing } from './open.ts';

/*
 * The order in which contacts who are due are rung, as one number on each of them. Its upper part is a band,
 * its lower part a place in the band; the lowest is rung first, and band 0 is for those we promised to ring.
 */

/** Instants and hashes fit into so many bits. */
const BAND = 2 ** 42;

/** SQLite has no word for exclusive or; every product stays below 63 bits. */
const XOR = (a: string, b: string) => `((${a} | ${b}) - (${a} & ${b}))`;
const FOLDED = (from: string, shift: number, factor: number) =>
  `(SELECT (${XOR('x', `(x >> ${shift})`)} * ${factor}) & 4294967295 AS x FROM ${from})`;
const SHUFFLED = FOLDED(
  FOLDED(
    FOLDED('(SELECT (e.contact_id + e.campaign_id * 7919) & 1073741823 AS x)', 16, 569_420_461),
    15,
    1_935_289_751,
  ),
  15,
  739_982_445,
);

/** The rank of a contact who is due, in SQL. */
const RANKS: Readonly<Record<ListOrder, string>> = {
  priority: `(101 - e.priority) * ${BAND} + e.due_at`,
  fresh: `iif(e.attempts = 0, 1, 2) * ${BAND} + e.due_at`,
  oldest: `${BAND} + ifnull(e.last_attempt_at, 0)`,
  // The same list of the same campaign is shuffled the same way each time.
  random: `${BAND} + (SELECT x FROM ${SHUFFLED})`,
  'day-part': `(1 + e.tried_parts) * ${BAND} + e.due_at`,
};

const RANK = (order: ListOrder) => `
  iif(EXISTS (SELECT 1 FROM callbacks b
    WHERE b.contact_id = e.contact_id AND b.campaign_id = e.campaign_id AND b.state = 'open'),
    e.due_at, ${RANKS[order]})`;

/** Gives a rank to those of a campaign who have fallen due, the first `limit` of them; how many that was. */
export function makeReady(db: Db, campaignId: number, order: ListOrder, now: Instant, limit: number): number {
  // Mostly nobody has fallen due since the last look, and asking is cheaper than trying to write.
  if (!isAnyDue(db, campaignId, now)) return 0;
  return ready[order](db).run({ campaignId, now, limit }).changes;
}

/** Whether somebody has fallen due who has no rank yet. */
export function isAnyDue(db: ReadDb, campaignId: number, now: Instant): boolean {
  return anyDue(db).get(campaignId, now) !== undefined;
}

const DUE = (campaignId: string, now: string) => `
  SELECT id FROM enrolments
  WHERE campaign_id = +${campaignId} AND state = 'open' AND is_ready = 0 AND due_at <= +${now} ORDER BY due_at`;

const anyDue = reading<{ id: number }>(`${DUE('?', '?')} LIMIT 1`);

const ready = byOrder((order) =>
  writing(`
  UPDATE enrolments AS e SET is_ready = 1, rank = ${RANK(order)}
  WHERE id IN (${DUE(':campaignId', ':now')} LIMIT +:limit)`),
);

/** Gives one contact its due time, and its rank where that has come. */
export function planEnrolment(
  db: Db,
  order: ListOrder,
  id: number,
  dueAt: Instant,
  restUntil: Instant,
  now: Instant,
): void {
  planned[order](db).run({ id, dueAt, restUntil, now });
}

const planned = byOrder((order) =>
  writing(`
  UPDATE enrolments AS e SET state = 'open', due_at = :dueAt, rest_until = :restUntil, is_ready = (:dueAt <= :now),
    rank = iif(:dueAt <= :now, ${RANK(order).replaceAll('e.due_at', ':dueAt')}, rank)
  WHERE id = +:id AND state <> 'in-hand'`),
);

function byOrder<T>(make: (order: ListOrder) => T): Readonly<Record<ListOrder, T>> {
  return Object.fromEntries(
    (Object.keys(RANKS) as ListOrder[]).map((order) => [order, make(order)]),
  ) as unknown as Readonly<Record<ListOrder, T>>;
}

/** Ranks from `from` up to, not including, `to`. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

const ALL: readonly Band[] = [{ from: 0, to: 1_000 * BAND }];

/** The bands of a campaign in the order they are rung now: all at once, but where the time of day decides. */
export function bandsOf(db: ReadDb, campaignId: number, now: Instant): readonly Band[] {
  const row = rulesOf(db).get(campaignId);
  if (row === undefined) return ALL;
  const { zone, order } = rulesFrom(row.rules);
  if (order !== 'day-part' || !isZone(zone)) return ALL;
  const part = dayPart(now, zone);
  const sets = [0, 1, 2, 3, 4, 5, 6, 7].sort(
    (a, b) => Number((a & part) !== 0) - Number((b & part) !== 0) || bitsIn(a) - bitsIn(b) || a - b,
  );
  return [0, ...sets.map((set) => set + 1)].map((band) => ({ from: band * BAND, to: (band + 1) * BAND }));
}

const rulesOf = reading<{ rules: string }>('SELECT rules FROM campaigns WHERE id = +?');

function bitsIn(set: number): number {
  return (set & 1) + ((set >> 1) & 1) + ((set >> 2) & 1);
}
