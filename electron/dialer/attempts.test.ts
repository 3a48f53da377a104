import { expect, test } from 'vitest';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { RULE_IDS } from '../../shared/domain/verdict-rule.ts';
import { HOUR_MS, after } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { attemptById, markAttempt, verdictOfAttempt } from '../store/attempts.ts';
import { giveConsent } from '../store/consents.ts';
import { subjectOfEnrolment } from '../store/subjects.ts';
import { NOON, aCampaign, aContact, aStore, anAgent, anEnrolment } from '../store/testing.ts';
import { beginAttempt, closeUnplaced, mayRecord, sendAttempt } from './attempts.ts';

const AT = after(NOON, 5 * HOUR_MS);
const HOME = { zones: ['America/New_York'], countries: ['US'], states: [] };

/** Rings somebody in one place from a workspace in New York. */
function rung(e164: string, { place = '', withConsent = false } = {}) {
  const db = aStore();
  const number = { e164: e164 as E164, kind: 'mobile', zones: [], isStarred: true } as const;
  const contactId = aContact(db, { place, numbers: [number] });
  const campaignId = aCampaign(db);
  const enrolmentId = anEnrolment(db, { campaignId, contactId });
  if (withConsent) giveConsent(db, { contactId, kind: 'recording', basis: 'w', source: 's', givenAt: NOON });
  const nobody = { agentId: anAgent(db), sessionId: null, from: '+12125550199', carrier: 's' };
  const wish = { campaignId, enrolmentId, contactId, to: number.e164, ...nobody };
  const clock = simulatedClock(AT);
  const subject = (now: typeof AT) => subjectOfEnrolment(db, enrolmentId, null, { law: shippedLaw, now });
  const begun = beginAttempt(db, wish, subject, clock, seededRandom('x'), HOME);
  if (!begun.ok) throw new Error(begun.error.sentence);
  const attempt = begun.value;
  return {
    db,
    clock,
    attempt,
    kept: verdictOfAttempt(db, attempt.id),
    mayRecord: mayRecord(db, attempt.id),
  };
}

test('with each intent is kept what it was begun on: rules, places and what told of them, law, zone data', () => {
  const { kept } = rung('+12125550104', { place: 'Miami, FL' });
  expect(kept).toMatchObject({
    kind: 'ring',
    at: AT,
    zoneData: expect.stringMatching(/^20\d\d[a-z]$/) as string,
    call: { mode: 'automatic', purpose: 'sales', voice: 'agent' },
    places: {
      zones: ['America/Chicago', 'America/New_York'],
      states: ['US-FL', 'US-NY'],
      clues: [
        { from: 'area-code', value: '212' },
        { from: 'state', value: 'FL' },
      ],
    },
    law: expect.arrayContaining(['us-fl-hours', 'us-fl-cap']) as string[],
  });
  const { rules } = kept as unknown as { rules: Record<string, Record<string, unknown>> };
  expect(Object.keys(rules)).toEqual([...RULE_IDS]);
  expect(rules['legal-caps']).toEqual({ caps: 'us-fl-cap 0/3' });
});

test('a call is recorded where one party may, and elsewhere only with a consent', () => {
  expect(rung('+12125550104').mayRecord).toBe(true);
  // Massachusetts asks for everybody’s agreement.
  expect(rung('+16175550104').mayRecord).toBe(false);
  expect(rung('+16175550104', { withConsent: true }).mayRecord).toBe(true);
});

test('an attempt that was sent since somebody looked is not closed as one that never was', () => {
  const { db, clock, attempt } = rung('+12125550104');
  markAttempt(db, attempt.id, 'intended', 'sent', { at: AT });
  closeUnplaced(db, attempt.id, 'left behind', clock, 'intended');
  expect(attemptById(db, attempt.id)).toMatchObject({ state: 'sent', closedAt: null });
});

test('an attempt that another process took for one left behind is not sent any more, and nobody is rung', async () => {
  const { db, clock, attempt } = rung('+12125550104');
  closeUnplaced(db, attempt.id, 'left behind', clock, 'intended');
  const place = () => Promise.reject(new Error('nobody may be rung'));
  const carrier = { name: 's', can: { machineDetection: false }, place } as unknown as Carrier;
  const options = { ringMs: 25_000, record: false };
  const never = new AbortController().signal;
  expect(await sendAttempt(db, carrier, attempt, options, clock, never)).toMatchObject({
    kind: 'refused',
    code: 'taken-for-left',
  });
  expect(attemptById(db, attempt.id)).toMatchObject({ state: 'refused' });
});
