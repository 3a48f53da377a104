import { and, eq } from 'drizzle-orm';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
import { settings } from './schema/desk.ts';
import { inserting, slot } from './statements.ts';

/** Whose setting: the workspace's, or one agent's or campaign's. */
export type Scope = 'workspace' | `agent:${number}` | `campaign:${number}`;

/** What was set, or undefined. Whoever asks parses it: an older Parley may have written it. */
export function setting(db: ReadDb, scope: Scope, key: string): unknown {
  return one(db).get({ scope, key })?.value;
}

const one = prepared((db: ReadDb) =>
  db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.scope, slot('scope')), eq(settings.key, slot('key'))))
    .prepare(),
);

export function settingsOf(db: ReadDb, scope: Scope): Record<string, unknown> {
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

export function saveSetting(db: Db, scope: Scope, key: string, value: NonNullable<unknown>): void {
  put(db, { scope, key, value });
}

const put = inserting(settings, 'ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value');

export function dropSetting(db: Db, scope: Scope, key: string): void {
  drop(db).run(scope, key);
}

const drop = writing('DELETE FROM settings WHERE scope = ? AND key = ?');
