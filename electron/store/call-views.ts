import type { CallAskedFor, CallSort } from '../../shared/domain/call-filter.ts';
import { type Db, type ReadDb, reading } from './open.ts';
import { setSetting, setting } from './settings.ts';
import { type Suggested, suggestedFor } from './contact-views.ts';

/** A filter of calls that somebody gave a name: the whole workspace has it. */
export interface CallView {
  readonly name: string;
  readonly filter: string;
  readonly sort: CallSort;
}

const KEY = 'calls.views';
const VIEWS_MAX = 100;

export function callViews(db: ReadDb): CallView[] {
  return setting<CallView[]>(db, 'workspace', KEY) ?? [];
}

/** Saves a view; one of the same name is replaced. */
export function saveCallView(db: Db, view: CallView): CallView[] {
  const others = callViews(db).filter(({ name }) => name.toLowerCase() !== view.name.toLowerCase());
  return keep(db, [...others, view].slice(-VIEWS_MAX));
}

export function removeCallView(db: Db, name: string): CallView[] {
  return keep(
    db,
    callViews(db).filter((view) => view.name !== name),
  );
}

function keep(db: Db, views: CallView[]): CallView[] {
  views.sort((a, b) => a.name.localeCompare(b.name));
  setSetting(db, 'workspace', KEY, views);
  return views;
}

/** Values that a token may have and that begin like what is typed. */
export function suggestedForCalls(db: ReadDb, key: CallAskedFor, begun: string): Suggested[] {
  if (key === 'agent') return agents(db).all({ like: `${begun.trim().replace(/[\\%_]/g, '\\$&')}%` });
  const found = suggestedFor(db, key, begun);
  const isNone = key === 'outcome' && 'none'.startsWith(begun.trim().toLowerCase());
  return isNone ? [...found, { value: 'none', count: null }] : found;
}

const agents = reading<Suggested>(`
  SELECT name AS value, NULL AS count FROM agents WHERE name LIKE :like ESCAPE '\\' ORDER BY name LIMIT 20`);
