import type { Db, ReadDb } from './open.ts';
import { setSetting, setting } from './settings.ts';

/** A colleague, a desk, another office: somebody calls are handed over to. */
export interface KeptTarget {
  readonly name: string;
  readonly e164: string;
}

const KEPT = 'transfer.targets';
/** More than that nobody finds in a list under a button. */
const TARGETS_MAX = 30;

/** In the order they were kept. */
export function targetsKept(db: ReadDb): readonly KeptTarget[] {
  return setting<readonly KeptTarget[]>(db, 'workspace', KEPT) ?? [];
}

/** Keeps a number under a name; one that was known gets the new name. The one kept longest ago makes room. */
export function keepTarget(db: Db, target: KeptTarget): void {
  const others = targetsKept(db).filter(({ e164 }) => e164 !== target.e164);
  const kept = [...others, target].slice(-TARGETS_MAX);
  setSetting(db, 'workspace', KEPT, kept);
}

/** The target that was forgotten, or null where there was none. */
export function forgetTarget(db: Db, e164: string): KeptTarget | null {
  const targets = targetsKept(db);
  const gone = targets.find((each) => each.e164 === e164) ?? null;
  if (gone !== null)
    setSetting(
      db,
      'workspace',
      KEPT,
      targets.filter((each) => each !== gone),
    );
  return gone;
}
