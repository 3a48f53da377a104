import { afterEach, expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { instant } from '../../shared/lib/instants.ts';
import { addAgent } from '../store/agents.ts';
import { verdictOfAttempt } from '../store/attempts.ts';
import { auditOf } from '../store/audit.ts';
import { addContact, markNumberUnusable } from '../store/contacts.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { deskAtWork as aDesk } from '../testing-desk.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function deskAtWork() {
  const desk = aDesk();
  ends.push(desk.end);
  return desk;
}

test('a call typed by hand to somebody of the campaign counts there, and its outcome moves them', async () => {
  const { kernel, clock, person, campaignId, view } = deskAtWork();
  expect(view().contact?.name).toBe('Dana Whitfield');
  expect(kernel.desk.dialNumber(person, '(503) 555-0100')).toMatchObject({ ok: true });
  expect(view()).toMatchObject({ contact: { name: 'Maria Lopez' }, call: { nth: 1 } });

  await clock.advance(60_000);
  await kernel.desk.hangUp(person);
  await clock.advance(5_000);
  const { attemptId } = view().call!;
  const filed = kernel.desk.file(person, {
    attemptId,
    dispositionId: 'not-interested',
    note: '',
    callbackAt: null,
  });
  expect(filed).toMatchObject({ ok: true });

  const maria = 2;
  expect(enrolmentOf(kernel.db, campaignId, maria)).toMatchObject({
    state: 'done',
    attempts: 1,
    lastOutcome: 'not-interested',
  });
  // Dana had been in hand and went back: she is the next again, and Maria is not.
  expect(view().contact?.name).toBe('Dana Whitfield');
});

test('a number nobody here has is rung without touching the campaign', async () => {
  const { kernel, clock, person, view } = deskAtWork();
  expect(kernel.desk.dialNumber(person, '(617) 555-0199')).toMatchObject({ ok: true });
  expect(view().contact).toBeNull();
  await clock.advance(60_000);
  expect(view().session?.state.kind).not.toBe('previewing');
});

test('a supervisor lets one call through that only our own note holds up, in their name and on the record', async () => {
  const { kernel, person, view } = deskAtWork();
  const sam = addAgent(kernel.db, { name: 'Sam', role: 'supervisor', createdAt: kernel.clock.now() });
  const phone = '+16175550199' as E164;
  addContact(kernel.db, aPerson(phone));
  markNumberUnusable(kernel.db, phone, 'wrong number');
  expect(kernel.desk.weigh('(617) 555-0199')).toMatchObject({
    value: { verdict: { kind: 'never' }, override: { rules: ['bad-number'] } },
  });
  expect(kernel.desk.dialNumber(person, '(617) 555-0199')).toMatchObject({ ok: false });
  const override = { by: sam, reason: 'They moved back in.' };
  expect(kernel.desk.dialNumber(person, '(617) 555-0199', override)).toMatchObject({ ok: true });
  const { attemptId } = view().call!;
  expect(auditOf(kernel.db, 'attempt', attemptId, 5).rows).toMatchObject([
    { action: 'call.override', who: 'Sam', after: { reason: 'They moved back in.', dialedBy: 'Ann' } },
  ]);
  expect(verdictOfAttempt(kernel.db, attemptId)).toMatchObject({
    setAside: { rules: ['bad-number'], by: 'Sam', reason: 'They moved back in.' },
  });
});

test('no supervisor’s word rings somebody who asked not to be called', () => {
  const { kernel, person, view } = deskAtWork();
  const sam = addAgent(kernel.db, { name: 'Sam', role: 'supervisor', createdAt: kernel.clock.now() });
  const listed = { kind: 'number', reason: 'asked', byAgent: null, madeByAttempt: null } as const;
  addDoNotCall(kernel.db, { ...listed, value: '+16175550199', since: kernel.clock.now() });
  const override = { by: sam, reason: 'It is urgent today.' };
  expect(kernel.desk.dialNumber(person, '(617) 555-0199', override)).toMatchObject({ ok: false });
  expect(view().session?.state.kind).toBe('previewing');
});

function aPerson(e164: E164) {
  const facts = { company: '', title: '', place: '', email: '', fields: {}, createdAt: instant(0) };
  const number = { e164, kind: 'mobile' as const, zones: ['America/New_York' as const], isStarred: true };
  return { ...facts, listId: null, name: 'Omar Kim', numbers: [number] };
}
