import type { LeftAlone, RegistryRow } from '../../shared/contract/do-not-call.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, readPhone, showPhone } from '../../shared/domain/phone.ts';
import { ageOf } from '../../shared/domain/registry-age.ts';
import { type Result, ok as fine, refused } from '../../shared/lib/result.ts';
import { instant } from '../../shared/lib/instants.ts';
import { isDate } from '../../shared/lib/zoned-time.ts';
import { numbersIn, wholeLines } from '../contacts/registry-text.ts';
import { breathe } from '../dialer/breathe.ts';
import type { Kernel } from '../kernel.ts';
import {
  type DoNotCallEntry,
  doNotCallCount,
  doNotCallEntry,
  doNotCallPage,
  removeEntry,
} from '../store/do-not-call-list.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { withTransaction } from '../store/open.ts';
import {
  type ListedRegistry,
  addRegistry,
  addRegistryNumbers,
  clearDropped,
  dropRegistry,
  registriesOf,
  registryById,
  useRegistry,
} from '../store/registries.ts';
import type { DoNotCallKind } from '../store/schema/book.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Group = ParleyHandlers<unknown>['doNotCall'];

const PAGE = 100;
const SLICE_ROWS = 250;
const TROUBLES_TOLD = 20;

/** Who is never rung: the own list, and the registers that the law says to ask. */
export function doNotCallHandlers(rooms: Rooms): Group {
  /** The beginning of a line whose end comes with the next piece, for each register that is being read. */
  const rests = new Map<number, string>();
  return {
    page: ({ search, kind, before }) =>
      within(rooms, ({ db, home }) => {
        const { rows, next } = doNotCallPage(db, { search, kind, before, limit: PAGE });
        return ok({ rows: rows.map((row) => entryRow(row, home.country)), next, total: doNotCallCount(db) });
      }),
    add: ({ kind, text, reason, source }) =>
      within(rooms, (kernel) => addAll(rooms, kernel, kind, text, { reason, source })),
    remove: ({ id, why }) =>
      within(rooms, ({ db }) => {
        const entry = doNotCallEntry(db, id);
        if (entry === null) return refuse('not-found', 'This entry is gone already.');
        const { kind, value, reason } = entry;
        const line = { action: 'do-not-call.remove', subject: 'do-not-call', subjectId: value };
        audited(rooms, { ...line, before: { kind, value, reason }, after: { why } }, () =>
          removeEntry(db, id),
        );
        sayChanged(rooms, 'do-not-call');
        return ok(null);
      }),
    registries: () =>
      within(rooms, (kernel) => ok(registriesOf(kernel.db).map((each) => registryRow(kernel, each)))),
    beginRegistry: ({ asOf, covers, ...given }) =>
      within(rooms, (kernel) => {
        const made = Date.parse(`${asOf}T00:00:00Z`);
        const now = kernel.clock.now();
        if (!isDate(asOf)) return refuse('bad-arguments', `${asOf} is no date there is.`);
        if (made > now)
          return refuse('bad-arguments', `${asOf} lies ahead. Use the date the register was made on.`);
        const prefixes = covers.map(prefixIn);
        const wrong = covers.find((_, nth) => prefixes[nth] === null);
        if (wrong !== undefined)
          return refuse(
            'bad-arguments',
            `“${wrong}” is not the beginning of a number. Write area codes such as 212.`,
          );
        const registry = {
          ...given,
          asOf: instant(made),
          covers: prefixes.filter((each) => each !== null),
          readAt: now,
          byAgent: rooms.seat.person?.id ?? null,
        };
        return registryAnswer(kernel, addRegistry(kernel.db, registry));
      }),
    addToRegistry: ({ id, text }) =>
      within(rooms, async (kernel) => {
        const registry = registryById(kernel.db, id);
        if (registry === null || registry.state !== 'reading') return goneRegistry;
        const { lines, rest } = wholeLines((rests.get(id) ?? '') + text);
        rests.set(id, rest);
        await takeLines(kernel, registry, lines);
        return registryAnswer(kernel, id);
      }),
    endRegistry: ({ id }) =>
      within(rooms, async (kernel) => {
        const { db } = kernel;
        const registry = registryById(db, id);
        if (registry === null || registry.state !== 'reading') return goneRegistry;
        await takeLines(kernel, registry, [rests.get(id) ?? '']);
        rests.delete(id);
        const { name, jurisdiction, numbers } = registryById(db, id)!;
        if (numbers === 0) {
          dropRegistry(db, id);
          sayChanged(rooms, 'do-not-call');
          return refuse(
            'bad-arguments',
            'No number was found in this file, so nothing was changed. It should have one number to a line.',
          );
        }
        const line = { action: 'registry.use', subject: 'registry', subjectId: String(id) };
        audited(rooms, { ...line, before: null, after: { name, jurisdiction, numbers } }, () =>
          useRegistry(db, id),
        );
        kernel.lawChanged();
        sayChanged(rooms, 'do-not-call');
        void clearAway(kernel);
        return registryAnswer(kernel, id);
      }),
    dropRegistry: ({ id }) =>
      within(rooms, (kernel) => {
        const registry = registryById(kernel.db, id);
        if (registry === null || registry.state === 'dropped') return goneRegistry;
        rests.delete(id);
        const { name, jurisdiction, numbers } = registry;
        const line = { action: 'registry.drop', subject: 'registry', subjectId: String(id) };
        audited(rooms, { ...line, before: { name, jurisdiction, numbers }, after: null }, () =>
          dropRegistry(kernel.db, id),
        );
        kernel.lawChanged();
        sayChanged(rooms, 'do-not-call');
        void clearAway(kernel);
        return ok(null);
      }),
  };
}

const goneRegistry = refuse('not-found', 'This register is not being read any more. Read the file in again.');

async function takeLines(
  { db }: Kernel,
  { id, jurisdiction }: ListedRegistry,
  lines: readonly string[],
): Promise<void> {
  const country = jurisdiction.slice(0, 2);
  for (let at = 0; at < lines.length; at += SLICE_ROWS) {
    const { numbers, skipped } = numbersIn(lines.slice(at, at + SLICE_ROWS), country);
    if (numbers.length + skipped > 0) addRegistryNumbers(db, id, numbers, skipped);
    await breathe();
  }
}

/** Numbers of registers out of use go in the background; they are asked of no more from the first moment. */
async function clearAway({ db }: Kernel): Promise<void> {
  while (db.$client.open && clearDropped(db, SLICE_ROWS) > 0) await breathe();
}

function registryAnswer(kernel: Kernel, id: number): Answer<RegistryRow> {
  const registry = registryById(kernel.db, id);
  return registry === null ? goneRegistry : ok(registryRow(kernel, registry));
}

function registryRow({ clock }: Kernel, { by, covers, ...registry }: ListedRegistry): RegistryRow {
  const { age, sentence } = ageOf(registry.asOf, clock.now());
  return { ...registry, covers: [...covers], by: by ?? 'Parley', age, sentence };
}

function prefixIn(typed: string): string | null {
  const digits = typed.replace(/[\s().+-]/g, '');
  if (!/^\d{1,14}$/.test(digits)) return null;
  return typed.trim().startsWith('+') || digits.length !== 3 ? `+${digits}` : `+1${digits}`;
}

function entryRow({ by, source, ...entry }: DoNotCallEntry, country: string): LeftAlone {
  const shown = entry.kind === 'number' ? showPhone(entry.value as E164, country) : entry.value;
  return { ...entry, shown, source: source ?? '', by: by ?? 'Parley' };
}

async function addAll(
  rooms: Rooms,
  kernel: Kernel,
  kind: DoNotCallKind,
  text: string,
  why: { readonly reason: string; readonly source: string },
): Promise<Awaited<ReturnType<Group['add']>>> {
  const { db, clock, home } = kernel;
  const byAgent = rooms.seat.person?.id ?? null;
  const lines = text.split(/\r\n|\r|\n/);
  const troubles: { line: number; sentence: string }[] = [];
  let [added, known, troubleCount] = [0, 0, 0];
  for (let at = 0; at < lines.length; at += SLICE_ROWS) {
    withTransaction(db, () => {
      for (const [nth, line] of lines.slice(at, at + SLICE_ROWS).entries()) {
        if (line.trim() === '') continue;
        const read = valueIn(kind, line, home.country);
        if (!read.ok) {
          troubleCount += 1;
          if (troubles.length < TROUBLES_TOLD) troubles.push({ line: at + nth + 1, sentence: read.error });
        } else if (addDoNotCall(db, { kind, value: read.value, ...why, since: clock.now(), byAgent })) {
          added += 1;
        } else known += 1;
      }
    });
    await breathe();
  }
  if (added > 0) {
    const line = { action: 'do-not-call.add', subject: 'do-not-call', subjectId: null };
    audited(rooms, { ...line, before: null, after: { kind, added, ...why } }, () => {});
    sayChanged(rooms, 'do-not-call');
  }
  return ok({ added, known, troubles, troubleCount });
}

/** A line as the list keeps it. */
function valueIn(kind: DoNotCallKind, line: string, country: string): Result<string, string> {
  const typed = line.trim().replace(/^"|"$/g, '');
  switch (kind) {
    case 'number': {
      const read = readPhone(typed, country);
      return read.ok ? fine(read.value) : refused(read.error.sentence);
    }
    case 'area-code': {
      const prefix = prefixIn(typed);
      return prefix === null
        ? refused(`“${typed.slice(0, 40)}” is not an area code. Write 212 or +44 20.`)
        : fine(prefix);
    }
    case 'company':
      return typed.length > 200 ? refused('This is too long for a company.') : fine(typed);
    case 'domain': {
      const domain = typed.replace(/^.*@/, '').toLowerCase();
      return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain)
        ? fine(domain)
        : refused(`“${typed.slice(0, 40)}” is not a mail domain. Write it like example.com.`);
    }
  }
}
