import { expect, test } from 'vitest';
import type { Person } from '../../shared/domain/people.ts';
import { HOUR_MS, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import { addCallback } from '../store/callbacks.ts';
import { enrolmentById, settleEnrolment } from '../store/enrolments.ts';
import { KernelHome } from '../testing-kernel.ts';

/** Two agents in one campaign with three people who are due; the last of them was promised a call by Ann, now. */
async function twoAtWork(run: (at: Awaited<ReturnType<typeof arranged>>) => Promise<void>) {
  const at = arranged();
  try {
    await run(at);
  } finally {
    await at.home.end();
  }
}

function arranged() {
  const home = new KernelHome();
  const campaignId = home.campaign({ voice: 'agent' });
  const [first, second, promised] = home.fill(campaignId, 3, '02') as [number, number, number];
  const [ann, ben] = [home.agent('Ann'), home.agent('Ben')];
  const now = home.clock.now();
  for (const id of [first, second])
    settleEnrolment(home.db, id, { state: 'open', dueAt: after(now, 3 * HOUR_MS) });
  const { contactId } = enrolmentById(home.db, promised)!;
  addCallback(home.db, {
    contactId,
    campaignId,
    agentId: ann.id,
    dueAt: now,
    note: '',
    madeByAttempt: null,
    createdAt: now,
  });
  const inHand = (person: Person) => {
    const state = home.kernel.desk.view(person).session?.state;
    return state?.kind === 'previewing' ? state.enrolmentId : null;
  };
  const start = (person: Person) => home.kernel.desk.start(person, campaignId, 'preview');
  const wait = (ms: number) => home.clock.advance(ms);
  return { home, ann, ben, promised, inHand, start, wait };
}

test('who was promised a call by one agent is not rung by another while that one is at work', () =>
  twoAtWork(async ({ ann, ben, promised, inHand, start, home }) => {
    start(ann);
    expect(inHand(ann)).toBe(promised);
    home.kernel.desk.skip(ann, 'a moment');
    settleEnrolment(home.db, promised, { state: 'open', dueAt: home.clock.now() });
    start(ben);
    expect(inHand(ben)).toBeNull();
  }));

test('with its agent away, or after ten minutes, a promise is kept by whoever is free', () =>
  twoAtWork(async ({ ann, ben, promised, inHand, start, wait, home }) => {
    start(ben);
    expect(inHand(ben)).toBe(promised);
    home.kernel.desk.skip(ben, 'a moment');
    settleEnrolment(home.db, promised, { state: 'open', dueAt: home.clock.now() });

    // Ann is at work but busy with another call, and so the promise waits for her, for a while.
    home.kernel.desk.stop(ben);
    start(ann);
    home.kernel.desk.dialNumber(ann, '+1 212 555 0199');
    start(ben);
    expect(inHand(ben)).toBeNull();
    await wait(11 * MINUTE_MS);
    expect(inHand(ben)).toBe(promised);
  }));
