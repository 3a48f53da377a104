import type { Db } from '../../../electron/store/open.ts';
import type { Journal } from '../journal.ts';
import { type Breach, type World, ask, askOne, breach } from './breach.ts';
import { liveCallsAreInHand } from './calls.ts';
import { openContactWatch } from './contacts.ts';
import { noDraftLost } from './outcomes.ts';

/* Asked after every step that wrote something. Only what is open, or was a step ago, is looked at. */

/** In this order and no other; what is closed stays closed. */
const ATTEMPT_ORDER: Readonly<Record<string, number>> = {
  intended: 0,
  sent: 1,
  unknown: 2,
  accepted: 3,
  refused: 4,
  resolved: 4,
};
const CALL_ORDER: Readonly<Record<string, number>> = { queued: 0, ringing: 1, 'in-progress': 2, ended: 3 };

export interface Watch {
  look(db: Db): Breach[];
}

export function openWatch(world: World, journal: Journal): Watch {
  const contacts = openContactWatch();
  const attempts = openProgress(
    `SELECT id, state, to_e164 AS "to", closed_at IS NULL AS isOpen FROM attempts
     WHERE closed_at IS NULL OR rowid > +? ORDER BY rowid`,
    'SELECT id, state, to_e164 AS "to", closed_at IS NULL AS isOpen FROM attempts WHERE id = ?',
    'SELECT max(rowid) AS n FROM attempts',
    ATTEMPT_ORDER,
  );
  const calls = openProgress(
    `SELECT c.attempt_id AS id, c.status AS state, a.to_e164 AS "to", c.status <> 'ended' AS isOpen
     FROM calls c JOIN attempts a ON a.id = c.attempt_id WHERE c.status <> 'ended' OR c.id > +? ORDER BY c.id`,
    `SELECT c.attempt_id AS id, c.status AS state, a.to_e164 AS "to", c.status <> 'ended' AS isOpen
     FROM calls c JOIN attempts a ON a.id = c.attempt_id WHERE c.attempt_id = ?`,
    'SELECT max(id) AS n FROM calls',
    CALL_ORDER,
  );
  return {
    look(db) {
      const moved = attempts(db);
      return [
        ...moved.breaches,
        ...moved.closed.flatMap((row) => notGivenUp(db, world, row)),
        ...calls(db).breaches,
        ...numbersAreLocked(db),
        ...liveCallsAreInHand(db),
        ...contacts(db),
        ...noDraftLost(db, journal),
      ];
    },
  };
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly to: string;
  readonly isOpen: number;
}

/** Follows what is open from look to look: a state may stay or move on, and never fall back. */
function openProgress(sql: string, oneSql: string, lastSql: string, order: Readonly<Record<string, number>>) {
  let open = new Map<string, Row>();
  let seenUntil = 0;
  return (db: Db): { breaches: Breach[]; closed: Row[] } => {
    const rows = ask<Row>(db, sql, [seenUntil]);
    const here = new Set(rows.map(({ id }) => id));
    for (const id of open.keys()) if (!here.has(id)) rows.push(...ask<Row>(db, oneSql, [id]));
    seenUntil = askOne<{ n: number | null }>(db, lastSql)!.n ?? 0;
    const breaches = rows.flatMap((row) => {
      const before = open.get(row.id);
      if (before === undefined || order[before.state]! <= order[row.state]!) return [];
      return [breach('only forward', `${row.id} went from ${before.state} back to ${row.state}`, row.to)];
    });
    open = new Map(rows.filter(({ isOpen }) => isOpen === 1).map((row) => [row.id, row]));
    return { breaches, closed: rows.filter(({ isOpen }) => isOpen === 0) };
  };
}

/** Nothing is given up of which the carrier has a call, however long it hides it. */
function notGivenUp(db: Db, world: World, { id, state, to }: Row): Breach[] {
  const hasCall = world.requests().some(({ attemptId, callRef }) => attemptId === id && callRef !== null);
  if (!hasCall || askOne(db, 'SELECT 1 FROM calls WHERE attempt_id = ?', [id]) !== undefined) return [];
  return [breach('certainty', `attempt ${id} is ${state}, and the carrier has a call for it`, to)];
}

function numbersAreLocked(db: Db): Breach[] {
  return ask<{ to: string; n: number }>(
    db,
    'SELECT to_e164 AS "to", count(*) AS n FROM attempts WHERE closed_at IS NULL GROUP BY to_e164 HAVING n > 1',
  ).map(({ to, n }) => breach('one call per number', `${n} attempts hold ${to} at once`, to));
}
