import { afterEach, expect, test } from 'vitest';
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
