// `npm start`: Parley in a window, or in the browser where a window cannot be had.
// Plain JavaScript that an older Node can read too, so that it can say what is missing.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale } from './lib/build.mjs';
import { ended, passSignalsTo, runInFront } from './lib/child.mjs';
import { downloadElectron, findElectron, hasDisplay } from './lib/electron.mjs';
import { modernNode, needInstalledParts, root, runMain } from './lib/machine.mjs';

/** A window program that dies this soon could not run here at all (missing library, refused sandbox). */
const EARLY_MS = 10_000;

runMain(start);

async function start() {
  needInstalledParts();
  const node = modernNode();
  await buildIfStale();
  const args = process.argv.slice(2);

  const { electron, why } = await electronHere(node);
  if (electron === null) return inBrowser(node, args, why);
  const window = await inWindow(electron, args);
  return window.couldNotRun ? inBrowser(node, args, 'it could not run on this machine') : window.code;
}

/** The Electron program, or the reason why there is none to use. */
async function electronHere(node) {
  if (!hasDisplay()) return { electron: null, why: 'this machine has no display' };
  const electron = findElectron();
  if (electron !== null) return { electron };
  if (await downloadElectron({ node })) return { electron: findElectron() };
  return { electron: null, why: 'it is not installed and could not be downloaded' };
}

async function inWindow(electron, args) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env; // Set by some editors' terminals; it would turn Electron into Node.
  const child = spawn(electron, [root, ...sandboxSwitch(), ...args], { env, stdio: 'inherit' });
  let asked = false;
  const onAsked = () => {
    asked = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onAsked);
  const startedAt = Date.now();
  const stopPassing = passSignalsTo(child);
  const { code } = await ended(child);
  stopPassing();
  // Programs that end themselves use small codes; 126 and above come from the system.
  const couldNotRun = !asked && code >= 126 && Date.now() - startedAt < EARLY_MS;
  return { code, couldNotRun };
}

/** Chromium refuses to start as root on Linux unless its sandbox is off. */
function sandboxSwitch() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
}

async function inBrowser(node, args, why) {
  console.error(`Electron is not available here (${why}), so Parley opens in your browser instead.`);
  const { code } = await runInFront(node, [join(root, 'out', 'main', 'serve.js'), ...args]);
  return code;
}
