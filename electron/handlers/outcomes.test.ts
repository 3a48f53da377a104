import { afterEach, expect, test } from 'vitest';
import type { OutcomeRow } from '../../shared/contract/outcomes.ts';
import type { ScheduleSettings } from '../../shared/contract/schedules.ts';
import { HOUR_MS, instant } from '../../shared/lib/instants.ts';
import { auditOf } from '../store/audit.ts';
import { ownDispositionsOf } from '../store/own-dispositions.ts';
import { setting } from '../store/settings.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

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

const SAMPLE = {
  id: null,
  campaignId: null,
  label: 'Sample sent',
  digit: '',
  group: 'reached',
  consequence: { kind: 'retry', afterMs: 72 * HOUR_MS },
  needsConfirm: false,
  needsNote: true,
  isSuccess: false,
} as const;

const listed = (house: TestHouse, campaignId: number | null = null) =>
  house.get<OutcomeRow[]>('outcomes.list', { campaignId });

test('an outcome of the workspace is offered in every campaign, and what Parley files itself in none', async () => {
  const house = await aPractice();
  const before = await listed(house);
  expect(before.map(({ label }) => label)).toEqual(expect.arrayContaining(['Qualified', 'Do not call']));
  expect(before.map(({ id }) => id)).not.toContain('answered');
  const saved = await house.get<OutcomeRow[]>('outcomes.save', SAMPLE);
  expect(saved).toHaveLength(before.length + 1);
  expect(saved.find(({ label }) => label === 'Sample sent')).toMatchObject({
    does: 'again in 3 days',
    campaignId: null,
  });
  expect((await listed(house, PRACTICE)).map(({ label }) => label)).toContain('Sample sent');
  const made = ownDispositionsOf(house.db, null).find(({ label }) => label === 'Sample sent')!;
  expect(auditOf(house.db, 'outcome', made.id, 5).rows).toMatchObject([
    { action: 'outcome.change', who: 'Ann' },
  ]);
});

test('an outcome is changed in place, and keeps its id and its place', async () => {
  const house = await aPractice();
  const before = await listed(house);
  const { does: _does, ...busy } = before.find(({ id }) => id === 'no-answer')!;
  const saved = await house.get<OutcomeRow[]>('outcomes.save', { ...busy, label: 'Nobody answered' });
  expect(saved.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(saved.find(({ id }) => id === 'no-answer')?.label).toBe('Nobody answered');
});

test('two outcomes never share a key or a name, and Parley’s own cannot be changed', async () => {
  const house = await aPractice();
  expect(await house.no('outcomes.save', { ...SAMPLE, digit: '1' })).toContain(
    'Key 1 files “Qualified” already.',
  );
  expect(await house.no('outcomes.save', { ...SAMPLE, label: ' qualified ' })).toContain(
    '“Qualified” already',
  );
  expect(await house.no('outcomes.save', { ...SAMPLE, id: 'answered' })).toContain('cannot be changed here');
  expect(await house.no('outcomes.save', { ...SAMPLE, label: ' ' })).toContain('An outcome needs a name.');
  expect(await house.no('outcomes.save', { ...SAMPLE, digit: '12' })).toContain('one digit, or none');
  const often = { ...SAMPLE, consequence: { kind: 'retry', afterMs: 1 } };
  expect(await house.no('outcomes.save', often)).toContain('Nobody is rung again within a minute.');
  expect(await house.no('outcomes.save', { ...SAMPLE, campaignId: 99 })).toContain('This campaign is gone.');
});

test('a campaign’s own outcome stands before everybody’s on its key', async () => {
  const house = await aPractice();
  await house.get('outcomes.save', { ...SAMPLE, campaignId: PRACTICE, digit: '1' });
  const offered = await listed(house, PRACTICE);
  expect(offered.filter(({ digit }) => digit === '1')).toMatchObject([
    { label: 'Sample sent', campaignId: PRACTICE },
  ]);
  expect((await listed(house)).map(({ label }) => label)).not.toContain('Sample sent');
});

test('how scheduled calls are made is set in one place, with a number that exists', async () => {
  const house = await aPractice();
  expect(await house.get<ScheduleSettings>('schedules.settings')).toEqual({
    callsPerMinute: 30,
    callerId: '',
  });
  const set = { callsPerMinute: 12, callerId: '(212) 555-0199' };
  expect(await house.get<ScheduleSettings>('schedules.saveSettings', set)).toEqual(set);
  expect(setting(house.db, 'workspace', 'schedules.caller-id')).toBe('+12125550199');
  expect(await house.no('schedules.saveSettings', { ...set, callerId: '12' })).toContain(
    'The number we show cannot be kept.',
  );
  expect(await house.no('schedules.saveSettings', { ...set, callsPerMinute: 0 })).toContain(
    'At least one call a minute',
  );
  expect(await house.get('schedules.saveSettings', { ...set, callerId: '' })).toEqual({
    callsPerMinute: 12,
    callerId: '',
  });
});
