import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { LEAN_SWITCHES } from '../lean-chromium.ts';
import { type CdpConnection, connectCdp } from './cdp.ts';

export type Chromium = {
  cdp: CdpConnection;
  version: string;
  headful: boolean;
  /** The page-side of the DevTools port, for Playwright; null when nobody asked for one. */
  port: string | null;
};

export type ChromiumWish = { switches: readonly string[]; wantsPort: boolean; onGone(last: string): void };

/** Starts Chromium on a profile of its own, and sees to it that it never outlives this process. */
export async function startChromium(wish: ChromiumWish): Promise<Chromium> {
  const headful = process.env.PARLEY_STANDIN_HEADFUL === '1';
  const profile = join(tmpdir(), `parley-stand-in-${randomUUID()}`);
  const watch = keepWatch(profile);
  const child = spawn(findChromium(), chromiumSwitches(wish, headful, profile), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own, so that one signal reaches its helpers too.
    detached: true,
  });
  watch.over(child.pid);
  const stderr = child.stdio[2] as Readable;
  const lines = tellLines(stderr);
  child.once('exit', () => wish.onGone(lines.last()));
  child.once('error', (error) => wish.onGone(error.message));
  const cdp = connectCdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const [version, port] = await Promise.all([
    cdp.send<{ product: string }>('Browser.getVersion'),
    wish.wantsPort ? lines.find('DevTools listening on ') : null,
  ]);
  return { cdp, version: version.product.split('/')[1] ?? '', headful, port };
}

function chromiumSwitches(wish: ChromiumWish, headful: boolean, profile: string): string[] {
  return [
    ...(headful ? [] : ['--headless=new', '--hide-scrollbars', '--mute-audio']),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--remote-debugging-pipe',
    ...(wish.wantsPort ? ['--remote-debugging-port=0'] : []),
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    ...LEAN_SWITCHES,
    '--disable-quic',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-field-trial-config',
    '--disable-component-extensions-with-background-pages',
    '--disable-search-engine-choice-screen',
    '--metrics-recording-only',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-hang-monitor',
    '--disable-popup-blocking',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--password-store=basic',
    '--use-mock-keychain',
    '--allow-file-access-from-files',
    // Our made-up hosts are answered by us. Should one slip through, it must not reach a name server.
    '--host-resolver-rules=MAP *.standin ~NOTFOUND',
    ...wish.switches,
  ];
}

const clearUp =
  'read -r pid; cat >/dev/null; [ -n "$pid" ] && kill -9 -- "-$pid"; for pause in 0.2 0.5 1; do rm -rf "$0"; sleep $pause; done; rm -rf "$0"';

/**
 * Kills Chromium when this process ends. A plain exit does it at once; for kill -9 a small shell waits on a
 * pipe that only we hold open, and clears up when it closes. The shell is there before Chromium, so there
 * is no moment to slip through; Chromium itself also goes when its own pipes close.
 */
function keepWatch(profile: string): { over(pid: number | undefined): void } {
  const watch = spawn('/bin/sh', ['-c', clearUp, profile], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.unref();
  let watched: number | undefined;
  const kill = () => {
    try {
      if (watched !== undefined) process.kill(-watched, 'SIGKILL');
    } catch {
      // It is gone already, which is all we wanted.
    }
  };
  process.on('exit', kill);
  return {
    over(pid) {
      watched = pid;
      if (pid !== undefined) watch.stdin.write(`${pid}\n`);
    },
  };
}

function tellLines(stream: Readable): { find(start: string): Promise<string>; last(): string } {
  let text = '';
  const waiting: { start: string; found: (line: string) => void }[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-8_000);
    for (const { start, found } of waiting) {
      const line = text.split('\n').find((each) => each.startsWith(start));
      if (line !== undefined) found(line);
    }
  });
  return {
    find: (start) => new Promise((found) => waiting.push({ start, found })),
    last: () => text.trim().split('\n').slice(-5).join('\n'),
  };
}

/** The Chromium to show windows with: CHROMIUM_PATH, the system's, or one that Playwright fetched. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  const places = [
    ...(named ? [named] : []),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...playwrightChromiums(),
  ];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new Error('No Chromium was found. Install one, or name it in CHROMIUM_PATH.');
}

function playwrightChromiums(): string[] {
  const caches = [join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')];
  const browsers = process.env.PLAYWRIGHT_BROWSERS_PATH;
  return [...(browsers ? [browsers] : []), ...caches].filter(existsSync).flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort()
      .toReversed()
      .flatMap((name) => [
        join(cache, name, 'chrome-linux64/chrome'),
        join(cache, name, 'chrome-linux/chrome'),
        join(cache, name, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'),
      ]),
  );
}
