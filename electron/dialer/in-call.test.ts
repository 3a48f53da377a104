import { expect, test } from 'vitest';
import { callOfAttempt } from '../store/calls.ts';
import { KernelHome, TEN } from '../testing-kernel.ts';

test('an agent who was muted is shown as muted after a restart, and in the next call is not', async () => {
  const home = new KernelHome(TEN);
  try {
    const campaignId = home.campaign({ voice: 'agent' });
    // People who answer and talk until somebody hangs up.
    home.fill(campaignId, 2, '02');
    const person = home.agent();
    home.kernel.desk.start(person, campaignId, 'preview');
    home.kernel.desk.dial(person, null);
    await home.clock.advance(30_000);
    expect(home.kernel.desk.view(person).session?.state.kind).toBe('connected');
    expect(await home.kernel.desk.mute(person, true)).toMatchObject({ ok: true });

    await home.stop();
    home.begin();
    expect(home.kernel.desk.view(person)).toMatchObject({
      session: { state: { kind: 'connected' } },
      call: { isMuted: true },
    });

    await home.kernel.desk.hangUp(person);
    await home.clock.advance(5_000);
    const { attemptId } = home.kernel.desk.view(person).call!;
    home.kernel.desk.file(person, { attemptId, dispositionId: 'not-interested', note: '', callbackAt: null });
    home.kernel.desk.resume(person);
    await home.clock.advance(1_000);
    expect(home.kernel.desk.dial(person, null)).toMatchObject({ ok: true });
    await home.clock.advance(30_000);
    expect(home.kernel.desk.view(person).call?.isMuted).toBe(false);
  } finally {
    await home.end();
  }
});

test('the first sound both ways is kept once, for the call in hand, and only after somebody picked up', async () => {
  const home = new KernelHome(TEN);
  try {
    const campaignId = home.campaign({ voice: 'agent' });
    home.fill(campaignId, 1, '02');
    const person = home.agent();
    home.kernel.desk.start(person, campaignId, 'preview');
    home.kernel.desk.dial(person, null);
    await home.clock.advance(1_000);
    const { attemptId } = home.kernel.desk.view(person).call!;
    const audioAt = () => callOfAttempt(home.db, attemptId)?.audioAt;
    home.kernel.desk.heard(person, attemptId);
    expect(audioAt()).toBeNull();
    await home.clock.advance(29_000);
    home.kernel.desk.heard(person, attemptId);
    const first = home.clock.now();
    await home.clock.advance(1_000);
    home.kernel.desk.heard(person, attemptId);
    expect(audioAt()).toBe(first);
    await home.kernel.desk.hangUp(person);
  } finally {
    await home.end();
  }
});
