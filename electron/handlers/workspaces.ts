import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import { fillLive } from '../live-workspace.ts';
import type { Rooms } from './rooms.ts';
import { addAgent } from '../store/agents.ts';
import { type Workspace, createWorkspace, listWorkspaces, workspaceById } from '../workspaces.ts';

export function workspacesHandlers(rooms: Rooms): ParleyHandlers<unknown>['workspaces'] {
  return {
    list: () => ({ ok: true, value: listWorkspaces(rooms.dataDir).map(shown) }),
    async open({ id }) {
      const workspace = workspaceById(rooms.dataDir, id);
      if (workspace === null)
        return refuse('not-found', 'This workspace is gone, or its folder cannot be read.');
      if (rooms.seat.kernel?.desk.isBusy()) {
        return refuse('not-now', 'A session is open here. End it first, then change the workspace.');
      }
      const opened = await rooms.openWorkspace(workspace);
      return opened.ok ? { ok: true, value: shown(workspace) } : refuse('storage', opened.error.sentence);
    },
    /** The maker becomes its first supervisor; nothing else of the present workspace goes along. */
    async create({ name }) {
      const { kernel, person } = rooms.seat;
      if (kernel === null || person === null) return refuse('not-now', 'No workspace is open.');
      if (kernel.desk.isBusy())
        return refuse('not-now', 'A session is open here. End it first, then make a workspace.');
      const home = { ...kernel.home, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
      const workspace = createWorkspace(rooms.dataDir, { name, kind: 'live', home }, name);
      const opened = await rooms.openWorkspace(workspace);
      if (!opened.ok) return refuse('storage', opened.error.sentence);
      const { db, clock } = rooms.seat.kernel!;
      fillLive(db);
      rooms.seatPerson(addAgent(db, { name: person.name, role: 'supervisor', createdAt: clock.now() }));
      const made = { action: 'workspace.create', subject: 'workspace', subjectId: workspace.id };
      audited(rooms, { ...made, before: null, after: { name } }, () => {});
      return { ok: true, value: shown(workspace) };
    },
  };
}

function shown({ id, name, kind }: Workspace) {
  return { id, name, kind };
}
