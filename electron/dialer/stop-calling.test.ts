import { afterEach, expect, test } from 'vitest';
import { decide } from '../../shared/domain/verdict.ts';
import { addCampaign, campaignById } from '../store/campaigns.ts';
import { numbersOf } from '../store/contacts.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { enrol, enrolmentOf } from '../store/enrolments.ts';
import { subjectOfEnrolment, subjectOfPhone } from '../store/subjects.ts';
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

const MARIA = 2;

test('“stop calling me” is one filing, and reaches every campaign and every hand at once', async () => {
  const { kernel, clock, person, campaignId, view } = deskAtWork();
  const { db, law } = kernel;
  const { id: _id, ...campaign } = campaignById(db, campaignId)!;
  const other = addCampaign(db, { ...campaign, name: 'Another', createdAt: clock.now() });
  enrol(db, other, [MARIA], { dueAt: clock.now() });
  const elsewhere = enrolmentOf(db, other, MARIA)!.id;
  const rule = () => {
    const found = decide(subjectOfEnrolment(db, elsewhere, null, { law, now: clock.now() }), clock.now());
    return found.kind === 'ring' ? 'ring' : found.rule;
  };
  expect(rule()).not.toBe('do-not-call');

  kernel.desk.dialNumber(person, '(503) 555-0100');
  await clock.advance(60_000);
  await kernel.desk.hangUp(person);
  await clock.advance(5_000);
  const { attemptId } = view().call!;
  const filing = { attemptId, dispositionId: 'do-not-call', note: '', callbackAt: null };
  expect(kernel.desk.file(person, filing)).toMatchObject({ ok: true });

  for (const { e164 } of numbersOf(db, MARIA))
    expect(doNotCallFor(db, { e164 })).toMatchObject({ reason: 'asked not to be called' });
  expect(rule()).toBe('do-not-call');
  // By hand as well, from the same second on.
  const { subject } = subjectOfPhone(db, numbersOf(db, MARIA)[0]!.e164, { law, now: clock.now() });
  expect(decide(subject, clock.now())).toMatchObject({ kind: 'never' });

  // Taken back within its seconds, nothing of it stays.
  expect(kernel.desk.undo(person)).toMatchObject({ ok: true });
  expect(doNotCallFor(db, { e164: numbersOf(db, MARIA)[0]!.e164 })).toBeNull();
});
