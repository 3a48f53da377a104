import type { Rooms } from './rooms.ts';
import { type AuditEntry, appendAudit } from '../store/audit.ts';
import { withTransaction } from '../store/open.ts';

export type Change = Omit<AuditEntry, 'at' | 'agentId'>;

/** Makes a change and its line in the audit trail in one transaction: neither is there without the other. */
export function audited(rooms: Rooms, change: Change, make: () => void): void {
  const { kernel, person } = rooms.seat;
  if (kernel === null) throw new Error('a change outside of any workspace');
  withTransaction(kernel.db, () => {
    make();
    appendAudit(kernel.db, { ...change, at: kernel.clock.now(), agentId: person?.id ?? null });
  });
}
