import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Attempt } from '../../shared/domain/attempt.ts';
import { usualRules } from '../../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { addAgent } from './agents.ts';
import { type NewCampaign, addCampaign } from './campaigns.ts';
import { type NewContact, addContact } from './contacts.ts';
import { addDispositions } from './dispositions.ts';
import { enrol, enrolmentOf } from './enrolments.ts';
import { type Db, type OpenOptions, openStore } from './open.ts';

/* What the tests of the store are built from. Each builder asks only for what its test is about. */

/** Noon, UTC, on a Wednesday. */
export const NOON = instant(Date.UTC(2026, 10, 18, 12));

export function aStore(file = ':memory:', options: Partial<OpenOptions> = {}): Db {
  if (file === ':memory:') return storeInMemory();
  if (options.migrations === undefined && !existsSync(file)) writeFileSync(file, image());
  const opened = openStore(file, { now: () => NOON, ...options });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  addDispositions(opened.value, null, STANDARD_DISPOSITIONS);
  return opened.value;
}

/**
 * A new store as its bytes. Taking every migration anew took more time than most tests, and there are thousands of
 * stores in a run.
 */
function image(): Buffer {
  if (made !== null) return made;
  const opened = openStore(':memory:', { now: () => NOON });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  addDispositions(opened.value, null, STANDARD_DISPOSITIONS);
  made = opened.value.$client.serialize();
  opened.value.$client.close();
  return made;
}

let made: Buffer | null = null;

function storeInMemory(): Db {
  const sqlite = new Database(image());
  sqlite.pragma('foreign_keys = ON');
  return drizzle(sqlite);
}

/** A folder of the test's own, gone when it is done. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const result = work(folder);
    if (result instanceof Promise) return result.finally(clear) as T;
    clear();
    return result;
  } catch (error) {
    clear();
    throw error;
  }
}

/** +1 212 555 0100 and on: numbers set aside for fiction. */
export function aNumber(nth = 0): E164 {
  return `+1212555${String(100 + (nth % 100)).padStart(4, '0')}` as E164;
}

export function anAgent(db: Db, name = 'Ada'): number {
  return addAgent(db, { name, role: 'agent', createdAt: NOON }).id;
}

export function aCampaign(db: Db, given: Partial<NewCampaign> = {}): number {
  return addCampaign(db, {
    name: 'Spring',
    status: 'active',
    mode: 'power',
    rules: usualRules('America/New_York'),
    callerId: aNumber(99),
    scriptId: null,
    createdAt: NOON,
    ...given,
  });
}

export function aContact(db: Db, given: Partial<NewContact> = {}): number {
  return addContact(db, {
    listId: null,
    name: 'Maria Lopez',
    company: 'Globex',
    title: '',
    place: '',
    email: '',
    fields: {},
    createdAt: NOON,
    numbers: [{ e164: aNumber(), kind: 'mobile', zones: ['America/New_York'], isStarred: true }],
    ...given,
  });
}

export interface EnrolmentGiven {
  readonly campaignId: number;
  readonly contactId?: number;
  readonly dueAt?: Instant;
  readonly priority?: number;
}

export function anEnrolment(db: Db, { campaignId, dueAt = NOON, ...given }: EnrolmentGiven): number {
  const contactId = given.contactId ?? aContact(db);
  enrol(db, campaignId, [contactId], { dueAt, priority: given.priority ?? 0 });
  const found = enrolmentOf(db, campaignId, contactId);
  assert(found !== null, 'the enrolment that was just made is not there');
  return found.id;
}

let nth = 0;

export function anAttempt(given: Partial<Attempt> = {}): Attempt {
  nth += 1;
  return {
    id: `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`,
    campaignId: null,
    enrolmentId: null,
    contactId: null,
    agentId: null,
    sessionId: null,
    to: aNumber(),
    from: aNumber(99),
    carrier: 'simulator',
    state: 'intended',
    intendedAt: NOON,
    sentAt: null,
    closedAt: null,
    trouble: null,
    ...given,
  };
}

/** How SQLite means to run every statement that `work` prepares. Use a fresh connection: kept ones are not seen. */
export function plansOf(db: Db, work: () => unknown): string[] {
  const sqlite = db.$client;
  const prepare = sqlite.prepare.bind(sqlite);
  const seen: string[] = [];
  sqlite.prepare = (sql: string) => {
    seen.push(sql);
    return prepare(sql);
  };
  try {
    work();
  } finally {
    sqlite.prepare = prepare;
  }
  return seen.flatMap((sql) => {
    const steps = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...nulls(sql)) as { detail: string }[];
    return steps.map((step) => step.detail);
  });
}

/** A value for each parameter; the plan does not depend on which. */
function nulls(sql: string): unknown[] {
  const names = [...new Set(sql.match(/:[a-zA-Z0-9]+/g) ?? [])].map((name) => [name.slice(1), null]);
  const marks = (sql.match(/\?/g) ?? []).map(() => null);
  return names.length > 0 ? [Object.fromEntries(names)] : marks;
}
