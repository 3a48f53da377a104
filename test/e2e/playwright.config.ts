import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { LEAN_SWITCHES } from '../lean-chromium.ts';

// The built program, driven as people drive it. Run by `npm test`, which builds first and finds Chromium.

const root = join(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
const chromium = process.env.CHROMIUM_PATH;

/** Minutes each: a whole shift, and every state of the desk in both themes. `PARLEY_LONG=1 npm test -- e2e` has them. */
const LONG = ['**/long-shift.spec.ts', '**/desk-states.spec.ts'];

export default defineConfig({
  testDir: import.meta.dirname,
  testIgnore: process.env.PARLEY_LONG === '1' ? [] : LONG,
  outputDir: join(root, 'test-results/e2e'),
  // Each test has its own data folder and its own Parley, so they may run side by side.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // Chromium refuses to start as root with its sandbox on.
      args: [...LEAN_SWITCHES, ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
});
