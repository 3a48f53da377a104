import { rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Answer } from '../../shared/contract/wire.ts';
import { appendAudit } from '../store/audit.ts';
import { contactById } from '../store/contacts.ts';
import { erase } from '../store/contact-erase.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { setSetting, setting } from '../store/settings.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { TellScreens } from '../handlers/pushes.ts';
import { workerFile } from './worker-file.ts';

export interface ErasingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly folder: string;
  readonly tell: TellScreens;
  readonly results: { forget(): void };
  /** Whether somebody works: rewriting the file makes every writer wait. */
  readonly isBusy: () => boolean;
}

const DUE = 'erase.scrub-due';

/** Takes a person out of everything. The line in the audit trail does not say who it was. */
export async function eraseContact(
  parts: ErasingParts,
  id: number,
  byAgent: number | null,
): Promise<Answer<{ sentence: string }>> {
  const { db, clock } = parts;
  if (contactById(db, id) === null) {
    return { ok: false, error: { code: 'not-found', sentence: 'This contact is gone already.' } };
  }
  const erased = withTransaction(db, () => {
    const done = erase(db, id, clock.now(), byAgent);
    if (done === null) return null;
    setSetting(db, 'machine', DUE, true);
    const line = { at: clock.now(), agentId: byAgent, action: 'contact.erased', subject: 'contact' };
    appendAudit(db, { ...line, subjectId: null, before: null, after: { numbers: done.numbers } });
    return done;
  });
  if (erased === null) {
    return {
      ok: false,
      error: {
        code: 'not-now',
        sentence: 'A call of theirs is not settled yet, so nothing was erased. Try again when it is over.',
      },
    };
  }
  for (const file of erased.files) {
    const sound = isAbsolute(file) ? file : join(parts.folder, file);
    // Beside it lies how loud it is where: the shape of what was said.
    for (const each of [sound, sound.replace(/\.\w+$/, '.peaks')]) await rm(each, { force: true });
  }
  parts.results.forget();
  parts.tell('app.changed', () => ({ changes: [{ entity: 'contacts', ids: null }] }));
  const isScrubbed = !parts.isBusy() && (await scrubIfDue(db));
  return { ok: true, value: { sentence: sentenceFor(erased.numbers, isScrubbed) } };
}

function sentenceFor(numbers: number, isScrubbed: boolean): string {
  const rung =
    numbers === 0
      ? ''
      : numbers === 1
        ? ' Their number is never called again.'
        : ' Their numbers are never called again.';
  const traces = isScrubbed
    ? ' The file was rewritten without them.'
    : ' Traces in unused parts of the file go when Parley starts the next time.';
  return `This person was erased.${rung}${traces} Backups made before still hold them, until newer ones take their place.`;
}

/** Rewrites the file where an erasing waits for it. True when it was done. */
export async function scrubIfDue(db: Db): Promise<boolean> {
  if (setting<boolean>(db, 'machine', DUE) !== true) return false;
  const file = db.$client.name;
  if (file === ':memory:') return false;
  const isDone = await new Promise<boolean>((resolve) => {
    const worker = new Worker(workerFile('scrub-worker'), { workerData: { file } });
    worker.once('message', (done: boolean) => resolve(done));
    worker.once('error', () => resolve(false));
    worker.once('exit', () => resolve(false));
  });
  if (isDone) setSetting(db, 'machine', DUE, null);
  return isDone;
}
