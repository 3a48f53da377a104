import type { Db } from '../../../electron/store/open.ts';
import { type Breach, ask, askOne, breach } from './breach.ts';

/** The stretches of a session lie end to end and add up to its length. */
export function ledgerAddsUp(db: Db): Breach[] {
  const sessions = ask<{ id: number; s: number; e: number | null }>(
    db,
    'SELECT id, started_at AS s, ended_at AS e FROM sessions',
  );
  return sessions.flatMap(({ id, s, e }) => {
    const rows = ask<{ f: number; u: number | null; kind: string }>(
      db,
      'SELECT from_at AS f, until_at AS u, kind FROM agent_states WHERE session_id = ? ORDER BY from_at, id',
      [id],
    );
    const found: string[] = [];
    for (const [nth, row] of rows.entries()) {
      const next = rows[nth + 1];
      if (next !== undefined && row.u !== next.f)
        found.push(`session ${id}: ${row.kind} ends at ${row.u}, ${next.kind} begins at ${next.f}`);
    }
    if (rows[0]?.f !== s) found.push(`session ${id} began at ${s}, its ledger at ${rows[0]?.f}`);
    if (e !== null && rows.at(-1)?.u !== e)
      found.push(`session ${id} ended at ${e}, its ledger at ${rows.at(-1)?.u}`);
    return found.map((each) => breach('time ledger', each));
  });
}

const LEFT: Readonly<Record<string, string>> = {
  'attempts are open': 'SELECT count(*) AS n, min(to_e164) AS "to" FROM attempts WHERE closed_at IS NULL',
  'calls are live': `SELECT count(*) AS n, min(a.to_e164) AS "to" FROM calls c
    LEFT JOIN attempts a ON a.id = c.attempt_id WHERE c.status <> 'ended'`,
  'events wait': 'SELECT count(*) AS n, NULL AS "to" FROM inbox WHERE applied_at IS NULL',
  'sessions are open': 'SELECT count(*) AS n, NULL AS "to" FROM sessions WHERE ended_at IS NULL',
};

/** When all is over nothing is left open: no lock, no event, no live call. */
export function nothingLeftOpen(db: Db): Breach[] {
  return Object.entries(LEFT).flatMap(([what, sql]) => {
    const { n, to } = askOne<{ n: number; to: string | null }>(db, sql)!;
    return n === 0 ? [] : [breach('nothing left open', `${n} ${what} after the day`, to)];
  });
}
