import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ElectronApplication, _electron, expect } from '@playwright/test';
import { electronPath } from '../electron-stand-in/launch.ts';
import { endOf, outputOf } from './processes.ts';
import type { Ended, OpenOptions, RunningDesktop } from './running.ts';

const root = join(import.meta.dirname, '../..');
export const electron = electronPath();

/** Opens the desktop on a data folder: the real Electron where it is installed, else our stand-in. */
export async function openDesktop(dataDir: string, options: OpenOptions = {}): Promise<RunningDesktop> {
  const app = await launchDesktop(dataDir, options);
  const output = outputOf(app.process());
  const page = await app.firstWindow();
  const troubles = watchPage(page);
  const child = app.process();
  return {
    kind: 'desktop',
    app,
    page,
    dataDir,
    pid: child.pid!,
    said: () => output.stdout + output.stderr,
    forgive(trouble) {
      const left = troubles.filter((each) => !trouble.test(each));
      troubles.splice(0, troubles.length, ...left);
    },
    async kill() {
      const gone = endOf(child);
      child.kill('SIGKILL');
      await gone;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      expect(troubles).toEqual([]);
      if (electron.kind === 'stand-in') expect(await errorBoxes(app)).toEqual([]);
      // Who quits in a call is asked once; a test has made up its mind.
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
      });
      await app.close();
    },
  };
}

/** The program alone, with or without a window. */
export function launchDesktop(dataDir: string, options: OpenOptions = {}): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: electron.path,
    args: argumentsFor(dataDir, options),
    env: { ...cleanEnv(), ...options.env },
  });
}

/** Starts the desktop without driving it, for a start that is expected to end by itself. */
export async function startDesktop(
  dataDir: string,
  options: OpenOptions & { readonly link?: string } = {},
): Promise<Ended> {
  const args = [...argumentsFor(dataDir, options), ...(options.link ? [options.link] : [])];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child: ChildProcess = spawn(electron.path, [...sandbox, ...args], {
    env: { ...cleanEnv(), ...options.env },
  });
  const output = outputOf(child);
  const code = await endOf(child);
  return { code, ...output };
}

function argumentsFor(dataDir: string, { speed = 1, args = [] }: OpenOptions): string[] {
  return [root, `--data=${dataDir}`, `--practice-speed=${speed}`, ...args];
}

function cleanEnv(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, PARLEY_DATA: __, ...env } = process.env;
  return env as Record<string, string>;
}

type Shown = { readonly kind: string; readonly options: { readonly content?: string } };

/** What a person would have had to click away. Only the stand-in keeps a list. */
export async function errorBoxes(app: RunningDesktop['app']): Promise<string[]> {
  const shown = await app.evaluate(({ dialog }) => (dialog as unknown as { _shown: Shown[] })._shown);
  return shown.flatMap(({ kind, options }) => (kind === 'error' ? [options.content ?? 'an error'] : []));
}

/** Errors that a page raised, and anything its content policy had to stop. */
export function watchPage(page: RunningDesktop['page']): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) troubles.push(message.text());
  });
  return troubles;
}
