import { QUARTER_MS } from '../../shared/domain/report.ts';
import { DAY_MS } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading, withTransaction, writing } from './open.ts';

/*
 * What reports are added up from. Triggers note what is no longer true of the sums; it is counted anew before a report
 * is read, a quarter of an hour or an agent’s day at a time, so that nobody waits long for the pen.
 */

/** A machine that picked up is no talk. */
export const IS_TALK = `(c.answered_at IS NOT NULL AND ifnull(c.answered_by, 'unknown') IN ('human', 'unknown'))`;
export const TALK_MS = `iif(${IS_TALK} AND c.ended_at > c.answered_at, c.ended_at - c.answered_at, 0)`;
const COUNTS = `count(*), count(c.answered_at), sum(${IS_TALK}), sum(${TALK_MS})`;
/** Who picked up an answered call; nobody said is as good as unknown. */
export const ANSWERED_BY = "ifnull(c.answered_by, 'unknown')";
const HELD_WITH = `JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL AND o.script_id IS NOT NULL`;
const SCRIPTED = 'o.disposition_id, count(*), count(c.score), ifnull(sum(c.score), 0)';
const STANDS = 'JOIN outcomes o ON o.attempt_id = c.attempt_id AND o.undone_at IS NULL';

/** Counts anew whatever was noted: up to `limit` quarters or days. False when nothing was left to count. */
export function countSome(db: Db, limit: number): boolean {
  const slots = dirtySlots(db).all(limit);
  inHandfuls(db, slots, ({ slot }) => countSlot(db, slot));
  const days = dirtyDays(db).all(limit);
  inHandfuls(db, days, (each) => countDays(db, each));
  return slots.length + days.length > 0;
}

/** So many at once hold the pen for some milliseconds; one by one each would wait for the disk. */
const HANDFUL = 8;

function inHandfuls<T>(db: Db, all: readonly T[], count: (each: T) => void): void {
  for (let from = 0; from < all.length; from += HANDFUL)
    withTransaction(db, () => all.slice(from, from + HANDFUL).forEach((each) => count(each)));
}

export function isAnythingToCount(db: ReadDb): boolean {
  return dirtySlots(db).get(1) !== undefined || dirtyDays(db).get(1) !== undefined;
}

const dirtySlots = reading<{ slot: number }>('SELECT slot FROM report_dirty LIMIT +?');
const dirtyDays = reading<DirtyDays>(
  'SELECT agent_id AS agentId, day, until_day AS untilDay FROM report_dirty_days LIMIT +?',
);

interface DirtyDays {
  readonly agentId: number;
  readonly day: number;
  /** The last one with them. */
  readonly untilDay: number;
}

function countSlot(db: Db, slot: number): void {
  const bound = { slot, from: slot * QUARTER_MS, until: (slot + 1) * QUARTER_MS };
  for (const each of COUNTING_SLOT) each(db).run(bound);
}

const IN_SLOT = `FROM calls c INDEXED BY calls_started`;
const OF_SLOT = `WHERE c.started_at >= +:from AND c.started_at < +:until AND c.direction = 'outbound'`;

const COUNTING_SLOT = [
  'DELETE FROM report_dirty WHERE slot = +:slot',
  'DELETE FROM report_slots WHERE slot = +:slot',
  'DELETE FROM report_outcomes WHERE slot = +:slot',
  'DELETE FROM report_costs WHERE slot = +:slot',
  'DELETE FROM report_answers WHERE slot = +:slot',
  'DELETE FROM report_scripts WHERE slot = +:slot',
  `INSERT INTO report_slots SELECT :slot, ifnull(c.campaign_id, 0), ${COUNTS} ${IN_SLOT} ${OF_SLOT} GROUP BY 2`,
  `INSERT INTO report_outcomes SELECT :slot, ifnull(c.campaign_id, 0), o.disposition_id, count(*), sum(${TALK_MS})
    ${IN_SLOT} ${STANDS} ${OF_SLOT} GROUP BY 2, 3`,
  `INSERT INTO report_costs SELECT :slot, ifnull(c.campaign_id, 0), ifnull(c.currency, ''), count(*), sum(c.cost_micros)
    ${IN_SLOT} ${OF_SLOT} AND c.cost_micros IS NOT NULL GROUP BY 2, 3`,
  `INSERT INTO report_answers SELECT :slot, ifnull(c.campaign_id, 0), ${ANSWERED_BY}, count(*)
    ${IN_SLOT} ${OF_SLOT} AND c.answered_at IS NOT NULL GROUP BY 2, 3`,
  `INSERT INTO report_scripts SELECT :slot, ifnull(c.campaign_id, 0), o.script_id, ${SCRIPTED}
    ${IN_SLOT} ${HELD_WITH} ${OF_SLOT} GROUP BY 2, 3, 4`,
].map(writing);

function countDays(db: Db, { agentId, day, untilDay }: DirtyDays): void {
  forgetDays(db).run(agentId, day, untilDay);
  for (let each = day; each <= untilDay; each++) {
    const bound = { agentId, day: each, from: each * DAY_MS, until: (each + 1) * DAY_MS };
    for (const counting of COUNTING_DAY) counting(db).run(bound);
  }
}

const forgetDays = writing(
  'DELETE FROM report_dirty_days WHERE agent_id = +? AND day = +? AND until_day = +?',
);

const OF_DAY = `FROM calls c INDEXED BY calls_agent`;
const ON_DAY = `WHERE c.agent_id = +:agentId AND c.started_at >= +:from AND c.started_at < +:until
  AND c.direction = 'outbound'`;
const THAT_DAY = 'WHERE agent_id = +:agentId AND day = +:day';

const COUNTING_DAY = [
  `DELETE FROM report_agents ${THAT_DAY}`,
  `DELETE FROM report_agent_outcomes ${THAT_DAY}`,
  `DELETE FROM report_times ${THAT_DAY}`,
  `INSERT INTO report_agents SELECT :agentId, :day, ifnull(c.campaign_id, 0), ${COUNTS} ${OF_DAY} ${ON_DAY} GROUP BY 3`,
  `INSERT INTO report_agent_outcomes SELECT :agentId, :day, ifnull(c.campaign_id, 0), o.disposition_id, count(*)
    ${OF_DAY} ${STANDS} ${ON_DAY} GROUP BY 3, 4`,
  // The states of one agent lie end to end: of those that began before the day only the last can reach into it.
  `INSERT INTO report_times
    SELECT :agentId, :day, n.campaign_id, s.kind, sum(min(s.until_at, :until) - max(s.from_at, :from))
    FROM agent_states s INDEXED BY agent_states_agent JOIN sessions n ON n.id = s.session_id
    WHERE s.agent_id = +:agentId AND s.from_at < +:until AND s.until_at > +:from AND s.from_at >= ifnull(
      (SELECT max(b.from_at) FROM agent_states b WHERE b.agent_id = +:agentId AND b.from_at <= +:from), 0)
    GROUP BY 3, 4`,
].map(writing);

/** Notes everything as to be counted: for whoever laid rows down without the triggers, and for tests. */
export function countAllAnew(db: Db): void {
  for (const sql of EVERYTHING) writing(sql)(db).run();
}

const EVERYTHING = [
  'DELETE FROM report_slots',
  'DELETE FROM report_outcomes',
  'DELETE FROM report_costs',
  'DELETE FROM report_answers',
  'DELETE FROM report_scripts',
  'DELETE FROM report_agents',
  'DELETE FROM report_agent_outcomes',
  'DELETE FROM report_times',
  `INSERT INTO report_slots SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ${COUNTS}
    FROM calls c WHERE c.direction = 'outbound' GROUP BY 1, 2`,
  `INSERT INTO report_outcomes SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), o.disposition_id,
    count(*), sum(${TALK_MS}) FROM calls c ${STANDS} WHERE c.direction = 'outbound' GROUP BY 1, 2, 3`,
  `INSERT INTO report_costs SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ifnull(c.currency, ''),
    count(*), sum(c.cost_micros) FROM calls c WHERE c.direction = 'outbound' AND c.cost_micros IS NOT NULL GROUP BY 1, 2, 3`,
  `INSERT INTO report_answers SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), ${ANSWERED_BY}, count(*)
    FROM calls c WHERE c.direction = 'outbound' AND c.answered_at IS NOT NULL GROUP BY 1, 2, 3`,
  `INSERT INTO report_scripts SELECT c.started_at / ${QUARTER_MS}, ifnull(c.campaign_id, 0), o.script_id, ${SCRIPTED}
    FROM calls c ${HELD_WITH} WHERE c.direction = 'outbound' GROUP BY 1, 2, 3, 4`,
  `INSERT INTO report_agents SELECT c.agent_id, c.started_at / ${DAY_MS}, ifnull(c.campaign_id, 0), ${COUNTS}
    FROM calls c WHERE c.direction = 'outbound' AND c.agent_id IS NOT NULL GROUP BY 1, 2, 3`,
  `INSERT INTO report_agent_outcomes SELECT c.agent_id, c.started_at / ${DAY_MS}, ifnull(c.campaign_id, 0),
    o.disposition_id, count(*) FROM calls c ${STANDS}
    WHERE c.direction = 'outbound' AND c.agent_id IS NOT NULL GROUP BY 1, 2, 3, 4`,
  `INSERT OR IGNORE INTO report_dirty_days
    SELECT agent_id, from_at / ${DAY_MS}, until_at / ${DAY_MS} FROM agent_states WHERE until_at IS NOT NULL`,
];
