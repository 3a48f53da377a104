import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type KeptWindow, keptWindow } from './window-bounds.ts';

/** Remembers where the window stood. Losing it costs a drag, so nothing here ever throws. */
export function windowMemory(file: string): {
  read(): KeptWindow | null;
  write(window: KeptWindow): void;
} {
  return {
    read() {
      try {
        return keptWindow(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write(window) {
      try {
        writeFileSync(`${file}.new`, JSON.stringify(window));
        renameSync(`${file}.new`, file);
      } catch {
        // A full disk is told where it matters.
      }
    },
  };
}
