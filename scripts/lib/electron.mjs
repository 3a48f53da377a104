// The Electron program: whether it is on this machine, and fetching it once when it is not.
// `require('electron')` would start a download by itself and throw, so only its files are looked at.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ended, passSignalsTo } from './child.mjs';
import { root } from './machine.mjs';

const DAY_MS = 24 * 60 * 60_000;
const LOOK_EVERY_MS = 500;
/** A network that swallows packets shows as a download that does not grow. A slow one is waited for. */
const STALL_MAX_MS = 20_000;

/** The path of the Electron program, or null. */
export function findElectron(folder = root, env = process.env) {
  const named = env.ELECTRON_EXEC_PATH;
  if (named && existsSync(named)) return named;
  const home = join(folder, 'node_modules', 'electron');
  const file = readOr(join(home, 'path.txt'), null);
  if (file === null && !env.ELECTRON_OVERRIDE_DIST_PATH) return null;
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), (file ?? 'electron').trim());
  return existsSync(path) ? path : null;
}

/** Whether a window can be shown. Only Linux machines come without a screen as a matter of course. */
export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Whether to try the download: not when it is switched off, nor within a day of a try that failed. */
export function mayDownload(lastTriedAt, now, env = process.env) {
  if (env.PARLEY_NO_ELECTRON_DOWNLOAD === '1') return false;
  // A try that lies in the future means that the clock was set back, and says nothing.
  return lastTriedAt === null || lastTriedAt > now || now - lastTriedAt >= DAY_MS;
}

/** Fetches Electron, and says whether it is there now. A failed try is remembered for a day. */
export async function downloadElectron({ folder = root, now = Date.now(), say = console.error, node } = {}) {
  const stamp = join(folder, '.cache', 'electron-tried-at');
  const lastTriedAt = Number(readOr(stamp, '')) || null;
  if (!mayDownload(lastTriedAt, now)) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, String(now));
  say('Fetching Electron, which happens once (about 110 MB)…');
  await fetchInto(folder, node);
  const there = findElectron(folder) !== null;
  if (there) rmSync(stamp, { force: true });
  return there;
}

/** Runs Electron's own installer for as long as what it writes keeps growing. */
async function fetchInto(folder, node = process.execPath) {
  const home = join(folder, 'node_modules', 'electron');
  const parts = join(folder, '.cache', 'electron-download');
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  const env = { ...process.env, TMPDIR: parts, TEMP: parts, TMP: parts, ELECTRON_GET_NO_PROGRESS: '1' };
  const child = spawn(node, [join(home, 'install.js')], { stdio: 'ignore', env });
  const stopPassing = passSignalsTo(child);
  const watch = killWhenStalled(child, () => bytesIn(parts) + bytesIn(join(home, 'dist')));
  await ended(child);
  clearInterval(watch);
  stopPassing();
  rmSync(parts, { recursive: true, force: true });
}

function killWhenStalled(child, measure) {
  let size = 0;
  let idleMs = 0;
  return setInterval(() => {
    const now = measure();
    idleMs = now === size ? idleMs + LOOK_EVERY_MS : 0;
    size = now;
    if (idleMs >= STALL_MAX_MS) child.kill('SIGKILL');
  }, LOOK_EVERY_MS);
}

function bytesIn(folder) {
  let bytes = 0;
  for (const name of listOr(folder)) {
    // Files are renamed and taken away while this looks.
    bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function listOr(folder) {
  try {
    return readdirSync(folder, { recursive: true });
  } catch {
    return [];
  }
}

function readOr(path, fallback) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback;
  }
}
