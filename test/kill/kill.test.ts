import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Place, buildParts, callsIn, killManyTimes, live, newPlace, overlapsAt } from './kills.ts';

/* `npm run kill -- --kills 200` kills more often. */

const places: Place[] = [];

beforeAll(buildParts, 120_000);
afterAll(() => {
  for (const place of places) place.end();
});

async function aPlace(...asked: Parameters<typeof newPlace>): Promise<Place> {
  const place = await newPlace(...asked);
  places.push(place);
  return place;
}

test('Parley, killed twenty times and at every step of a call, breaks no law; the carrier keeps the truth', async () => {
  const place = await aPlace('kills', { contacts: 400, agents: 3, background: true, schedules: 40 });
  const { kills, calls, unattended, complaints, breaches } = await killManyTimes(20, place);
  expect(complaints).toEqual([]);
  expect(breaches.map(({ law, sentence }) => `${law}: ${sentence}`)).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(20);
  expect(calls).toBeGreaterThan(12);
  expect(unattended).toBeGreaterThan(0);
  // Twenty starts take a minute where nothing else runs.
}, 400_000);

test('two kernels at work in one workspace never ring a number at the same time', async () => {
  const place = await aPlace('two', { contacts: 12, agents: 4, background: false, schedules: 0 });
  const { setting } = place;
  const [one, two, three, four] = setting.people as [number, number, number, number];
  const both = [
    live('harness', { ...setting, people: [one, two] }),
    live('harness', { ...setting, people: [three, four] }),
  ];
  await Promise.all(both.map((each) => each.ready));
  // Five seconds side by side; on a busy machine a good deal longer, until they have rung as many as they would in five.
  for (let second = 0; second < 5 || (callsIn(setting) <= 5 && second < 120); second++)
    await new Promise((go) => setTimeout(go, 1_000));
  for (const each of both) each.process.kill('SIGKILL');
  const ends = await Promise.all(both.map((each) => each.ended));
  expect(ends.map((each) => each.signal)).toEqual(['SIGKILL', 'SIGKILL']);
  expect(overlapsAt(place)).toEqual([]);
  expect(callsIn(setting)).toBeGreaterThan(5);
}, 300_000);
