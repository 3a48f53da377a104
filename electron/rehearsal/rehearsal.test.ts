import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Rehearsal, rehearsalShape } from '../../shared/contract/rehearsal.ts';
import { openingIn } from '../../shared/domain/calling-window.ts';
import { usualRules } from '../../shared/domain/campaign.ts';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { lawThere } from '../../shared/domain/verdict-law.ts';
import { whereaboutsOf } from '../../shared/domain/whereabouts.ts';
import { HOUR_MS, type Instant, after, instant } from '../../shared/lib/instants.ts';
import type { RehearsalOrder } from './order.ts';
import { openRehearsals } from './rehearsals.ts';
import { runRehearsal } from './run.ts';
import { MORNING, type Rehearsable, aRehearsable, anOrder } from './testing-rehearsal.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CONTACTS = 120;

let folder: string;
let spring: Rehearsable;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-rehearsal-test-'));
  spring = aRehearsable(folder, CONTACTS);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Lived {
  readonly rehearsal: Rehearsal;
  readonly lines: readonly string[];
}

let nth = 0;

async function lived(more: Partial<RehearsalOrder> = {}, of: Rehearsable = spring): Promise<Lived> {
  const lines: string[] = [];
  const order = anOrder(of, join(folder, `stage-${(nth += 1)}`), more);
  const told = await runRehearsal(order, { line: (line) => lines.push(line) }, new AbortController().signal);
  if (!told.ok) throw new Error(told.error);
  return { rehearsal: told.value, lines };
}

test('the same seed gives the same rehearsal, byte for byte, and another seed another', async () => {
  const first = await lived();
  const again = await lived();
  const other = await lived({ seed: 'two' });
  expect(first.rehearsal.dials).toBeGreaterThan(20);
  expect(again.lines.join('\n')).toBe(first.lines.join('\n'));
  expect(again.rehearsal).toEqual(first.rehearsal);
  expect(other.rehearsal.logHash).not.toBe(first.rehearsal.logHash);
});

test('what is told adds up, and is what the contract promises', async () => {
  const { rehearsal, lines } = await lived();
  expect(rehearsalShape.parse(rehearsal)).toEqual(rehearsal);
  const { dials, talks, talkMs, byHour, byAgent, contacts, reached, neverReached } = rehearsal;
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
  expect(sum(byHour.map((each) => each.dials))).toBe(dials);
  expect(sum(byAgent.map((each) => each.dials))).toBe(dials);
  expect(sum(byAgent.map((each) => each.talks))).toBe(talks);
  expect(sum(byHour.map((each) => each.talkMs))).toBe(talkMs);
  expect(contacts).toBe(CONTACTS);
  expect(reached + sum(neverReached.map(({ count }) => count))).toBe(CONTACTS);
  expect(rehearsal.log).toEqual(lines.slice(0, 100));
  expect(rehearsal.logLines).toBe(lines.length);
  const whole = createHash('sha256').update(lines.map((line) => `${line}\n`).join(''));
  expect(rehearsal.logHash).toBe(whole.digest('hex'));
});

/** Every request of the log: when, and to whom. */
function dialsIn(lines: readonly string[]): { readonly at: Instant; readonly to: E164 }[] {
  return lines.flatMap((line) => {
    const [, at, to] = /^(\S+) call \d+: (\+\d+) is asked for$/.exec(line) ?? [];
    return at === undefined || to === undefined ? [] : [{ at: instant(Date.parse(at)), to: to as E164 }];
  });
}

test('nobody is rung outside the campaign’s hours or the law’s, however long the rehearsal', async () => {
  const { rules } = { rules: usualRules('America/New_York') };
  const evening = after(MORNING, 7 * HOUR_MS);
  const { lines } = await lived({ from: evening, hours: 24, agents: 2 });
  const dials = dialsIn(lines);
  expect(dials.length).toBeGreaterThan(20);
  const wrong = dials.filter(({ at, to }) => {
    const { zones, states, countries } = whereaboutsOf({ e164: to, address: null });
    const call = { mode: 'automatic', purpose: 'sales' } as const;
    return (
      !openingIn(rules.windows, rules.zone, at).open ||
      !lawThere(shippedLaw, { zones, states, countries }, at, call).isOpen
    );
  });
  expect(wrong).toEqual([]);
  // The next morning is a part of it: hours were left, and entered again.
  expect(dials.some(({ at }) => at > after(MORNING, 20 * HOUR_MS))).toBe(true);
});

test('the workspace is left byte for byte as it was', async () => {
  const before = readFileSync(spring.file);
  await lived();
  expect(readFileSync(spring.file).equals(before)).toBe(true);
});

test('nobody to ring, a campaign that is gone, a file that is none: each is a sentence', async () => {
  const ask = async (more: Partial<RehearsalOrder>, of = spring) => {
    const order = anOrder(of, join(folder, `stage-${(nth += 1)}`), more);
    const told = await runRehearsal(order, {}, new AbortController().signal);
    return told.ok ? 'it ran' : told.error;
  };
  expect(await ask({ campaignId: 99 })).toBe('This campaign is gone.');
  expect(await ask({ file: join(folder, 'nothing.db') })).toContain('could not be copied');
  const empty = aRehearsable(mkdtempSync(join(folder, 'empty-')), 0);
  expect(await ask({}, empty)).toBe(
    'Nobody is left to be rung in “Spring”. Add people first; then rehearse it.',
  );
});

test('a rehearsal that is called off stops at once and says so', async () => {
  const calling = new AbortController();
  const order = anOrder(spring, join(folder, `stage-${(nth += 1)}`), { hours: 72 });
  const progress = () => calling.abort();
  const told = await runRehearsal(order, { progress }, calling.signal);
  expect(told).toEqual({ ok: false, error: 'The rehearsal was called off.' });
});

test('on its thread it tells how far it is, gives the same result, and can be stopped and begun anew', async () => {
  const rehearsals = openRehearsals({
    file: spring.file,
    kind: 'live',
    home: { country: 'US', zone: 'America/New_York' },
    law: shippedLaw,
    log: (line, error) => console.error(line, error),
  });
  const wish = { campaignId: spring.campaignId, from: MORNING, hours: 2, agents: 3, seed: 'one' };
  const isStageThere = () => existsSync(join(folder, 'rehearsal'));
  expect(rehearsals.standing(spring.campaignId)).toEqual({ kind: 'none' });
  expect(rehearsals.start({ ...wish, hours: 72 }).ok).toBe(true);
  expect(rehearsals.start(wish).ok).toBe(false);
  await vi.waitFor(() => expect(rehearsals.standing(spring.campaignId)).toMatchObject({ kind: 'running' }));
  await rehearsals.cancel(spring.campaignId);
  expect(rehearsals.standing(spring.campaignId)).toEqual({ kind: 'none' });
  expect(isStageThere()).toBe(false);

  expect(rehearsals.start(wish).ok).toBe(true);
  await vi.waitFor(() => expect(rehearsals.standing(spring.campaignId)).toMatchObject({ kind: 'done' }), {
    timeout: 60_000,
    interval: 50,
  });
  const standing = rehearsals.standing(spring.campaignId);
  const { rehearsal } = await lived();
  expect(standing).toEqual({ kind: 'done', rehearsal });
  await rehearsals.close();
  expect(isStageThere()).toBe(false);
});
