import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionSecrets } from '../electron/host.ts';
import { openHouse } from '../electron/house.ts';
import type { PushFrame } from '../shared/contract/wire.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { machineRandom } from '../shared/lib/random.ts';

export interface PracticeHouse {
  readonly dataDir: string;
  /** Asks as a screen does; throws where the answer is a refusal, because then nothing was measured. */
  ask<T>(call: string, input?: unknown): Promise<T>;
  /** The door itself, for a transport to stand behind. */
  readonly answer: (call: string, input: unknown) => Promise<{ readonly ok: boolean }>;
  /** Lets go of the files, and leaves them where they are. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

export interface PracticeOptions {
  readonly speed?: number;
  readonly push?: (frame: PushFrame) => void;
}

/** The whole house on a real file, with the practice workspace open and somebody signed in. */
export async function openPracticeHouse({
  speed = 1,
  push = () => {},
}: PracticeOptions = {}): Promise<PracticeHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const clock = machineClock();
  const opened = await openHouse({
    dataDir,
    clock,
    random: machineRandom(),
    secrets: sessionSecrets(),
    log: (line, error) => console.error(line, error ?? ''),
    practiceSpeed: speed,
    practicePace: machineClock(speed),
    host: { kind: 'test', version: '0', showDesk() {}, showStanding() {}, notify() {}, loginItem: null },
    push,
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const house = opened.value;
  const ask = async <T>(call: string, input?: unknown): Promise<T> => {
    const answer = await house.answer(call, input);
    if (!answer.ok) throw new Error(`${call}: ${answer.error.sentence}`);
    return answer.value as T;
  };
  await ask('app.begin', { as: 'show-me', name: 'Bench' });
  return {
    dataDir,
    ask,
    answer: house.answer,
    pause: () => house.stop(),
    async close() {
      await house.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The value below which this share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? Number.NaN;
}
