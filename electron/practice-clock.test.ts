import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, SECOND_MS, instant } from '../shared/lib/instants.ts';
import { localTime } from '../shared/lib/zoned-time.ts';
import { officeHour, practiceClock } from './practice-clock.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-practice-clock-'));
  file = join(folder, 'clock.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SUNDAY_NIGHT = instant(Date.UTC(2026, 10, 22, 23, 0));

/** A machine started at `at`, whose clock runs `speed` times as fast from then on. */
function aMachine(at: number, speed = 1) {
  let elapsedMs = 0;
  const clock: Clock = { now: () => instant(at + elapsedMs * speed), after: () => () => {} };
  return { clock, goOn: (ms: number) => (elapsedMs += ms) };
}

test('practice opens on a weekday at noon, whatever day it is', () => {
  const { weekday, minute } = localTime(
    practiceClock(aMachine(SUNDAY_NIGHT).clock, file).now(),
    'America/New_York',
  );
  expect([weekday, minute]).toEqual([1, 12 * 60 + 30]);
  expect(officeHour(practiceClock(aMachine(SUNDAY_NIGHT).clock, file).now())).toBe(
    practiceClock(aMachine(SUNDAY_NIGHT).clock, file).now(),
  );
});

test('at its usual pace practice goes on where it was, by exactly the time in between', () => {
  const before = practiceClock(aMachine(SUNDAY_NIGHT).clock, file).now();
  const later = practiceClock(aMachine(SUNDAY_NIGHT + 5 * MINUTE_MS).clock, file).now();
  expect(later - before).toBe(5 * MINUTE_MS);
});

test('a practice in a hurry never goes back, even when it was killed', () => {
  let last = 0 as Instant;
  for (let start = 0; start < 20; start += 1) {
    const machine = aMachine(SUNDAY_NIGHT + start * 20 * SECOND_MS, 10);
    const clock = practiceClock(machine.clock, file, 10);
    expect(clock.now()).toBeGreaterThanOrEqual(last);
    for (let tick = 0; tick < 30; tick += 1) {
      machine.goOn(500);
      last = clock.now();
    }
  }
});

test('back at its usual pace it still does not fall behind what the hurry has shown', () => {
  const machine = aMachine(SUNDAY_NIGHT, 100);
  const hurried = practiceClock(machine.clock, file, 100);
  machine.goOn(10 * SECOND_MS);
  const shown = hurried.now();
  expect(practiceClock(aMachine(SUNDAY_NIGHT + 10 * SECOND_MS).clock, file).now()).toBeGreaterThanOrEqual(
    shown,
  );
});

test('a kept file that is broken counts for nothing', () => {
  writeFileSync(file, '{"offset": "soon"');
  expect(practiceClock(aMachine(SUNDAY_NIGHT).clock, file).now()).toBeGreaterThan(SUNDAY_NIGHT);
});
