import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseNext } from '../electron/dialer/choose.ts';
import { campaignById } from '../electron/store/campaigns.ts';
import { takeInHand } from '../electron/store/enrolments.ts';
import { watchLines } from '../electron/store/line-front.ts';
import { type Db, closeStore, withTransaction } from '../electron/store/open.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { shippedLaw } from '../shared/domain/law/book.ts';
import { NOON } from '../shared/domain/testing-verdict.ts';
import { assert } from '../shared/lib/assert.ts';
import { HOUR_MS, type Instant, after } from '../shared/lib/instants.ts';
import { longList } from './long-list.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * Who is next, and taking them in hand, on disk as it is when somebody waits for it: in lists of ever more people,
 * at noon, and in the morning, when most of those in front are asleep. The baseline is the least that could be
 * done: one seek in an index and one update, in the same file and synced like it.
 */

const SIZES = [10_000, 100_000, 1_000_000] as const;
const ROUNDS = 1_500;
const WARM_UP = 100;
/** Nine in New York, and six in Los Angeles. */
const MORNING = after(NOON, -3 * HOUR_MS);

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

function choose(db: Db, now: Instant): void {
  const campaign = campaignById(db, 1);
  assert(campaign !== null, 'the campaign is there');
  withTransaction(db, () => {
    const { take } = chooseNext({ db, law: shippedLaw }, { campaign, mode: 'power' }, now, 4);
    assert(take !== null && takeInHand(db, take.id, 1), 'somebody is always due');
  });
}

function bareTable(db: Db, rows: number): () => void {
  db.$client.exec(`CREATE TABLE bare (id INTEGER PRIMARY KEY, campaign INTEGER, state TEXT, rank INTEGER);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO bare SELECT i, 1, 'open', (i * 7919) % ${rows} FROM n;
    CREATE INDEX bare_open ON bare (campaign, rank) WHERE state = 'open';`);
  const select = db.$client.prepare(
    "SELECT id FROM bare WHERE campaign = 1 AND state = 'open' ORDER BY rank LIMIT 1",
  );
  const update = db.$client.prepare("UPDATE bare SET state = 'in-hand' WHERE id = ?");
  return () =>
    withTransaction(db, () => {
      const { id } = select.get() as { id: number };
      update.run(id);
    });
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** All of them in turn, so that a machine that others share slows each of them alike. */
function measured(asks: readonly (() => void)[]): number[][] {
  const times: number[][] = asks.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [nth, ask] of asks.entries()) {
      const ms = timed(ask);
      if (round >= WARM_UP) times[nth]!.push(ms);
    }
  return times;
}

function tell(name: string, times: readonly number[], few: readonly number[], bare: readonly number[]): void {
  const value = percentile(times, 0.99);
  const row = { value, unit: 'ms' };
  const p99 = `${name}, p99`;
  report({
    name: `${p99}, 1 m : 10 k`,
    ...row,
    baseline: percentile(few, 0.99),
    bar: { of: 'ratio', atMost: 2 },
  });
  report({
    name: `${p99}, 1 m : bare`,
    ...row,
    baseline: percentile(bare, 0.99),
    bar: { of: 'ratio', atMost: 3 },
  });
}

const stores = SIZES.map((size) =>
  longList(join(folder, `${size}.db`), size, NOON, usualRules('America/New_York')),
);
try {
  const [few, some, many] = stores as [Db, Db, Db];
  stores.forEach(watchLines);
  const bare = bareTable(many, SIZES[2]);
  for (const [name, now] of [
    ['next contact taken in hand', NOON],
    ['the same in the morning', MORNING],
  ] as const) {
    const asks = [few, some, many].map((db) => () => choose(db, now));
    const [at10k, at100k, at1m, ofBare] = measured([...asks, bare]) as [
      number[],
      number[],
      number[],
      number[],
    ];
    tell(name, at1m, at10k, ofBare);
    const baseline = percentile(ofBare, 0.5);
    for (const [size, times] of [
      ['10 k', at10k],
      ['100 k', at100k],
      ['1 m', at1m],
    ] as const)
      report({ name: `${name}, median, ${size}`, value: percentile(times, 0.5), unit: 'ms', baseline });
  }
} finally {
  stores.forEach(closeStore);
  rmSync(folder, { recursive: true, force: true });
}
