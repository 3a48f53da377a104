import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { CallRow, FoundCall } from '../../shared/contract/records.ts';
import { type CallFilter, readCallFilter } from '../../shared/domain/call-filter.ts';
import { excerptOf } from '../../shared/domain/excerpt.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { idsIn } from '../contacts/bulk.ts';
import type { Kernel } from '../kernel.ts';
import { appendAudit } from '../store/audit.ts';
import { type ResultCall, callRows, saidIn } from '../store/call-rows.ts';
import { callViews, removeCallView, saveCallView, suggestedForCalls } from '../store/call-views.ts';
import { callDetailsHandlers } from './call-details.ts';
import { exportRow } from './contacts-export.ts';
import { filterHome } from './contacts.ts';
import { letGo, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

/** Rows asked for at once; a screen shows far fewer. */
const ROWS_MAX = 500;

export function callsHandlers(rooms: Rooms): ParleyHandlers<unknown>['calls'] {
  return {
    ...callDetailsHandlers(rooms),
    open: ({ filter, sort }) =>
      within(rooms, async (kernel) => {
        const [mistake] = readCallFilter(filter).mistakes;
        if (mistake !== undefined) return refuse('bad-arguments', mistake.sentence);
        const { id, ids } = await kernel.calls.results.open(filter, sort, filterHome(kernel));
        return ok({ resultId: id, count: ids.length, zone: kernel.home.zone });
      }),
    rows: ({ resultId, from, to }) =>
      within(rooms, (kernel) => {
        const result = kernel.calls.results.get(resultId);
        if (result === null) return letGo;
        const ids = [...result.ids.subarray(from, Math.min(to, from + ROWS_MAX))];
        return ok({ rows: foundRows(kernel, ids, readCallFilter(result.filter)) });
      }),
    close: ({ resultId }) =>
      within(rooms, ({ calls }) => {
        calls.results.close(resultId);
        return ok(null);
      }),
    figures: ({ filter }) =>
      within(rooms, async (kernel) => {
        const [mistake] = readCallFilter(filter).mistakes;
        if (mistake !== undefined) return refuse('bad-arguments', mistake.sentence);
        const figures = await kernel.calls.figures(filter, filterHome(kernel));
        return ok({ ...figures, costs: [...figures.costs] });
      }),
    suggest: ({ key, begun }) => within(rooms, ({ db }) => ok(suggestedForCalls(db, key, begun))),
    views: () => within(rooms, ({ db }) => ok(callViews(db))),
    saveView: (view) =>
      within(rooms, ({ db }) => {
        const views = saveCallView(db, view);
        sayChanged(rooms, 'call-views');
        return ok(views);
      }),
    removeView: ({ name }) =>
      within(rooms, ({ db }) => {
        const views = removeCallView(db, name);
        sayChanged(rooms, 'call-views');
        return ok(views);
      }),
    export: ({ target, format }) =>
      within(rooms, ({ db, calls, contacts, clock, home }) => {
        const result = calls.results.get(target.resultId);
        if (result === null) return letGo;
        const ids = idsIn(result.ids, target.ranges);
        const now = clock.now();
        const begun = contacts.exports.begin('calls', ids, format, localTime(now, home.zone).date);
        if (!begun.ok) return refuse('not-now', begun.error);
        appendAudit(db, {
          at: now,
          agentId: rooms.seat.person?.id ?? null,
          action: 'calls.exported',
          subject: 'calls',
          subjectId: null,
          before: null,
          after: { calls: ids.length, format },
        });
        return ok(exportRow(begun.value));
      }),
  };
}

/** Rows with the place where the words of the filter stand in them: in the note, or in what was said. */
function foundRows({ db, home }: Kernel, ids: number[], filter: CallFilter): (FoundCall | null)[] {
  const looked = [...filter.phrases, ...filter.words];
  const said = looked.length === 0 ? new Map<number, string[]>() : textsByCall(db, ids);
  return callRows(db, ids).map((row) => {
    if (row === null) return null;
    const note = excerptOf([row.note ?? ''], looked);
    const spoken = note === null ? excerptOf(said.get(row.id) ?? [], looked) : null;
    const found =
      note !== null
        ? { where: 'note' as const, ...note }
        : spoken !== null
          ? { where: 'transcript' as const, ...spoken }
          : null;
    return { ...callRow(row, home.country), found };
  });
}

function textsByCall(db: Kernel['db'], ids: readonly number[]): Map<number, string[]> {
  const texts = new Map<number, string[]>();
  for (const { callId, text } of saidIn(db, ids)) texts.set(callId, [...(texts.get(callId) ?? []), text]);
  return texts;
}

function callRow({ contact, end, number, ...row }: ResultCall, country: string): CallRow {
  return {
    ...row,
    end,
    name: contact ?? 'Unknown',
    number: number === '' ? '' : showPhone(number as E164, country),
    agent: row.agent ?? '',
    campaign: row.campaign ?? '',
    note: row.note ?? '',
  };
}
