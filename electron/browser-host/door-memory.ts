import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PassMemory } from './passes.ts';

/** What the browser host remembers between two starts: where it answered, and whom it had let in. */
export interface DoorMemory extends PassMemory {
  readonly port: number | null;
  answersAt(port: number): void;
}

const shape = z.object({ port: z.number().nullable(), prints: z.array(z.string()) });

export function doorMemory(dataDir: string): DoorMemory {
  const file = join(dataDir, 'browser-host.json');
  let known = read(file);
  const write = (next: z.infer<typeof shape>) => {
    known = next;
    try {
      writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
    } catch {
      // Without it a page needs the printed link again after a restart; nothing else is lost.
    }
  };
  return {
    port: known.port,
    prints: known.prints,
    keep: (prints) => write({ ...known, prints: [...prints] }),
    answersAt: (port) => write({ ...known, port }),
  };
}

function read(file: string): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { port: null, prints: [] };
  }
}
