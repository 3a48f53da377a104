import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { openBrowserHost } from './browser-host.ts';
import { showMe } from './desk.ts';
import { electron, openDesktop } from './desktop-host.ts';
import type { HostKind, OpenOptions, Running, RunningBrowserHost, RunningDesktop } from './running.ts';

type OpenOn = <K extends HostKind>(
  kind: K,
  options?: OpenOptions,
) => Promise<K extends 'desktop' ? RunningDesktop : RunningBrowserHost>;

interface Fixtures {
  /** Whether somebody has been here before: practice has been chosen, and the desk is what opens. */
  readonly isMovedIn: boolean;
  /** A data folder of the test's own, gone afterwards. */
  readonly dataDir: string;
  /** Opens Parley on that folder. Whatever is still open at the end is closed, and looked at for errors. */
  readonly open: OpenOn;
}

interface ForTheWorker {
  readonly sayWhichElectron: void;
  /** What a first run leaves behind, gone through once and copied from then on. */
  readonly movedIn: string;
}

export const test = base.extend<Fixtures, ForTheWorker>({
  sayWhichElectron: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use, { workerIndex }) => {
      if (workerIndex === 0)
        console.log(
          `The desktop runs on ${electron.kind === 'electron' ? 'Electron' : 'the Electron stand-in'}.`,
        );
      await use();
    },
    { scope: 'worker', auto: true },
  ],
  movedIn: [
    async ({ browser }, use) => {
      const folder = aFolder();
      const first = await openBrowserHost(browser, folder);
      await showMe(first.page);
      await first.close();
      await use(folder);
      remove(folder);
    },
    { scope: 'worker' },
  ],
  isMovedIn: [true, { option: true }],
  async dataDir({ isMovedIn, movedIn }, use) {
    const folder = aFolder();
    if (isMovedIn) cpSync(movedIn, folder, { recursive: true });
    await use(folder);
    remove(folder);
  },
  async open({ browser, dataDir }, use) {
    const all: Running[] = [];
    const open = async (kind: HostKind, options: OpenOptions = {}) => {
      const running =
        kind === 'desktop'
          ? await openDesktop(dataDir, options)
          : await openBrowserHost(browser, dataDir, options);
      all.push(running);
      return running;
    };
    await use(open as OpenOn);
    for (const running of all) await running.close();
  },
});

function aFolder(): string {
  return mkdtempSync(join(tmpdir(), 'parley-e2e-'));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

export { expect } from '@playwright/test';
