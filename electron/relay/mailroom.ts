import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import {
  type KeptDelivery,
  type NewDelivery,
  forgetDeliveries,
  keepDeliveries,
  markRead,
  unreadDeliveries,
} from '../store/deliveries.ts';
import type { Db } from '../store/open.ts';
import { type Hook, type Reading, unreadable } from './hook.ts';

/** Requests that are written down in one commit: whoever waits together waits for the disk once. */
const KEPT_AT_ONCE = 200;
/** Fewer are read at a time, because those who post meanwhile wait for it. */
const READ_AT_ONCE = 40;
/** And while somebody waits for an answer, as many as come in such a turn: who posts faster than we read is answered all the same. */
const READ_MEANWHILE = 10;
/** While many come, so long is waited for more before the disk is: sockets live in real time, whatever clock there is. */
const GATHER_MS = 2;
/** How long to wait before reading again what could not be acted on, as on a full disk. */
const AGAIN_MS = 2 * SECOND_MS;
/** What was read is kept for so long, to be looked at; its events are kept with their calls. */
const KEPT_MS = 14 * DAY_MS;
const FORGOTTEN_AT_ONCE = 500;

export interface MailroomParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly hooks: Readonly<Record<string, Hook>>;
  /** Acts on events; what `also` does is part of the same commit. Throws where nothing could be kept. */
  readonly take: (events: readonly CarrierEvent[], also: () => void) => void;
  readonly log: (line: string, error?: unknown) => void;
}

/** Where what carriers post is written down, and read once it is safe. */
export interface Mailroom {
  /** Written down for good once this resolves. Rejects where it could not be: the carrier has to try again. */
  keep(delivery: NewDelivery): Promise<void>;
  /** Reads what nobody has read yet: after a start, or when somebody asks for it again. */
  readOn(): Promise<void>;
  /** Waits until all that was taken is written down. */
  close(): Promise<void>;
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function openMailroom({ db, clock, hooks, take, log }: MailroomParts): Mailroom {
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let isClosed = false;
  let mayBeUnread = true;
  let cancelAgain: (() => void) | null = null;
  let cancelForgetting: (() => void) | null = null;
  /** After trouble nothing is read for a while, whatever comes meanwhile. */
  let isResting = false;
  const mayRead = () => mayBeUnread && !isClosed && !isResting;

  const keep = (batch: readonly Waiting[]) => {
    if (batch.length === 0) return;
    const given = batch.map(({ delivery }) => delivery);
    keepDeliveries(db, given);
    mayBeUnread = true;
  };

  /** Acts on some that are safe, and writes down those that wait, in one commit: the disk is waited for once. */
  const readAndKeep = (batch: readonly Waiting[]) => {
    const most = batch.length === 0 ? READ_AT_ONCE : READ_MEANWHILE;
    const unread = unreadDeliveries(db, most);
    mayBeUnread = unread.length === most;
    if (unread.length === 0) return keep(batch);
    const readings = unread.map((delivery) => ({ delivery, reading: readingOf(hooks, delivery) }));
    const events = readings.flatMap(({ reading }) => (reading.kind === 'read' ? reading.events : []));
    take(events, () => {
      const now = clock.now();
      for (const { delivery, reading } of readings)
        markRead(db, delivery.id, now, reading.kind === 'read' ? null : reading.sentence);
      keep(batch);
    });
  };

  const turn = (batch: readonly Waiting[]) => {
    if (!mayRead()) return keep(batch);
    try {
      readAndKeep(batch);
    } catch (error) {
      log('what a carrier posted could not be acted on yet; it is kept, and tried again', error);
      rest();
      // Written down all the same: what was already is not written twice.
      keep(batch);
    }
  };

  const work = async () => {
    let isBusy = false;
    while (waiting.length > 0 || mayRead()) {
      await (isBusy ? setTimeout(GATHER_MS) : setImmediate());
      const batch = waiting.splice(0, KEPT_AT_ONCE);
      isBusy = batch.length > 1;
      try {
        turn(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    working = null;
  };
  const begin = () => (working ??= work());
  const rest = () => {
    isResting = true;
    mayBeUnread = true;
    cancelAgain?.();
    cancelAgain = clock.after(AGAIN_MS, () => void readOn());
  };
  const readOn = () => {
    isResting = false;
    mayBeUnread = true;
    return begin();
  };
  const forget = () => {
    if (isClosed) return;
    try {
      const count = forgetDeliveries(db, after(clock.now(), -KEPT_MS), FORGOTTEN_AT_ONCE);
      cancelForgetting = clock.after(count === FORGOTTEN_AT_ONCE ? SECOND_MS : DAY_MS, forget);
    } catch (error) {
      log('old deliveries could not be cleared away; it is tried again tomorrow', error);
      cancelForgetting = clock.after(DAY_MS, forget);
    }
  };
  forget();

  return {
    keep: (delivery) =>
      new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        void begin();
      }),
    readOn,
    async close() {
      isClosed = true;
      cancelAgain?.();
      cancelForgetting?.();
      await working;
    },
  };
}

/** A mistake of ours in reading must neither lose what was posted nor hold up what comes after it. */
function readingOf(hooks: Readonly<Record<string, Hook>>, delivery: KeptDelivery): Reading {
  const hook = hooks[delivery.carrier];
  if (hook === undefined) return unreadable('This carrier is not set up here any more.');
  try {
    return hook.read(delivery);
  } catch (error) {
    return unreadable(`Reading it failed: ${String(error)}`);
  }
}
