import { eq } from 'drizzle-orm';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
import { settings } from './schema/desk.ts';
import { asking, inserting, slot } from './statements.ts';

/**
 * What was set, or null. `scope` says whose it is: `workspace`, `machine`, `agent:7`. The type is taken on
 * trust: whoever reads something that an older Parley may have written parses it.
 */
export function setting<T = unknown>(db: ReadDb, scope: string, key: string): T | null {
  return (one(db).get(scope, key)?.value ?? null) as T | null;
}

const one = asking(settings, { value: settings.value }, 'WHERE scope = +? AND key = +?');

export function settingsOf(db: ReadDb, scope: string): Record<string, unknown> {
  return Object.fromEntries(
    all(db)
      .all({ scope })
      .map(({ key, value }) => [key, value]),
  );
}

const all = prepared((db: ReadDb) =>
  db
    .select({ key: settings.key, value: settings.value })
    .from(settings)
    .where(eq(settings.scope, slot('scope')))
    .prepare(),
);

/** Null takes the setting away. */
export function setSetting(db: Db, scope: string, key: string, value: unknown): void {
  if (value === null || value === undefined) drop(db).run(scope, key);
  else put(db, { scope, key, value });
}

const put = inserting(settings, 'ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value');

const drop = writing('DELETE FROM settings WHERE scope = +? AND key = +?');
