import type { Breach } from './laws/breach.ts';

/* A process that lives one seed after the other, as it is told. `scripts/sim.mjs` starts as many as there are cores. */

/** What the process is told. */
export interface Order {
  readonly seed: string;
  readonly minutes: number | null;
}

/** What it answers. */
export interface Lived {
  readonly seed: string;
  readonly kind: string;
  /** Of a core, whatever else the machine had to do meanwhile. */
  readonly ms: number;
  readonly hash: string;
  readonly breaches: readonly Breach[];
  readonly story: string;
  readonly tally: readonly (readonly [string, number])[];
}

const mutation = process.env.PARLEY_MUTATION ?? null;
if (mutation !== null) (await import('./mutate.ts')).mutate(mutation);
const { liveDay } = await import('./day.ts');
const { sceneOf } = await import('./scene.ts');

let unheard: unknown[] = [];
process.on('unhandledRejection', (error) => void unheard.push(error));

async function live({ seed, minutes }: Order): Promise<Lived> {
  const began = process.cpuUsage();
  const ms = () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  unheard = [];
  const scene = sceneOf(seed, minutes ?? undefined);
  const about = { seed, kind: scene.kind };
  try {
    const { breaches, story, hash, tally } = await liveDay(scene);
    const more = unheard.map((error) => complaint('a promise failed and nobody heard', error));
    return { ...about, hash, story, tally, breaches: [...breaches, ...more], ms: ms() };
  } catch (error) {
    const breaches = [complaint('the day could not be lived', error)];
    return { ...about, hash: '', story: '', tally: [], breaches, ms: ms() };
  }
}

function complaint(what: string, error: unknown): Breach {
  const stack = error instanceof Error ? error.stack : String(error);
  return { law: 'no complaint', sentence: `${what}: ${stack}`, to: null };
}

process.on('message', (order: Order) => {
  void live(order).then((lived) => process.send?.(lived));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
