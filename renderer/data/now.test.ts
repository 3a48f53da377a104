import { expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { createKernelClock } from './now.ts';

test('time runs on from what the kernel told', () => {
  let elapsed = 5_000;
  const clock = createKernelClock(() => elapsed);
  expect(clock.isSet()).toBe(false);
  clock.set({ now: instant(1_000_000), speed: 1 });
  elapsed += 250;
  expect(clock.now()).toBe(1_000_250);
});

test('in a practice at ten times the pace a second on the wall is ten on the screen', () => {
  let elapsed = 0;
  const clock = createKernelClock(() => elapsed);
  clock.set({ now: instant(1_000_000), speed: 10 });
  elapsed += 1_000;
  expect(clock.now()).toBe(1_010_000);
});

test('a second hello sets the clock anew, whatever ran before', () => {
  let elapsed = 0;
  const clock = createKernelClock(() => elapsed);
  clock.set({ now: instant(1_000_000), speed: 10 });
  elapsed += 60_000;
  clock.set({ now: instant(5_000_000), speed: 1 });
  expect(clock.now()).toBe(5_000_000);
});
