import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, expect } from '@playwright/test';
import { watchPage } from './desktop-host.ts';
import { endOf, outputOf } from './processes.ts';
import type { Ended, OpenOptions, RunningBrowserHost } from './running.ts';

const serveFile = join(import.meta.dirname, '../../out/main/serve.js');

/** Opens the browser host on a data folder, and its link in a fresh browser. */
export async function openBrowserHost(
  browser: Browser,
  dataDir: string,
  options: OpenOptions = {},
): Promise<RunningBrowserHost> {
  const child = spawn(process.execPath, argumentsFor(dataDir, options), {
    env: { ...process.env, ...options.env },
  });
  const output = outputOf(child);
  await expect
    .poll(() => child.exitCode ?? addressIn(output.stdout), { timeout: 15_000, intervals: [20, 50] })
    .not.toBeNull();
  const address = addressIn(output.stdout);
  if (address === null) throw new Error(`the browser host ended: ${output.stderr}`);
  const context = await browser.newContext();
  const page = await context.newPage();
  const troubles = watchPage(page);
  await page.goto(address);
  return {
    kind: 'browser host',
    page,
    dataDir,
    port: Number(new URL(address).port),
    pid: child.pid!,
    said: () => output.stdout + output.stderr,
    async kill() {
      const gone = endOf(child);
      child.kill('SIGKILL');
      await gone;
      await context.close();
    },
    async close() {
      await context.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      expect(troubles).toEqual([]);
      const gone = endOf(child);
      child.kill('SIGTERM');
      expect(await gone).toBe(0);
    },
  };
}

/** Starts the browser host where it is expected to end by itself. */
export async function startBrowserHost(dataDir: string, options: OpenOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, argumentsFor(dataDir, options), {
    env: { ...process.env, ...options.env },
  });
  const output = outputOf(child);
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  const code = await endOf(child);
  clearTimeout(late);
  return { code, ...output };
}

function argumentsFor(dataDir: string, { speed = 1, args = [] }: OpenOptions): string[] {
  return [serveFile, '--no-open', '--data', dataDir, '--practice-speed', String(speed), ...args];
}

function addressIn(stdout: string): string | null {
  return /http:\/\/127\.0\.0\.1:\d+\/\?ticket=\S+/.exec(stdout)?.[0] ?? null;
}
