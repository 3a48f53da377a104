import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseNext } from '../electron/dialer/choose.ts';
import { startReplanner } from '../electron/dialer/replan.ts';
import { openStandings } from '../electron/dialer/standings.ts';
import { campaignsOf, changeCampaign, keptCampaign } from '../electron/store/campaigns.ts';
import { type Db, closeStore, withTransaction } from '../electron/store/open.ts';
import { NOON, aCampaign, aStore } from '../electron/store/testing.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { shippedLaw } from '../shared/domain/law/book.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { HOUR_MS, after } from '../shared/lib/instants.ts';
import { report } from './report.ts';

/*
 * A change of rules over a million people: how long until all of them go by the new rules, and how long the
 * thread that rings and shows is kept from its work meanwhile. And what one look over a hundred campaigns costs.
 */

const PEOPLE = 1_000_000;
const CAMPAIGNS = 100;
const TICKS = 60;
/** 13:00 in New York. */
const NOW = after(NOON, 6 * HOUR_MS);
const clock = { ...machineClock(), now: () => NOW };
const LARGE = 1;

const folder = mkdtempSync(join(tmpdir(), 'parley-replan-'));
const file = join(folder, 'parley.db');

async function afterARuleChange(db: Db): Promise<void> {
  const { rules } = keptCampaign(db, LARGE)!;
  changeCampaign(db, LARGE, { rules: { ...rules, attemptsMax: 9, coolDownMs: HOUR_MS, order: 'oldest' } });
  const delays = watchThread();
  const startedAt = performance.now();
  const replanner = startReplanner({ db, file, law: shippedLaw, clock, planned() {}, log: console.error });
  await replanner.idle();
  const seconds = (performance.now() - startedAt) / 1_000;
  const p99 = delays();
  await replanner.close();
  const { version, plannedVersion } = keptCampaign(db, LARGE)!;
  if (version !== plannedVersion) throw new Error('the campaign was not planned to its end');
  report({ name: '1 m planned anew', value: seconds, unit: 's', bar: { of: 'value', atMost: 60 } });
  report({ name: 'thread delay meanwhile, p99', value: p99, unit: 'ms', bar: { of: 'value', atMost: 20 } });
}

/** What a change would do, for a supervisor who waits for it; and the thread meanwhile. */
async function previewed(db: Db): Promise<void> {
  const parts = { db, file, clock, law: shippedLaw, carrierTrouble: () => null, counted() {} };
  const standings = openStandings(parts);
  const delays = watchThread();
  const startedAt = performance.now();
  await standings.now(LARGE);
  report({ name: '1 m weighed by reason', value: (performance.now() - startedAt) / 1_000, unit: 's' });
  report({
    name: 'thread delay meanwhile, p99',
    value: delays(),
    unit: 'ms',
    bar: { of: 'value', atMost: 20 },
  });
  await standings.close();
}

/** One staging pass over every campaign, each under its own lock: in how many somebody may be rung. */
function tick(db: Db): number {
  const parts = { db, law: shippedLaw };
  return campaignsOf(db).filter((campaign) =>
    withTransaction(db, () => chooseNext(parts, { campaign, mode: campaign.mode }, NOW, 1).take !== null),
  ).length;
}

function ticks(db: Db): void {
  const times: number[] = [];
  for (let nth = 0; nth < TICKS; nth++) {
    const startedAt = performance.now();
    const found = tick(db);
    times.push(performance.now() - startedAt);
    if (found !== CAMPAIGNS) throw new Error(`${found} of ${CAMPAIGNS} campaigns had somebody to ring`);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(TICKS / 2)]!;
  report({
    name: `tick, ${CAMPAIGNS} campaigns, 1 m people`,
    value: median,
    unit: 'ms',
    bar: { of: 'value', atMost: 10 },
  });
}

/** How late a timer of a millisecond comes, as long as it is watched: the 99th of a hundred. */
function watchThread(): () => number {
  const late: number[] = [];
  let lastAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - lastAt - 1));
    lastAt = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return late.toSorted((a, b) => a - b)[Math.floor(late.length * 0.99)] ?? 0;
  };
}

const AREAS = [
  ['212', 'America/New_York', 'US-NY'],
  ['312', 'America/Chicago', 'US-IL'],
  ['303', 'America/Denver', 'US-CO'],
  ['206', 'America/Los_Angeles', 'US-WA'],
  ['617', 'America/New_York', 'US-MA'],
  ['808', 'Pacific/Honolulu', 'US-HI'],
];

/** `people` contacts from `first` on in a campaign of their own; many were tried before. */
function fill(db: Db, campaignId: number, first: number, people: number): void {
  const numbered = `WITH RECURSIVE n (i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${first + people - 1})`;
  const area = (nth: number) =>
    `(CASE i % 6 ${AREAS.map((each, i) => `WHEN ${i} THEN '${each[nth]}'`).join(' ')} END)`;
  const places = `${area(1)} || '|US|' || ${area(2)}`;
  db.$client.exec(`
    ${numbered} INSERT INTO contacts (id, name, company, title, place, email, fields, created_at)
      SELECT i, 'Contact ' || i, 'Company ' || (i % 5000), '', '', '', '{}', 0 FROM n;
    ${numbered} INSERT INTO contact_numbers (contact_id, e164, kind, zones, is_starred, is_usable, places)
      SELECT i, '+1' || ${area(0)} || printf('%07d', i), 'mobile', '[]', 1, 1, ${places} FROM n;
    ${numbered} INSERT INTO enrolments (campaign_id, contact_id, state, priority, places, attempts, due_at,
        rest_until, rest_from, last_outcome, last_attempt_at, is_ready, rank)
      SELECT ${campaignId}, i, 'open', i % 3 * 10, ${places}, i % 4, ${NOW} - i, ${NOW} - i,
        iif(i % 4 = 0, NULL, ${NOW} - i - ${4 * HOUR_MS}), iif(i % 4 = 0, NULL, 'no-answer'),
        iif(i % 4 = 0, NULL, ${NOW} - i - ${4 * HOUR_MS}), 1, i FROM n;`);
}

try {
  const db = aStore(file);
  const rules = usualRules('America/New_York');
  for (let nth = 0; nth < CAMPAIGNS; nth++) aCampaign(db, { rules });
  db.$client.pragma('foreign_keys = OFF');
  db.$client.exec('BEGIN');
  // One campaign has nearly all of them: what a change of its rules costs is what is asked.
  fill(db, LARGE, 1, PEOPLE - (CAMPAIGNS - 1) * 100);
  for (let nth = 1; nth < CAMPAIGNS; nth++) fill(db, LARGE + nth, PEOPLE + nth * 100, 100);
  db.$client.exec('COMMIT');
  // So much in one transaction stays in the log, which is slow to look things up in; an import never does that.
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  ticks(db);
  await previewed(db);
  await afterARuleChange(db);
  closeStore(db);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
