import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { closeStore, openStore } from '../../electron/store/open.ts';
import { callOfAttempt } from '../../electron/store/calls.ts';
import { outcomeOf } from '../../electron/store/outcomes.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { assert } from '../../shared/lib/assert.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type Random, between, seededRandom } from '../../shared/lib/random.ts';
import { type StandIn, openStandIn } from './open.ts';
import type { ProcessWish } from './testing-office-process.ts';
import { fastClock, officeFolder, openTestOffice, valuesOf } from './testing-office.ts';
import { until } from './testing-until.ts';

/*
 * The whole kernel in a process of its own is killed while it calls through the stand-in, which goes on: a call that was
 * taken rings whether or not anybody is there to hear of it. `PARLEY_STAND_IN_KILLS=20` kills oftener.
 */

const KILLS = Number(process.env['PARLEY_STAND_IN_KILLS'] ?? 1);
const SPEED = 60;
/** Enough that every life has somebody left to call. */
const PEOPLE = 6 + 6 * KILLS;
/** Starting a process takes its time where many tests run at once. */
const PATIENCE_MS = 100_000;
const TEST_MS_MAX = (KILLS + 1) * PATIENCE_MS;

const RULES: Readonly<Record<'twilio' | 'vapi', Partial<CampaignRules>>> = {
  twilio: {
    voice: 'recorded',
    message: 'Hello {{first name|there}}, this is Larkspur with a short word.',
    attemptsMax: 1,
  },
  vapi: { voice: 'ai', attemptsMax: 1 },
};

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

interface Lived {
  readonly world: StandIn;
  readonly folder: string;
  readonly numbers: readonly string[];
  readonly kills: number;
  readonly complaints: readonly string[];
}

async function lived(kind: 'twilio' | 'vapi', hasRelay: boolean): Promise<Lived> {
  const startedAt = Date.now();
  const random = seededRandom(`kills ${kind}`);
  const clock = fastClock(SPEED, startedAt);
  const mix = { human: 3, machine: 1, 'no-answer': 1, busy: 1 };
  const world = await openStandIn({ seed: 'kills', clock, mix });
  const folder = officeFolder();
  cleanUps.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => world.close(),
  );
  const values = valuesOf(world, kind);
  const from = kind === 'twilio' ? world.twilio.numbers[0]!.phoneNumber : world.vapi.phoneNumbers[0]!.number;

  const first = await openTestOffice({ clock, kind, values, hasRelay: false, folder });
  const { id: campaignId, numbers } = first.campaign(RULES[kind], from, PEOPLE);
  await first.close();

  const wish: ProcessWish = { kind, values, hasRelay, folder, speed: SPEED, startedAt, campaignId };
  let kills = 0;
  for (let nth = 0; nth < KILLS; nth += 1) kills += await bornToDie(world, wish, random);
  const office = born(wish);
  const said = await ended(office);
  return {
    world,
    folder,
    numbers,
    kills,
    complaints: (JSON.parse(said) as { complaints: string[] }).complaints,
  };
}

function born(wish: ProcessWish): ChildProcess {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing-office-process.ts'), JSON.stringify(wish)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    },
  );
  cleanUps.push(() => child.kill('SIGKILL'));
  return child;
}

/** Lets it live until it has placed a call or two, and kills it: some at once, some while it waits for an answer. */
async function bornToDie(world: StandIn, wish: ProcessWish, random: Random): Promise<number> {
  const before = world.truth.rings.length;
  const isWaiting = random.next() < 0.5;
  if (isWaiting)
    world.control.failOnce({
      trouble: 'time-out-after',
      method: 'POST',
      path: wish.kind === 'twilio' ? '/Calls' : '/call',
    });
  const child = born(wish);
  const isOver = new Promise<void>((done) => void child.once('exit', () => done()));
  // Nothing more is placed while an answer is waited for in vain.
  const calls = before + (isWaiting ? 1 : between(random, 1, 2));
  await Promise.race([
    isOver,
    until(
      () => world.truth.rings.length,
      (length) => length >= calls,
      PATIENCE_MS,
    ),
  ]);
  await new Promise((done) => setTimeout(done, between(random, 0, 30)));
  const isKilled = child.kill('SIGKILL');
  await isOver;
  world.control.clearFaults();
  return isKilled ? 1 : 0;
}

/** What it said last. */
function ended(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout!.on('data', (text: Buffer) => {
    said += text.toString();
  });
  return new Promise((done, failed) => {
    child.once('exit', (code) =>
      code === 0
        ? done(said.trim().split('\n').at(-1)!)
        : failed(new Error(`it ended with ${code}: ${said}`)),
    );
  });
}

test(
  'killed again and again, it calls nobody twice and loses nobody, with Twilio’s events and with none of Vapi’s',
  async () => {
    // Side by side: most of the time goes into starting a process.
    const all = await Promise.all([lived('twilio', true), lived('vapi', false)]);
    for (const { world, folder, numbers, kills, complaints } of all) {
      expect(kills).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
      expect(world.truth.secondCalls()).toEqual([]);
      expect(world.truth.overlaps()).toEqual([]);
      expect(world.truth.rings.map(({ to }) => to).toSorted()).toEqual(numbers.toSorted());
      expectBooks(world, folder);
      expect(world.violations).toEqual([]);
    }
  },
  TEST_MS_MAX,
);

/** Whoever was rung has an ended call and an outcome in our own books. */
function expectBooks({ truth }: StandIn, folder: string): void {
  const opened = openStore(join(folder, 'parley.db'), { now: () => instant(0) });
  assert(opened.ok, 'the workspace opens');
  const db = opened.value;
  for (const { attemptId, to } of truth.rings) {
    expect([to, callOfAttempt(db, attemptId!)?.status]).toEqual([to, 'ended']);
    expect([to, outcomeOf(db, attemptId!)?.dispositionId]).toEqual([to, expect.any(String)]);
  }
  closeStore(db);
}
