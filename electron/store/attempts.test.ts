import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { after } from '../../shared/lib/instants.ts';
import {
  attemptById,
  attemptsOfContact,
  attemptsOnNumberSince,
  attemptsWithoutOutcome,
  closeAttempt,
  holderOf,
  insertIntent,
  markAttempt,
  openAttempts,
  verdictOfAttempt,
} from './attempts.ts';
import { insertCall, saveStory } from './calls.ts';
import { closeStore, withTransaction } from './open.ts';
import { fileOutcome, undoOutcome } from './outcomes.ts';
import {
  NOON,
  aCampaign,
  aContact,
  aNumber,
  aStore,
  anAgent,
  anAttempt,
  inFolder,
  plansOf,
} from './testing.ts';

const RING: Verdict = { kind: 'ring' };

test('an intent is remembered whole, with the verdict it was made on', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const attempt = anAttempt({ campaignId, contactId: aContact(db), agentId: anAgent(db) });
  expect(insertIntent(db, attempt, RING)).toEqual(attempt);
  expect(attemptById(db, attempt.id)).toEqual(attempt);
  expect(verdictOfAttempt(db, attempt.id)).toEqual(RING);
});

test('two attempts on one number cannot be open at once, whichever campaign made them', () => {
  const db = aStore();
  const [spring, autumn] = [aCampaign(db), aCampaign(db)];
  const first = anAttempt({ campaignId: spring });
  expect(insertIntent(db, first, RING)).not.toBeNull();
  expect(insertIntent(db, anAttempt({ campaignId: autumn }), RING)).toBeNull();
  expect(insertIntent(db, anAttempt({ to: aNumber(1) }), RING)).not.toBeNull();
  expect(holderOf(db, aNumber())?.id).toBe(first.id);
});

test('two attempts on one number cannot be open at once, whichever process made them', () =>
  inFolder((folder) => {
    const file = join(folder, 'a.db');
    const [here, there] = [aStore(file), aStore(file)];
    expect(insertIntent(here, anAttempt(), RING)).not.toBeNull();
    expect(insertIntent(there, anAttempt(), RING)).toBeNull();

    const other = spawnSync(process.execPath, [
      join(import.meta.dirname, 'testing-intent.ts'),
      file,
      aNumber(),
    ]);
    expect(other.stderr.toString()).toBe('');
    expect(other.stdout.toString()).toBe('held');
    closeStore(here);
    closeStore(there);
  }));

test('a refusal for any other reason is not taken for a held number', () => {
  const db = aStore();
  const attempt = anAttempt();
  insertIntent(db, attempt, RING);
  expect(() => insertIntent(db, { ...anAttempt({ to: aNumber(1) }), id: attempt.id }, RING)).toThrow(
    /UNIQUE/,
  );
  expect(() => insertIntent(db, anAttempt({ to: aNumber(2), campaignId: 77 }), RING)).toThrow(/FOREIGN KEY/);
});

test('a held number leaves the transaction it was asked in as it was', () => {
  const db = aStore();
  insertIntent(db, anAttempt(), RING);
  withTransaction(db, () => {
    expect(insertIntent(db, anAttempt(), RING)).toBeNull();
    insertIntent(db, anAttempt({ to: aNumber(1) }), RING);
  });
  expect(openAttempts(db)).toHaveLength(2);
});

test('the number is locked until its attempt is closed, unknown fates included', () => {
  const db = aStore();
  const attempt = anAttempt();
  insertIntent(db, attempt, RING);
  markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
  markAttempt(db, attempt.id, 'sent', 'unknown', { at: NOON, trouble: 'No answer.' });
  expect(insertIntent(db, anAttempt(), RING)).toBeNull();
  markAttempt(db, attempt.id, 'unknown', 'resolved', { at: after(NOON, 5) });
  expect(attemptById(db, attempt.id)).toMatchObject({
    sentAt: NOON,
    closedAt: NOON + 5,
    trouble: 'No answer.',
  });
  expect(insertIntent(db, anAttempt(), RING)).not.toBeNull();
});

test('an attempt never goes back, and never from a state it is not in', () => {
  const db = aStore();
  const attempt = anAttempt();
  insertIntent(db, attempt, RING);
  expect(() => markAttempt(db, attempt.id, 'sent', 'intended', { at: NOON })).toThrow(
    /goes from sent to intended/,
  );
  expect(() => markAttempt(db, attempt.id, 'sent', 'accepted', { at: NOON })).toThrow(/was not sent/);
  expect(attemptById(db, attempt.id)?.state).toBe('intended');
});

test('an end told twice closes an attempt once', () => {
  const db = aStore();
  const attempt = anAttempt();
  insertIntent(db, attempt, RING);
  expect(closeAttempt(db, attempt.id, 'refused', { at: NOON })).toBe(true);
  expect(closeAttempt(db, attempt.id, 'refused', { at: after(NOON, 9) })).toBe(false);
  expect(attemptById(db, attempt.id)?.closedAt).toBe(NOON);
});

test('what is said of an attempt and whether its number is locked cannot disagree, even by hand', () => {
  const db = aStore();
  insertIntent(db, anAttempt(), RING);
  expect(() => db.$client.exec("UPDATE attempts SET state = 'resolved'")).toThrow(/CHECK/);
  expect(() => db.$client.exec('UPDATE attempts SET closed_at = 1')).toThrow(/CHECK/);
});

test('a call that is over waits for its outcome until it is filed, and again when that is undone', () => {
  const db = aStore();
  const agentId = anAgent(db);
  const attempt = anAttempt({ agentId, contactId: aContact(db) });
  insertIntent(db, attempt, RING);
  markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
  markAttempt(db, attempt.id, 'sent', 'accepted', { at: NOON });
  const callId = insertCall(db, { attempt, carrier: 'simulator', callRef: 'c1', startedAt: NOON });
  expect(attemptsWithoutOutcome(db, agentId)).toEqual([]);

  const endedAt = after(NOON, 60_000);
  saveStory(db, callId, { status: 'ended', end: 'completed', ringingAt: NOON, answeredAt: NOON, endedAt });
  markAttempt(db, attempt.id, 'accepted', 'resolved', { at: endedAt });
  expect(attemptsWithoutOutcome(db, agentId)).toMatchObject([
    { attemptId: attempt.id, name: 'Maria Lopez', endedAt },
  ]);

  const { contactId, campaignId } = attempt;
  const outcome = { attemptId: attempt.id, dispositionId: 'qualified', note: '', callbackAt: null };
  fileOutcome(db, { ...outcome, contactId, campaignId, agentId, filedAt: endedAt });
  expect(attemptsWithoutOutcome(db, agentId)).toEqual([]);
  undoOutcome(db, attempt.id, endedAt);
  expect(attemptsWithoutOutcome(db, agentId)).toHaveLength(1);
});

test.each([
  ['an AI call that is over', 'ai', true],
  ['an attempt that never rang', 'power', false],
] as const)('%s asks nobody for an outcome', (_what, mode, hasCall) => {
  const db = aStore();
  const agentId = anAgent(db);
  const attempt = anAttempt({ agentId });
  insertIntent(db, attempt, RING, mode);
  markAttempt(db, attempt.id, 'intended', 'unknown', { at: NOON });
  if (hasCall) {
    const callId = insertCall(db, { attempt, carrier: 'simulator', callRef: 'c1', startedAt: NOON });
    saveStory(db, callId, { status: 'ended', ringingAt: null, answeredAt: null, endedAt: NOON });
  }
  markAttempt(db, attempt.id, 'unknown', 'resolved', { at: NOON });
  expect(attemptsWithoutOutcome(db, agentId)).toEqual([]);
});

test('attempts of a contact come a page at a time, the newest first, none twice', () => {
  const db = aStore();
  const contactId = aContact(db);
  for (let i = 0; i < 5; i++)
    insertIntent(db, anAttempt({ contactId, to: aNumber(i), intendedAt: after(NOON, i) }), RING);
  const first = attemptsOfContact(db, contactId, 2);
  const second = attemptsOfContact(db, contactId, 2, first.next);
  const third = attemptsOfContact(db, contactId, 2, second.next);
  const all = [first, second, third].flatMap((page) => page.rows.map((row) => row.intendedAt - NOON));
  expect(all).toEqual([4, 3, 2, 1, 0]);
  expect(third.next).toBeNull();
});

test('calls on a number are counted whoever made them', () => {
  const db = aStore();
  for (const at of [0, 10, 20]) {
    const attempt = anAttempt({ intendedAt: after(NOON, at) });
    insertIntent(db, attempt, RING);
    closeAttempt(db, attempt.id, 'refused', { at: after(NOON, at) });
  }
  expect(attemptsOnNumberSince(db, aNumber(), after(NOON, 10))).toBe(2);
});

test('no question about attempts walks through the table: a lost index fails here', () => {
  const db = aStore();
  const plans = plansOf(db, () => {
    holderOf(db, aNumber());
    openAttempts(db);
    attemptsOfContact(db, 1, 10);
    attemptsWithoutOutcome(db, 1);
    attemptsOnNumberSince(db, aNumber(), NOON);
  });
  expect(plans).toContain('SEARCH attempts USING INDEX attempts_number_lock (to_e164=?)');
  expect(plans).toContain('SCAN attempts USING INDEX attempts_number_lock');
  expect(plans).toContain('SEARCH attempts USING INDEX attempts_contact (contact_id=? AND intended_at<?)');
  expect(plans).toContain('SEARCH attempts USING INDEX attempts_unfiled (agent_id=?)');
  expect(plans).toContain(
    'SEARCH attempts USING COVERING INDEX attempts_number (to_e164=? AND intended_at>?)',
  );
  expect(plans.filter((step) => /^SCAN \w+$|TEMP B-TREE/.test(step))).toEqual([]);
});
