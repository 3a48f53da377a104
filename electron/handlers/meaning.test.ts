import { expect, test } from 'vitest';
import type { FollowUpPlans } from '../../shared/contract/follow-ups.ts';
import type { CallMeaningShown, ContactMeaning, OutlookRules } from '../../shared/contract/meaning.ts';
import { HOUR_MS, MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { fileOutcome } from '../store/outcomes.ts';
import { aHouse } from './testing-house.ts';

test('a supervisor’s rule moves the contact of the next call, starts its sequence, and a hand has the last word', async () => {
  const house = await aHouse(instant(Date.UTC(2026, 10, 18, 18)));
  const { db, clock, get, no } = house;
  const rules = [{ outcome: 'any-reached', sentiment: 'good', temperature: 'hot', stage: 'interested' }];
  expect(await get<OutlookRules>('meaning.rules')).toMatchObject({ isUsual: true });
  expect(await get<OutlookRules>('meaning.setRules', { rules })).toMatchObject({ rules, isUsual: false });
  const empty = [{ outcome: 'qualified', sentiment: null, temperature: null, stage: null }];
  expect(await no('meaning.setRules', { rules: empty })).toContain('Rule 1 changes nothing');

  const step = { kind: 'task', afterMs: HOUR_MS, title: 'Send the offer', text: '' };
  const plan = {
    id: null,
    name: 'Offer',
    campaignId: null,
    outcome: 'callback',
    sentiment: null,
    isOn: true,
  };
  expect(await no('followUps.savePlan', { ...plan, steps: [] })).toContain('without a step');
  const { plans } = await get<FollowUpPlans>('followUps.savePlan', { ...plan, steps: [step] });
  expect(plans).toMatchObject([{ name: 'Offer', steps: [step] }]);

  const { id: contactId } = db.$client.prepare('SELECT id FROM contacts ORDER BY id LIMIT 1').get() as {
    id: number;
  };
  const at = clock.now();
  const attemptId = '00000000-0000-7000-8000-000000000001';
  db.$client
    .prepare(
      `INSERT INTO attempts (id, campaign_id, contact_id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
       VALUES (?, 1, ?, '+12125550100', '', 's', 'power', 'resolved', ?, ?)`,
    )
    .run(attemptId, contactId, at, at);
  const { lastInsertRowid: callId } = db.$client
    .prepare(
      `INSERT INTO calls (attempt_id, carrier, call_ref, direction, from_number, to_number, contact_id, campaign_id, status,
        ending, is_held, answered_by, started_at, answered_at, ended_at)
       VALUES (?, 's', 'said', 'outbound', '', '', ?, 1, 'ended', 'completed', 0, 'human', ?, ?, ?)`,
    )
    .run(attemptId, contactId, at, at, at + MINUTE_MS);
  db.$client
    .prepare(
      "INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (?, 'contact', 0, 9, ?)",
    )
    .run(callId, 'The offer sounds good, the offer is excellent.');
  const outcome = {
    attemptId,
    dispositionId: 'callback',
    note: '',
    callbackAt: null,
    contactId,
    campaignId: 1,
  };
  fileOutcome(db, { ...outcome, agentId: null, filedAt: at });
  await clock.advance(MINUTE_MS);

  const call = await get<CallMeaningShown>('meaning.call', { id: Number(callId) });
  expect(call).toMatchObject({
    talk: { sentiment: 'good' },
    outlook: { temperature: 'hot' },
  });
  expect(call.talk?.keywords).toContain('offer');
  expect(await get('followUps.counts')).toEqual({ due: 0, waiting: 1 });
  await clock.advance(HOUR_MS);
  const due = await get<{ rows: { id: number }[] }>('followUps.list', { shown: 'due' });
  expect(due.rows).toMatchObject([{ title: 'Send the offer', contactId }]);
  await get('followUps.close', { id: due.rows[0]!.id, as: 'done' });
  expect(await no('followUps.close', { id: due.rows[0]!.id, as: 'done' })).toContain('closed this already');
  await get('followUps.reopen', { id: due.rows[0]!.id });

  const to = { what: 'stage', becomes: 'won' };
  const moved = await get<ContactMeaning>('meaning.move', { id: contactId, to });
  expect(moved.outlook).toEqual({ temperature: 'hot', stage: 'won' });
  expect(moved.moves[0]).toMatchObject({ becomes: 'Won', who: 'Ann' });
  const undone = await get<ContactMeaning>('meaning.undoMove', { moveId: moved.moves[0]!.id });
  expect(undone.outlook.stage).toBe('interested');
  await house.end();
});
