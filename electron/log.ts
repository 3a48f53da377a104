import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import type { Clock } from '../shared/lib/clock.ts';

/** Takes a line for the people who look after Parley. Numbers in it are masked before anything is kept. */
export type Log = (line: string, error?: unknown) => void;

const FILE_BYTES_MAX = 5_000_000;

/** Anything that looks like a phone number loses its middle; mail addresses lose their name. */
export function masked(text: string): string {
  return text
    .replace(/\+?\d[\d\s().-]{7,}\d/g, (number) => {
      const digits = number.replace(/\D/g, '');
      return digits.length < 8
        ? number
        : `${number.startsWith('+') ? '+' : ''}${digits.slice(0, 1)}•••${digits.slice(-2)}`;
    })
    .replace(/[\w.+-]+@([\w-]+\.)+\w+/g, (mail) => `•••@${mail.split('@')[1]}`);
}

/** A log in a file that starts anew when it has grown large, keeping one before it. Never throws. */
export function fileLog(file: string, clock: Clock, echo: boolean): Log {
  mkdirSync(dirname(file), { recursive: true });
  return (line, error) => {
    const detail =
      error instanceof Error
        ? ` · ${error.stack ?? error.message}`
        : error === undefined
          ? ''
          : ` · ${inspect(error)}`;
    const text = masked(`${new Date(clock.now()).toISOString()} ${line}${detail}`);
    if (echo) console.error(text);
    try {
      if (sizeOf(file) > FILE_BYTES_MAX) renameSync(file, `${file}.1`);
      appendFileSync(file, `${text}\n`);
    } catch {
      // A log that cannot be written must not stop a call. The screen says that the disk is full.
    }
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
