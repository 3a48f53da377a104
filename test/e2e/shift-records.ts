import { join } from 'node:path';
import { type Page, expect } from '@playwright/test';
import Database from 'better-sqlite3';

/* What a shift has left in the files, asked as plainly as possible: none of the program's own sums are used. */

export interface Stretch {
  readonly session_id: number;
  readonly kind: string;
  readonly reason: string | null;
  readonly from_at: number;
  readonly until_at: number | null;
}

export interface SessionTimes {
  readonly id: number;
  readonly started_at: number;
  readonly ended_at: number | null;
}

export function shiftRecords(dataDir: string) {
  const folder = join(dataDir, 'workspaces/practice');
  const ask = <T>(file: string, sql: string): T[] => {
    const db = new Database(join(folder, file), { readonly: true });
    try {
      return db.prepare<[], T>(sql).all();
    } finally {
      db.close();
    }
  };
  const ours = <T>(sql: string) => ask<T>('parley.db', sql);
  return {
    sessions: () => ours<SessionTimes>('SELECT id, started_at, ended_at FROM sessions ORDER BY id'),
    stretches: () =>
      ours<Stretch>('SELECT session_id, kind, reason, from_at, until_at FROM agent_states ORDER BY id'),
    /** Pairs of calls of one agent that were under way at the same time. */
    livesAtOnce: () =>
      ours<{ a: number; b: number }>(`
        SELECT one.id AS a, other.id AS b FROM calls AS one JOIN calls AS other
          ON other.agent_id = one.agent_id AND other.id > one.id
        WHERE other.answered_at < coalesce(one.ended_at, 9e15) AND one.answered_at < coalesce(other.ended_at, 9e15)`),
    /** Attempts of which nobody has said anything yet. */
    unfiled: () =>
      ours<{ id: string }>(`
        SELECT id FROM attempts WHERE state <> 'refused'
          AND NOT EXISTS (SELECT 1 FROM outcomes WHERE attempt_id = attempts.id AND undone_at IS NULL)`),
    attempts: () =>
      ours<{ id: string; name: string; state: string; to_e164: string }>(`
        SELECT attempts.id, contacts.name, state, to_e164 FROM attempts
        LEFT JOIN contacts ON contacts.id = contact_id ORDER BY intended_at`),
    outcomes: () =>
      ours<{ name: string; what: string; note: string; undone_at: number | null }>(`
        SELECT contacts.name, disposition_id AS what, note, undone_at FROM outcomes
        JOIN contacts ON contacts.id = outcomes.contact_id ORDER BY outcomes.id`),
    /** How often the world was asked to ring, for each of our intents. */
    requestsByIntent: () =>
      ask<{ attempt_id: string; n: number }>(
        'simulated-world.db',
        'SELECT attempt_id, count(*) AS n FROM requests GROUP BY attempt_id',
      ),
    /** What the world was told to do with a call, by its name. */
    interventions: () =>
      ask<{ kind: string }>(
        'simulated-world.db',
        "SELECT json_extract(action, '$.kind') AS kind FROM interventions",
      ).map(({ kind }) => kind),
  };
}

/** What is wrong with a ledger: a gap, an overlap, or an end that is not the session's. Nothing is an empty list. */
export function ledgerTroubles(sessions: readonly SessionTimes[], stretches: readonly Stretch[]): string[] {
  return sessions.flatMap(({ id, started_at, ended_at }) => {
    const own = stretches.filter((each) => each.session_id === id);
    const sum = own.reduce((ms, { from_at, until_at }) => ms + ((until_at ?? Number.NaN) - from_at), 0);
    return [
      ...own.flatMap(({ kind, from_at }, nth) => {
        const before = nth === 0 ? started_at : own[nth - 1]!.until_at;
        return before === from_at ? [] : [`session ${id}: ${kind} begins ${from_at - before!} ms off`];
      }),
      ...(own.at(-1)?.until_at === ended_at ? [] : [`session ${id}: the last stretch does not end with it`]),
      ...(ended_at !== null && sum !== ended_at - started_at
        ? [`session ${id}: ${sum} ms in the ledger of ${ended_at - started_at}`]
        : []),
    ];
  });
}

export interface DayOnScreen {
  readonly rows: readonly { readonly words: string; readonly seconds: number }[];
  readonly together: number;
}

/** “Your day so far”, opened by its key and read off the screen. */
export async function readOwnDay(page: Page): Promise<DayOnScreen> {
  await page.keyboard.press('Alt+y');
  const table = page.getByRole('table', { name: 'Where the time went' });
  await expect(table).toBeVisible();
  const rows = await table.getByRole('row').evaluateAll((found) =>
    found.map((row) => ({
      words: row.querySelector('th')!.textContent,
      time: row.querySelector('td > span')!.textContent,
    })),
  );
  await page.keyboard.press('Escape');
  await expect(table).not.toBeVisible();
  const read = rows.map(({ words, time }) => ({ words, seconds: secondsOf(time) }));
  return { rows: read.slice(0, -1), together: read.at(-1)!.seconds };
}

/** `1:02:03` or `02:03`. */
function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

const WORDS: Readonly<Record<string, string>> = {
  connected: 'Talking',
  'on-hold': 'On hold',
  ringing: 'Ringing',
  dialing: 'Dialing',
  previewing: 'Looking at the next contact',
  'wrap-up': 'Writing it up',
  paused: 'Paused',
};

/** The time in the ledger of what the screen calls by these words. */
export function secondsIn(stretches: readonly Stretch[], words: string): number {
  const ms = stretches
    .filter(({ kind, reason }) => (reason === null ? WORDS[kind] : `${WORDS[kind]}: ${reason}`) === words)
    .reduce((sum, { from_at, until_at }) => sum + until_at! - from_at, 0);
  return ms / 1000;
}
