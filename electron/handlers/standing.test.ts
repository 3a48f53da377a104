import { afterEach, expect, test } from 'vitest';
import type { CampaignStanding, Computer, Standing } from '../../shared/contract/standing.ts';
import { instant } from '../../shared/lib/instants.ts';
import { auditPage, appendAudit } from '../store/audit.ts';
import { addAgent } from '../store/agents.ts';
import { setCampaignStatus } from '../store/campaigns.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

const NOW = instant(Date.UTC(2026, 10, 18, 16));
const PRACTICE = 1;

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.end();
  house = null;
});

async function open(): Promise<TestHouse> {
  house = await aHouse(NOW);
  return house;
}

test('anybody at work may stop all calling; only a supervisor lets it go on, and both are in the log', async () => {
  const { get, no, db, clock } = await open();
  const bo = addAgent(db, { name: 'Bo', role: 'agent', createdAt: clock.now() });
  await get('people.signIn', { id: bo.id, pin: null });
  expect(await get<Standing>('standing.pauseAll')).toMatchObject({
    state: 'paused',
    paused: { since: expect.any(Number), by: 'Bo' },
  });
  expect(await no('standing.resumeAll')).toBe(
    'not-allowed: Only a supervisor may do this. Ask one to do it, or to change your role.',
  );
  await get('people.signIn', { id: 1, pin: null });
  expect(await get<Standing>('standing.resumeAll')).toMatchObject({ paused: null });
  expect(auditPage(db, 10).rows.filter(({ action }) => action.startsWith('calling.'))).toMatchObject([
    { action: 'calling.resume', before: { by: 'Bo' } },
    { action: 'calling.pause', after: { by: 'Bo' } },
  ]);
});

test('while all calling is paused each explanation says so, and by whom', async () => {
  const { get } = await open();
  await get('standing.pauseAll');
  const explained = await get<{ verdict: { kind: string; sentence: string } }>('campaigns.explain', {
    id: PRACTICE,
    contactId: 1,
  });
  expect(explained.verdict).toMatchObject({
    kind: 'wait',
    sentence: expect.stringContaining('All calling was paused by Ann'),
  });
  const checks = await get<{ what: string; passed: boolean; sentence: string }[]>('campaigns.checkUp', {
    id: PRACTICE,
  });
  expect(checks.find(({ passed, sentence }) => !passed && sentence.includes('paused by Ann'))).toBeDefined();
});

test('how the calls of a campaign stand is told in the six words for it', async () => {
  const { get, no } = await open();
  expect((await get<CampaignStanding>('standing.ofCampaign', { id: PRACTICE })).statuses).toEqual({
    scheduled: 25,
    calling: 0,
    'in-progress': 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
  });
  expect(await no('standing.ofCampaign', { id: 99 })).toBe('not-found: This campaign is gone.');
});

test('a campaign that paused itself shows which calls failed, when, and when it tries again', async () => {
  const { get, db, clock } = await open();
  setCampaignStatus(db, PRACTICE, 'paused', clock.now());
  const at = clock.now();
  const after = {
    status: 'paused',
    reason: 'The number is not in service.',
    evidence: [{ at, trouble: 'The number is not in service.' }],
    restMs: 900_000,
    probeAt: at + 900_000,
  };
  const about = { subject: 'campaign', subjectId: String(PRACTICE), agentId: null, before: null } as const;
  appendAudit(db, { ...about, at, action: 'campaign.breaker', after });
  expect((await get<CampaignStanding>('standing.ofCampaign', { id: PRACTICE })).breaker).toEqual({
    state: 'paused',
    reason: 'The number is not in service.',
    since: at,
    probeAt: at + 900_000,
    evidence: [{ at, sentence: 'The number is not in service.' }],
  });
  appendAudit(db, { ...about, at, action: 'campaign.probe', after: { status: 'active' } });
  expect((await get<CampaignStanding>('standing.ofCampaign', { id: PRACTICE })).breaker).toMatchObject({
    state: 'probing',
    probeAt: null,
    evidence: [{ at }],
  });
  appendAudit(db, { ...about, at, action: 'campaign.status', after: { status: 'active' } });
  expect((await get<CampaignStanding>('standing.ofCampaign', { id: PRACTICE })).breaker).toBeNull();
});

test('what this computer tells is chosen kind by kind, and is kept', async () => {
  const { get, no, db } = await open();
  expect(await get<Computer>('standing.computer')).toMatchObject({
    notices: { 'campaign-finished': true },
    names: 'masked',
    opensAtLogin: null,
  });
  await get('standing.setComputer', { notices: { 'campaign-finished': false } });
  await get('standing.setComputer', { names: 'full' });
  expect(await get<Computer>('standing.computer')).toMatchObject({
    notices: { 'campaign-finished': false, 'callback-due': true },
    names: 'full',
  });
  expect(await no('standing.setComputer', { opensAtLogin: true })).toMatch(
    /^not-now: Nothing was changed\. /,
  );
  expect(auditPage(db, 1).rows).toMatchObject([{ action: 'computer.change' }]);
});
