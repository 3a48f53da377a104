import type { Law } from '../../shared/contract/law.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { Closure } from '../../shared/domain/law/rule.ts';
import { stateCodes } from '../../shared/domain/places/states.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { firstInstant, isZone, localTime } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import { addOverride, removeOverride } from '../store/law-overrides.ts';
import { comparedOf, ownHoursOf, setCompared, setOwnHours } from '../store/own-law.ts';
import { closuresIn, lawIn, writeClosures } from '../workspace-law.ts';
import { keepHome } from '../workspaces.ts';
import { type Change, audited } from './audited.ts';
import { lawShown, wholeLaw } from './law-shown.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** The book of law: whoever works here may read it, and what a supervisor changes holds for the next call. */
export function lawHandlers(rooms: Rooms): ParleyHandlers<unknown>['law'] {
  const within = (run: (kernel: Kernel, folder: string) => Answer<Law>): Answer<Law> => {
    const { kernel, workspace } = rooms.seat;
    return kernel === null || workspace === null ? noWorkspace : run(kernel, workspace.folder);
  };
  /** Whoever calls obeys it from here on; those who wait for the law are planned anew. */
  const obeyed = (kernel: Kernel, folder: string): Answer<Law> => {
    kernel.lawChanged(lawIn(folder, rooms.log));
    rooms.pushes.tell('app.changed', () => ({ changes: [{ entity: 'law', ids: null }] }));
    return shown(kernel, folder);
  };
  const change = (kernel: Kernel, folder: string, entry: Omit<Change, 'subject'>, make: () => void) => {
    audited(rooms, { ...entry, subject: 'law' }, make);
    return obeyed(kernel, folder);
  };
  const me = () => rooms.seat.person!;

  return {
    read: () => within(shown),
    text() {
      const { kernel } = rooms.seat;
      if (kernel === null) return noWorkspace;
      const { rules, closures } = kernel.law;
      return {
        ok: true,
        value: { rules: rules.map((each) => ({ ...each })), closures: closures.map((each) => ({ ...each })) },
      };
    },
    override: ({ rule, reason }) =>
      within((kernel, folder) => {
        const { name: by, id } = me();
        const at = kernel.clock.now();
        const added = addOverride(kernel.db, wholeLaw(kernel, folder), { rule, by, reason, at }, id);
        return added.ok ? obeyed(kernel, folder) : refuse('not-allowed', added.error);
      }),
    restore: ({ rule }) =>
      within((kernel, folder) =>
        removeOverride(kernel.db, rule, { at: kernel.clock.now() }, me().id)
          ? obeyed(kernel, folder)
          : refuse('not-found', 'This rule is in force already.'),
      ),
    addOwnHours: ({ jurisdiction, weekdays, from, to, reason }) =>
      within((kernel, folder) => {
        const before = ownHoursOf(kernel.db);
        const id = freeId('own-hours', before);
        const times = `${timeText(from)}-${timeText(to)}`;
        const days = Object.fromEntries(
          [...new Set(weekdays)].sort((a, b) => a - b).map((day) => [DAYS[day - 1]!, [times]]),
        );
        const hours = { id, jurisdiction, days, by: me().name, reason, on: today(kernel) };
        return change(
          kernel,
          folder,
          { action: 'law.own-hours', subjectId: id, before: null, after: hours },
          () => setOwnHours(kernel.db, [...before, hours]),
        );
      }),
    removeOwnHours: ({ id }) =>
      within((kernel, folder) => {
        const all = ownHoursOf(kernel.db);
        const gone = all.find((each) => each.id === id);
        if (gone === undefined) return refuse('not-found', 'These hours are gone already.');
        return change(
          kernel,
          folder,
          { action: 'law.own-hours', subjectId: id, before: gone, after: null },
          () =>
            setOwnHours(
              kernel.db,
              all.filter((each) => each !== gone),
            ),
        );
      }),
    close: ({ jurisdiction, from, until, citation }) =>
      within((kernel, folder) => {
        const kept = closuresIn(folder);
        if (!kept.ok) return refuse('conflict', kept.error);
        const note = `Closed by ${me().name}.`;
        const closure = { id: freeId('closure', kept.value), jurisdiction, from, until, citation, note };
        return change(
          kernel,
          folder,
          { action: 'law.close', subjectId: closure.id, before: null, after: closure },
          () => writeClosures(folder, [...kept.value, closure]),
        );
      }),
    reopen: ({ id }) =>
      within((kernel, folder) => {
        const kept = closuresIn(folder);
        if (!kept.ok) return refuse('conflict', kept.error);
        const gone = kept.value.find((each: Closure) => each.id === id);
        if (gone === undefined)
          return refuse('not-found', 'These days are not closed here, or came with Parley.');
        return change(
          kernel,
          folder,
          { action: 'law.reopen', subjectId: id, before: gone, after: null },
          () =>
            writeClosures(
              folder,
              kept.value.filter((each) => each !== gone),
            ),
        );
      }),
    compared: ({ rule, on }) =>
      within((kernel, folder) => {
        const register = kernel.law.rules.find((each) => each.id === rule && each.kind === 'scrub-age');
        if (register === undefined) return refuse('not-found', 'There is no such register.');
        if (on > today(kernel))
          return refuse('bad-arguments', `${on} has not come yet. Nothing was changed.`);
        const all = comparedOf(kernel.db);
        const at = startOf(kernel, on);
        const after = { at, by: me().name };
        const before = all[rule] ?? null;
        return change(
          kernel,
          folder,
          { action: 'law.compared', subjectId: rule, before, after: { ...after, on } },
          () => setCompared(kernel.db, { ...all, [rule]: after }),
        );
      }),
    setHomeState: ({ state }) =>
      within((kernel, folder) => {
        const { home } = kernel;
        if (state !== null && !(stateCodes.includes(state) && state.startsWith(`${home.country}-`)))
          return refuse('bad-arguments', 'Choose a state of your own country. Nothing was changed.');
        const before = { state: home.state ?? null };
        const entry = { action: 'law.home-state', subjectId: null, before, after: { state } };
        return change(kernel, folder, entry, () => {
          keepHome(folder, { ...home, state });
          Object.assign(home, { state });
        });
      }),
  };
}

function shown(kernel: Kernel, folder: string): Answer<Law> {
  return { ok: true, value: lawShown(kernel, folder) };
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** An id that none of them has: the highest number of its kind, and one more. */
function freeId(kind: string, all: readonly { readonly id: string }[]): string {
  const numbers = all.map(({ id }) => Number(id.startsWith(`${kind}-`) ? id.slice(kind.length + 1) : 0) || 0);
  return `${kind}-${Math.max(0, ...numbers) + 1}`;
}

function today({ clock, home }: Kernel): string {
  return localTime(clock.now(), isZone(home.zone) ? home.zone : 'UTC').date;
}

function startOf({ home }: Kernel, date: string): Instant {
  return firstInstant(date, 0, isZone(home.zone) ? home.zone : 'UTC');
}
