import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared } from './open.ts';
import { type Page, pageOf } from './page.ts';
import { agents, audit } from './schema/desk.ts';
import { inserting, slot } from './statements.ts';

/** Who changed what, and what it was before. Written in the transaction that makes the change. */
export interface AuditEntry {
  readonly at: Instant;
  /** Null when Parley did it by itself. */
  readonly agentId: number | null;
  readonly action: string;
  readonly subject: string;
  readonly subjectId: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AuditRow extends AuditEntry {
  readonly id: number;
  readonly who: string | null;
}

export function appendAudit(db: Db, entry: AuditEntry): number {
  return append(db, entry).id;
}

const append = inserting(audit);

/** The log, newest first. `before` is the last page's `next`. */
export function auditPage(db: ReadDb, limit: number, before: number | null = null): Page<AuditRow> {
  const rows = page(db).all({ limit: limit + 1, before: before ?? Number.MAX_SAFE_INTEGER });
  return pageOf(rows, limit, (row) => row.id);
}

const page = prepared((db: ReadDb) => rowsBefore(db, undefined).prepare());

/** The log of one thing: one campaign, one contact. */
export function auditOf(
  db: ReadDb,
  subject: string,
  subjectId: string,
  limit: number,
  before: number | null = null,
): Page<AuditRow> {
  const from = before ?? Number.MAX_SAFE_INTEGER;
  return pageOf(
    about(db).all({ subject, subjectId, limit: limit + 1, before: from }),
    limit,
    (row) => row.id,
  );
}

const about = prepared((db: ReadDb) =>
  rowsBefore(db, and(eq(audit.subject, slot('subject')), eq(audit.subjectId, slot('subjectId')))).prepare(),
);

function rowsBefore(db: ReadDb, only: ReturnType<typeof and>) {
  return db
    .select({
      id: audit.id,
      at: audit.at,
      agentId: audit.agentId,
      who: agents.name,
      action: audit.action,
      subject: audit.subject,
      subjectId: audit.subjectId,
      before: audit.before,
      after: audit.after,
    })
    .from(audit)
    .leftJoin(agents, eq(agents.id, audit.agentId))
    .where(and(only, lt(audit.id, slot('before'))))
    .orderBy(desc(audit.id))
    .limit(sql.placeholder('limit'));
}
