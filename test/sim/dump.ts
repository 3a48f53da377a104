import type { Db } from '../../electron/store/open.ts';
import type { World } from './laws/breach.ts';

/** Tables whose every row is told, in the order they were written. */
const TABLES = [
  'attempts',
  'calls',
  'call_events',
  'inbox',
  'dead_letters',
  'outcomes',
  'drafts',
  'callbacks',
  'enrolments',
  'sessions',
  'agent_states',
  'do_not_call',
  'audit',
  'schedules',
  'schedule_jobs',
];

/** All that a day left behind, as text: the same day gives the same text, byte for byte (law 7). */
export function dumpOf(db: Db, world: World): string {
  const lines = TABLES.flatMap((table) => {
    const rows = db.$client.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all();
    return rows.map((row) => `${table} ${JSON.stringify(row)}`);
  });
  return [...lines, ...world.requests().map((each) => `request ${JSON.stringify(each)}`)].join('\n');
}
