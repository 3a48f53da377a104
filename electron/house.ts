import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ParleyHandlers, type ParleyTopic, contract } from '../shared/contract/contract.ts';
import type { Standing } from '../shared/contract/standing.ts';
import type { Answer } from '../shared/contract/wire.ts';
import { type Person, mayDo } from '../shared/domain/people.ts';
import type { Tiding } from '../shared/domain/tiding.ts';
import { machineClock } from '../shared/lib/clock.ts';
import { type Result, ok } from '../shared/lib/result.ts';
import { practiceClock } from './practice-clock.ts';
import type { Carrier } from './carriers/carrier.ts';
import { simulatedCarrier } from './carriers/simulator/simulator.ts';
import { type Connection, openConnection } from './connection.ts';
import { type HandlerTable, answer, whyNot } from './handlers/answer.ts';
import { appHandlers } from './handlers/app.ts';
import { assistantsHandlers } from './handlers/assistants.ts';
import { boardHandlers } from './handlers/board.ts';
import { carriersHandlers } from './handlers/carriers.ts';
import { campaignsHandlers } from './handlers/campaigns.ts';
import { contactsHandlers } from './handlers/contacts.ts';
import { doNotCallHandlers } from './handlers/do-not-call.ts';
import { callsHandlers } from './handlers/records.ts';
import { deskHandlers } from './handlers/desk.ts';
import { type FileDoor, fileDoor, importsHandlers } from './handlers/imports.ts';
import { followUpsHandlers } from './handlers/follow-ups.ts';
import { lawHandlers } from './handlers/law.ts';
import { meaningHandlers } from './handlers/meaning.ts';
import { messagesHandlers } from './handlers/messages.ts';
import { outcomesHandlers } from './handlers/outcomes.ts';
import { peopleHandlers } from './handlers/people.ts';
import { phoneHandlers, phoneHosts } from './handlers/phone.ts';
import { relayHandlers, shownConnection } from './handlers/relay.ts';
import { recordingsHandlers, soundAt } from './handlers/recordings.ts';
import { type Pushes, pushesTo } from './handlers/pushes.ts';
import type { HouseParts, Rooms, Seat } from './handlers/rooms.ts';
import { reportFilesHandlers } from './handlers/report-files.ts';
import { reportsHandlers } from './handlers/reports.ts';
import { schedulesHandlers } from './handlers/schedules.ts';
import { standingHandlers } from './handlers/standing.ts';
import { workspacesHandlers } from './handlers/workspaces.ts';
import { type Kernel, createKernel } from './kernel.ts';
import { resumeImports } from './lists/resume.ts';
import type { ServedSound } from './recordings/recordings.ts';
import { agentById } from './store/agents.ts';
import { setting, setSetting } from './store/settings.ts';
import { closeStore, openStore } from './store/open.ts';
import { openStandingFeed } from './standing-feed.ts';
import type { StoreTrouble } from './store/trouble.ts';
import { type WorkspaceCarriers, carriersOf, keptCarriers } from './workspace-carriers.ts';
import { lawIn } from './workspace-law.ts';
import { settleZones } from './zone-data.ts';
import { type Workspace, lastWorkspace, rememberWorkspace } from './workspaces.ts';

export interface House {
  answer(call: string, input: unknown): Promise<Answer<unknown>>;
  /** Takes files to be read: by path from the desktop, by their bytes from a page. */
  readonly files: FileDoor;
  /** A finished export, for the word that stands for it; the word is spent. */
  exported(ticket: string): { readonly path: string; readonly name: string } | null;
  /** The sound behind an address of ours, for whoever sits at the screen. */
  sound(path: string): ServedSound | null;
  /** Whom the page of the phone may speak to, besides us. */
  phoneHosts(): readonly string[];
  /** Something to say to whoever looks: a `tel:` link, a place to go. */
  readonly tell: Pushes['tell'];
  /** A session or a campaign runs, or calls are scheduled: closing the window must not end it. */
  isBusy(): boolean;
  /** The machine went to sleep, woke up, or its screen was locked. */
  power(event: 'suspend' | 'resume' | 'lock-screen'): Promise<void>;
  /** The tray's own wishes, on behalf of whoever is signed in. */
  pause(reason: string): void;
  resume(): void;
  hangUp(): Promise<void>;
  /** What the engine does at this moment; null while no workspace is open. */
  standing(): Standing | null;
  /** Stopping is always allowed, whoever presses it. */
  pauseAll(): void;
  /** Why it was not resumed, in a sentence; null when it was. */
  resumeAll(): string | null;
  stop(): Promise<void>;
}

/** Opens the house: the last workspace if there is one, and the door to all of it. */
export async function openHouse(parts: HouseParts): Promise<Result<House, StoreTrouble>> {
  mkdirSync(parts.dataDir, { recursive: true });
  settleZones(parts.dataDir, parts.clock.now(), parts.log);
  const seat: Seat = {
    kernel: null,
    workspace: null,
    person: null,
    isLocked: false,
    carriers: null,
    hooks: { current: null },
    connection: null,
  };
  const told = pushesTo(parts.push, machineClock(), parts.log);
  const feed = openStandingFeed({
    clock: machineClock(),
    read: () => seat.kernel?.standing() ?? null,
    tell(standing) {
      parts.host.showStanding(standing);
      if (standing !== null) told.tell('standing.changed', () => standing);
    },
    log: parts.log,
  });
  const pushes: Pushes = {
    ...told,
    tell(topic, payload) {
      told.tell(topic, payload);
      if (MAY_MOVE.has(topic)) feed.touch();
    },
  };
  const rooms: Rooms = {
    ...parts,
    seat,
    pushes,
    openWorkspace: (workspace) => openWorkspace(rooms, workspace),
    reopenWorkspace: () => reopenWorkspace(rooms),
    seatPerson: (person) => seatPerson(rooms, person),
  };
  const last = lastWorkspace(parts.dataDir);
  if (last !== null) {
    const opened = await rooms.openWorkspace(last);
    if (!opened.ok) return opened;
  }
  const door = { contract, handlers: handlersOf(rooms) as unknown as HandlerTable, log: parts.log };
  return ok({
    answer: (call, input) => answer(door, { person: seat.person, isLocked: seat.isLocked }, call, input),
    files: fileDoor(rooms, () => {
      const refusal = whyNot({ person: seat.person, isLocked: seat.isLocked }, 'supervisor');
      return refusal === null ? null : { ok: false, error: refusal };
    }),
    exported: (ticket) => seat.kernel?.contacts.exports.redeem(ticket) ?? null,
    sound: (path) => soundAt(rooms, path),
    phoneHosts: () => phoneHosts(seat),
    tell: pushes.tell,
    isBusy: () => seat.kernel !== null && isAtWork(seat.kernel),
    power: (event) => power(rooms, event),
    pause: (reason) => void withSeat(seat, (kernel, person) => kernel.desk.pause(person, reason)),
    resume: () => void withSeat(seat, (kernel, person) => kernel.desk.resume(person)),
    hangUp: async () => void (await withSeat(seat, (kernel, person) => kernel.desk.hangUp(person))),
    standing: () => seat.kernel?.standing() ?? null,
    pauseAll: () => seat.kernel?.pauseAll(whoAt(seat)),
    resumeAll: () => resumeAll(seat),
    async stop() {
      feed.close();
      pushes.close();
      await seat.connection?.close();
      seat.connection = null;
      await seat.kernel?.stop();
      seat.kernel = null;
    },
  });
}

/** Whatever is told of these may have changed what is going on. */
const MAY_MOVE: ReadonlySet<ParleyTopic> = new Set(['app.changed', 'app.helloChanged', 'desk.changed']);

/** A session, a schedule or a campaign without an agent. */
function isAtWork({ desk, scheduler, background }: Kernel): boolean {
  return desk.isBusy() || scheduler.isBusy() || background.isBusy();
}

function handlersOf(rooms: Rooms): ParleyHandlers<unknown> {
  return {
    app: appHandlers(rooms),
    people: peopleHandlers(rooms),
    workspaces: workspacesHandlers(rooms),
    desk: deskHandlers(rooms),
    phone: phoneHandlers(rooms),
    campaigns: campaignsHandlers(rooms),
    contacts: contactsHandlers(rooms),
    doNotCall: doNotCallHandlers(rooms),
    calls: callsHandlers(rooms),
    recordings: recordingsHandlers(rooms),
    messages: messagesHandlers(rooms),
    reports: reportsHandlers(rooms),
    reportFiles: reportFilesHandlers(rooms),
    schedules: schedulesHandlers(rooms),
    law: lawHandlers(rooms),
    meaning: meaningHandlers(rooms),
    followUps: followUpsHandlers(rooms),
    outcomes: outcomesHandlers(rooms),
    carriers: carriersHandlers(rooms),
    relay: relayHandlers(rooms),
    imports: importsHandlers(rooms),
    standing: standingHandlers(rooms),
    board: boardHandlers(rooms),
    assistants: assistantsHandlers(rooms),
  };
}

/** Leaves the workspace that is open and opens another. A workspace that cannot be opened leaves none open. */
async function openWorkspace(rooms: Rooms, workspace: Workspace): Promise<Result<null, StoreTrouble>> {
  const { seat } = rooms;
  const { kernel: left, connection: leftConnection } = seat;
  // Nobody may ask a kernel that is closing behind us.
  Object.assign(seat, NOBODY_HERE);
  // What comes in from here on is answered with nothing, and told again or asked for.
  await leftConnection?.close();
  await left?.stop();
  const carriers = workspace.kind === 'live' ? await liveCarriers(rooms, workspace) : NO_CARRIERS;
  if (!carriers.ok) return carriers;
  const kernel = kernelFor(rooms, workspace, carriers.value?.carrier ?? null);
  if (!kernel.ok) return kernel;
  seat.carriers = carriers.value;
  seat.kernel = kernel.value;
  if (workspace.kind === 'live') seat.connection = await liveConnection(rooms, workspace, kernel.value);
  resumeImports(kernel.value.imports);
  seat.workspace = workspace;
  rememberWorkspace(rooms.dataDir, workspace);
  const lastSeated = setting<number>(kernel.value.db, 'machine', 'last-person');
  const person = lastSeated === null ? null : agentById(kernel.value.db, lastSeated);
  seat.person = person;
  // A PIN is asked for again after every start.
  seat.isLocked = person?.hasPin ?? false;
  rooms.pushes.tell('app.helloChanged', () => null);
  return ok(null);
}

/** As after a change of its carriers. A lock stays a lock. */
async function reopenWorkspace(rooms: Rooms): Promise<Result<null, StoreTrouble>> {
  const { workspace, person, isLocked } = rooms.seat;
  if (workspace === null) return ok(null);
  const opened = await openWorkspace(rooms, workspace);
  if (!opened.ok) return opened;
  Object.assign(rooms.seat, { person, isLocked });
  rooms.pushes.tell('app.helloChanged', () => null);
  return opened;
}

const NOBODY_HERE: Omit<Seat, 'hooks'> = {
  kernel: null,
  workspace: null,
  person: null,
  isLocked: false,
  carriers: null,
  connection: null,
};

/** Without a relay everything works as well: carriers are asked instead. */
async function liveConnection(
  { secrets, clock, random, log, pushes, seat }: Rooms,
  { id: workspaceId }: Workspace,
  kernel: Kernel,
): Promise<Connection | null> {
  const { carriers, hooks: book } = seat;
  const changed = () => pushes.tell('relay.changed', () => shownConnection(seat.connection));
  try {
    return await openConnection({
      kernel,
      workspaceId,
      carriers,
      secrets,
      book,
      clock,
      random,
      log,
      changed,
    });
  } catch (error) {
    log('the relay could not be opened; carriers are asked instead', error);
    return null;
  }
}

const NO_CARRIERS: Result<WorkspaceCarriers | null, StoreTrouble> = ok(null);

/** A workspace whose carriers cannot be read is not opened: the simulator would make up what came of its calls. */
async function liveCarriers(
  { clock, secrets, seat }: Rooms,
  { id: workspaceId, file }: Workspace,
): Promise<Result<WorkspaceCarriers, StoreTrouble>> {
  const looked = openStore(file, { now: () => clock.now() });
  if (!looked.ok) return looked;
  const kept = keptCarriers(looked.value);
  closeStore(looked.value);
  const made = await carriersOf({ workspaceId, kept, secrets, clock, hooks: seat.hooks });
  // Credentials that were revoked meanwhile are known before the first call meets them.
  for (const { carrier } of made.lines) void carrier.check();
  return ok(made);
}

function kernelFor(
  rooms: Rooms,
  workspace: Workspace,
  liveCarrier: Carrier | null,
): Result<Kernel, StoreTrouble> {
  const { random, log, pushes, seat, host } = rooms;
  const isPractice = workspace.kind === 'practice';
  const clock = isPractice
    ? practiceClock(rooms.practicePace, join(workspace.folder, 'clock.json'), rooms.practiceSpeed)
    : rooms.clock;
  const untold: Tiding[] = [];
  const deskChanged = (agentId: number) => {
    const { kernel, person } = seat;
    if (kernel === null || person?.id !== agentId) return;
    pushes.tell('desk.changed', () => {
      const desk = kernel.desk.view(person);
      rooms.host.showDesk(desk);
      return desk;
    });
  };
  // Until a live workspace has credentials its calls stay on this machine, at no cost (row D2).
  const simulated = () =>
    simulatedCarrier({ file: join(workspace.folder, 'simulated-world.db'), clock, seed: workspace.id });
  const shared = {
    file: workspace.file,
    clock,
    random,
    home: workspace.home,
    law: lawIn(workspace.folder, log),
    tell: pushes.tell,
    deskChanged,
    log,
    note: (line: string) => log(line),
    keepsRecordings: true,
    makesReports: true,
    printPage: host.printPage ?? null,
    notify(tiding: Tiding) {
      host.notify(tiding);
      untold.push(tiding);
      pushes.tell('standing.tidings', () => untold.splice(0));
    },
  };
  // Practice gets no other carrier than the simulator, whatever else is there.
  const reach = isPractice
    ? ({ kind: 'practice', carrier: simulated() } as const)
    : ({ kind: 'live', carrier: liveCarrier ?? simulated() } as const);
  const made = createKernel({ ...shared, ...reach });
  // A workspace that is refused must not keep its carriers or its simulated world open behind it.
  if (!made.ok) void reach.carrier.close();
  return made;
}

/** For the audit trail: somebody at this computer, whether or not they said who they are. */
function whoAt({ person }: Seat) {
  return person === null ? { id: null, name: 'somebody at this computer' } : person;
}

function resumeAll(seat: Seat): string | null {
  if (seat.kernel === null) return 'No workspace is open.';
  if (seat.isLocked) return 'Parley is locked. Enter your PIN first; then resume.';
  if (!mayDo(seat.person, 'supervisor'))
    return 'Only a supervisor may let Parley call again. Ask one to do it.';
  seat.kernel.resumeAll(whoAt(seat));
  return null;
}

function seatPerson(rooms: Rooms, person: Person | null): void {
  const { seat } = rooms;
  seat.person = person;
  seat.isLocked = false;
  if (seat.kernel !== null) setSetting(seat.kernel.db, 'machine', 'last-person', person?.id ?? null);
  rooms.pushes.tell('app.helloChanged', () => null);
}

async function power({ seat, pushes }: Rooms, event: 'suspend' | 'resume' | 'lock-screen'): Promise<void> {
  if (event === 'suspend') {
    seat.kernel?.fallAsleep();
    seat.kernel?.desk.pauseAll('the computer went to sleep');
  }
  if (event === 'lock-screen') {
    seat.kernel?.desk.pauseAll('the screen was locked');
    seat.isLocked = seat.person?.hasPin ?? false;
    pushes.tell('app.helloChanged', () => null);
  }
  // Whatever happened while we slept is learned first; nothing is dialed because of waking up.
  if (event !== 'resume') return;
  pushes.tell('phone.woke', () => null);
  // A tunnel seldom outlives a sleep.
  void seat.connection?.check();
  await seat.kernel?.wakeUp();
}

function withSeat<T>({ kernel, person }: Seat, wish: (kernel: Kernel, person: Person) => T): T | null {
  return kernel === null || person === null ? null : wish(kernel, person);
}
