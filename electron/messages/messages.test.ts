import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { MESSAGE_RATE, messageSamples, messageWav, readMessage } from '../../shared/domain/message.ts';
import { assert } from '../../shared/lib/assert.ts';
import { MINUTE_MS, SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { callOfAttempt, saveStory } from '../store/calls.ts';
import { messageById } from '../store/messages.ts';
import { aStore } from '../store/testing.ts';
import { KernelHome } from '../testing-kernel.ts';
import { attemptIdAt, begunCalls, openLiveRelay } from '../testing-relay.ts';
import { type Messages, openMessages } from './messages.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A tone of so many seconds. */
function aTone(seconds: number, loud = 0.5): Buffer {
  const values = Float32Array.from(
    { length: seconds * MESSAGE_RATE },
    (_, at) => loud * Math.sin((2 * Math.PI * 440 * at) / MESSAGE_RATE),
  );
  return Buffer.from(messageWav(messageSamples(values, false)));
}

function kept(messages: Messages, sound: Buffer, name = 'Spring'): number {
  const to = messages.take(null, sound.subarray(0, 100));
  assert(to.ok, 'the first part is taken');
  messages.take(to.value, sound.subarray(100));
  const made = messages.keep(to.value, name, null);
  assert(made.ok, made.ok ? '' : made.error);
  return made.value.id;
}

test('a message is read back sample by sample, and nothing but a message is', () => {
  const sound = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(sound, fc.nat(43), fc.integer({ min: 1, max: 255 }), (some, at, by) => {
      const samples = Int16Array.from({ length: MESSAGE_RATE }, (_, nth) => some[nth % some.length]!);
      samples[0] = 20_000;
      const bytes = messageWav(samples);
      const read = readMessage(bytes);
      assert(read.ok, 'it is one');
      expect(read.value).toMatchObject({ durationMs: 1_000 });
      expect(Buffer.from(read.value.samples.buffer).equals(Buffer.from(samples.buffer))).toBe(true);
      bytes[at]! ^= by;
      // The length of the whole file says nothing that the length of the sound does not.
      if (at < 4 || at >= 8) expect(readMessage(bytes).ok).toBe(false);
    }),
    { numRuns: 60, seed: 20261120 },
  );
  expect(Math.max(...messageSamples(Float32Array.from([0.01, -0.02]), true).map(Math.abs))).toBe(23_199);
});

test('what is no message is told so, each in its own sentence, and nothing is kept', () => {
  const random = seededRandom('messages');
  const messages = openMessages({
    db: aStore(),
    file: ':memory:',
    clock: simulatedClock(instant(0)),
    random,
  });
  const no = (sound: Buffer) => {
    const to = messages.take(null, sound);
    if (!to.ok) return to.error;
    const made = messages.keep(to.value, 'x', null);
    return made.ok ? 'kept' : made.error;
  };
  expect(no(Buffer.alloc(4 * 60 * MESSAGE_RATE * 2))).toMatch(/at most 3 minutes/);
  expect(no(aTone(0))).toMatch(/no sound in this/);
  expect(no(aTone(0.2))).toMatch(/shorter than half a second/);
  expect(no(aTone(2, 0.001))).toMatch(/silent from end to end/);
  expect(no(Buffer.from('<!doctype html>'.repeat(50)))).toMatch(/no sound that Parley made ready/);
  expect(no(aTone(2).subarray(0, 9_001))).toMatch(/no sound that Parley made ready/);
  expect(messages.take('unknown', aTone(1)).ok).toBe(false);
  expect(messages.soundOf(1)).toBeNull();
});

test('a campaign plays its sound to people, leaves the other one on machines, and each is counted', async () => {
  const home = new KernelHome();
  ends.push(() => home.end());
  const played = kept(home.kernel.messages, aTone(7));
  const left = kept(home.kernel.messages, aTone(5), 'For machines');
  const rules = {
    voice: 'recorded',
    message: 'Never said.',
    playMessageId: played,
    dropMessageId: left,
  } as const;
  const campaignId = home.campaign(rules);
  home.fill(campaignId, 1, '00');
  home.fill(campaignId, 1, '10');
  home.kernel.background.wake();
  await home.clock.advance(5 * MINUTE_MS);
  const calls = home.world.requests();
  expect(calls.map(({ say }) => say)).toEqual(
    calls.map(({ attemptId }) => ({
      kind: 'sound',
      soundId: `${played}.${attemptId}`,
      durationMs: 7 * SECOND_MS,
      name: 'Spring',
    })),
  );
  const said = calls.map(({ callRef }) => home.world.lifeOf(callRef!)!.said.at(-1)!);
  expect(said.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b)).toEqual([
    5 * SECOND_MS,
    7 * SECOND_MS,
  ]);
  expect(messageById(home.db, left)).toMatchObject({ uses: 1 });
  // To the machine it was begun as well.
  expect(messageById(home.db, played)).toMatchObject({ uses: 2 });
  expect(home.complaints).toEqual([]);
});

test('one key leaves the campaign’s own message on the machine an agent reached, and no one else’s', async () => {
  const home = new KernelHome();
  ends.push(() => home.end());
  const left = kept(home.kernel.messages, aTone(6), 'For machines');
  const campaignId = home.campaign({ voice: 'agent', dropMessageId: left });
  home.fill(campaignId, 1, '10');
  const person = home.agent();
  const { desk } = home.kernel;
  desk.start(person, campaignId, 'preview');
  desk.dial(person, null);
  await home.clock.advance(30 * SECOND_MS);
  expect(desk.view(person).session?.state.kind).toBe('connected');
  expect(await desk.dropVoicemail(person)).toMatchObject({ ok: true });
  const { attemptId, callRef } = home.world.requests()[0]!;
  const say = { kind: 'sound', soundId: `${left}.${attemptId}`, durationMs: 6_000, name: 'For machines' };
  expect(home.world.interventionsIn(callRef!).map(({ action }) => action)).toEqual([
    { kind: 'drop-voicemail', sound: 'standard', say },
  ]);
  expect(messageById(home.db, left)).toMatchObject({ uses: 1 });
  expect(home.complaints).toEqual([]);
});

test('a carrier fetches a sound by an address nobody guesses, and only while its call lives', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-messages-'));
  const live = await openLiveRelay(folder);
  ends.push(async () => {
    await live.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { db, messages, clock } = live.kernel;
  begunCalls(db, 2);
  const [attemptId, other] = [attemptIdAt(0), attemptIdAt(1)];
  const sound = aTone(3);
  const id = kept(messages, sound);
  const address = live.soundAddressOf(`${id}.${attemptId}`);
  const answer = await fetch(address);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  expect(Buffer.from(await answer.arrayBuffer()).equals(sound)).toBe(true);
  expect((await fetch(address.replace(attemptId, other))).status).toBe(404);
  expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  const call = callOfAttempt(db, attemptId)!;
  const now = clock.now();
  saveStory(db, call.id, {
    status: 'ended',
    end: 'completed',
    ringingAt: null,
    answeredAt: now,
    endedAt: now,
  });
  expect((await fetch(address)).status).toBe(404);
});
