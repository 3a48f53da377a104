import type Database from 'better-sqlite3';
import type { Carrier } from '../../../electron/carriers/carrier.ts';
import type { SimulatorControls } from '../../../electron/carriers/simulator/simulator.ts';
import type { Db } from '../../../electron/store/open.ts';

/*
 * What must hold whatever happened. Each law answers with a breach for everything it finds, so that a seed tells
 * all it has found at once. They ask the file and the world, never the kernel, and share no rule with it.
 */

export type World = Carrier & SimulatorControls;
export type Request = Parameters<Carrier['place']>[0];

/** What each law is called, in the report of a seed that broke it. */
export type Law =
  | 'intent before request'
  | 'one request per intent'
  | 'one call per number'
  | 'one call per agent'
  | 'hours'
  | 'do not call'
  | 'caps and rests'
  | 'consent'
  | 'campaign'
  | 'concurrency'
  | 'schedules'
  | 'no burst'
  | 'no contact lost'
  | 'no outcome lost'
  | 'no promise lost'
  | 'events once'
  | 'only forward'
  | 'certainty'
  | 'same as the carrier'
  | 'time ledger'
  | 'nothing left open'
  | 'no spinning'
  | 'no complaint';

export interface Breach {
  readonly law: Law;
  readonly sentence: string;
  /** The number it is about, whose story is then told. */
  readonly to: string | null;
}

export function breach(law: Law, sentence: string, to: string | null = null): Breach {
  return { law, sentence, to };
}

type Params = Record<string, unknown> | readonly unknown[];

/** Asks the file, with the statement kept for the next time. */
export function ask<Row>(db: Db, sql: string, params: Params = []): Row[] {
  const statement = statementFor(db, sql);
  return (Array.isArray(params) ? statement.all(...params) : statement.all(params)) as Row[];
}

/** The first of what was asked for: `askOne<Row>(…)`. */
export const askOne: <Row>(...asked: Parameters<typeof ask<Row>>) => Row | undefined = (
  db,
  sql,
  params = [],
) => {
  const statement = statementFor(db, sql);
  return (Array.isArray(params) ? statement.get(...params) : statement.get(params)) as undefined;
};

const statements = new WeakMap<Db, Map<string, Database.Statement>>();

function statementFor(db: Db, sql: string): Database.Statement {
  let kept = statements.get(db);
  if (kept === undefined) statements.set(db, (kept = new Map()));
  let statement = kept.get(sql);
  if (statement === undefined) kept.set(sql, (statement = db.$client.prepare(sql)));
  return statement;
}
