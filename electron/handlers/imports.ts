import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { GivenFile as ToldFile } from '../../shared/contract/imports.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import type { GivenFile } from '../lists/given-files.ts';
import { NOT_THERE } from '../lists/given-files.ts';
import { type Begun, TOO_LATE } from '../lists/import.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { type Import, importById, importsOf } from '../store/imports.ts';
import { audited } from './audited.ts';
import { groupRow, importRow, importSheet, previewOf, stagedRow } from './import-rows.ts';
import { type Refused, noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

type Handlers = ParleyHandlers<unknown>['imports'];
type Asked<N extends keyof Handlers> = Parameters<Handlers[N]>[0];

/** As many imports as a supervisor looks back on. */
const LISTED_MAX = 100;

/** What a supervisor does with lists from files. Long steps begin here and go on by themselves. */
export function importsHandlers(rooms: Rooms): Handlers {
  const here = <T, R extends Answer<T> | Promise<Answer<T>>>(run: (kernel: Kernel) => R): R | Refused =>
    rooms.seat.kernel === null ? noWorkspace : run(rooms.seat.kernel);
  const withOne = <T, R extends Answer<T> | Promise<Answer<T>>>(
    id: number,
    run: (kernel: Kernel, found: Import) => R,
  ): R | Refused =>
    here<T, R | Refused>((kernel) => {
      const found = importById(kernel.db, id);
      return found === null ? gone : run(kernel, found);
    });

  return {
    list: () => here((kernel) => ok(importsOf(kernel.db, LISTED_MAX).map((each) => importRow(kernel, each)))),
    get: ({ id }) => withOne(id, (kernel, found) => ok(importSheet(kernel, found))),
    paste: ({ text, to }) =>
      here(async ({ imports }) => {
        const kept = await imports.files.paste(text, to);
        return kept.ok ? ok(toldFile(kept.value)) : refuse('not-now', kept.error);
      }),
    preview: ({ fileId, ...chosen }) =>
      here((kernel) => {
        const file = kernel.imports.files.byId(fileId);
        if (file === null) return refuse('not-found', NOT_THERE);
        const seen = previewOf(kernel, file, chosen);
        return seen.ok ? ok({ ...seen.value, file: toldFile(file) }) : refuse('not-now', seen.error);
      }),
    check: (wish) => here((kernel) => check(kernel, wish)),
    groups: ({ id }) => withOne(id, ({ imports }) => ok(imports.groups(id).map(groupRow))),
    rows: ({ id, of, after, limit }) =>
      withOne(id, ({ imports }) => {
        const rows = imports.rows(id, of, after, limit);
        return ok({ rows: rows.map(stagedRow), next: rows.length < limit ? null : rows.at(-1)!.n });
      }),
    exclude: ({ id, of, is }) =>
      withOne(id, ({ imports }, found) => {
        if (found.state !== 'checked' || imports.isRunning(id)) return refuse('not-now', TOO_LATE);
        const rows = imports.exclude(id, of, is);
        tell(rooms);
        return ok({ rows });
      }),
    fixRow: ({ id, n, cells }) =>
      withOne(id, ({ imports }) => {
        const fixed = imports.fixRow(id, n, cells);
        if (fixed === null) return refuse('not-now', TOO_LATE);
        tell(rooms);
        return ok(stagedRow(fixed));
      }),
    fixAlike: ({ id, of, cells, country, zoneIfNone }) =>
      withOne(id, ({ imports }) => {
        const { mapping } = imports.settingsOf(id);
        const isRead = country !== null || zoneIfNone !== null;
        const other = {
          ...mapping,
          country: country ?? mapping.country,
          zoneIfNone: zoneIfNone ?? mapping.zoneIfNone,
        };
        if (zoneIfNone !== null && !isZone(zoneIfNone)) return noZone;
        return started(imports.beginFix(id, of, { cells, ...(isRead ? { mapping: other } : {}) }));
      }),
    exportGroup: ({ id, of, after }) => withOne(id, ({ imports }) => ok(imports.exportPart(id, of, after))),
    commit: ({ id }) =>
      withOne(id, ({ imports }, found) => {
        const begun = imports.beginCommit(id);
        if (begun.ok) note(rooms, 'import.commit', found);
        return started(begun);
      }),
    undo: ({ id }) =>
      withOne(id, ({ imports }, found) => {
        const begun = imports.beginUndo(id);
        if (begun.ok) note(rooms, 'import.undo', found);
        return started(begun);
      }),
    cancel: ({ id }) =>
      withOne(id, ({ imports }) => {
        imports.cancel(id);
        return ok(null);
      }),
    drop: ({ id }) =>
      withOne(id, ({ imports }) => {
        imports.drop(id);
        return ok(null);
      }),
    again: ({ id }) =>
      withOne(id, ({ imports }, found) => {
        const kept = imports.files.offer(imports.settingsOf(id).file, found.fileName);
        return kept.ok ? ok(toldFile(kept.value)) : refuse('not-found', kept.error);
      }),
  };
}

function check(kernel: Kernel, wish: Asked<'check'>): Answer<{ id: number }> {
  const { db, imports } = kernel;
  const { fileId, listName, mapping, ...rest } = wish;
  const file = imports.files.byId(fileId);
  if (file === null) return refuse('not-found', NOT_THERE);
  if (!mapping.columns.some(({ field }) => field === 'phone')) return noPhone;
  if (mapping.zoneIfNone !== null && !isZone(mapping.zoneIfNone)) return noZone;
  const isThere = (id: number) => keptCampaign(db, id)?.deletedAt === null;
  if (!wish.campaignIds.every(isThere))
    return refuse('not-found', 'One of these campaigns is gone. Choose again.');
  const begun = imports.beginCheck({
    ...rest,
    mapping,
    file: file.path,
    fileName: file.name,
    listId: null,
    listName,
  });
  return begun.ok ? ok({ id: begun.value.id }) : refuse('not-now', begun.error);
}

/** The step has begun; what comes of it is told by pushes, and kept for whoever asks. */
function started(begun: Result<Begun, string>): Answer<null> {
  return begun.ok ? ok(null) : refuse('not-now', begun.error);
}

function note(rooms: Rooms, action: string, { id, fileName, counts, added, updated }: Import): void {
  const after = { fileName, counts, added, updated };
  audited(rooms, { action, subject: 'import', subjectId: String(id), before: null, after }, () => {});
}

function tell({ pushes }: Rooms): void {
  pushes.tell('app.changed', () => ({ changes: [{ entity: 'imports', ids: null }] }));
}

function toldFile({ id, name }: GivenFile): ToldFile {
  return { fileId: id, name };
}

function given(kept: Result<GivenFile, string>): Answer<ToldFile> {
  return kept.ok ? ok(toldFile(kept.value)) : refuse('not-now', kept.error);
}

/** What the doors hand over: a file that was dropped on a window, or sent by a page. */
export interface FileDoor {
  offer(path: string): Answer<ToldFile>;
  receive(name: string, body: AsyncIterable<Uint8Array>): Promise<Answer<ToldFile>>;
}

export function fileDoor(rooms: Rooms, whyNot: () => Refused | null): FileDoor {
  const files = () => rooms.seat.kernel?.imports.files ?? null;
  return {
    offer: (path) => whyNot() ?? (files() === null ? noWorkspace : given(files()!.offer(path))),
    async receive(name, body) {
      const refusal = whyNot();
      if (refusal !== null) return refused(refusal.error);
      const to = files();
      return to === null ? noWorkspace : given(await to.receive(name, body));
    },
  };
}

const gone = refuse('not-found', 'This import is gone.');
const noPhone = refuse(
  'bad-arguments',
  'No column is a phone number, so nobody could be called. Say which column has the numbers.',
);
const noZone = refuse(
  'bad-arguments',
  'This is not a time zone such as America/Chicago. Choose another one.',
);
