import { EventEmitter } from 'node:events';
import type { Chromium } from './chromium.ts';

// What the parts of the stand-in share: where the app lives, the browser once there is one, and the
// order of the app's end. The API modules read it; boot.ts fills it in.

export type AppHome = { path: string; main: string; name: string; version: string };

type Runtime = {
  home: AppHome;
  argv: string[];
  chromium: Chromium | null;
  /** Switches the app appended before Chromium started. */
  switches: Map<string, string>;
  quitting: boolean;
  exiting: boolean;
};

export const runtime: Runtime = {
  home: { path: process.cwd(), main: '', name: 'Electron', version: '0.0.0' },
  argv: [],
  chromium: null,
  switches: new Map(),
  quitting: false,
  exiting: false,
};

/**
 * Word between modules that must not import one another: 'window-closed', 'quit', 'theme'.
 * Its listeners are ours alone; the app never sees it.
 */
export const within = new EventEmitter();

export function chromium(): Chromium {
  if (runtime.chromium === null) throw new Error('Cannot create a window before app is ready.');
  return runtime.chromium;
}

/** Says something went wrong in the stand-in itself; never in the app's voice. */
export function complain(what: string): void {
  process.stderr.write(`electron stand-in: ${what}\n`);
}
