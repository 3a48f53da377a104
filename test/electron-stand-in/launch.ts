import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The Electron to test with: the real one where it is installed, else the stand-in beside this file. */
export function electronPath(): { path: string; kind: 'electron' | 'stand-in' } {
  const standIn = join(import.meta.dirname, 'electron');
  const named = process.env.ELECTRON_EXEC_PATH;
  if (named && existsSync(named)) return { path: named, kind: named === standIn ? 'stand-in' : 'electron' };
  const installed = installedElectron();
  return installed === null ? { path: standIn, kind: 'stand-in' } : { path: installed, kind: 'electron' };
}

function installedElectron(): string | null {
  const pathFile = join(root, 'node_modules/electron/path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const path = join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(path) ? path : null;
}
