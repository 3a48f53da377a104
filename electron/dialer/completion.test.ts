import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { auditOf } from '../store/audit.ts';
import { addCallback } from '../store/callbacks.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { enrolmentById, settleEnrolment } from '../store/enrolments.ts';
import { KernelHome } from '../testing-kernel.ts';
import { COMPLETED, REOPENED, reopenCampaign } from './completion.ts';

let home: KernelHome;
afterEach(async () => {
  expect(home.complaints).toEqual([]);
  await home.end();
});

const statusOf = (id: number) => keptCampaign(home.db, id)?.status;

test('a campaign in which everybody was reached completes itself, is in the log, and people are told', async () => {
  home = new KernelHome();
  const id = home.campaign();
  home.fill(id, 3, '00');
  home.kernel.background.wake();
  await home.clock.advance(20 * MINUTE_MS);
  expect(statusOf(id)).toBe('completed');
  expect(auditOf(home.db, 'campaign', String(id), 5).rows[0]).toMatchObject({
    action: COMPLETED,
    agentId: null,
    before: { status: 'active' },
    after: { status: 'completed' },
  });
  expect(home.tidings).toEqual([
    {
      kind: 'campaign-finished',
      title: '“Spring” is done',
      body: 'Everybody in it has been reached or is finished: 3 contacts, of whom 3 answered. Add people to go on.',
      path: `/campaigns/${id}`,
    },
  ]);
});

test('whoever waits for a retry keeps their campaign alive', async () => {
  home = new KernelHome();
  const id = home.campaign({ attemptsMax: 2 });
  home.fill(id, 1, '21');
  home.kernel.background.wake();
  await home.clock.advance(3 * HOUR_MS);
  expect(statusOf(id)).toBe('active');
  await home.clock.advance(3 * HOUR_MS);
  expect(home.rung).toHaveLength(2);
  expect(statusOf(id)).toBe('completed');
});

test('a promise that is still to be kept keeps its campaign alive', async () => {
  home = new KernelHome();
  const id = home.campaign({ voice: 'agent' });
  const [enrolmentId] = home.fill(id, 1, '00');
  settleEnrolment(home.db, enrolmentId!, { state: 'done' });
  addCallback(home.db, {
    contactId: enrolmentById(home.db, enrolmentId!)!.contactId,
    campaignId: id,
    agentId: null,
    dueAt: after(home.clock.now(), HOUR_MS),
    note: '',
    madeByAttempt: null,
    createdAt: home.clock.now(),
  });
  await home.clock.advance(30 * MINUTE_MS);
  expect(statusOf(id)).toBe('active');
});

test('nothing is completed while an outcome could still be taken back, and a campaign nobody is in stays', async () => {
  home = new KernelHome();
  const empty = home.campaign({ voice: 'agent' }, 'Empty');
  const id = home.campaign({ voice: 'agent' });
  const [enrolmentId] = home.fill(id, 1, '00');
  settleEnrolment(home.db, enrolmentId!, { state: 'done' });
  await home.clock.advance(50 * SECOND_MS);
  expect(statusOf(id)).toBe('active');
  await home.clock.advance(MINUTE_MS);
  expect(statusOf(id)).toBe('completed');
  expect(statusOf(empty)).toBe('active');
});

test('an agent at work on a campaign that completes is told why nobody comes any more', async () => {
  home = new KernelHome();
  const ann = home.agent();
  const id = home.campaign({ voice: 'agent' });
  const [enrolmentId] = home.fill(id, 1, '00');
  settleEnrolment(home.db, enrolmentId!, { state: 'never' });
  home.kernel.desk.start(ann, id, 'power');
  await home.clock.advance(2 * MINUTE_MS);
  expect(home.kernel.desk.view(ann).session?.state).toEqual({
    kind: 'paused',
    reason: 'the campaign is completed',
  });
});

test('new people open a completed campaign again, paused, and nobody is rung before somebody starts it', async () => {
  home = new KernelHome();
  const id = home.campaign();
  const [enrolmentId] = home.fill(id, 1, '00');
  settleEnrolment(home.db, enrolmentId!, { state: 'done' });
  await home.clock.advance(2 * MINUTE_MS);
  home.fill(id, 1, '00');
  expect(reopenCampaign(home.db, id, null, home.clock.now())).toBe(true);
  expect(reopenCampaign(home.db, id, null, home.clock.now())).toBe(false);
  home.kernel.campaignChanged(id, true);
  await home.clock.advance(10 * MINUTE_MS);
  expect(statusOf(id)).toBe('paused');
  expect(home.rung).toEqual([]);
  expect(auditOf(home.db, 'campaign', String(id), 1).rows[0]?.action).toBe(REOPENED);
});
