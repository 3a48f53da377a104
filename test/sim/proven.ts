import { expect, test } from 'vitest';
import { type Day, liveDay } from './day.ts';
import { type Scene, sceneOf } from './scene.ts';
import { type Tally, addTo } from './tally.ts';

/* What the files of seeds share: two files, so that two cores have something to do. */

/** Lives a day, and takes nothing but one without a breach; what it met is added up. */
export async function proven(scene: Scene, sum: Tally = new Map()): Promise<Day> {
  const day = await liveDay(scene);
  const told = day.breaches.map(({ law, sentence }) => `${law}: ${sentence}`);
  expect(told, `the scene ${JSON.stringify(scene)} shows this again\n${day.story}`).toEqual([]);
  addTo(sum, day.tally);
  return day;
}

/** What so many seeds have met at least, each of it: else they would prove nothing. */
const MET = [
  'calls',
  'answer: unclear',
  'refused: 429',
  'event lost',
  'event late',
  'event doubled',
  'event overtaken',
  'disk full met',
  'second processes',
  'second processes killed',
  'died at: commit',
  'died at: committed',
  'died at: asking',
  'died at: asked',
  'died at: answer',
  'nonsense: brokenAnswer',
  'nonsense: stranger',
  'nonsense: goesBack',
  'trouble: sleep',
  'trouble: clock set',
  'trouble: law update',
  'trouble: do not call',
  'trouble: all calling paused',
  'trouble: campaign edited',
  'trouble: campaign stopped',
  'trouble: campaign deleted',
  'trouble: list taken back',
  'trouble: schedule changed',
  'wrap-up done',
  'hand over done',
  'undo done',
  'screen lost done',
];

export function proveSeeds(from: number, step: number, count: number): void {
  const sum: Tally = new Map();
  const seeds = Array.from({ length: count }, (_, nth) => String(from + nth * step));
  test.each(seeds)('seed %s, a day of calls and faults, breaks no law', async (seed) => {
    await proven(sceneHere(seed), sum);
  });
  test('these days have met every fault there is', () => {
    expect(MET.filter((what) => !((sum.get(what) ?? 0) > 0))).toEqual([]);
  });
}

/**
 * Every fifth seed is lived as `npm run sim` lives it. Of the others the dense ones have half the time and half the
 * people, and all their troubles: as many kinds of days, and what befalls them comes twice as thick.
 */
function sceneHere(seed: string): Scene {
  const scene = sceneOf(seed);
  if (scene.kind !== 'dense' || Number(seed) % 5 === 0) return scene;
  const [minutes, contacts] = [Math.ceil(scene.minutes / 2), Math.ceil(scene.contacts / 2)];
  return { ...scene, minutes, contacts };
}
