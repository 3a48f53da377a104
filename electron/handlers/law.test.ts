import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Law, LawRule } from '../../shared/contract/law.ts';
import { instant } from '../../shared/lib/instants.ts';
import { zoneRelease } from '../../shared/lib/zones/table.ts';
import type { DecisionRecord } from '../../shared/domain/verdict-record.ts';
import { verdictOfAttempt } from '../store/attempts.ts';
import { auditOf } from '../store/audit.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/** 13:00 in New York and 10:00 in Portland, on a Wednesday: practice is open. */
const START = instant(Date.UTC(2026, 10, 18, 18));
const PRACTICE = 1;

const open: TestHouse[] = [];

async function aPractice(): Promise<TestHouse> {
  const house = await aHouse(START);
  open.push(house);
  return house;
}

afterEach(async () => {
  for (const house of open.splice(0)) await house.end();
});

const lawOf = (house: TestHouse) => house.get<Law>('law.read');
const ruleIn = (law: Law, id: string): LawRule | undefined =>
  law.places.flatMap(({ rules }) => rules).find((rule) => rule.id === id);
const closuresFile = ({ dataDir }: TestHouse) => join(dataDir, 'workspaces', 'practice', 'closures.json');

interface WhyNot {
  readonly dialable: number;
  readonly segments: readonly { readonly rule: string; readonly count: number; readonly sentence: string }[];
}
async function heldByLaw(house: TestHouse): Promise<number> {
  const { segments } = await house.get<WhyNot>('campaigns.whyNot', { id: PRACTICE });
  return segments.find(({ rule }) => rule === 'legal-hours')?.count ?? 0;
}

test('the book is told place by place: each rule in a sentence, with its source, its date and how sure we are', async () => {
  const law = await lawOf(await aPractice());
  expect(law.places.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['The United States', 'Florida', 'The United Kingdom', 'The rest of the world']),
  );
  expect(ruleIn(law, 'us-hours')).toMatchObject({
    title: 'Hours',
    sentence: 'Calls 8:00–21:00 every day.',
    citation: '47 CFR 64.1200(c)(1); 16 CFR 310.4(c)',
    asOf: '2026-11-20',
    confidence: 'The text was read.',
    override: null,
  });
  for (const { rules } of law.places)
    for (const { sentence, citation } of rules) {
      expect(sentence).toMatch(/^(?!.*(undefined|null|NaN)).*\.$/u);
      expect(citation.length).toBeGreaterThan(3);
    }
  expect(law.zones).toEqual({ release: zoneRelease(), doubt: null });
});

test('a rule that is no text of a law is taken out by name and with a reason, and comes back', async () => {
  const house = await aPractice();
  const reason = 'Counsel, 3 March: not for our kind of call.';
  const after = await house.get<Law>('law.override', { rule: 'us-in-hours', reason });
  expect(ruleIn(after, 'us-in-hours')?.override).toEqual({ by: 'Ann', reason, on: '2026-11-18' });
  expect(auditOf(house.db, 'law', 'us-in-hours', 5).rows).toMatchObject([
    { action: 'law.override', who: 'Ann', after: { reason } },
  ]);
  const back = await house.get<Law>('law.restore', { rule: 'us-in-hours' });
  expect(ruleIn(back, 'us-in-hours')?.override).toBeNull();
  expect(await house.no('law.restore', { rule: 'us-in-hours' })).toContain('in force already');
});

test('the text of a law stays, whoever asks, and a reason is asked for', async () => {
  const house = await aPractice();
  const law = await lawOf(house);
  expect(ruleIn(law, 'us-hours')?.whyKept).toContain('cannot be taken out');
  expect(await house.no('law.override', { rule: 'us-hours', reason: 'We are in a hurry.' })).toContain(
    'not-allowed: This rule is the text of a law',
  );
  expect(await house.no('law.override', { rule: 'us-in-hours', reason: ' ' })).toContain('Say why');
});

test('a day that an authority closes is closed for the very next call, and opens again', async () => {
  const house = await aPractice();
  const before = await heldByLaw(house);
  const wish = { jurisdiction: 'US', from: '2026-11-18', until: '2026-11-20', citation: 'Proclamation 12' };
  const { closures } = await house.get<Law>('law.close', wish);
  expect(closures).toMatchObject([{ id: 'closure-1', place: 'The United States', isShipped: false }]);
  expect(await heldByLaw(house)).toBeGreaterThan(before + 10);
  expect(JSON.parse(readFileSync(closuresFile(house), 'utf8'))).toHaveLength(1);
  await house.get('law.reopen', { id: 'closure-1' });
  expect(await heldByLaw(house)).toBe(before);
  expect(await house.no('law.reopen', { id: 'closure-1' })).toContain('not closed here');
  expect(await house.no('law.close', { ...wish, until: '2026-11-18' })).toContain(
    'has to come after the first closed',
  );
  expect(await house.no('law.close', { ...wish, from: '2026-02-30' })).toContain('not on the calendar');
});

test('a list of closed days that nobody can read is not written over', async () => {
  const house = await aPractice();
  writeFileSync(closuresFile(house), 'nonsense');
  const wish = { jurisdiction: 'US', from: '2026-11-18', until: null, citation: 'Proclamation 12' };
  expect(await house.no('law.close', wish)).toContain('conflict: ');
  expect(readFileSync(closuresFile(house), 'utf8')).toBe('nonsense');
});

test('hours of one’s own are obeyed beside the law at once, everywhere or in one place', async () => {
  const house = await aPractice();
  const before = await heldByLaw(house);
  const wish = {
    jurisdiction: 'everywhere',
    weekdays: [1, 2, 3],
    from: 420,
    to: 480,
    reason: 'Our promise.',
  };
  const law = await house.get<Law>('law.addOwnHours', wish);
  expect(law.places[0]).toMatchObject({
    name: 'Everywhere',
    rules: [
      {
        id: 'own-hours-1',
        isOwn: true,
        sentence: 'Your own rule: calls 7:00–8:00 on Monday; 7:00–8:00 on Tuesday; 7:00–8:00 on Wednesday.',
      },
    ],
  });
  expect(await heldByLaw(house)).toBeGreaterThan(before + 10);
  await house.get('law.removeOwnHours', { id: 'own-hours-1' });
  expect(await heldByLaw(house)).toBe(before);
  expect(await house.no('law.addOwnHours', { ...wish, to: 420 })).toContain('end after they begin');
  expect(await house.no('law.addOwnHours', { ...wish, weekdays: [] })).toContain('one day at least');
});

test('when a register was compared is said with a date that has come, and counts down', async () => {
  const house = await aPractice();
  const register = (law: Law) => law.registers.find(({ list }) => list === 'National Do Not Call Registry');
  const first = await lawOf(house);
  expect(first.asksRegisters).toBe(false);
  const rule = register(first)!.rule;
  expect(register(first)).toMatchObject({
    place: 'The United States',
    daysMax: 31,
    comparedOn: null,
    daysLeft: null,
  });
  const told = await house.get<Law>('law.compared', { rule, on: '2026-11-08' });
  expect(register(told)).toMatchObject({ comparedOn: '2026-11-08', by: 'Ann', daysLeft: 21 });
  expect(await house.no('law.compared', { rule, on: '2026-11-19' })).toContain('has not come yet');
  expect(await house.no('law.compared', { rule: 'us-hours', on: '2026-11-08' })).toContain(
    'no such register',
  );
});

test('the state we call from is kept with the workspace, and is one of our own country', async () => {
  const house = await aPractice();
  const law = await house.get<Law>('law.setHomeState', { state: 'US-CA' });
  expect(law.home).toEqual({ country: 'US', state: 'US-CA' });
  const card = join(house.dataDir, 'workspaces', 'practice', 'workspace.json');
  expect(existsSync(card) && JSON.parse(readFileSync(card, 'utf8'))).toMatchObject({
    home: { state: 'US-CA' },
  });
  expect(await house.no('law.setHomeState', { state: 'CA-ON' })).toContain('your own country');
  expect(await house.get<Law>('law.setHomeState', { state: null })).toMatchObject({ home: { state: null } });
});

test('whether a call may be recorded goes by the law of the state we call from as well', async () => {
  const recordingFrom = async (state: string | null) => {
    const house = await aPractice();
    await house.get('law.setHomeState', { state });
    await house.get('desk.start', { campaignId: PRACTICE, mode: 'preview' });
    await house.get('desk.dialNumber', { text: '+1 212 555 0102' });
    const { id } = house.db.$client.prepare('SELECT id FROM attempts').get() as { id: string };
    const { recording } = verdictOfAttempt(house.db, id) as unknown as DecisionRecord;
    return [recording.manner, ...recording.because];
  };
  expect(await recordingFrom(null)).toEqual(['free', 'us-recording']);
  expect(await recordingFrom('US-CA')).toEqual(['announce', 'us-ca-recording']);
});
