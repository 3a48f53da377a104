import type { CallFilter, CallSort, CallSortKey } from '../../shared/domain/call-filter.ts';
import { assert } from '../../shared/lib/assert.ts';
import { conditionsFor } from './call-conditions.ts';
import { type FilterHome, walk } from './contact-results.ts';
import { type ReadDb, inOneReading, readOnce, reading } from './open.ts';

/** Whole orders of all calls, kept by whoever asks often. */
export type CallOrders = Map<CallSortKey, Int32Array>;

/** Up to so many finds are put in order by looking each of them up; more by walking the whole order past them. */
const SORTED_MAX = 3_000;

/**
 * All calls a filter finds, in order, as ids: four bytes each. They are those of one moment: calls that come later
 * have later ids, and rows that change stay where they are.
 */
export function callIds(
  db: ReadDb,
  filter: CallFilter,
  sort: CallSort,
  home: FilterHome,
  orders: CallOrders = new Map(),
): Int32Array {
  return inOneReading(db, () => {
    const { where, bound } = conditionsFor(filter, home);
    if (where === null) return turned(orderNow(db, sort.key, orders), sort);
    const found = readOnce<number>(db, `SELECT c.id FROM calls c WHERE ${where}`, bound);
    if (found.length <= SORTED_MAX) return Int32Array.from(sortFew(db, found, sort));
    const known = orders.get(sort.key);
    // Outcomes and lengths change in the order they are in; when a call began never does.
    const walked = known === undefined || sort.key !== 'time' ? null : walk(known, found);
    const ids = walked ?? walk(orderNow(db, sort.key, orders), found);
    assert(ids !== null, 'every call found is somewhere in the order');
    return turned(ids, sort);
  });
}

/** The whole order as it is now. That of time only grows at its end, nearly always: the rest is known. */
function orderNow(db: ReadDb, key: CallSortKey, orders: CallOrders): Int32Array {
  const known = key === 'time' ? orders.get(key) : undefined;
  const ids = (known === undefined ? null : grown(db, known)) ?? ORDERED[key](db);
  orders.set(key, ids);
  return ids;
}

/** A known order of time with the calls that came since; null where that takes more than putting them behind it. */
function grown(db: ReadDb, known: Int32Array): Int32Array | null {
  const last = known.at(-1);
  if (last === undefined) return null;
  const most = mostIn(known);
  // The plus keeps SQLite from walking the whole order of time to spare sorting the few that came.
  const added = readOnce<number>(db, 'SELECT id FROM calls WHERE id > :most ORDER BY +started_at, id', {
    most,
  });
  const ends = edges(db).get({ last, first: added[0] ?? null });
  if (ends === undefined || ends.calls !== known.length + added.length) return null;
  if (added.length === 0) return known;
  if (ends.lastAt === null || ends.firstAt === null || ends.firstAt < ends.lastAt) return null;
  const ids = new Int32Array(known.length + added.length);
  ids.set(known);
  ids.set(added, known.length);
  return ids;
}

/** The largest id of an order, looked for once. */
function mostIn(order: Int32Array): number {
  let most = MOST.get(order) ?? 0;
  if (most === 0) for (const id of order) if (id > most) most = id;
  MOST.set(order, most);
  return most;
}

const MOST = new WeakMap<Int32Array, number>();

const edges = reading<{ calls: number; lastAt: number | null; firstAt: number | null }>(`
  SELECT (SELECT count(*) FROM calls) AS calls, (SELECT started_at FROM calls WHERE id = :last) AS lastAt,
    (SELECT started_at FROM calls WHERE id = :first) AS firstAt`);

/** Calls of the same name, agent or outcome stand in the order in which they began. */
const BY: Readonly<Record<CallSortKey, { readonly joins: string; readonly order: string }>> = {
  time: { joins: '', order: 'c.started_at, c.id' },
  name: { joins: 'LEFT JOIN contacts p ON p.id = c.contact_id', order: 'p.name, c.started_at, c.id' },
  number: {
    joins: '',
    order: "iif(c.direction = 'inbound', c.from_number, c.to_number), c.started_at, c.id",
  },
  agent: { joins: 'LEFT JOIN agents a ON a.id = c.agent_id', order: 'a.name, c.started_at, c.id' },
  campaign: {
    joins: 'LEFT JOIN campaigns g ON g.id = c.campaign_id',
    order: 'g.name, c.started_at, c.id',
  },
  state: { joins: '', order: 'c.status, c.ending, c.started_at, c.id' },
  outcome: {
    joins: `LEFT JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL
      LEFT JOIN disposition_kinds k ON k.id = o.disposition_id`,
    order: 'k.label, c.started_at, c.id',
  },
  length: { joins: '', order: 'c.seconds, c.started_at, c.id' },
  cost: { joins: '', order: 'c.cost_micros, c.started_at, c.id' },
  score: { joins: '', order: 'c.score, c.started_at, c.id' },
};

function sortFew(db: ReadDb, ids: readonly number[], { key, direction }: CallSort): number[] {
  const { joins, order } = BY[key];
  const text = `SELECT c.id FROM json_each(:ids) AS k0 CROSS JOIN calls c ON c.id = k0.value ${joins} ORDER BY ${order}`;
  const sorted = readOnce<number>(db, text, { ids: JSON.stringify(ids) });
  return direction === 'descending' ? sorted.toReversed() : sorted;
}

const whole = (key: CallSortKey) => (db: ReadDb) =>
  Int32Array.from(
    readOnce<number>(db, `SELECT c.id FROM calls c ${BY[key].joins} ORDER BY ${BY[key].order}`, {}),
  );

/** The owners there are, in order, and the calls of each by its index: nothing is sorted. */
const owned = (table: 'agents' | 'campaigns', column: string) => (db: ReadDb) => {
  const calls = (owner: string, bound: object) =>
    readOnce<number>(db, `SELECT id FROM calls WHERE ${column} ${owner} ORDER BY started_at, id`, bound);
  const owners = readOnce<number>(db, `SELECT id FROM ${table} ORDER BY name, id`, {});
  return Int32Array.from([calls('IS NULL', {}), ...owners.map((id) => calls('= +:id', { id }))].flat());
};

const ORDERED: Readonly<Record<CallSortKey, (db: ReadDb) => Int32Array>> = {
  time: whole('time'),
  name: whole('name'),
  number: whole('number'),
  agent: owned('agents', 'agent_id'),
  campaign: owned('campaigns', 'campaign_id'),
  state: whole('state'),
  outcome: whole('outcome'),
  length: whole('length'),
  cost: whole('cost'),
  score: whole('score'),
};

function turned(ids: Int32Array, { direction }: CallSort): Int32Array {
  return direction === 'descending' ? ids.toReversed() : ids;
}

/** What some calls come to. */
export interface CallFigures {
  readonly calls: number;
  readonly talks: number;
  readonly talkSeconds: number;
  readonly successes: number;
  /** By currency: sums in different ones are never added. */
  readonly costs: readonly { readonly currency: string; readonly micros: number }[];
}

/** Up to so many calls, looking each outcome up is quicker than going through all of them. */
const LOOKED_UP_MAX = 100_000;

/** The figures of all calls that a filter finds, as they are now. */
export function callFigures(db: ReadDb, filter: CallFilter, home: FilterHome): CallFigures {
  return inOneReading(db, () => {
    const { where, bound } = conditionsFor(filter, home);
    const only = where ?? 'true';
    const sums = readOnce<string>(
      db,
      `SELECT json_object('currency', currency, 'calls', count(*), 'seconds', ifnull(sum(c.seconds), 0),
        'talks', count(c.answered_at), 'micros', ifnull(sum(c.cost_micros), 0))
      FROM calls c WHERE ${only} GROUP BY c.currency`,
      bound,
    ).map((text) => JSON.parse(text) as Sums);
    const total = (of: 'calls' | 'talks' | 'seconds') => sums.reduce((sum, each) => sum + each[of], 0);
    // From the side that is shorter: few calls ask for their outcomes, many are asked for by them.
    const isFew = total('calls') <= LOOKED_UP_MAX;
    const [successes = 0] = readOnce<number>(
      db,
      `SELECT count(*) FROM ${isFew ? 'calls c CROSS JOIN outcomes o' : 'outcomes o CROSS JOIN calls c'}
      ON c.attempt_id = o.attempt_id WHERE o.undone_at IS NULL AND ${only}
        AND o.disposition_id IN (SELECT id FROM disposition_kinds WHERE is_success = 1)`,
      bound,
    );
    return {
      calls: total('calls'),
      talks: total('talks'),
      talkSeconds: total('seconds'),
      successes,
      costs: sums.flatMap(({ currency, micros }) => (currency === null ? [] : [{ currency, micros }])),
    };
  });
}

interface Sums {
  readonly currency: string | null;
  readonly calls: number;
  readonly seconds: number;
  readonly talks: number;
  readonly micros: number;
}

/** Whether there are more calls than so many, without counting them. */
export function hasMoreCallsThan(db: ReadDb, count: number): boolean {
  return oneAt(db).get(count) !== undefined;
}

const oneAt = reading<{ id: number }>('SELECT id FROM calls LIMIT 1 OFFSET +?');
