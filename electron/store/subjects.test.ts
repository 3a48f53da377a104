import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { shippedLaw } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { verdictOn } from '../../shared/domain/verdict.ts';

import { HOUR_MS, after } from '../../shared/lib/instants.ts';
import { insertIntent, markAttempt } from './attempts.ts';
import { addCallback } from './callbacks.ts';
import { insertCall } from './calls.ts';
import { campaignById } from './campaigns.ts';
import { giveConsent } from './consents.ts';
import { addNumber, markNumberUnusable, placeNumbers } from './contacts.ts';
import { addDoNotCall } from './do-not-call.ts';
import { enrolmentOf } from './enrolments.ts';
import type { Db } from './open.ts';
import {
  type BulkSubject,
  cluesTo,
  subjectOfEnrolment,
  subjectOfPhone,
  subjectsOfCampaign,
} from './subjects.ts';
import { NOON, aCampaign, aContact, aStore, anAttempt, anEnrolment } from './testing.ts';

const weighing = { law: shippedLaw, now: NOON };
const CODES = ['212', '305', '503', '850', '800', '416'];
const numberOf = (code: string, nth: number) => `+1${code}55501${String(nth).padStart(2, '0')}` as E164;

/** Something happened on a number: it was rung, it is being rung, or nothing rang after all. */
function rang(db: Db, to: E164, contactId: number, campaignId: number, hoursAgo: number, how: string): void {
  const intendedAt = after(NOON, -hoursAgo * HOUR_MS);
  const attempt = anAttempt({ to, contactId, campaignId, intendedAt });
  if (insertIntent(db, attempt, { kind: 'ring' }) === null) return;
  if (how === 'open') return;
  markAttempt(db, attempt.id, 'intended', 'sent', { at: intendedAt });
  if (how === 'refused') return markAttempt(db, attempt.id, 'sent', 'refused', { at: intendedAt });
  if (how === 'lost') {
    markAttempt(db, attempt.id, 'sent', 'unknown', { at: intendedAt });
    return markAttempt(db, attempt.id, 'unknown', 'resolved', { at: intendedAt });
  }
  markAttempt(db, attempt.id, 'sent', 'accepted', { at: intendedAt });
  insertCall(db, { attempt, carrier: 's', callRef: attempt.id, startedAt: intendedAt });
  markAttempt(db, attempt.id, 'accepted', 'resolved', { at: intendedAt });
}

const events = fc.record({
  attempts: fc.array(
    fc.record({
      who: fc.nat({ max: 7 }),
      hoursAgo: fc.integer({ min: 0, max: 240 }),
      how: fc.constantFrom('called', 'called', 'refused', 'lost', 'open'),
    }),
    { maxLength: 12 },
  ),
  listed: fc.array(
    fc.constantFrom(
      { kind: 'number', value: numberOf('212', 1) } as const,
      { kind: 'area-code', value: '+1305' } as const,
      { kind: 'company', value: 'Quiet Ltd' } as const,
      { kind: 'domain', value: 'quiet.example' } as const,
    ),
    { maxLength: 2 },
  ),
  rules: fc.record({
    frequency: fc.constantFrom('any', 'daily', 'weekly'),
    attemptsPerDayMax: fc.constantFrom(null, 1),
    numberPerDayMax: fc.constantFrom(null, 1, 3),
    numberPerWeekMax: fc.constantFrom(null, 2),
    coolDownMs: fc.constantFrom(0, 5 * HOUR_MS),
    dailyLimit: fc.constantFrom(null, 1, 100),
    voice: fc.constantFrom('agent', 'agent', 'ai'),
    purpose: fc.constantFrom('sales', 'debt'),
  }) as fc.Arbitrary<Partial<CampaignRules>>,
  consents: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
  promised: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
  unusable: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
});

test('whoever is weighed in a list is weighed as they would be alone, to the last fact', () => {
  fc.assert(
    fc.property(events, (each) => {
      const db = aStore();
      const rules = { ...usualRules('America/New_York'), ...each.rules };
      const campaignId = aCampaign(db, { rules });
      const other = aCampaign(db, { name: 'Other' });
      const contacts = Array.from({ length: 8 }, (_, nth) => {
        const [company, email] =
          nth === 7 ? ['Quiet Ltd', 'x@quiet.example'] : ['Globex', 'x@globex.example'];
        // Two share a number, and one has none.
        const e164 = numberOf(CODES[nth % CODES.length]!, nth === 7 ? 1 : nth);
        const numbers = nth === 5 ? [] : [{ e164, kind: 'mobile' as const, zones: [], isStarred: true }];
        const contactId = aContact(db, {
          name: `Person ${nth}`,
          company,
          email,
          place: nth === 2 ? 'Miami, FL' : '',
          numbers,
        });
        anEnrolment(db, { campaignId, contactId });
        return { contactId, e164 };
      });
      for (const { who, hoursAgo, how } of each.attempts) {
        const { e164, contactId } = contacts[who]!;
        rang(db, e164, contactId, who % 3 === 0 ? other : campaignId, hoursAgo, how);
      }
      for (const entry of each.listed)
        addDoNotCall(db, { ...entry, reason: 'asked', since: NOON, byAgent: null });
      for (const who of each.consents)
        giveConsent(db, {
          contactId: contacts[who]!.contactId,
          kind: 'ai-voice',
          basis: 'w',
          source: 's',
          givenAt: NOON,
        });
      for (const who of each.promised)
        addCallback(db, {
          contactId: contacts[who]!.contactId,
          campaignId,
          agentId: null,
          dueAt: after(NOON, HOUR_MS),
          note: '',
          madeByAttempt: null,
          createdAt: NOON,
        });
      for (const who of each.unusable) markNumberUnusable(db, contacts[who]!.e164, 'wrong');

      const campaign = campaignById(db, campaignId)!;
      const all: BulkSubject[] = [];
      for (let last: number | null = 0; last !== null; ) {
        const page = subjectsOfCampaign(db, campaign, NOON, { law: shippedLaw, after: last, limit: 3 });
        all.push(...page);
        last = page.at(-1)?.contactId ?? null;
      }
      expect(all.map(({ contactId }) => contactId)).toEqual(contacts.map(({ contactId }) => contactId));
      for (const { contactId, enrolment, subject } of all) {
        const alone = subjectOfEnrolment(db, enrolment.id, null, weighing);
        expect(subject).toEqual(alone);
        expect(enrolment).toEqual(enrolmentOf(db, campaignId, contactId));
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('only attempts of which something may have rung are counted', () => {
  const db = aStore();
  const campaignId = aCampaign(db, { rules: { ...usualRules('America/New_York'), numberPerDayMax: 9 } });
  const contactId = aContact(db);
  const id = anEnrolment(db, { campaignId, contactId });
  const to = numberOf('212', 0);
  const counted = () => subjectOfEnrolment(db, id, null, weighing).number.attemptsAt.length;
  rang(db, to, contactId, campaignId, 3, 'refused');
  rang(db, to, contactId, campaignId, 3, 'lost');
  expect(counted()).toBe(0);
  rang(db, to, contactId, campaignId, 2, 'called');
  expect(counted()).toBe(1);
  rang(db, to, contactId, campaignId, 1, 'open');
  expect(counted()).toBe(2);
});

test('the law’s own cap is counted over all campaigns, and only where there is one', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const [miami, boston] = [numberOf('305', 1), numberOf('617', 1)];
  for (const e164 of [miami, boston]) {
    const contactId = aContact(db, { numbers: [{ e164, kind: 'mobile', zones: [], isStarred: true }] });
    const id = anEnrolment(db, { campaignId, contactId });
    for (const hours of [18, 10, 4]) rang(db, e164, contactId, aCampaign(db), hours, 'called');
    const noon = after(NOON, 5 * HOUR_MS);
    const verdict = verdictOn(subjectOfEnrolment(db, id, null, { ...weighing, now: noon }), noon);
    if (e164 === boston) expect(verdict.kind).toBe('ring');
    else
      expect(verdict).toMatchObject({
        kind: 'wait',
        until: after(NOON, 6 * HOUR_MS),
        because: { rule: 'legal-caps' },
      });
  }
});

test('an address in another state brings its law along, and the record says what told of it', () => {
  const db = aStore();
  const e164 = numberOf('212', 4);
  aContact(db, { place: 'Miami, FL', numbers: [{ e164, kind: 'mobile', zones: [], isStarred: true }] });
  const { places } = subjectOfPhone(db, e164, weighing).subject.number;
  expect(places).toEqual({
    zones: ['America/Chicago', 'America/New_York'],
    countries: ['US'],
    states: ['US-FL', 'US-NY'],
  });
  expect(cluesTo(db, e164).map(({ from, value }) => [from, value])).toEqual([
    ['area-code', '212'],
    ['state', 'FL'],
  ]);
});

test('a number from before its places were known is weighed as any other, and placed in the background', () => {
  const db = aStore();
  const campaignId = aCampaign(db);
  const contactId = aContact(db, { place: 'Denver, CO' });
  addNumber(db, contactId, { e164: numberOf('900', 3), kind: 'office', zones: [], isStarred: false });
  const id = anEnrolment(db, { campaignId, contactId });
  const before = subjectOfEnrolment(db, id, null, weighing);
  db.$client.exec(
    "UPDATE contact_numbers SET places = '', unringable = NULL; UPDATE enrolments SET places = '||'",
  );
  expect(subjectOfEnrolment(db, id, null, weighing)).toEqual(before);
  expect([placeNumbers(db, 1), placeNumbers(db, 5), placeNumbers(db, 5)]).toEqual([1, 1, 0]);
  expect(db.$client.prepare('SELECT places FROM enrolments').pluck().get()).toBe(
    'America/Denver America/New_York|US|US-CO US-NY',
  );
  expect(db.$client.prepare('SELECT unringable FROM contact_numbers ORDER BY id').pluck().all()).toEqual([
    null,
    'premium',
  ]);
});

test('the day of a campaign begins at its own midnight, and what is on its way counts too', () => {
  const db = aStore();
  const campaignId = aCampaign(db, { rules: { ...usualRules('America/New_York'), dailyLimit: 5 } });
  const contactId = aContact(db);
  const id = anEnrolment(db, { campaignId, contactId });
  const attempts = () => subjectOfEnrolment(db, id, null, weighing).campaign?.today;
  // Noon in UTC is seven in New York: eight hours ago it was yesterday there.
  rang(db, numberOf('212', 1), contactId, campaignId, 8, 'called');
  expect(attempts()).toEqual({ date: '2026-11-18', attempts: 0 });
  rang(db, numberOf('212', 1), contactId, campaignId, 2, 'called');
  rang(db, numberOf('212', 2), contactId, campaignId, 1, 'open');
  rang(db, numberOf('212', 3), contactId, campaignId, 1, 'refused');
  expect(attempts()).toEqual({ date: '2026-11-18', attempts: 2 });
});
