import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertIntent } from '../electron/store/attempts.ts';
import { nextDueAt } from '../electron/store/due-by-places.ts';
import { dueEnrolments } from '../electron/store/due.ts';
import { type Db, closeStore, withTransaction } from '../electron/store/open.ts';
import { searchContacts } from '../electron/store/search.ts';
import { latestCalls } from '../electron/store/calls.ts';
import { NOON, aCampaign, aStore, anAttempt } from '../electron/store/testing.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { report } from './report.ts';

/*
 * What the store costs: inserts against better-sqlite3 on its own, and each question of the call path at a
 * million rows against the same question at ten thousand, where most rows are due and where hardly any is.
 */

const INSERTS = 10_000;
const FEW = 10_000;
const MANY = 1_000_000;
/** A question takes microseconds; this many are timed together. */
const ASKED = 20;

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

async function inserts(): Promise<void> {
  const [ours, bare] = [aStore(join(folder, 'ours.db')), aStore(join(folder, 'bare.db'))];
  // Made beforehand: six runs of each side, each with numbers of its own.
  let nth = 0;
  const batches = Array.from({ length: 12 }, () =>
    Array.from({ length: INSERTS }, () => {
      nth += 1;
      return anAttempt({ to: `+1555${String(nth).padStart(7, '0')}` as E164 });
    }),
  );
  const rows = () => batches.pop() ?? [];
  const statement = bare.$client.prepare(`
    INSERT INTO attempts (id, to_e164, from_number, carrier, mode, state, verdict, intended_at)
    VALUES (?, ?, ?, ?, 'ai', 'intended', ?, ?)`);
  const insertBare = bare.$client.transaction((attempts: ReturnType<typeof rows>) => {
    for (const { id, to, from, carrier, intendedAt } of attempts) {
      statement.run(id, to, from, carrier, '{"kind":"ring"}', intendedAt);
    }
  });
  const insertOurs = (attempts: ReturnType<typeof rows>) =>
    withTransaction(ours, () => attempts.forEach((attempt) => insertIntent(ours, attempt, { kind: 'ring' })));

  const [value, baseline] = await compared(
    5,
    () => insertOurs(rows()),
    () => insertBare.immediate(rows()),
  );
  report({ name: `${INSERTS} intents`, value, unit: 'ms', baseline, bar: { of: 'ratio', atMost: 2 } });
  closeStore(ours);
  closeStore(bare);
}

interface Spread {
  readonly name: string;
  readonly campaignId: number;
  readonly areOpen?: () => boolean;
}

/** How the campaigns of a workspace lie, one after the other. */
const CAMPAIGNS: readonly { readonly dueAt: string; readonly state: string }[] = [
  { dueAt: `${NOON} - i`, state: "'open'" },
  { dueAt: `${NOON} + 1 + i`, state: "'open'" },
  { dueAt: `${NOON} - i`, state: "iif(i <= 10, 'open', 'done')" },
];

const SPREADS: readonly Spread[] = [
  { name: 'all are due', campaignId: 1 },
  { name: 'all are due and asleep', campaignId: 1, areOpen: () => false },
  { name: 'none is due', campaignId: 2 },
  { name: 'all but ten are finished', campaignId: 3 },
];

async function questions(): Promise<void> {
  const [few, many] = [filled('few.db', FEW), filled('many.db', MANY)];
  const bar = { of: 'ratio', atMost: 3 } as const;
  for (const { name, campaignId, areOpen } of SPREADS) {
    const ask = (db: Db) => () => dueEnrolments(db, campaignId, NOON, 25, areOpen);
    const [value, baseline] = await compared(40, times(ask(many)), times(ask(few)));
    report({
      name: `next due, ${name}, 1 m : 10 k`,
      value: perAsk(value),
      unit: 'µs',
      baseline: perAsk(baseline),
      bar,
    });
  }
  const asks: Record<string, (db: Db) => unknown> = {
    'soonest due': (db) => nextDueAt(db, 1),
    'latest calls': (db) => latestCalls(db, { limit: 100 }),
    'contacts by name': (db) => searchContacts(db, { search: '', after: FEW / 2, limit: 100 }),
    'contacts by word': (db) => searchContacts(db, { search: 'ab cd', after: null, limit: 100 }),
  };
  for (const [name, ask] of Object.entries(asks)) {
    const [value, baseline] = await compared(
      40,
      times(() => ask(many), 10),
      times(() => ask(few), 10),
    );
    const isPage = name.startsWith('contacts by word');
    report({
      name: `${name}, 1 m : 10 k`,
      value: (value / 10) * 1_000,
      unit: 'µs',
      baseline: (baseline / 10) * 1_000,
      // A common word has more to merge in a longer list: told, not held to.
      ...(isPage ? {} : { bar }),
    });
  }
  closeStore(few);
  closeStore(many);
}

/** A workspace with `rows` contacts, as many calls, and a few campaigns. */
function filled(name: string, rows: number): Db {
  const db = aStore(join(folder, name));
  for (const _ of CAMPAIGNS) aCampaign(db);
  db.$client.pragma('foreign_keys = OFF');
  db.$client.pragma('synchronous = OFF');
  const numbered = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;
  db.$client.exec(`BEGIN;
    ${numbered} INSERT INTO contacts (name, company, title, place, email, fields, created_at)
      SELECT ${twoLetters('i')} || 'a ' || ${twoLetters('i / 676')} || 'son', 'Company ' || (i % 5000), '', '', '', '{}', 0 FROM n;
    ${numbered} INSERT INTO calls (carrier, call_ref, direction, from_number, to_number, status, is_held, started_at)
      SELECT 's', i, 'outbound', '', '', 'ended', 0, i FROM n;`);
  for (const [at, { dueAt, state }] of CAMPAIGNS.entries()) {
    db.$client.exec(`${numbered}
      INSERT INTO enrolments (campaign_id, contact_id, state, priority, places, attempts, due_at)
      SELECT ${at + 1}, i, ${state}, i % 3 * 10, 'zone/' || (i % 6) || '||', 0, ${dueAt} FROM n`);
  }
  db.$client.exec('COMMIT');
  return db;
}

/** What an agent types first of a name. */
function twoLetters(n: string): string {
  return `char(97 + ${n} % 26) || char(97 + ${n} / 26 % 26)`;
}

function times(ask: () => unknown, count = ASKED): () => void {
  return () => {
    for (let i = 0; i < count; i++) ask();
  };
}

function perAsk(ms: number): number {
  return (ms / ASKED) * 1_000;
}

/**
 * Both medians, the runs taken in turn. Timed in two blocks, a machine that others share slows one of them
 * and not the other, and the ratio tells of the machine.
 */
async function compared(
  runs: number,
  value: () => unknown,
  baseline: () => unknown,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run += 1) {
    for (const [side, work] of [value, baseline].entries()) {
      const startedAt = performance.now();
      await work();
      // The first run pays for warming up.
      if (run > 0) times[side]?.push(performance.now() - startedAt);
    }
  }
  return [median(times[0]), median(times[1])];
}

function median(times: readonly number[]): number {
  return times.toSorted((x, y) => x - y)[Math.floor(times.length / 2)] ?? Number.NaN;
}

try {
  await inserts();
  await questions();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
