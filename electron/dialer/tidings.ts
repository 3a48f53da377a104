import {
  type NoticeSettings,
  type Tiding,
  type TidingKind,
  USUAL_NOTICES,
  maskName,
} from '../../shared/domain/tiding.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { type DueCallback, callbacksDue } from '../store/callbacks.ts';
import { campaignById } from '../store/campaigns.ts';
import type { Db, ReadDb } from '../store/open.ts';
import { type SessionRow, openSessions } from '../store/sessions.ts';
import { setSetting, setting } from '../store/settings.ts';
import { storeTrouble } from '../store/trouble.ts';
import { pauseOf } from './pause-all.ts';

/** What is told to people who do not look at the screen just now, as far as this computer is to tell it. */
export interface Tidings {
  say(tiding: Tiding): void;
  /** Looks at promises and the carrier: some tidings come of time alone. */
  look(): void;
  /** Something went wrong somewhere: where it was the disk, people are told. */
  met(error: unknown): void;
  /** What the disk did to us lately, in a sentence. */
  storageTrouble(): string | null;
}

export interface TidingsParts {
  readonly db: Db;
  readonly file: string;
  readonly clock: Clock;
  readonly carrier: Carrier;
  readonly notify: (tiding: Tiding) => void;
}

/** A promise is not told before somebody had the time to keep it. */
const PROMISE_GRACE_MS = MINUTE_MS;
const CARRIER_GRACE_MS = 10 * SECOND_MS;
/** The same trouble is not told again so soon. */
const QUIET_MS = 10 * MINUTE_MS;
/** A disk that gave no more trouble for so long is believed to be well. */
const DISK_WELL_MS = MINUTE_MS;
const PROMISES_MAX = 50;

export function openTidings({ db, file, clock, carrier, notify }: TidingsParts): Tidings {
  const toldPromises = new Set<number>();
  const toldAt = new Map<string, Instant>();
  let troubleSince: Instant | null = null;
  let disk: { readonly at: Instant; readonly sentence: string } | null = null;

  const say = (tiding: Tiding) => {
    if (noticeSettings(db).notices[tiding.kind]) notify(tiding);
  };
  const sayOnce = (tiding: Tiding) => {
    const now = clock.now();
    const last = toldAt.get(tiding.kind);
    if (last !== undefined && now >= last && now - last < QUIET_MS) return;
    toldAt.set(tiding.kind, now);
    say(tiding);
  };

  const lookAtCarrier = (now: Instant) => {
    const state = carrier.readiness();
    if (state.kind !== 'in-trouble') {
      troubleSince = null;
      return;
    }
    troubleSince ??= now;
    if (now - troubleSince >= CARRIER_GRACE_MS)
      sayOnce({
        kind: 'carrier-trouble',
        title: 'The carrier is in trouble',
        body: `${state.sentence} Calls under way are followed; new ones wait, and go on by themselves.`,
        path: '/live',
      });
  };

  const lookAtPromises = (now: Instant) => {
    const due = callbacksDue(db, after(now, -PROMISE_GRACE_MS), PROMISES_MAX);
    const open = new Set(due.map(({ callback }) => callback.id));
    for (const id of toldPromises) if (!open.has(id)) toldPromises.delete(id);
    const fresh = due.filter(({ callback }) => !toldPromises.has(callback.id));
    if (fresh.length === 0) return;
    const sessions = openSessions(db);
    const left = fresh.filter((each) => !isTakenCareOf(db, each, sessions));
    for (const { callback } of left) toldPromises.add(callback.id);
    if (left.length > 0) say(promiseTiding(db, left));
  };

  return {
    say,
    look() {
      const now = clock.now();
      lookAtCarrier(now);
      lookAtPromises(now);
    },
    met(error) {
      const trouble = storeTrouble(file, error);
      // Another program at the file is gone in a moment, and nothing was lost by it.
      if (trouble === null || trouble.kind === 'locked') return;
      disk = { at: clock.now(), sentence: trouble.sentence };
      // The settings are on the very disk that fails us: then what is usual holds.
      try {
        sayOnce(storageTiding(trouble.sentence));
      } catch {
        notify(storageTiding(trouble.sentence));
      }
    },
    storageTrouble: () =>
      disk !== null && Math.abs(clock.now() - disk.at) <= DISK_WELL_MS ? disk.sentence : null,
  };
}

/** Somebody is free for it, or Parley keeps it by itself. */
function isTakenCareOf(
  db: ReadDb,
  { callback: { campaignId, agentId } }: DueCallback,
  sessions: readonly SessionRow[],
): boolean {
  const campaign = campaignId === null ? null : campaignById(db, campaignId);
  if (campaign !== null && campaign.rules.voice !== 'agent')
    return campaign.status === 'active' && pauseOf(db) === null;
  return sessions.some(
    (session) =>
      session.campaignId === campaignId &&
      (agentId === null || session.agentId === agentId) &&
      (session.state.kind === 'ready' || session.state.kind === 'previewing'),
  );
}

function promiseTiding(db: ReadDb, due: readonly DueCallback[]): Tiding {
  const { names } = noticeSettings(db);
  const [first] = due;
  const name = names === 'full' ? first!.contact : maskName(first!.contact);
  const one = due.length === 1;
  return {
    kind: 'callback-due',
    title: one ? 'A promised callback is due' : `${due.length} promised callbacks are due`,
    body: `${one ? `${name} was` : `${name} and others were`} promised a call by now, and nobody is free to make it. Start a session, or dial by hand.`,
    path: '/dial',
  };
}

function storageTiding(sentence: string): Tiding {
  return { kind: 'storage-trouble', title: 'Parley cannot save', body: sentence, path: '/live' };
}

const NOTICES = 'notices';

/** What this computer tells. Kept with the workspace, as told of this computer. */
export function noticeSettings(db: ReadDb): NoticeSettings {
  const kept = setting<Partial<NoticeSettings>>(db, 'machine', NOTICES);
  return {
    notices: { ...USUAL_NOTICES.notices, ...kept?.notices },
    names: kept?.names === 'full' ? 'full' : 'masked',
  };
}

export interface NoticeChange {
  readonly notices?: { readonly [kind in TidingKind]?: boolean | undefined } | undefined;
  readonly names?: NoticeSettings['names'] | undefined;
}

export function changeNotices(db: Db, { notices, names }: NoticeChange): void {
  const before = noticeSettings(db);
  const wished = Object.entries(notices ?? {}).filter(([, isOn]) => isOn !== undefined);
  const all = { ...before.notices, ...Object.fromEntries(wished) };
  setSetting(db, 'machine', NOTICES, { notices: all, names: names ?? before.names });
}
