import type { LawBook } from '../../shared/domain/law/book.ts';
import { obeyedLaw } from '../store/law-overrides.ts';
import { type ReadDb, closeStore, openStore } from '../store/open.ts';
import { lawIn } from '../workspace-law.ts';
import type { Workspace } from '../workspaces.ts';
import type { Surroundings } from './command.ts';

/** The law of a workspace as its own kernel obeys it: what came with Parley, its closed days and its overrides. */
export function lawHere(db: ReadDb, { folder, kind }: Pick<Workspace, 'folder' | 'kind'>): LawBook {
  return obeyedLaw(db, lawIn(folder, silent), kind);
}

/** The same where the workspace is not open here. One that cannot be opened has no say: the law is whole then. */
export function lawOf(workspace: Workspace, { clock }: Surroundings): LawBook {
  const opened = openStore(workspace.file, { now: () => clock.now(), readonly: true });
  if (!opened.ok) return lawIn(workspace.folder, silent);
  try {
    return lawHere(opened.value, workspace);
  } finally {
    closeStore(opened.value);
  }
}

/** A running Parley has said it in its own log. */
function silent(): void {}
