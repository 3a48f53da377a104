import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Standing } from '../shared/contract/standing.ts';
import type { PushFrame } from '../shared/contract/wire.ts';
import { assert } from '../shared/lib/assert.ts';
import { machineClock, sleep } from '../shared/lib/clock.ts';
import { seededRandom } from '../shared/lib/random.ts';
import { sessionSecrets } from './host.ts';
import { type House, openHouse } from './house.ts';

/* The house from where the tray stands: in front of the door, and with a switch of its own. */

let house: House;
let folder: string;
let shown: (Standing | null)[];
let pushed: PushFrame[];

async function open(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'parley-tray-'));
  shown = [];
  pushed = [];
  const clock = machineClock();
  const opened = await openHouse({
    dataDir: folder,
    clock,
    practicePace: clock,
    practiceSpeed: 1,
    random: seededRandom('tray'),
    host: {
      kind: 'test',
      version: '0',
      showDesk() {},
      showStanding: (standing) => void shown.push(standing),
      notify() {},
      loginItem: null,
    },
    secrets: sessionSecrets(),
    log: (line, error) => expect.unreachable(`${line} ${String(error)}`),
    push: (frame) => void pushed.push(frame),
  });
  assert(opened.ok, 'the house opens');
  house = opened.value;
}

afterEach(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the tray may stop all calling while the screen is locked; to go on takes a supervisor who is there', async () => {
  await open();
  expect(house.resumeAll()).toBe('No workspace is open.');
  await house.answer('app.begin', { as: 'show-me', name: 'Ann' });
  await house.answer('people.setPin', { id: 1, pin: '4711' });
  await house.answer('people.lock', undefined);
  house.pauseAll();
  expect(house.standing()).toMatchObject({ state: 'paused', paused: { by: 'Ann' } });
  expect(house.resumeAll()).toBe('Parley is locked. Enter your PIN first; then resume.');

  await house.answer('people.unlock', { pin: '4711' });
  await house.answer('people.signOut', undefined);
  expect(house.resumeAll()).toBe('Only a supervisor may let Parley call again. Ask one to do it.');
  await house.answer('people.signIn', { id: 1, pin: '4711' });
  expect(house.resumeAll()).toBeNull();
  expect(house.standing()).toMatchObject({ paused: null });
});

test('tray and screens are told of a change within a second, and of no workspace as well', async () => {
  await open();
  await sleep(machineClock(), 50);
  expect(shown).toEqual([null]);
  await house.answer('app.begin', { as: 'show-me', name: 'Ann' });
  house.pauseAll();
  await sleep(machineClock(), 1_300);
  expect(shown.at(-1)).toMatchObject({ state: 'paused' });
  const told = pushed.filter(({ topic }) => topic === 'standing.changed');
  expect(told.at(-1)?.payload).toMatchObject({ state: 'paused' });
  expect(told.length).toBeLessThanOrEqual(3);
});
