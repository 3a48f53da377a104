import type { Standing } from '../shared/contract/standing.ts';
import type { Tiding } from '../shared/domain/tiding.ts';
import type { Subject } from '../shared/domain/verdict.ts';
import { type Clock, sleep } from '../shared/lib/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../shared/lib/instants.ts';
import { type LawBook, rewriteBook, shippedLaw } from '../shared/domain/law/book.ts';
import type { Random } from '../shared/lib/random.ts';
import { type Result, ok } from '../shared/lib/result.ts';
import type { Carrier, SimulatedCarrier } from './carriers/carrier.ts';
import { type Calls, openCalls } from './calls/calls.ts';
import { type Contacts, openContacts } from './contacts/contacts.ts';
import { type Background, startBackground } from './dialer/background.ts';
import { type Desk, openDesk } from './dialer/desk.ts';
import { openCompletion, reopenCampaign } from './dialer/completion.ts';
import { openGate } from './dialer/gate.ts';
import { openMeaning } from './dialer/meaning.ts';
import { type Who, pauseCalling, pauseInTheWay, resumeCalling } from './dialer/pause-all.ts';
import { type DeadLetters, openDeadLetters } from './dialer/dead-letters.ts';
import { type Intake, openIntake } from './dialer/intake.ts';
import { openInquiry } from './dialer/recover.ts';
import { type Replanner, startReplanner } from './dialer/replan.ts';
import { makeRounds } from './dialer/rounds.ts';
import { type Scheduler, startScheduler } from './dialer/scheduler.ts';
import { openStanding } from './dialer/standing.ts';
import { type Standings, openStandings } from './dialer/standings.ts';
import { openTidings } from './dialer/tidings.ts';
import { type Moved, applyPending } from './dialer/track.ts';
import type { Home } from './dialer/work.ts';
import type { TellScreens } from './handlers/pushes.ts';
import { type Imports, openImports } from './lists/import.ts';
import { toldProgress } from './handlers/import-rows.ts';
import { type Messages, openMessages } from './messages/messages.ts';
import { type Recordings, openRecordings } from './recordings/recordings.ts';
import type { PrintPage } from './reports/report-file.ts';
import { type Reports, openReports } from './reports/reports.ts';
import { type ScheduledReports, openScheduledReports } from './reports/scheduled-reports.ts';
import { type Rehearsals, openRehearsals } from './rehearsal/rehearsals.ts';
import { campaignsOf } from './store/campaigns.ts';
import { placeNumbers } from './store/contacts.ts';
import { enrolmentCounts } from './store/enrolments.ts';
import { obeyedLaw } from './store/law-overrides.ts';
import { watchLines } from './store/line-front.ts';
import { type Db, closeStore, openStore } from './store/open.ts';
import type { StoreTrouble } from './store/trouble.ts';

/** How often the kernel asks about attempts whose fate is open, and how often it looks whether a call is silent. */
const WATCH_MS = 2 * SECOND_MS;
const CALM_WATCH_MS = 5 * SECOND_MS;
/** Awake for so long after the computer said it would sleep: it did not, or nobody told us that it woke up. */
const AWAKE_MS = MINUTE_MS;

interface KernelParts {
  /** The workspace's database. */
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly home: Home;
  /** The law that every call goes by; left out, the one that comes with Parley. */
  readonly law?: LawBook;
  readonly tell: TellScreens;
  /** Told after an agent's desk changed. */
  readonly deskChanged: (agentId: number) => void;
  readonly log: (line: string, error?: unknown) => void;
  /** Takes a readable line for each call that no agent makes, numbers masked; left out, nobody reads them. */
  readonly note?: (line: string) => void;
  /** Sounds of calls are fetched as soon as they are ready; left out, they stay at the carrier. */
  readonly keepsRecordings?: boolean;
  /** Reports that are due are put into their folders; left out, they are not. */
  readonly makesReports?: boolean;
  /** Makes a PDF of a page; left out, nothing prints. */
  readonly printPage?: PrintPage | null;
  /** Shows a notice outside the window; left out, nobody is told. */
  readonly notify?: (tiding: Tiding) => void;
}

const PLACED_AT_ONCE = 250;

/** A practice kernel takes no carrier that can reach a phone: the compiler refuses it. */
export type KernelOptions =
  | (KernelParts & {
      readonly kind: 'practice';
      readonly carrier: SimulatedCarrier;
      /** The file is a copy that is thrown away afterwards, as a rehearsal's is: its disk is not waited for. */
      readonly isThrowaway?: boolean;
    })
  | (KernelParts & { readonly kind: 'live'; readonly carrier: Carrier });

export interface Kernel {
  readonly kind: 'practice' | 'live';
  readonly db: Db;
  readonly carrier: Carrier;
  readonly desk: Desk;
  readonly scheduler: Scheduler;
  /** The campaigns that need no agent. */
  readonly background: Background;
  readonly clock: Clock;
  readonly random: Random;
  readonly home: Home;
  readonly law: LawBook;
  /** How many of each campaign may be rung, and what holds the others back. */
  readonly standings: Standings;
  readonly replanner: Replanner;
  readonly rehearsals: Rehearsals;
  /** Where events come in that a carrier tells over a socket, many at a time. */
  readonly intake: Intake;
  /** Events that nobody could act on. */
  readonly deadLetters: DeadLetters;
  /** The sounds of calls. */
  readonly recordings: Recordings;
  /** The sounds that are left on machines, or played by campaigns. */
  readonly messages: Messages;
  /** What the calls come to. */
  readonly reports: Reports;
  /** Those that are put into a folder by themselves. */
  readonly scheduledReports: ScheduledReports;
  /** What was found among all calls. */
  readonly calls: Calls;
  /** What was found among all contacts, and what is being done to many of them. */
  readonly contacts: Contacts;
  /** Lists that come in from files. */
  readonly imports: Imports;
  /** What keeps the carrier from taking any call; null where nothing does. */
  carrierTrouble(): Subject['carrier'];
  /** A campaign was changed: sessions go on by it, and with other rules or people its contacts are planned anew. */
  campaignChanged(campaignId: number, plan: boolean): void;
  /**
   * The law was changed, an authority closed a day, or a register was read in: every call obeys it from here on.
   * Left out, the law itself is the same and only what the workspace adds to it is read again.
   */
  lawChanged(law?: LawBook): void;
  /** Asks the carrier about everything whose fate is open, now: after sleep, or when somebody presses "check". */
  lookAround(): Promise<void>;
  /** What this workspace does at this moment, what waits, and what is in doubt. */
  standing(): Standing;
  /** The computer goes to sleep: nothing begins by itself until `wakeUp`. */
  fallAsleep(): void;
  /** What happened meanwhile is learned first; only then may anything begin again. */
  wakeUp(): Promise<void>;
  /** Nothing dials by itself any more, whichever process would do it, until `resumeAll`. */
  pauseAll(who: Who): void;
  resumeAll(who: Who): void;
  stop(): Promise<void>;
}

/** Puts the rooms of one workspace together and starts its loops. Knows no Electron (law 8). */
export function createKernel(options: KernelOptions): Result<Kernel, StoreTrouble> {
  const { clock, carrier } = options;
  const isThrowaway = options.kind === 'practice' && options.isThrowaway === true;
  const opened = openStore(options.file, { now: () => clock.now(), isThrowaway });
  if (!opened.ok) return opened;
  const db = opened.value;
  watchLines(db);
  let whole = options.law ?? shippedLaw;
  // A book of its own: it is rewritten when a supervisor changes the law, and all who hold it obey at once.
  const law: LawBook = { ...obeyedLaw(db, whole, options.kind) };
  const stopping = new AbortController();

  const desk = openDesk({ ...options, db, law, changed: options.deskChanged });
  const schedulesChanged = () =>
    options.tell('app.changed', () => ({ changes: [{ entity: 'schedules', ids: null }] }));
  const gate = openGate(clock, carrier);
  const scheduler = startScheduler({ ...options, db, law, gate, changed: schedulesChanged });
  const learned = (attemptIds: readonly string[], withoutAgent = attemptIds) => {
    desk.learned(attemptIds);
    if (withoutAgent.length === 0) return;
    scheduler.learned(withoutAgent);
    background.learned(withoutAgent);
  };
  const noticed = (moved: readonly Moved[]) => {
    if (moved.length === 0) return;
    recordings.wake();
    learned(idsOf(moved), idsOf(moved.filter(({ hasAgent }) => !hasAgent)));
    options.tell('app.changed', () => ({
      changes: [{ entity: 'calls', ids: moved.map((each) => each.callId) }],
    }));
  };
  const campaignsChanged = (id: number) =>
    options.tell('app.changed', () => ({ changes: [{ entity: 'campaigns', ids: [id] }] }));
  const { note = () => {}, notify = () => {} } = options;
  const tidings = openTidings({ db, file: options.file, clock, carrier, notify });
  const log: KernelParts['log'] = (line, error) => {
    options.log(line, error);
    tidings.met(error);
  };
  const paused = (notice: Omit<Tiding, 'kind'>) => tidings.say({ kind: 'campaign-paused', ...notice });
  const background = startBackground({
    ...options,
    db,
    law,
    gate,
    note,
    log,
    notify: paused,
    changed: campaignsChanged,
  });
  const carrierTrouble = () => {
    const state = carrier.readiness();
    const pause = pauseInTheWay(db);
    return state.kind === 'ready' ? pause : { sentence: state.sentence, until: null };
  };
  const standings = openStandings({ ...options, db, law, carrierTrouble, counted: campaignsChanged });
  const planned = (id: number) => {
    desk.campaignChanged(id);
    background.campaignChanged(id);
    campaignsChanged(id);
  };
  const replanner = startReplanner({ ...options, db, law, planned });
  const rehearsals = openRehearsals({ ...options, law });
  const isUnderWay = (id: string) =>
    desk.isUnderWay(id) || scheduler.isUnderWay(id) || background.isUnderWay(id);
  const imports = openImports({
    ...options,
    db,
    country: options.home.country,
    tell: (id, progress) =>
      options.tell('imports.progress', () => ({ id, progress: toldProgress(progress) })),
    changed: (id) => {
      const isOver = !imports.isRunning(id);
      const entities = isOver ? ['imports', 'contacts', 'lists'] : ['imports'];
      options.tell('app.changed', () => ({ changes: entities.map((entity) => ({ entity, ids: null })) }));
      if (isOver) contacts.results.forget();
      if (isOver) for (const campaignId of imports.settingsOf(id).campaignIds ?? []) replanned(campaignId);
    },
  });
  const replanned = (id: number) => {
    // A list that was to go into a campaign that is done opens it again, paused.
    if (enrolmentCounts(db, id).open > 0) reopenCampaign(db, id, null, clock.now());
    planned(id);
    replanner.plan(id);
  };
  const contacts = openContacts({
    ...options,
    db,
    campaignChanged: replanned,
    isBusy: () => desk.isBusy() || scheduler.isBusy() || background.isBusy(),
  });
  const calls = openCalls(db, options.file);
  const reports = openReports(db, options.file);
  const scheduledReports = openScheduledReports({
    ...options,
    db,
    log,
    reports,
    zone: options.home.zone,
    printPage: options.printPage ?? null,
    changed: () =>
      options.tell('app.changed', () => ({ changes: [{ entity: 'scheduled-reports', ids: null }] })),
  });
  const messages = openMessages({ ...options, db });
  const recordings = openRecordings({
    ...options,
    db,
    log,
    changed: (ids) =>
      options.tell('app.changed', () => ({ changes: [{ entity: 'recordings', ids: [...ids] }] })),
  });
  const inquiry = openInquiry({ db, carrier, clock, isUnderWay });
  const storageTrouble = tidings.storageTrouble;
  const standing = openStanding({ ...options, db, background, scheduler, isUnderWay, storageTrouble });
  const look = async (everything: boolean) => {
    if (stopping.signal.aborted) return;
    const found = await inquiry.ask(everything);
    if (stopping.signal.aborted) return;
    noticed(applyPending(db, clock));
    learned(found);
    if (desk.lineLookedAt()) options.tell('app.helloChanged', () => null);
    // After sleep the calls that were missed meanwhile are known at once, not a while later.
    if (everything) {
      scheduler.wake();
      background.wake();
    }
  };
  let looking: Promise<void> = Promise.resolve();
  /** One look after the other: two at once would trip over each other's findings. */
  const lookInTurn = (everything: boolean) => {
    const turn = looking.then(() => look(everything));
    looking = turn.catch(() => {});
    return turn;
  };

  // What was written down and not acted on before a crash comes first.
  noticed(applyPending(db, clock));
  const intake = openIntake({ db, carrier: carrier.name, clock, noticed });
  const deadLetters = openDeadLetters({ db, clock, noticed });
  const stopListening = carrier.listen((event) => {
    try {
      intake.now(event);
    } catch (error) {
      options.log('an event could not be kept; the carrier is asked about its call later', error);
    }
  });
  const watchInTurn = async (everything: boolean) => {
    await lookInTurn(everything);
    return inquiry.isInDoubt() ? WATCH_MS : CALM_WATCH_MS;
  };
  const watching = watch(clock, stopping.signal, watchInTurn, log);
  const completion = openCompletion({ db, clock, say: tidings.say, changed: planned });
  const meaning = openMeaning({
    db,
    clock,
    changed: () => options.tell('app.changed', () => ({ changes: [{ entity: 'meaning', ids: null }] })),
    campaignChanged: planned,
  });
  // A rehearsal’s campaign ends with its day, and nobody is told of it.
  const looks = isThrowaway ? [] : [completion.look, tidings.look, meaning.look];
  const rounds = looks.length === 0 ? null : makeRounds(clock, stopping.signal, looks, log);

  let cancelWaking: (() => void) | null = null;
  const wakeUp = async () => {
    cancelWaking?.();
    cancelWaking = null;
    desk.asksCarrier(true);
    try {
      await lookInTurn(true);
    } finally {
      desk.asksCarrier(false);
      gate.open();
      scheduler.wake();
      background.wake();
    }
  };
  const callingPaused = () => {
    desk.callingPaused();
    scheduler.wake();
    background.wake();
    for (const { id } of campaignsOf(db)) campaignsChanged(id);
  };

  const placing = placeAll(db, clock, stopping.signal);

  return ok({
    kind: options.kind,
    db,
    carrier,
    desk,
    scheduler,
    background,
    clock,
    random: options.random,
    home: options.home,
    law,
    standings,
    replanner,
    rehearsals,
    intake,
    deadLetters,
    recordings,
    messages,
    reports,
    scheduledReports,
    calls,
    contacts,
    imports,
    carrierTrouble,
    campaignChanged(id, plan) {
      desk.campaignChanged(id);
      background.campaignChanged(id);
      if (plan) replanner.plan(id);
      campaignsChanged(id);
    },
    lawChanged(changed = whole) {
      whole = changed;
      rewriteBook(law, obeyedLaw(db, whole, options.kind));
      for (const { id } of campaignsOf(db)) {
        desk.campaignChanged(id);
        background.campaignChanged(id);
        replanner.plan(id);
        campaignsChanged(id);
      }
      scheduler.wake();
    },
    lookAround: () => lookInTurn(true),
    standing,
    fallAsleep() {
      gate.shut();
      cancelWaking?.();
      // Timers stand still in sleep: this one rings only where nobody tells us that we woke up, or never slept.
      cancelWaking = clock.after(
        AWAKE_MS,
        () => void wakeUp().catch((error) => log('waking up failed', error)),
      );
    },
    wakeUp,
    pauseAll(who) {
      if (pauseCalling(db, who, clock.now())) callingPaused();
    },
    resumeAll(who) {
      if (resumeCalling(db, who, clock.now())) callingPaused();
    },
    async stop() {
      stopping.abort();
      cancelWaking?.();
      stopListening();
      inquiry.close();
      meaning.close();
      await Promise.all([
        desk.close(),
        scheduler.close(),
        background.close(),
        replanner.close(),
        standings.close(),
        rehearsals.close(),
        intake.close(),
        calls.close(),
        recordings.close(),
        reports.close(),
        scheduledReports.close(),
        contacts.close(),
        imports.close(),
      ]);
      await watching;
      await rounds;
      await placing;
      await looking;
      await carrier.close();
      closeStore(db);
    },
  });
}

function idsOf(moved: readonly Moved[]): string[] {
  return moved.flatMap(({ attemptId }) => attemptId ?? []);
}

/** Numbers that were kept before their places were worked out, a few at a time. */
async function placeAll(db: Db, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && placeNumbers(db, PLACED_AT_ONCE) === PLACED_AT_ONCE) {
    await sleep(clock, 1, signal);
  }
}

async function watch(
  clock: Clock,
  signal: AbortSignal,
  look: (everything: boolean) => Promise<number>,
  log: KernelParts['log'],
): Promise<void> {
  // After a start nothing is known of what went on meanwhile.
  let everything = true;
  while (!signal.aborted) {
    let waitMs = WATCH_MS;
    try {
      waitMs = await look(everything);
      everything = false;
    } catch (error) {
      log('asking about open calls failed; it is tried again', error);
    }
    await sleep(clock, waitMs, signal);
  }
}
