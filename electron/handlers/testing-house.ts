import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, PushFrame } from '../../shared/contract/wire.ts';
import { assert } from '../../shared/lib/assert.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';
import { seededRandom } from '../../shared/lib/random.ts';
import { type SimulatedClock, simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { sessionSecrets } from '../host.ts';
import { type House, openHouse } from '../house.ts';
import { type Db, openStore } from '../store/open.ts';

/* A whole house for tests that knock at its door, with practice in it and a supervisor at the screen. */

export interface TestHouse {
  readonly house: House;
  readonly clock: SimulatedClock;
  readonly dataDir: string;
  /** A second connection to what the house keeps, to look and to prepare. */
  readonly db: Db;
  /** Asks, and takes nothing but an answer. Time goes on while it waits. */
  get<T>(call: string, input?: unknown): Promise<T>;
  /** Asks, and takes nothing but a refusal: its code and its sentence. */
  no(call: string, input?: unknown): Promise<string>;
  end(): Promise<void>;
}

export async function aHouse(
  startAt: Instant,
  push: (frame: PushFrame) => void = () => {},
): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-house-'));
  const clock = simulatedClock(startAt);
  const troubles: string[] = [];
  const opened = await openHouse({
    dataDir,
    clock,
    practicePace: clock,
    practiceSpeed: 1,
    random: seededRandom('house'),
    host: { kind: 'test', version: '0', showDesk() {}, showStanding() {}, notify() {}, loginItem: null },
    secrets: sessionSecrets(),
    log: (line, error) => troubles.push(`${line} ${String(error)}`),
    push,
  });
  assert(opened.ok, 'the house opens');
  const house = opened.value;
  const ask = async (call: string, input: unknown) => {
    const asked = house.answer(call, input);
    const answer = await asked;
    assert(troubles.length === 0, troubles.join('; '));
    return answer;
  };
  const get = async <T>(call: string, input?: unknown) => {
    const answer = (await ask(call, input)) as Answer<T>;
    if (!answer.ok) throw new Error(`${call}: ${answer.error.sentence}`);
    return answer.value;
  };
  await get('app.begin', { as: 'show-me', name: 'Ann' });
  const file = join(dataDir, 'workspaces', 'practice', 'parley.db');
  const store = openStore(file, { now: () => clock.now() });
  assert(store.ok, 'a second connection opens');
  const db = store.value;
  return {
    house,
    clock,
    dataDir,
    db,
    get,
    async no(call, input) {
      const answer = await ask(call, input);
      return answer.ok ? 'it was done' : `${answer.error.code}: ${answer.error.sentence}`;
    },
    async end() {
      db.$client.close();
      const stopped = house.stop();
      await clock.advance(20 * SECOND_MS);
      await stopped;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
