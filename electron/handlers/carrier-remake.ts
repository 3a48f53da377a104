import type { Answer } from '../../shared/contract/wire.ts';
import type { Kernel } from '../kernel.ts';
import type { KeptCarriers } from '../workspace-carriers.ts';
import type { Workspace } from '../workspaces.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged } from './within.ts';

/** An open live workspace and what it keeps of its carriers. */
export interface LiveCarriers {
  readonly kernel: Kernel;
  readonly workspace: Workspace;
  readonly kept: KeptCarriers;
}

/** Makes a change, and the carriers anew by it. Nobody may be in the middle of something. */
export async function remake(rooms: Rooms, change: () => void | Promise<void>): Promise<Answer<null>> {
  const { kernel } = rooms.seat;
  if (kernel === null) return noWorkspace;
  if (kernel.desk.isBusy()) return BUSY;
  await change();
  const opened = await rooms.reopenWorkspace();
  if (!opened.ok) return refuse('storage', opened.error.sentence);
  sayChanged(rooms, 'carriers');
  return ok(null);
}

export const BUSY = refuse('not-now', 'A session is open here. End it first, then change the carriers.');
