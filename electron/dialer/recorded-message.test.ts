import { afterEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { KernelHome } from '../testing-kernel.ts';

let home: KernelHome;
afterEach(async () => {
  expect(home.complaints).toEqual([]);
  await home.end();
});

const SPRING = {
  voice: 'recorded',
  message: 'Hello {{first name|there}}, this is Larkspur. See you {{day|soon}}.',
} as const;
const ANSWERS = '00';
const MACHINE = '10';

/** What was said in the first call, by whom. */
function said() {
  const call = home.world.lifeOf(home.world.requests()[0]!.callRef!)!;
  return call.said.map(({ speaker, text }) => `${speaker}: ${text}`);
}

test('a recorded message is spoken to whoever answers, with their fields filled in, and ends the call', async () => {
  home = new KernelHome();
  const id = home.campaign(SPRING);
  const [enrolmentId] = home.fill(id, 1, ANSWERS);
  home.kernel.background.wake();
  await home.clock.advance(3 * MINUTE_MS);
  const { say, callRef } = home.world.requests()[0]!;
  expect(say).toEqual({ kind: 'words', text: 'Hello Maria, this is Larkspur. See you soon.' });
  expect(said()).toHaveLength(2);
  expect(said()[1]).toBe('agent: Hello Maria, this is Larkspur. See you soon.');
  const life = home.world.lifeOf(callRef!)!;
  expect(life.endedAt - life.answeredAt!).toBeLessThan(20 * SECOND_MS);
  expect(enrolmentById(home.db, enrolmentId!)).toMatchObject({ state: 'done', lastOutcome: 'answered' });
});

test('the same words are left on a machine that is ready to record, and they are tried again later', async () => {
  home = new KernelHome();
  const [enrolmentId] = home.fill(home.campaign(SPRING), 1, MACHINE);
  home.kernel.background.wake();
  await home.clock.advance(5 * MINUTE_MS);
  expect(said().at(-1)).toBe('agent: Hello Maria, this is Larkspur. See you soon.');
  expect(enrolmentById(home.db, enrolmentId!)).toMatchObject({ state: 'open', lastOutcome: 'voicemail' });
});

test.each([
  ['retry', 'open'],
  ['hang-up', 'done'],
] as const)('with “%s” nothing is left on a machine, and the contact is %s', async (voicemail, state) => {
  home = new KernelHome();
  const [enrolmentId] = home.fill(home.campaign({ ...SPRING, voicemail }), 1, MACHINE);
  home.kernel.background.wake();
  await home.clock.advance(5 * MINUTE_MS);
  const { callRef } = home.world.requests()[0]!;
  expect(home.world.interventionsIn(callRef!).map(({ action }) => action.kind)).toEqual(['hang-up']);
  expect(enrolmentById(home.db, enrolmentId!)).toMatchObject({ state, lastOutcome: 'voicemail' });
});

test('an AI voice has words of its own, and a policy for machines all the same', async () => {
  home = new KernelHome();
  home.fill(home.campaign({ voicemail: 'hang-up' }), 1, MACHINE);
  home.kernel.background.wake();
  await home.clock.advance(HOUR_MS / 4);
  const { say, callRef } = home.world.requests()[0]!;
  expect(say).toBeUndefined();
  expect(home.world.interventionsIn(callRef!).map(({ action }) => action.kind)).toEqual(['hang-up']);
});
