import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutatedSources } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';
import type { Lived } from './worker.ts';

/* All of them: `npm run sim -- --mutations`. Here are those that are found soonest. */

/** Each with a seed that finds it. */
const SOON: readonly (readonly [name: string, seed: string])[] = [
  ['asked once more after a time-out', '1'],
  ['the mark is written after the request', '1'],
  ['no lock on the number', '1'],
];

/** In a process of its own: a module is loaded once, broken or whole. */
function lived(mutation: string, seed: string): Promise<Lived> {
  const env = { ...process.env, PARLEY_MUTATION: mutation };
  const worker = fork(join(import.meta.dirname, 'worker.ts'), [], { env, execArgv: [] });
  return new Promise((done, failed) => {
    worker.on('message', (message: Lived | 'ready') => {
      if (message === 'ready') worker.send({ seed, minutes: null });
      else {
        worker.disconnect();
        done(message);
      }
    });
    worker.on('exit', (code) => failed(new Error(`the worker ended with ${code}`)));
  });
}

test.each(SOON)('a product in which %s breaks a law at once', async (name, seed) => {
  const { breaches } = await lived(name, seed);
  expect(breaches.map(({ law }) => law)).toContain(MUTATIONS.find((each) => each.name === name)!.law);
});

test.each(MUTATIONS)('“$name” changes the product as it is today', (mutation) => {
  expect(mutatedSources(mutation).length).toBeGreaterThan(0);
});

test('each mutation has a name of its own', () => {
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});
