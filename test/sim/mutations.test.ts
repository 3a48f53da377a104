import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Law } from './laws/breach.ts';
import { mutatedSources } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';
import type { Lived } from './worker.ts';

/* All of them: `npm run sim -- --mutations`. Here are those that are found soonest. */

const SOON = [
  'asked once more after a time-out',
  'events are kept as often as they come',
  'a call goes back to an earlier state',
  'who was not rung after all is kept in hand',
];
const SEEDS_MAX = 5;

/** What days in a broken product come to, until one of them breaks the law. In a process of its own: a module is loaded once. */
function brokenBy(mutation: string, law: Law): Promise<Law[]> {
  const env = { ...process.env, PARLEY_MUTATION: mutation };
  const worker = fork(join(import.meta.dirname, 'worker.ts'), [], { env, execArgv: [] });
  const broken = new Set<Law>();
  let seeds = 0;
  return new Promise((done, failed) => {
    worker.on('message', (message: Lived | 'ready') => {
      if (message !== 'ready') for (const each of message.breaches) broken.add(each.law);
      if (!broken.has(law) && seeds++ < SEEDS_MAX)
        return void worker.send({ seed: String(seeds), minutes: null });
      worker.disconnect();
      done([...broken]);
    });
    worker.on('exit', (code) => failed(new Error(`the worker ended with ${code}`)));
  });
}

test.each(SOON)('a product in which “%s” holds breaks that law at once', async (name) => {
  const { law } = MUTATIONS.find((each) => each.name === name)!;
  expect(await brokenBy(name, law)).toContain(law);
});

test.each(MUTATIONS)('“$name” changes the product as it is today', (mutation) => {
  expect(mutatedSources(mutation).length).toBeGreaterThan(0);
});

test('each mutation has a name of its own', () => {
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});
