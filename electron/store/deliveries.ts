import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { deliveries } from './schema/deliveries.ts';
import { asking, inserting } from './statements.ts';

/** What a carrier posted, as it came. */
export interface Delivery {
  readonly carrier: string;
  readonly kind: string;
  readonly attemptId: string | null;
  readonly mime: string;
  readonly body: Buffer;
  readonly receivedAt: Instant;
}

export interface NewDelivery extends Delivery {
  readonly content: string;
  readonly token: string | null;
}

export interface KeptDelivery extends Delivery {
  readonly id: number;
}

/** Writes all of them down in one commit; whatever is here already changes nothing. Says how many were new. */
export function keepDeliveries(db: Db, given: readonly NewDelivery[]): number {
  return withTransaction(db, () => {
    let fresh = 0;
    for (const each of given) fresh += keep(db, { ...each, readAt: null, trouble: null }).changes;
    return fresh;
  });
}

// Twice the same by content or by the carrier's own mark: both are meant.
const keep = inserting(deliveries, 'ON CONFLICT DO NOTHING');

const COLUMNS = {
  id: deliveries.id,
  carrier: deliveries.carrier,
  kind: deliveries.kind,
  attemptId: deliveries.attemptId,
  mime: deliveries.mime,
  body: deliveries.body,
  receivedAt: deliveries.receivedAt,
};

/** Deliveries nobody has read yet, in the order they came. */
export function unreadDeliveries(db: ReadDb, limit: number): KeptDelivery[] {
  return unread(db).all(limit);
}

const unread = asking(deliveries, COLUMNS, 'WHERE read_at IS NULL ORDER BY id LIMIT +?');

/** Read, in the transaction that acted on it; with a reason where nobody could. */
export function markRead(db: Db, id: number, at: Instant, trouble: string | null): void {
  read(db).run(at, trouble, id);
}

const read = writing('UPDATE deliveries SET read_at = ?, trouble = ? WHERE id = +?');

export interface TroubledDelivery extends KeptDelivery {
  readonly readAt: Instant;
  readonly trouble: string;
}

/** Deliveries that nobody could read, the latest first. */
export function troubledDeliveries(
  db: ReadDb,
  limit: number,
  before: number | null = null,
): Page<TroubledDelivery> {
  const rows = troubled(db).all(before ?? Number.MAX_SAFE_INTEGER, limit + 1) as TroubledDelivery[];
  return pageOf(rows, limit, ({ id }) => id);
}

const troubled = asking(
  deliveries,
  { ...COLUMNS, readAt: deliveries.readAt, trouble: deliveries.trouble },
  'WHERE trouble IS NOT NULL AND id < +? ORDER BY id DESC LIMIT +?',
);

/** Why a delivery could not be read; null for one that could, or is gone. */
export function troubleOf(db: ReadDb, id: number): string | null {
  return one(db).get(id)?.trouble ?? null;
}

const one = reading<{ trouble: string | null }>('SELECT trouble FROM deliveries WHERE id = +?');

/** Lets a delivery that nobody could read be read once more. */
export function reviveDelivery(db: Db, id: number): boolean {
  return revived(db).run(id).changes === 1;
}

const revived = writing(
  'UPDATE deliveries SET read_at = NULL, trouble = NULL WHERE id = +? AND trouble IS NOT NULL',
);

/** Forgets some of what was read and came before `before`: its events stay. Says how many. */
export function forgetDeliveries(db: Db, before: Instant, limit: number): number {
  return forgotten(db).run(before, limit).changes;
}

const forgotten = writing(`
  DELETE FROM deliveries WHERE id IN (
    SELECT id FROM deliveries WHERE received_at < +? AND read_at IS NOT NULL ORDER BY received_at LIMIT +?)`);
