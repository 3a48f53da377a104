import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import { type E164, showPhone } from '../../shared/domain/phone.ts';
import { type DoubleRow, doublesOf } from '../store/contact-doubles.ts';
import { mergeContacts, mergesOf, undoMerge } from '../store/contact-merge.ts';
import { contactById } from '../store/contacts.ts';
import { appendAudit } from '../store/audit.ts';
import type { Db } from '../store/open.ts';
import { withTransaction } from '../store/open.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Group = ParleyHandlers<unknown>['contacts'];

/** Two contacts that turned out to be one person: found, made one, and taken apart again. */
export function mergeHandlers(rooms: Rooms): Pick<Group, 'doubles' | 'merges' | 'merge' | 'undoMerge'> {
  return {
    doubles: ({ id }) =>
      within(rooms, ({ db, home }) => ok(doublesOf(db, id).map((each) => doubleRow(each, home.country)))),
    merges: ({ id }) =>
      within(rooms, ({ db }) =>
        ok(
          mergesOf(db, id).map(({ id: mergeId, goneName, madeAt, undoneAt }) => ({
            id: mergeId,
            goneName,
            madeAt,
            undoneAt,
          })),
        ),
      ),
    merge: ({ keptId, goneId }) =>
      within(rooms, ({ db, clock }) => {
        const gone = contactById(db, goneId)?.name ?? null;
        const merged = withTransaction(db, () => {
          const made = mergeContacts(db, keptId, goneId, clock.now());
          if (made.ok) noted(rooms, db, 'contact.merge', keptId, { with: gone });
          return made;
        });
        if (!merged.ok) return refuse('not-now', merged.error);
        sayChanged(rooms, 'contacts');
        return ok(merged.value);
      }),
    undoMerge: ({ mergeId }) =>
      within(rooms, ({ db, clock }) => {
        const apart = withTransaction(db, () => {
          const done = undoMerge(db, mergeId, clock.now());
          if (done.ok) noted(rooms, db, 'contact.apart', null, { merge: mergeId });
          return done;
        });
        if (!apart.ok) return refuse('not-now', apart.error);
        sayChanged(rooms, 'contacts');
        return ok(null);
      }),
  };
}

function noted({ seat }: Rooms, db: Db, action: string, contactId: number | null, after: object): void {
  const subjectId = contactId === null ? null : String(contactId);
  const at = seat.kernel!.clock.now();
  const agentId = seat.person?.id ?? null;
  appendAudit(db, { at, agentId, action, subject: 'contact', subjectId, before: null, after });
}

function doubleRow({ hasNumber, hasEmail, number, ...row }: DoubleRow, country: string) {
  const shares = [hasNumber === 1 && 'the same number', hasEmail === 1 && 'the same mail address'];
  return {
    ...row,
    number: number === null ? '' : showPhone(number as E164, country),
    shares: shares.filter((each) => each !== false).join(' and '),
  };
}
