// `npm run dev`: Parley with every edit shown at once. `--browser` does the same without a window program.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from './generate.mjs';
import { buildIfStale, newestSource } from './lib/build.mjs';
import { ended, runInFront } from './lib/child.mjs';
import { findElectron, hasDisplay } from './lib/electron.mjs';
import { PlainError, root, runMainOnModernNode, toolPath } from './lib/machine.mjs';

const STAND_IN = join(root, 'test', 'electron-stand-in', 'electron');
const LOOK_EVERY_MS = 500;

runMainOnModernNode(main);

function main(args) {
  generate();
  const rest = args.filter((arg) => arg !== '--browser');
  return rest.length < args.length ? developInBrowser(rest) : developInWindow(rest);
}

async function developInWindow(args) {
  const electron = hasDisplay() ? findElectron() : null;
  if (electron === null) {
    if (!existsSync(STAND_IN))
      throw new PlainError('Electron is not here. Run `npm run dev -- --browser` instead.');
    console.error('Electron is not here, so its stand-in shows the windows in Chromium.');
  }
  const env = { ...process.env, ELECTRON_EXEC_PATH: electron ?? STAND_IN };
  const command = [toolPath('electron-vite', 'electron-vite'), 'dev', '--watch', ...args];
  return (await runInFront(process.execPath, command, { cwd: root, env })).code;
}

/** Builds and serves, and does both again whenever a source changes. Ends with Ctrl-C. */
async function developInBrowser(args) {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  let served = 0;
  let end = null;
  while (!stopping.signal.aborted) {
    const changedAt = newestSource();
    if (changedAt !== served) {
      served = changedAt;
      await end?.();
      end = (await built()) ? serve(args) : null;
    }
    await sleep(LOOK_EVERY_MS);
  }
  await end?.();
  return 0;
}

/** Builds what is old. Answers false when that fails: there is nothing to serve until the next edit. */
async function built() {
  try {
    await buildIfStale();
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

function serve(args) {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js'), ...args], {
    stdio: 'inherit',
  });
  const over = ended(child);
  return async () => {
    child.kill('SIGTERM');
    await over;
  };
}
