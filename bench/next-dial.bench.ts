import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedCarrier } from '../electron/carriers/simulator/simulator.ts';
import { createKernel } from '../electron/kernel.ts';
import { addAgent } from '../electron/store/agents.ts';
import { addCampaign } from '../electron/store/campaigns.ts';
import { addContact } from '../electron/store/contacts.ts';
import { addDispositions } from '../electron/store/dispositions.ts';
import { enrol } from '../electron/store/enrolments.ts';
import { withTransaction } from '../electron/store/open.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../shared/domain/disposition.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { HOUR_MS, SECOND_MS, after, instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * The yawning gap: from the key that files an outcome to the request for the next call, on a real file that is
 * synced at each commit. The clock of the calls is simulated, so that talking takes no time; what is measured
 * is the machine's. The baseline is one synced commit, of which this takes several.
 */

const CONTACTS = 20_000;
const CALLS = 300;
const NOON = instant(Date.UTC(2026, 10, 18, 17));

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const clock = simulatedClock(NOON);
const world = simulatedCarrier({ file: ':memory:', clock, seed: 'bench', latencyMs: [1, 1] });
let placedAt: number | null = null;
const kernel = createKernel({
  kind: 'practice',
  file: join(folder, 'workspace.db'),
  clock,
  random: seededRandom('bench'),
  carrier: {
    ...world,
    place(...asked: Parameters<typeof world.place>) {
      placedAt = performance.now();
      return world.place(...asked);
    },
  },
  home: { country: 'US', zone: 'America/New_York' },
  tell() {},
  deskChanged() {},
  log: (line, error) => console.error(line, error),
});
if (!kernel.ok) throw new Error(kernel.error.sentence);
const { db, desk } = kernel.value;

addDispositions(db, null, STANDARD_DISPOSITIONS);
const person = addAgent(db, { name: 'Bench', role: 'agent', createdAt: NOON });
const campaignId = addCampaign(db, {
  name: 'Bench',
  status: 'active',
  mode: 'preview',
  rules: usualRules('America/New_York'),
  callerId: '+12125550199',
  scriptId: null,
  createdAt: NOON,
});
const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];
withTransaction(db, () => {
  const contactIds = Array.from({ length: CONTACTS }, (_, nth) => {
    // The hundred numbers set aside for fiction in each of two hundred area codes: nobody shares one.
    const e164 = `+1${201 + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
    const zone = ZONES[nth % ZONES.length]!;
    const numbers = [{ e164, kind: 'mobile' as const, zones: [zone], isStarred: true }];
    return addContact(db, {
      listId: null,
      name: `Contact ${nth}`,
      company: `Company ${nth}`,
      title: '',
      place: '',
      email: '',
      fields: {},
      createdAt: NOON,
      numbers,
    });
  });
  enrol(db, campaignId, contactIds, { dueAt: NOON });
});

const gaps: number[] = [];
desk.start(person, campaignId, 'preview');
desk.dial(person, null);
for (let tries = 0; gaps.length < CALLS && tries < CALLS * 40; tries++) {
  const { state } = desk.view(person).session!;
  if (state.kind === 'wrap-up') {
    const startedAt = performance.now();
    placedAt = null;
    const filed = { attemptId: state.attemptId, dispositionId: 'qualified', note: '', callbackAt: null };
    desk.file(person, filed);
    desk.dial(person, null);
    if (placedAt !== null) gaps.push(placedAt - startedAt);
  } else if (state.kind === 'previewing') desk.dial(person, null);
  else if (state.kind === 'paused') desk.resume(person);
  else await desk.hangUp(person);
  await clock.advance(5 * SECOND_MS);
  // The law stays awake as long as the bench does.
  if (clock.now() > after(NOON, 3 * HOUR_MS)) clock.jump(NOON);
}
if (gaps.length < CALLS / 2) throw new Error(`only ${gaps.length} calls came about`);

const plain = db.$client.prepare("UPDATE settings SET value = value || '0' WHERE scope = 'bench'");
db.$client.prepare("INSERT INTO settings (scope, key, value) VALUES ('bench', 'x', '0')").run();
const commits = Array.from({ length: 300 }, () => {
  const startedAt = performance.now();
  plain.run();
  return performance.now() - startedAt;
});
report({
  name: `outcome filed to next request, p95 of ${gaps.length}`,
  value: percentile(gaps, 0.95),
  unit: 'ms',
  baseline: percentile(commits, 0.95),
  bar: { of: 'value', atMost: 50 },
});
report({ name: 'outcome filed to next request, median', value: percentile(gaps, 0.5), unit: 'ms' });

await kernel.value.stop();
rmSync(folder, { recursive: true, force: true });
