import type { Subject } from '../../shared/domain/verdict.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { appendAudit } from '../store/audit.ts';
import { type Db, type ReadDb, withTransaction } from '../store/open.ts';
import { setSetting, setting } from '../store/settings.ts';

/*
 * "Pause all calling": one switch for everything that Parley dials by itself, whichever process would do it. It is
 * on disk, so that no restart takes it back. What a person dials by hand is their own decision, and stays possible.
 */

/** The switch of a workspace. */
const PAUSED = 'calling.paused';

export interface Pause {
  readonly since: Instant;
  /** Who pressed it. */
  readonly by: string;
}

export interface Who {
  readonly id: number | null;
  readonly name: string;
}

/** Since when all calling is paused, and by whom; null while it is not. */
export function pauseOf(db: ReadDb): Pause | null {
  const kept = setting<Partial<Pause>>(db, 'workspace', PAUSED);
  if (kept === null || typeof kept !== 'object') return null;
  const { since = instant(0), by = 'somebody' } = kept;
  return { since, by };
}

/** False when it was paused before: whoever was first stays the one who did it. */
export function pauseCalling(db: Db, who: Who, at: Instant): boolean {
  return withTransaction(db, () => {
    if (pauseOf(db) !== null) return false;
    const after = { since: at, by: who.name };
    setSetting(db, 'workspace', PAUSED, after);
    note(db, who, 'calling.pause', null, after, at);
    return true;
  });
}

export function resumeCalling(db: Db, who: Who, at: Instant): boolean {
  return withTransaction(db, () => {
    const before = pauseOf(db);
    if (before === null) return false;
    setSetting(db, 'workspace', PAUSED, null);
    note(db, who, 'calling.resume', before, null, at);
    return true;
  });
}

/** The pause as a verdict takes it: no call of Parley’s own goes out, and nobody knows until when. */
export function pauseInTheWay(db: ReadDb): Subject['carrier'] {
  const pause = pauseOf(db);
  return pause === null ? null : { sentence: pausedInWords(pause), until: null };
}

export function pausedInWords({ by }: Pick<Pause, 'by'>): string {
  return `All calling was paused by ${by}. Parley dials nobody by itself until it is resumed; dialing by hand stays possible.`;
}

function note(db: Db, who: Who, action: string, before: unknown, after: unknown, at: Instant): void {
  const about = { subject: 'workspace', subjectId: null } as const;
  appendAudit(db, { at, agentId: who.id, action, ...about, before, after });
}
