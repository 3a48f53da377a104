import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from './dialer/work.ts';

/** One tenant: one folder, one database, one set of credentials. None sees another's (row A7). */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Practice calls reach nobody: its kernel takes no carrier that could. */
  readonly kind: 'practice' | 'live';
  readonly folder: string;
  readonly file: string;
  readonly home: Home;
}

export const PRACTICE_ID = 'practice';

const cardShape = z.object({
  name: z.string().min(1),
  kind: z.enum(['practice', 'live']),
  home: z.object({
    country: z.string().length(2),
    zone: z.string(),
    state: z.string().nullable().optional(),
  }),
});

export function listWorkspaces(dataDir: string): Workspace[] {
  const folder = join(dataDir, 'workspaces');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => workspaceById(dataDir, entry.name) ?? []);
}

/** Null for a folder that is not a workspace, or whose card cannot be read. */
export function workspaceById(dataDir: string, id: string): Workspace | null {
  // The id becomes a path: nothing but a plain folder name may pass.
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(id)) return null;
  const folder = join(dataDir, 'workspaces', id);
  try {
    const card = cardShape.parse(JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8')));
    return { id, folder, file: join(folder, 'parley.db'), ...card };
  } catch {
    return null;
  }
}

/** Makes a workspace of that name. An id is never used twice, whatever the names are. */
export function createWorkspace(
  dataDir: string,
  card: z.input<typeof cardShape>,
  wishedId: string,
): Workspace {
  const ids = new Set(listWorkspaces(dataDir).map((each) => each.id));
  let id = slug(wishedId);
  for (let n = 2; ids.has(id); n++) id = `${slug(wishedId)}-${n}`;
  const folder = join(dataDir, 'workspaces', id);
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'workspace.json'), `${JSON.stringify(card, null, 2)}\n`);
  return { id, folder, file: join(folder, 'parley.db'), ...card };
}

/** Keeps where a workspace is at home. */
export function keepHome(folder: string, home: Home): void {
  const file = join(folder, 'workspace.json');
  const card = cardShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  writeWhole(file, `${JSON.stringify({ ...card, home }, null, 2)}\n`);
}

/** The workspace that was open last, if it is still there. */
export function lastWorkspace(dataDir: string): Workspace | null {
  try {
    const { last } = z
      .object({ last: z.string() })
      .parse(JSON.parse(readFileSync(join(dataDir, 'last.json'), 'utf8')));
    return workspaceById(dataDir, last);
  } catch {
    return null;
  }
}

export function rememberWorkspace(dataDir: string, workspace: Workspace): void {
  writeWhole(join(dataDir, 'last.json'), `${JSON.stringify({ last: workspace.id })}\n`);
}

function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'workspace';
}

/** A crash in the middle leaves the old file or the new one, never half of either. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
