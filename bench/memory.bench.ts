import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { simulatedCarrier } from '../electron/carriers/simulator/simulator.ts';
import { practiceWorld } from '../electron/carriers/simulator/practice-world.ts';
import { createKernel } from '../electron/kernel.ts';
import { talkOutcomesOf } from '../electron/rehearsal/outcome.ts';
import { type Robot, robot } from '../electron/rehearsal/robot.ts';
import { addAgent } from '../electron/store/agents.ts';
import { addCampaign } from '../electron/store/campaigns.ts';
import { giveConsent } from '../electron/store/consents.ts';
import { addContact } from '../electron/store/contacts.ts';
import { addDispositions, dispositionsOf, offeredToAgents } from '../electron/store/dispositions.ts';
import { enrol } from '../electron/store/enrolments.ts';
import { withTransaction } from '../electron/store/open.ts';
import { type CampaignRules, usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS, UNATTENDED_DISPOSITIONS } from '../shared/domain/disposition.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, after, instant } from '../shared/lib/instants.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { simulatedClock } from '../shared/lib/simulated-clock.ts';
import { report } from './report.ts';

/*
 * A week of a kernel's life: agents and a campaign of an AI voice, nights between, words in each talk. After each
 * day all that is garbage is collected, and what is left is weighed. The first day fills what is kept on purpose;
 * from then on it may not grow. PARLEY_MEMORY_DAYS for fewer or more.
 */

const DAYS = Number(process.env.PARLEY_MEMORY_DAYS ?? 7);
const AGENTS = 2;
const PEOPLE = 400;
/** A Sunday at midnight in New York. */
const SUNDAY = instant(Date.UTC(2026, 10, 15, 5));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const clock = simulatedClock(SUNDAY);
const robots = new Map<number, Robot>();
const carrier = simulatedCarrier({
  file: join(folder, 'world.db'),
  clock,
  seed: 'memory',
  world: { ...practiceWorld, byNumber: {} },
  faults: { duplicate: 0.05, reorder: 0.05, lose: 0.02 },
});
const stumbles: string[] = [];
const made = createKernel({
  kind: 'practice',
  isThrowaway: true,
  file: join(folder, 'workspace.db'),
  clock,
  random: seededRandom('memory'),
  carrier,
  home: { country: 'US', zone: 'America/New_York' },
  tell() {},
  deskChanged: (agentId) => robots.get(agentId)?.look(),
  log: (line, error) => stumbles.push(`${line} ${String(error)}`),
});
if (!made.ok) throw new Error(made.error.sentence);
const kernel = made.value;
const { db } = kernel;
addDispositions(db, null, [...STANDARD_DISPOSITIONS, ...UNATTENDED_DISPOSITIONS]);

/** So many that nobody is ever done with: a week must not run out of people. */
function aCampaign(name: string, firstArea: number, rules: Partial<CampaignRules>): number {
  const everyDay = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    weekday: weekday || 7,
    from: 9 * 60,
    to: 13 * 60,
  }));
  const campaignId = addCampaign(db, {
    name,
    status: 'active',
    mode: 'power',
    rules: {
      ...usualRules('America/New_York'),
      windows: everyDay,
      attemptsMax: 1_000,
      coolDownMs: HOUR_MS,
      ...rules,
    },
    callerId: '+12125550199',
    scriptId: null,
    createdAt: SUNDAY,
  });
  withTransaction(db, () => {
    const contactIds = Array.from({ length: PEOPLE }, (_, nth) => {
      const e164 = `+1${firstArea + Math.floor(nth / 100)}55501${String(nth % 100).padStart(2, '0')}` as E164;
      const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
      const about = { listId: null, company: '', title: '', place: '', email: '', fields: {} };
      const id = addContact(db, { ...about, name: `Contact ${nth}`, createdAt: SUNDAY, numbers });
      giveConsent(db, {
        contactId: id,
        kind: 'ai-voice',
        basis: 'in writing',
        source: 'form',
        givenAt: SUNDAY,
      });
      return id;
    });
    enrol(db, campaignId, contactIds, { dueAt: SUNDAY });
  });
  return campaignId;
}

const byAgents = aCampaign('By agents', 201, {});
aCampaign('By itself', 701, { voice: 'ai' });
for (let nth = 0; nth < AGENTS; nth++) {
  const person = addAgent(db, { name: `Agent ${nth}`, role: 'agent', createdAt: SUNDAY });
  const each = robot({
    db,
    desk: kernel.desk,
    clock,
    person,
    write() {},
    talks: talkOutcomesOf([]),
    random: seededRandom(person.name),
    campaign: { id: byAgents, mode: 'power', wrapUpMs: MINUTE_MS },
    dispositions: offeredToAgents(dispositionsOf(db, byAgents)),
    isDusk: () => false,
  });
  robots.set(person.id, each);
  each.begin();
}

/** What is left after everything that is garbage is gone: the heap, and what it holds outside. */
function weigh(): number {
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 2 ** 20;
}

const weights: number[] = [];
for (let day = 1; day <= DAYS; day++) {
  const until = after(SUNDAY, day * DAY_MS);
  while (await clock.step(until));
  await clock.advance(Math.max(0, until - clock.now()));
  weights.push(weigh());
}
const calls = (db.$client.prepare('SELECT count(*) AS n FROM calls').get() as { n: number }).n;
const stopping = kernel.stop();
await clock.advance(HOUR_MS);
await stopping;
rmSync(folder, { recursive: true, force: true });
if (stumbles.length > 0) throw new Error(stumbles[0]);
if (calls < DAYS * 50) throw new Error(`only ${calls} calls were made: a week of nothing proves nothing`);

const first = weights[0]!;
report({
  name: `memory after ${DAYS} days and ${calls} calls`,
  value: weights.at(-1)!,
  unit: 'MB',
  baseline: first,
});
report({
  name: 'growth since the first day, at the most',
  value: (Math.max(...weights) / first - 1) * 100,
  unit: '%',
  bar: { of: 'value', atMost: 10 },
});
