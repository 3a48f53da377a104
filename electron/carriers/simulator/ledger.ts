import Database from 'better-sqlite3';
import type { E164 } from '../../../shared/domain/phone.ts';
import type { Instant } from '../../../shared/lib/instants.ts';
import type { CallAction, PlaceRequest, Placed, Spoken } from '../carrier.ts';
import type { Intervention, PlacedCall } from './life.ts';

/** One request to place a call, as the world received it, whatever became of it. */
export interface LoggedRequest extends PlaceRequest {
  readonly id: number;
  readonly at: Instant;
  readonly answer: Placed['kind'];
  /** Set where there is a call, whether or not the answer said so. */
  readonly callRef: string | null;
  /** When looking for the call begins to find it. */
  readonly visibleAt: Instant;
}

export interface Ledger {
  log(request: Omit<LoggedRequest, 'id'>): void;
  requests(): readonly LoggedRequest[];
  requestCountOf(attemptId: string): number;
  call(callRef: string): PlacedCall | null;
  callOf(attemptId: string, seenAt: Instant): PlacedCall | null;
  callsSince(at: Instant): readonly PlacedCall[];
  page(
    from: Instant,
    to: Instant,
    seenAt: Instant,
    before: number,
    size: number,
  ): readonly (PlacedCall & { id: number })[];
  intervene(callRef: string, intervention: Intervention): void;
  interventionsIn(callRef: string): readonly Intervention[];
  /** Rises when another process has written to the same world. */
  version(): number;
  close(): void;
}

interface RequestRow {
  readonly id: number;
  readonly at: number;
  readonly attempt_id: string;
  readonly to_number: string;
  readonly from_number: string;
  readonly ring_ms: number;
  readonly record: number;
  readonly detect_machine: number;
  readonly say: string | null;
  readonly answer: string;
  readonly call_ref: string | null;
  readonly visible_at: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    attempt_id TEXT NOT NULL,
    to_number TEXT NOT NULL,
    from_number TEXT NOT NULL,
    ring_ms INTEGER NOT NULL,
    record INTEGER NOT NULL,
    detect_machine INTEGER NOT NULL,
    answer TEXT NOT NULL,
    call_ref TEXT,
    visible_at INTEGER NOT NULL,
    say TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS requests_by_call ON requests (call_ref) WHERE call_ref IS NOT NULL;
  CREATE INDEX IF NOT EXISTS requests_by_attempt ON requests (attempt_id);
  CREATE INDEX IF NOT EXISTS requests_by_time ON requests (at);
  CREATE TABLE IF NOT EXISTS interventions (
    id INTEGER PRIMARY KEY,
    call_ref TEXT NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS interventions_by_call ON interventions (call_ref);
`;

/**
 * What the simulated world remembers. In a file of its own, and on the disk before we answer: when our process is
 * killed the world goes on, as a real carrier would.
 */
export function openLedger(file: string): Ledger {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 5000');
  db.exec(SCHEMA);
  addSay(db);
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  return {
    ...requestsOf(db),
    ...interventionsOf(db),
    // A world in memory is nobody else's.
    version: () => (file === ':memory:' ? 0 : (version.get() ?? 0)),
    close: () => void db.close(),
  };
}

/** Worlds from before there were recorded messages know nothing of what was said. */
function addSay(db: Database.Database): void {
  const add = db.transaction(() => {
    const columns = db.pragma('table_info(requests)') as { name: string }[];
    if (!columns.some(({ name }) => name === 'say')) db.exec('ALTER TABLE requests ADD COLUMN say TEXT');
  });
  // Under the lock: another process may open the same world at this moment.
  add.immediate();
}

function requestsOf(db: Database.Database) {
  const insert = db.prepare(
    `INSERT INTO requests (at, attempt_id, to_number, from_number, ring_ms, record, detect_machine, answer, call_ref, visible_at, say)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const all = db.prepare<[], RequestRow>('SELECT * FROM requests ORDER BY id');
  const count = db.prepare<[string], number>('SELECT count(*) FROM requests WHERE attempt_id = +?').pluck();
  const byRef = db.prepare<[string], RequestRow>('SELECT * FROM requests WHERE call_ref = +?');
  const byAttempt = db.prepare<[string, number], RequestRow>(
    `SELECT * FROM requests WHERE attempt_id = +? AND call_ref IS NOT NULL AND visible_at <= +? ORDER BY id LIMIT 1`,
  );
  const since = db.prepare<[number], RequestRow>(
    'SELECT * FROM requests WHERE at >= +? AND call_ref IS NOT NULL ORDER BY id',
  );
  const page = db.prepare<[number, number, number, number, number], RequestRow>(
    `SELECT * FROM requests
     WHERE at >= +? AND at < +? AND call_ref IS NOT NULL AND visible_at <= +? AND id < +? ORDER BY id DESC LIMIT +?`,
  );
  return {
    log(r: Omit<LoggedRequest, 'id'>) {
      const flags = [Number(r.record), Number(r.detectMachine)];
      const say = r.say === undefined ? null : JSON.stringify(r.say);
      insert.run(r.at, r.attemptId, r.to, r.from, r.ringMs, ...flags, r.answer, r.callRef, r.visibleAt, say);
    },
    requests: () => all.all().map(requestIn),
    requestCountOf: (attemptId: string) => count.get(attemptId) ?? 0,
    call: (callRef: string) => callIn(byRef.get(callRef)),
    callOf: (attemptId: string, seenAt: Instant) => callIn(byAttempt.get(attemptId, seenAt)),
    callsSince: (at: Instant) => since.all(at).flatMap((row) => callIn(row) ?? []),
    page: (from: Instant, to: Instant, seenAt: Instant, before: number, size: number) =>
      page.all(from, to, seenAt, before, size).flatMap((row) => {
        const call = callIn(row);
        return call === null ? [] : [{ ...call, id: row.id }];
      }),
  };
}

function interventionsOf(db: Database.Database) {
  const insert = db.prepare('INSERT INTO interventions (call_ref, at, action) VALUES (?, ?, ?)');
  const byCall = db.prepare<[string], { readonly at: number; readonly action: string }>(
    'SELECT at, action FROM interventions WHERE call_ref = +? ORDER BY at, id',
  );
  return {
    intervene(callRef: string, { at, action }: Intervention) {
      insert.run(callRef, at, JSON.stringify(action));
    },
    interventionsIn: (callRef: string): readonly Intervention[] =>
      byCall
        .all(callRef)
        .map(({ at, action }) => ({ at: at as Instant, action: JSON.parse(action) as CallAction })),
  };
}

function requestIn(row: RequestRow): LoggedRequest {
  return {
    id: row.id,
    at: row.at as Instant,
    attemptId: row.attempt_id,
    to: row.to_number as E164,
    from: row.from_number,
    ringMs: row.ring_ms,
    record: row.record === 1,
    detectMachine: row.detect_machine === 1,
    ...(row.say === null ? {} : { say: JSON.parse(row.say) as Spoken }),
    answer: row.answer as Placed['kind'],
    callRef: row.call_ref,
    visibleAt: row.visible_at as Instant,
  };
}

function callIn(row: RequestRow | undefined): PlacedCall | null {
  if (!row || row.call_ref === null) return null;
  const { attemptId, to, from, ringMs, record, detectMachine, at, say } = requestIn(row);
  const call = { callRef: row.call_ref, placedAt: at, attemptId, to, from, ringMs, record, detectMachine };
  return say === undefined ? call : { ...call, say };
}
