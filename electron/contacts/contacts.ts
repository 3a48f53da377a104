import { dirname } from 'node:path';
import type { BulkAct } from '../../shared/contract/contacts.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { TellScreens } from '../handlers/pushes.ts';
import type { Db } from '../store/open.ts';
import { type Bulk, openBulk } from './bulk.ts';
import { eraseContact, scrubIfDue } from './erase.ts';
import { type Exports, openExports } from './exports.ts';
import { type ContactResults, openResults } from './results.ts';

/** Contacts by the million: what was found, and what is being done to many of them. */
export interface Contacts {
  readonly results: ContactResults;
  readonly bulk: Bulk;
  readonly exports: Exports;
  erase(id: number, byAgent: number | null): Promise<Answer<{ sentence: string }>>;
  close(): Promise<void>;
}

export interface ContactsParts {
  readonly db: Db;
  readonly file: string;
  readonly clock: Clock;
  readonly tell: TellScreens;
  /** A campaign’s people changed: it is planned anew. */
  readonly campaignChanged: (id: number) => void;
  /** Whether somebody works in this workspace right now. */
  readonly isBusy: () => boolean;
  readonly log: (line: string, error?: unknown) => void;
  /** A copy that is thrown away is not rewritten first. */
  readonly isThrowaway?: boolean;
}

export function openContacts({
  isThrowaway = false,
  db,
  file,
  clock,
  tell,
  campaignChanged,
  isBusy,
  log,
}: ContactsParts): Contacts {
  const results = openResults(db, file);
  const say = (entity: string) => tell('app.changed', () => ({ changes: [{ entity, ids: null }] }));
  const bulk = openBulk({
    db,
    clock,
    log,
    moved: () => say('contact-jobs'),
    ended(act: BulkAct) {
      results.forget();
      say('contacts');
      if (act.kind === 'enrol' || act.kind === 'leave') campaignChanged(act.campaignId);
      if (act.kind === 'schedule') say('schedules');
      if (act.kind === 'do-not-call') say('do-not-call');
    },
  });
  const exports = openExports(dirname(file), file, () => say('contact-exports'));
  // Somebody was erased while others worked: now nobody does yet.
  let scrubbing: Promise<unknown> = isThrowaway ? Promise.resolve() : scrubIfDue(db);
  return {
    results,
    bulk,
    exports,
    erase(id, byAgent) {
      const parts = { db, clock, folder: dirname(file), tell, results, isBusy };
      const done = eraseContact(parts, id, byAgent);
      scrubbing = done.catch(() => {});
      return done;
    },
    async close() {
      await bulk.close();
      await scrubbing;
      await exports.close();
      await results.stop();
    },
  };
}
