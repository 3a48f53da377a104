import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { dataDirFor } from '../data-dir.ts';
import { type Workspace, lastWorkspace, listWorkspaces, workspaceById } from '../workspaces.ts';
import type { Asked, Surroundings } from './command.ts';

/** The workspace somebody means, or a sentence that says which there are. */
export function workspaceMeant({ value }: Asked, { env, platform }: Surroundings): Result<Workspace, string> {
  const dataDir = dataDirFor(value('data') ?? undefined, env, platform);
  const id = value('workspace');
  const found = id === null ? (lastWorkspace(dataDir) ?? onlyOne(dataDir)) : workspaceById(dataDir, id);
  if (found !== null) return ok(found);
  const ids = listWorkspaces(dataDir).map((each) => each.id);
  if (ids.length === 0)
    return refused(
      `There is no workspace in ${dataDir}. Name the data folder with --data, or start Parley once.`,
    );
  const which = id === null ? 'Say which workspace is meant' : `There is no workspace “${id.slice(0, 40)}”`;
  return refused(`${which}: --workspace takes one of ${ids.join(', ')}.`);
}

function onlyOne(dataDir: string): Workspace | null {
  const [only, ...others] = listWorkspaces(dataDir);
  return only !== undefined && others.length === 0 ? only : null;
}
