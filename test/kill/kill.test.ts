import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Place, buildParts, killManyTimes, live, newPlace, overlapsAt } from './kills.ts';
import { worldOf } from './setting.ts';

/* `npm run kill -- --kills 200` kills more often. */

const places: Place[] = [];

beforeAll(buildParts, 60_000);
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
}, 120_000);

test('two kernels at work in one workspace never ring a number at the same time', async () => {
  const place = await aPlace('two', { contacts: 12, agents: 4, background: false, schedules: 0 });
  const { setting } = place;
  const [one, two, three, four] = setting.people as [number, number, number, number];
  const both = [
    live('harness', { ...setting, people: [one, two] }),
    live('harness', { ...setting, people: [three, four] }),
  ];
  await Promise.all(both.map((each) => each.ready));
  await new Promise((go) => setTimeout(go, 5_000));
  for (const each of both) each.process.kill('SIGKILL');
  const ends = await Promise.all(both.map((each) => each.ended));
  expect(ends.map((each) => each.signal)).toEqual(['SIGKILL', 'SIGKILL']);
  expect(overlapsAt(place)).toEqual([]);
  const requests = worldOf(setting).requests();
  expect(requests.filter((each) => each.callRef !== null).length).toBeGreaterThan(5);
}, 60_000);
