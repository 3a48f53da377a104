import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js/max';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { GridRow } from '../../shared/contract/contacts.ts';
import { readContactFilter } from '../../shared/domain/contact-filter.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Kernel } from '../kernel.ts';
import { type FilterHome, type ResultRow, contactRows } from '../store/contact-results.ts';
import { removeView, saveView, suggestedFor, viewsOf } from '../store/contact-views.ts';
import { listsOf } from '../store/lists.ts';
import { searchContacts } from '../store/search.ts';
import { bulkHandlers } from './contacts-bulk.ts';
import { exportHandlers } from './contacts-export.ts';
import { mergeHandlers } from './contacts-merge.ts';
import { sheetHandlers } from './contacts-sheet.ts';
import { letGo, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

const PAGE = 100;
/** Rows asked for at once; a screen shows far fewer. */
const ROWS_MAX = 500;

export function contactsHandlers(rooms: Rooms): ParleyHandlers<unknown>['contacts'] {
  return {
    ...bulkHandlers(rooms),
    ...exportHandlers(rooms),
    ...sheetHandlers(rooms),
    ...mergeHandlers(rooms),
    lists: () => within(rooms, ({ db }) => ok(listsOf(db))),
    page: ({ search, after }) =>
      within(rooms, ({ db, home }) => {
        const { rows, next } = searchContacts(db, { search, after, limit: PAGE });
        const shown = rows.map((row) => ({
          ...row,
          number: row.number === null ? '' : showPhone(row.number, home.country),
        }));
        return ok({ rows: shown, next });
      }),
    open: ({ filter, sort }) =>
      within(rooms, async (kernel) => {
        const [mistake] = readContactFilter(filter).mistakes;
        if (mistake !== undefined) return refuse('bad-arguments', mistake.sentence);
        const result = await kernel.contacts.results.open(filter, sort, filterHome(kernel));
        return ok({ resultId: result.id, count: result.ids.length });
      }),
    rows: ({ resultId, from, to }) =>
      within(rooms, (kernel) => {
        const result = kernel.contacts.results.get(resultId);
        if (result === null) return letGo;
        const ids = [...result.ids.subarray(from, Math.min(to, from + ROWS_MAX))];
        return ok({ rows: contactRows(kernel.db, ids).map((row) => gridRow(row, kernel)) });
      }),
    close: ({ resultId }) =>
      within(rooms, ({ contacts }) => {
        contacts.results.close(resultId);
        return ok(null);
      }),
    suggest: ({ key, begun }) => within(rooms, ({ db }) => ok(suggestedFor(db, key, begun))),
    views: () => within(rooms, ({ db }) => ok(viewsOf(db))),
    saveView: (view) =>
      within(rooms, ({ db }) => {
        const views = saveView(db, view);
        sayChanged(rooms, 'contact-views');
        return ok(views);
      }),
    removeView: ({ name }) =>
      within(rooms, ({ db }) => {
        const views = removeView(db, name);
        sayChanged(rooms, 'contact-views');
        return ok(views);
      }),
  };
}

export function filterHome({ clock, home }: Kernel): FilterHome {
  return {
    now: clock.now(),
    zone: home.zone,
    callingCode: getCountryCallingCode(home.country as CountryCode),
  };
}

function gridRow(row: ResultRow | null, { home }: Kernel): GridRow | null {
  if (row === null) return null;
  return {
    ...row,
    tags: [...row.tags],
    number: row.number === null ? '' : showPhone(row.number, home.country),
  };
}
