import { type AuditEntry, appendAudit } from '../store/audit.ts';
import type { DeskParts } from './work.ts';

/** A line in the audit trail for what an agent did at the desk. Called in the transaction that does it. */
export function noted(parts: DeskParts, agentId: number, change: Omit<AuditEntry, 'at' | 'agentId'>): void {
  appendAudit(parts.db, { ...change, at: parts.clock.now(), agentId });
}
