import type { ExportRow } from '../../shared/contract/contacts.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { idsIn } from '../contacts/bulk.ts';
import type { Exported } from '../contacts/exports.ts';
import { appendAudit } from '../store/audit.ts';
import { letGo, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

type Group = ParleyHandlers<unknown>['contacts'];

/** Where a page fetches a finished file, with a word that is good once. */
export const EXPORTS_PATH = '/exports/';

/** Contacts that leave in a file: written aside, followed, stopped, and handed over. */
export function exportHandlers(
  rooms: Rooms,
): Pick<Group, 'export' | 'exported' | 'stopExport' | 'takeExport'> {
  return {
    export: ({ target, format }) =>
      within(rooms, ({ db, contacts, clock, home }) => {
        const result = contacts.results.get(target.resultId);
        if (result === null) return letGo;
        const ids = idsIn(result.ids, target.ranges);
        const now = clock.now();
        const begun = contacts.exports.begin('contacts', ids, format, localTime(now, home.zone).date);
        if (!begun.ok) return refuse('not-now', begun.error);
        const line = {
          at: now,
          agentId: rooms.seat.person?.id ?? null,
          subject: 'contacts',
          subjectId: null,
        };
        appendAudit(db, {
          ...line,
          action: 'contacts.exported',
          before: null,
          after: { contacts: ids.length, format },
        });
        return ok(exportRow(begun.value));
      }),
    exported: ({ id }) =>
      within(rooms, ({ contacts }) => {
        const found = contacts.exports.get(id);
        return found === null ? gone : ok(exportRow(found));
      }),
    stopExport: ({ id }) =>
      within(rooms, ({ contacts }) => {
        contacts.exports.stop(id);
        return ok(null);
      }),
    takeExport: ({ id }) =>
      within(rooms, async ({ contacts }) => {
        const file = contacts.exports.pathOf(id);
        if (file === null) return gone;
        const { saveFile } = rooms.host;
        if (saveFile !== undefined) return taken(null, await saveFile(file.path, file.name));
        return taken(EXPORTS_PATH + (contacts.exports.ticketFor(id) ?? ''), false);
      }),
  };
}

function taken(link: string | null, isSaved: boolean): Answer<{ link: string | null; isSaved: boolean }> {
  return ok({ link, isSaved });
}

const gone = refuse('not-found', 'This file is no longer here. Export it again.');

export function exportRow({ id, name, state, total, done, trouble }: Exported): ExportRow {
  return { id, name, state, total, done, trouble };
}
