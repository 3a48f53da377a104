import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BRIEF_HUMAN } from '../electron/carriers/simulator/outcomes.ts';
import { practiceWorld } from '../electron/carriers/simulator/practice-world.ts';
import { simulatedCarrier } from '../electron/carriers/simulator/simulator.ts';
import { openBackgroundCalls } from '../electron/dialer/background-calls.ts';
import { CONCURRENT } from '../electron/dialer/background-one.ts';
import { openGate } from '../electron/dialer/gate.ts';
import { applyPending, takeIn } from '../electron/dialer/track.ts';
import { addCampaign } from '../electron/store/campaigns.ts';
import { addContact } from '../electron/store/contacts.ts';
import { addDispositions } from '../electron/store/dispositions.ts';
import { closeStore, openStore, withTransaction } from '../electron/store/open.ts';
import { setSetting } from '../electron/store/settings.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS, UNATTENDED_DISPOSITIONS } from '../shared/domain/disposition.ts';
import { shippedLaw } from '../shared/domain/law/book.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { HOUR_MS, after, instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * One look of the campaigns that dial by themselves: a hundred of them with a million enrolments, on a real file
 * that is synced at each commit. Idle is a look that finds nobody due; busy is one that begins a call, its
 * verdict, its intent and its mark on disk. The baseline of both is one synced commit.
 */

const CAMPAIGNS = 100;
const EACH = 10_000;
const LOOKS = 200;
const NOON = instant(Date.UTC(2026, 10, 18, 17));
const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const clock = simulatedClock(NOON);
// Everybody answers and hangs up soon: what is measured is the look, not what a carrier may do.
const world = simulatedCarrier({
  file: ':memory:',
  clock,
  seed: 'bench',
  latencyMs: [1, 1],
  world: { ...practiceWorld, byNumber: {}, mix: [[1, BRIEF_HUMAN]] },
});
const opened = openStore(join(folder, 'workspace.db'), { now: () => NOON });
if (!opened.ok) throw new Error(opened.error.sentence);
const db = opened.value;
addDispositions(db, null, [...STANDARD_DISPOSITIONS, ...UNATTENDED_DISPOSITIONS]);
setSetting(db, 'workspace', CONCURRENT, 1_000);

const campaignIds = Array.from({ length: CAMPAIGNS }, (_, nth) =>
  addCampaign(db, {
    name: `Campaign ${nth}`,
    status: 'active',
    mode: 'power',
    rules: { ...usualRules('America/New_York'), voice: 'ai' },
    callerId: '+12125550199',
    scriptId: null,
    createdAt: NOON,
  }),
);

// Ten thousand people, each in every campaign and due in another order there. The contacts are made as the product makes them, the rest in bulk.
withTransaction(db, () => {
  for (let nth = 0; nth < EACH; nth++) {
    const e164 = `+1${201 + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
    const numbers = [{ e164, kind: 'mobile' as const, zones: [ZONES[nth % ZONES.length]!], isStarred: true }];
    const about = { listId: null, company: `Company ${nth}`, title: '', place: '', email: '', fields: {} };
    addContact(db, { ...about, name: `Contact ${nth}`, createdAt: NOON, numbers });
  }
});
const sqlite = db.$client;
sqlite.exec(`INSERT INTO consents (contact_id, kind, basis, source, given_at)
  SELECT id, 'ai-voice', 'in writing', 'form', ${NOON} FROM contacts`);
const later = after(NOON, HOUR_MS);
withTransaction(db, () => {
  for (const campaignId of campaignIds)
    sqlite
      .prepare(
        `INSERT INTO enrolments (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until)
         SELECT ?, n.contact_id, 'open', 0,
           iif(n.places <> '', n.places, (SELECT group_concat(value, ' ') FROM json_each(n.zones)) || '||'), 0, due, due
         FROM (SELECT *, ? + (contact_id * 7919 + ? * 104729) % 3600000 AS due FROM contact_numbers) n`,
      )
      .run(campaignId, later, campaignId);
});

const log = (line: string, error?: unknown) => console.error(line, error);
const parts = { db, carrier: world, clock, random: seededRandom('bench'), law: shippedLaw };
const calls = openBackgroundCalls(
  { ...parts, gate: openGate(clock, world), log, note() {}, notify() {}, changed() {} },
  () => {},
);

world.listen((event) => {
  if (takeIn(db, world.name, event, clock))
    calls.learned(applyPending(db, clock).flatMap(({ attemptId }) => attemptId ?? []));
});

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** A look after the other, each an instant later; `look` also forgets what is known of the campaigns. */
async function looks(count: number, isAnew: boolean): Promise<number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < count; nth++) {
    if (isAnew) calls.look();
    times.push(timed(() => void calls.run()));
    await clock.advance(250);
  }
  return times;
}

const commits = Array.from({ length: LOOKS }, (_, nth) => timed(() => setSetting(db, 'bench', 'x', nth)));
const baseline = percentile(commits, 0.95);
const anew = await looks(LOOKS, true);
// The rest of the campaigns have had their first look by now.
for (let nth = 0; nth < CAMPAIGNS; nth++) calls.run();
const idle = await looks(LOOKS, false);
await clock.advance(2 * HOUR_MS);
const before = attemptsMade();
const busy = await looks(LOOKS, false);
const begun = attemptsMade() - before;
if (begun < LOOKS / 2) throw new Error(`only ${begun} calls were begun in ${LOOKS} looks`);

const about = `${CAMPAIGNS} campaigns, ${CAMPAIGNS * EACH} enrolments`;
const bar = { of: 'value', atMost: 10 } as const;
report({
  name: `look with nobody due, p95 (${about})`,
  value: percentile(idle, 0.95),
  unit: 'ms',
  baseline,
  bar,
});
report({ name: 'look after everything changed, median', value: percentile(anew, 0.5), unit: 'ms', bar });
// Two commits and the verdicts between them: the disk sets the pace.
report({
  name: `look that begins a call, p95 of ${begun}`,
  value: percentile(busy, 0.95),
  unit: 'ms',
  baseline,
  bar: { of: 'ratio', atMost: 8 },
});
report({ name: 'look that begins a call, median', value: percentile(busy, 0.5), unit: 'ms' });

await calls.close();
closeStore(db);
rmSync(folder, { recursive: true, force: true });

function attemptsMade(): number {
  return (sqlite.prepare('SELECT count(*) AS n FROM attempts').get() as { n: number }).n;
}
