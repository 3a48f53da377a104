import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { openBrowserHost } from './browser-host.ts';
import { electron, openDesktop } from './desktop-host.ts';
import type { HostKind, OpenOptions, Running, RunningBrowserHost, RunningDesktop } from './running.ts';

type OpenOn = <K extends HostKind>(
  kind: K,
  options?: OpenOptions,
) => Promise<K extends 'desktop' ? RunningDesktop : RunningBrowserHost>;

interface Fixtures {
  /** A data folder of the test's own, gone afterwards. */
  readonly dataDir: string;
  /** Opens Parley on that folder. Whatever is still open at the end is closed, and looked at for errors. */
  readonly open: OpenOn;
}

interface ForTheWorker {
  readonly sayWhichElectron: void;
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
  // oxlint-disable-next-line no-empty-pattern
  async dataDir({}, use) {
    const folder = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
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

export { expect } from '@playwright/test';
