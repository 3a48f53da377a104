import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatedCarrier } from '../../electron/carriers/simulator/simulator.ts';
import { type Clock, machineClock } from '../../shared/lib/clock.ts';
import { instant } from '../../shared/lib/instants.ts';
import { type Journal, newJournal } from '../sim/journal.ts';

/** Where processes that are to be killed live. Handed to each as JSON; the parent asks its laws of the same. */
export interface Setting {
  readonly folder: string;
  /** When all of it began, by the machine, so that time goes on over every death. */
  readonly beganAt: number;
  /** How much quicker than the machine's the kernel's time passes. */
  readonly speed: number;
  readonly people: readonly number[];
  readonly campaignIds: readonly number[];
  readonly seed: string;
  /** The step at which the child kills itself; null waits to be killed. */
  readonly dieAt: Step | null;
  /** Agents finish what they have in hand and go home, and nothing calls by itself any more; then the child ends. */
  readonly isDusk: boolean;
}

export const STEPS = ['intent', 'sent', 'taken', 'answered', 'event', 'draft', 'filed'] as const;
export type Step = (typeof STEPS)[number];

/** Noon in New York on a Wednesday. */
export const NOON = instant(Date.UTC(2026, 10, 18, 17));

export function clockOf({ beganAt, speed }: Setting): Clock {
  const timers = machineClock(speed);
  return {
    now: () => instant(NOON + Math.floor((Date.now() - beganAt) * speed)),
    after: (delayMs, run) => timers.after(delayMs, run),
  };
}

/** The world itself: opened by the carrier's process while the day lasts, and by whoever asks the laws after it. */
export function worldOf(setting: Setting) {
  return simulatedCarrier({
    file: join(setting.folder, 'world.db'),
    clock: clockOf(setting),
    seed: setting.seed,
    faults: { timeoutAfter: 0.05, timeoutBefore: 0.05, http5xx: 0.05, duplicate: 0.1, lose: 0.03 },
    timeoutMs: 3_000,
  });
}

export function workspaceOf({ folder }: Setting): string {
  return join(folder, 'workspace.db');
}

/** Where the carrier can be reached. */
export function socketOf({ folder }: Setting): string {
  const name = folder.replaceAll(/[^a-zA-Z0-9]/g, '');
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(folder, 'carrier.sock');
}

/** A journal that outlives its agents: each line is on its way to the disk before the next thing is done. */
export function fileJournal(folder: string, name: string): Journal {
  const file = join(folder, name);
  const journal = newJournal();
  const keep = (line: readonly unknown[]) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  for (const part of ['typed', 'filed'] as const) {
    const map = journal[part] as Map<string, unknown>;
    map.set = (key, value) => {
      keep([part, 'set', key, value]);
      return Map.prototype.set.call(map, key, value);
    };
    map.delete = (key) => {
      keep([part, 'delete', key]);
      return Map.prototype.delete.call(map, key);
    };
  }
  const { doubtful } = journal;
  doubtful.add = (key) => {
    keep(['doubtful', 'add', key]);
    return Set.prototype.add.call(doubtful, key);
  };
  doubtful.delete = (key) => {
    keep(['doubtful', 'delete', key]);
    return Set.prototype.delete.call(doubtful, key);
  };
  return journal;
}

/** What agents had acknowledged before they were cut off. */
export function journalKept(folder: string, name: string, journal = newJournal()): Journal {
  const file = join(folder, name);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  for (const line of lines) {
    const [part, verb, key, value] = JSON.parse(line) as [keyof Journal, string, string, never];
    if (part === 'doubtful') journal.doubtful[verb as 'add' | 'delete'](key);
    else if (verb === 'set') (journal[part] as Map<string, unknown>).set(key, value);
    else (journal[part] as Map<string, unknown>).delete(key);
  }
  return journal;
}
