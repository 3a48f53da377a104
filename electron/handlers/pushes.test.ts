import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { PushFrame } from '../../shared/contract/wire.ts';
import { instant } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { pushesTo } from './pushes.ts';

function aScreen() {
  const clock = simulatedClock(instant(Date.UTC(2026, 10, 20, 12)));
  const startAt = clock.now();
  const got: (PushFrame & { at: number })[] = [];
  const log = vi.fn();
  const pushes = pushesTo((frame) => got.push({ ...frame, at: clock.now() - startAt }), clock, log);
  const go = (path: string) => pushes.tell('app.goTo', () => ({ path }));
  const paths = () => got.map(({ at, payload }) => [at, (payload as { path: string }).path]);
  return { clock, got, pushes, log, go, paths };
}

const change = (entity: string, ids: (number | string)[] | null) => () => ({ changes: [{ entity, ids }] });

test('the first is sent at once, the latest of the rest a tenth of a second later', async () => {
  const { clock, go, paths } = aScreen();
  go('/a');
  expect(paths()).toEqual([[0, '/a']]);
  go('/b');
  await clock.advance(50);
  go('/c');
  await clock.advance(200);
  expect(paths()).toEqual([
    [0, '/a'],
    [100, '/c'],
  ]);
  go('/d');
  expect(paths()).toEqual([
    [0, '/a'],
    [100, '/c'],
    [250, '/d'],
  ]);
});

test('however often a topic is told, screens get ten a second at most, miss no number, and end with the latest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.boolean()), { minLength: 1, maxLength: 40 }),
      async (tells) => {
        const { clock, got, pushes } = aScreen();
        const last: Record<string, string> = {};
        for (const [index, [pause, isGoTo]] of tells.entries()) {
          await clock.advance(pause);
          const topic = isGoTo ? 'app.goTo' : 'app.dialBox';
          last[topic] = String(index);
          if (topic === 'app.goTo') pushes.tell(topic, () => ({ path: String(index) }));
          else pushes.tell(topic, () => ({ text: String(index) }));
        }
        await clock.advance(100);
        for (const topic of Object.keys(last)) {
          const frames = got.filter((frame) => frame.topic === topic);
          expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, nth) => nth + 1));
          frames.slice(1).forEach(({ at }, nth) => expect(at - frames[nth]!.at).toBeGreaterThanOrEqual(100));
          expect(Object.values(frames.at(-1)!.payload as object)).toEqual([last[topic]]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('ten changes cost one reading: a payload is made when it is sent, and not before', async () => {
  const { clock, pushes } = aScreen();
  const reading = vi.fn(() => ({ path: '/' }));
  pushes.tell('app.goTo', reading);
  for (let i = 0; i < 10; i++) pushes.tell('app.goTo', reading);
  expect(reading).toHaveBeenCalledTimes(1);
  await clock.advance(1000);
  expect(reading).toHaveBeenCalledTimes(2);
});

test('topics do not wait for each other', () => {
  const { go, pushes, got } = aScreen();
  go('/a');
  pushes.tell('app.dialBox', () => ({ text: '' }));
  expect(got.map(({ topic, seq }) => [topic, seq])).toEqual([
    ['app.goTo', 1],
    ['app.dialBox', 1],
  ]);
});

test('of what changed nothing is left out: changes that wait are told together', async () => {
  const { clock, pushes, got } = aScreen();
  pushes.tell('app.changed', change('calls', [1]));
  pushes.tell('app.changed', change('calls', [2, 3]));
  pushes.tell('app.changed', change('contacts', ['x']));
  pushes.tell('app.changed', change('calls', [3, 4]));
  pushes.tell('app.changed', change('contacts', null));
  pushes.tell('app.changed', change('contacts', [9]));
  await clock.advance(100);
  expect(got.map(({ payload }) => payload)).toEqual([
    { changes: [{ entity: 'calls', ids: [1] }] },
    {
      changes: [
        { entity: 'calls', ids: [2, 3, 4] },
        { entity: 'contacts', ids: null },
      ],
    },
  ]);
});

test('more ids than anybody would look up become “all of them”', async () => {
  const { clock, pushes, got } = aScreen();
  pushes.tell('app.changed', change('calls', []));
  for (let i = 0; i < 6; i++)
    pushes.tell(
      'app.changed',
      change(
        'calls',
        Array.from({ length: 100 }, (_, n) => i * 100 + n),
      ),
    );
  await clock.advance(100);
  expect(got[1]!.payload).toEqual({ changes: [{ entity: 'calls', ids: null }] });
});

test('what is told while it is being told comes next, and never in a circle', async () => {
  const { clock, pushes, got } = aScreen();
  let left = 3;
  const tellAgain = () => {
    if (left-- > 0) pushes.tell('app.goTo', tellAgain);
    return { path: '/' };
  };
  pushes.tell('app.goTo', tellAgain);
  await clock.advance(1000);
  expect(got.map(({ at, seq }) => [at, seq])).toEqual([
    [0, 1],
    [100, 2],
    [200, 3],
    [300, 4],
  ]);
});

test('a reading that fails ends nothing: it is logged, and screens see a gap', async () => {
  const { clock, pushes, log, go, got } = aScreen();
  const fail = () => {
    throw new Error('the database was closed');
  };
  pushes.tell('app.goTo', fail);
  pushes.tell('app.goTo', fail);
  await clock.advance(100);
  expect(log).toHaveBeenCalledTimes(2);
  await clock.advance(100);
  go('/a');
  expect(got.map(({ seq }) => seq)).toEqual([3]);
});

test('after close nothing is sent, neither what waited nor what is told later', async () => {
  const { clock, pushes, go, paths } = aScreen();
  go('/a');
  go('/b');
  pushes.close();
  go('/c');
  expect(await clock.step()).toBe(false);
  await clock.advance(1000);
  expect(paths()).toEqual([[0, '/a']]);
});
