import { expect, test } from 'vitest';
import type { Attempt } from '../../shared/domain/attempt.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { DAY_MS, after } from '../../shared/lib/instants.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { addCallback } from '../store/callbacks.ts';
import { addEvent, insertCall } from '../store/calls.ts';
import { fileOutcome } from '../store/outcomes.ts';
import { NOON, aContact, aStore } from '../store/testing.ts';
import { variablesFor, whoTalks } from './assistant.ts';

const TO = '+12125550101' as E164;

test('an AI voice knows whom it talks to, and what came of the calls before; agents’ notes stay here', () => {
  const db = aStore();
  const contactId = aContact(db, {
    name: 'Maria Lopez',
    company: 'Example Ltd',
    fields: { 'Plan size': 'small' },
  });
  const days = [3, 1];
  for (const [nth, ago] of days.entries()) {
    const startedAt = after(NOON, -ago * DAY_MS);
    const nobody = { campaignId: null, enrolmentId: null, agentId: null, sessionId: null };
    const when = { intendedAt: startedAt, sentAt: null, closedAt: null, trouble: null };
    const id = `attempt-${nth}`;
    const attempt: Attempt = {
      ...nobody,
      ...when,
      id,
      contactId,
      to: TO,
      from: '+12125550199',
      carrier: 'v',
      state: 'intended',
    };
    insertIntent(db, attempt, { kind: 'ring' });
    markAttempt(db, id, 'intended', 'sent', { at: startedAt });
    markAttempt(db, id, 'sent', 'accepted', { at: startedAt });
    const callId = insertCall(db, { attempt, carrier: 'v', callRef: id, startedAt });
    if (nth === 1) {
      const evaluation = { score: 80, summary: 'Wants to hear prices.', parts: [] };
      addEvent(db, callId, { key: 'e', at: startedAt, facts: { evaluation } }, startedAt);
    }
    const note = 'Rude on the phone.';
    const outcome = { attemptId: id, note, callbackAt: null, contactId, campaignId: null, agentId: null };
    fileOutcome(db, { ...outcome, dispositionId: 'no-answer', filedAt: startedAt });
    markAttempt(db, id, 'accepted', 'resolved', { at: startedAt });
  }
  const promise = { contactId, campaignId: null, agentId: null, note: 'Rude.', madeByAttempt: null };
  addCallback(db, { ...promise, dueAt: after(NOON, DAY_MS), createdAt: NOON });
  expect(variablesFor(db, contactId)).toMatchObject({
    name: 'Maria Lopez',
    firstName: 'Maria',
    company: 'Example Ltd',
    planSize: 'small',
    lastCallOn: '2026-11-17',
    lastOutcome: 'No answer',
    lastSummary: 'Wants to hear prices.',
    lastPromise: 'to call on 2026-11-19',
    earlierCalls: '2026-11-17: No answer. Wants to hear prices. 2026-11-15: No answer.',
  });
  expect(JSON.stringify(variablesFor(db, contactId))).not.toContain('Rude');
});

test('a campaign’s own assistant and voice talk; where none is chosen the usual ones do', () => {
  const db = aStore();
  expect(whoTalks(db, { assistant: '', aiVoice: '' }, null)).toEqual({ variables: {} });
  expect(whoTalks(db, { assistant: 'as-2', aiVoice: '11labs:rachel' }, null)).toEqual({
    assistant: 'as-2',
    voice: '11labs:rachel',
    variables: {},
  });
});

test('of nobody nothing is known', () => {
  expect(variablesFor(aStore(), null)).toEqual({});
  expect(variablesFor(aStore(), 99)).toEqual({});
});
