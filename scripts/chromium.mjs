// Finds the Chromium that the browser checks run in, and puts one there when the machine has none.
// Plain JavaScript: it also has to run on a Node that cannot strip types.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An installation that hangs must not hold up `npm test` for ever. */
const INSTALL_MAX_MS = 8 * 60_000;

/** What the machine looks like to the search. Tests hand in a made-up one. */
function thisMachine() {
  return { platform: process.platform, env: process.env, home: homedir(), exists: existsSync };
}

/** The path of a Chromium or Chrome that can be run here, or null. */
export async function findChromium(machine = thisMachine()) {
  const named = machine.env.CHROMIUM_PATH;
  if (named && machine.exists(named)) return named;
  const installed = usualPlaces(machine).find((place) => machine.exists(place));
  if (installed) return installed;
  const cached = await playwrightChromium();
  return cached && machine.exists(cached) ? cached : null;
}

/** Where each kind of system keeps its Chromium, best first. */
export function usualPlaces({ platform, env, home }) {
  if (platform === 'darwin') return ['/Applications', join(home, 'Applications')].flatMap(macApps);
  if (platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap(windowsApps);
  const folders = ['/usr/bin', '/usr/local/bin', ...(env.PATH ?? '').split(delimiter), '/snap/bin'];
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => [...new Set(folders)].filter(Boolean).map((folder) => join(folder, name)));
}

function macApps(folder) {
  return ['Chromium', 'Google Chrome'].map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app));
}

function windowsApps(folder) {
  if (!folder) return [];
  return [
    join(folder, 'Chromium', 'Application', 'chrome.exe'),
    join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ];
}

async function playwrightChromium() {
  try {
    const { chromium } = await import('playwright-core');
    return chromium.executablePath();
  } catch {
    return null; // Playwright is not installed, or has no browser for this system.
  }
}

/** The path of a Chromium, installed first when there is none. Throws one plain sentence when that fails. */
export async function ensureChromium({ say = console.error } = {}) {
  const found = await findChromium();
  if (found) return found;
  for (const way of waysToInstall()) {
    say(`Chromium is not installed; installing it now with ${way.name} (about a minute).`);
    if (way.run()) {
      const installed = await findChromium();
      if (installed) return installed;
    }
  }
  throw new Error(
    'Chromium is needed for the browser checks, and could not be installed here. ' +
      'Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run this again.',
  );
}

function waysToInstall() {
  const asRoot = rootPrefix();
  const ways = [];
  if (asRoot && existsSync('/usr/bin/apt-get'))
    ways.push({ name: 'apt-get', run: () => installWithApt(asRoot) });
  ways.push({ name: 'Playwright', run: installWithPlaywright });
  return ways;
}

/** What to put before a command so that it runs as root without asking, or null when that cannot be had. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = process.getuid ? spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }) : null;
  return sudo?.status === 0 ? ['sudo', '-n'] : null;
}

function installWithApt(asRoot) {
  // Without a font package, headless pages are drawn as empty boxes.
  const packages = ['chromium', 'fonts-liberation'];
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y'];
  // The package lists may be stale but usable, so a failed update does not stop the attempt.
  quietly([...apt, 'update']);
  return quietly([...apt, 'install', '--no-install-recommends', ...packages]);
}

function installWithPlaywright() {
  const cli = join(import.meta.dirname ?? '.', '..', 'node_modules', 'playwright-core', 'cli.js');
  return existsSync(cli) && quietly([process.execPath, cli, 'install', 'chromium']);
}

/** Runs a command without showing its output, unless it fails: then the last lines say why. */
function quietly([command, ...args]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: INSTALL_MAX_MS,
  });
  if (status === 0) return true;
  const why = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n');
  console.error(`${command} ${args[0]} did not work: ${why}`);
  return false;
}

async function main() {
  try {
    console.log(await ensureChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
