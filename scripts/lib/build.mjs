// The built application in out/: whether it is there, whether it is old, and making it.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { generate } from '../generate.mjs';
import { runQuietly } from './child.mjs';
import { modernNode, PlainError, root, toolPath } from './machine.mjs';

/** What a build leaves behind when it ran to its end. */
const PRODUCTS = [
  'out/main/index.js',
  'out/main/serve.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const SOURCES = ['electron', 'renderer', 'shared', 'resources'];
const SETTINGS = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
const BUILD_MAX_MS = 5 * 60_000;

/** Builds when something in the sources is newer than what was built from them. */
export async function buildIfStale({ folder = root, say = console.error } = {}) {
  generate(folder);
  if (!isStale(folder)) return;
  say('Building Parley…');
  await build(folder);
}

/** Builds always, and quietly. Throws the build's own words, without stack frames, when it fails. */
export async function build(folder = root) {
  generate(folder);
  const args = [toolPath('electron-vite', 'electron-vite', folder), 'build', '--logLevel', 'warn'];
  const { code, output } = await runQuietly(modernNode(folder), args, {
    cwd: folder,
    timeoutMs: BUILD_MAX_MS,
  });
  if (code === 0) return;
  throw new PlainError(`Parley could not be built. This is what the build said:\n\n${withoutFrames(output)}`);
}

/** Whether anything was changed, added or taken away since the last complete build. */
export function isStale(folder = root) {
  const builtAt = Math.min(...PRODUCTS.map((file) => changedAt(join(folder, file))));
  return builtAt === 0 || newestSource(folder) > builtAt;
}

/** When anything that goes into the build was last changed, in ms. */
export function newestSource(folder = root) {
  return Math.max(
    ...SETTINGS.map((file) => changedAt(join(folder, file))),
    ...SOURCES.map((room) => newestIn(join(folder, room))),
  );
}

/** When a file was last written, in ms; 0 when it is not there. */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest change below a folder. Folders count too, because only they tell that a file went away. */
function newestIn(folder) {
  let newest = changedAt(folder);
  if (newest === 0) return 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestIn(path));
    else if (!/\.test\.tsx?$/.test(entry.name)) newest = Math.max(newest, changedAt(path));
  }
  return newest;
}

/** The text without colours, and without the lines that only say where in the code an error rose. */
export function withoutFrames(text) {
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !/^\s+at .*(\d|<anonymous>|native)\)?$/.test(line))
    .join('\n');
}
