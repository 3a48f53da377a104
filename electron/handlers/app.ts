import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Hello } from '../../shared/contract/app.ts';
import { type Preferences, USUAL_PREFERENCES } from '../../shared/domain/preferences.ts';
import { BUILT_IN, zoneRelease, zonesInUse } from '../../shared/lib/zones/table.ts';
import type { Rooms } from './rooms.ts';
import { PRACTICE_HOME, fillPractice } from '../practice.ts';
import { addAgent, agentsHere } from '../store/agents.ts';
import { fillLive } from '../live-workspace.ts';
import { setSetting, setting } from '../store/settings.ts';
import { PRACTICE_ID, createWorkspace, listWorkspaces, workspaceById } from '../workspaces.ts';
import { audited } from './audited.ts';
import { softphoneAt } from './phone.ts';
import { type Refused, noWorkspace, refuse } from './refusals.ts';

export function appHandlers(rooms: Rooms): ParleyHandlers<unknown>['app'] {
  return {
    hello: async () => ({ ok: true, value: await helloOf(rooms) }),
    zoneTable() {
      const { table } = zonesInUse();
      return { ok: true, value: table === BUILT_IN ? null : { ...table } };
    },
    async begin({ as, name }) {
      if (rooms.seat.kernel?.desk.isBusy()) return busy;
      const trouble = await (as === 'show-me' ? beginPractice(rooms, name) : beginWork(rooms, as, name));
      return trouble ?? { ok: true, value: await helloOf(rooms) };
    },
    setPreferences(wished) {
      const { kernel, person } = rooms.seat;
      if (kernel === null || person === null) return noWorkspace;
      const before = preferencesOf(rooms);
      const after = { ...before, ...(wished as Partial<Preferences>) };
      audited(
        rooms,
        { action: 'preferences.change', subject: 'person', subjectId: String(person.id), before, after },
        () => {
          setSetting(kernel.db, `agent:${person.id}`, 'preferences', after);
        },
      );
      rooms.pushes.tell('app.helloChanged', () => null);
      return { ok: true, value: after };
    },
  };
}

async function helloOf({ seat, host, dataDir, secrets, clock, practiceSpeed }: Rooms): Promise<Hello> {
  const { kernel, workspace, person, isLocked } = seat;
  const state = kernel?.carrier.readiness() ?? null;
  return {
    version: host.version,
    host: host.kind,
    dataDir,
    workspace: workspace === null ? null : { id: workspace.id, name: workspace.name, kind: workspace.kind },
    me: person,
    isLocked,
    preferences: preferencesOf({ seat }),
    carrier:
      kernel === null || state === null
        ? null
        : {
            name: seat.carriers?.lines.map(({ title }) => title).join(', ') || kernel.carrier.name,
            isSimulated: 'reaches' in kernel.carrier,
            voice: 'reaches' in kernel.carrier ? 'nowhere' : softphoneAt(seat) ? 'softphone' : 'own-phone',
            state: state.kind,
            sentence:
              state.kind !== 'ready'
                ? state.sentence
                : 'reaches' in kernel.carrier
                  ? 'Simulated carrier: nobody is called, nothing costs anything.'
                  : 'Calls go out and reach people.',
          },
    now: (kernel?.clock ?? clock).now(),
    speed: workspace?.kind === 'practice' ? practiceSpeed : 1,
    secrets: await secrets.state(),
    zones: { release: zoneRelease(), doubt: zonesInUse().doubt },
  };
}

function preferencesOf({ seat }: Pick<Rooms, 'seat'>): Preferences {
  const { kernel, person } = seat;
  const kept =
    kernel === null || person === null
      ? null
      : setting<Partial<Preferences>>(kernel.db, `agent:${person.id}`, 'preferences');
  return { ...USUAL_PREFERENCES, ...kept };
}

/** "Just show me": practice, with twenty-five invented people and a person to be. */
async function beginPractice(rooms: Rooms, name: string): Promise<Refused | null> {
  const workspace =
    workspaceById(rooms.dataDir, PRACTICE_ID) ??
    createWorkspace(rooms.dataDir, { name: 'Practice', kind: 'practice', home: PRACTICE_HOME }, PRACTICE_ID);
  const opened = await rooms.openWorkspace(workspace);
  if (!opened.ok) return refuse('storage', opened.error.sentence);
  const { kernel } = rooms.seat;
  if (kernel === null) return noWorkspace;
  fillPractice(kernel.db, kernel.clock.now());
  return seatFirstPerson(rooms, name || 'You', 'supervisor');
}

/** A first workspace. Where there is one already its supervisor makes further ones, in Settings. */
async function beginWork(rooms: Rooms, as: 'agent' | 'supervisor', name: string): Promise<Refused | null> {
  if (listWorkspaces(rooms.dataDir).some((each) => each.kind === 'live')) return hasWorkspace;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const workspace = createWorkspace(
    rooms.dataDir,
    { name: 'My workspace', kind: 'live', home: { country: countryOf(), zone } },
    'main',
  );
  const opened = await rooms.openWorkspace(workspace);
  if (!opened.ok) return refuse('storage', opened.error.sentence);
  if (rooms.seat.kernel !== null) fillLive(rooms.seat.kernel.db);
  return seatFirstPerson(rooms, name || (as === 'agent' ? 'Agent' : 'Supervisor'), 'supervisor');
}

/** The first person of a workspace is its supervisor: somebody has to be, and nobody else is there to ask. */
function seatFirstPerson(rooms: Rooms, name: string, role: 'supervisor'): Refused | null {
  const { kernel } = rooms.seat;
  if (kernel === null) return noWorkspace;
  const known = agentsHere(kernel.db)[0];
  rooms.seatPerson(known ?? addAgent(kernel.db, { name, role, createdAt: kernel.clock.now() }));
  return null;
}

/** The country that this computer is set up for, from its language. */
function countryOf(): string {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).maximize().region ?? 'US';
}

const busy = refuse('not-now', 'A session is open here. End it first, then begin anew.');
const hasWorkspace = refuse('conflict', 'There is a workspace on this computer already. Open it instead.');
