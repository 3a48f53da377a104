import type { ContactSheet } from '../../shared/contract/contacts.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { readPhone, showPhone } from '../../shared/domain/phone.ts';
import { decide, type Subject, verdictFrom } from '../../shared/domain/verdict.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Kernel } from '../kernel.ts';
import { type ContactChange, changeContact, removeNumber } from '../store/contact-edits.ts';
import {
  addNumber,
  contactById,
  numbersOf,
  numbersWithResults,
  placesOfNumber,
  starNumber,
} from '../store/contacts.ts';
import { consentsOf } from '../store/consents.ts';
import { contactFrame, enrolmentsOfContact } from '../store/contact-sheet.ts';
import { scheduleOfContact } from '../store/schedules.ts';
import { subjectOfEnrolment, subjectOfPhone } from '../store/subjects.ts';
import { putTag, tagNamed, tagsOf, takeTag } from '../store/tags.ts';
import { audited } from './audited.ts';
import { journalPage } from './contacts-journal.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { consentRow } from './schedule-rows.ts';
import { ok, sayChanged, within } from './within.ts';
import { cadenceInWords, timeText } from '../../shared/domain/cadence.ts';

type Group = ParleyHandlers<unknown>['contacts'];

/** One person: everything known of them, and correcting it. */
export function sheetHandlers(
  rooms: Rooms,
): Pick<
  Group,
  'sheet' | 'journal' | 'change' | 'addNumber' | 'starNumber' | 'removeNumber' | 'setTags' | 'erase'
> {
  return {
    sheet: ({ id }) => within(rooms, (kernel) => sheetOf(kernel, id)),
    journal: ({ id, before }) =>
      within(rooms, ({ db, home }) => ok(journalPage(db, id, before, home.country))),
    change: ({ id, change }) =>
      edit(rooms, id, 'contact.change', change, ({ db }) => changeContact(db, id, change as ContactChange)),
    addNumber: ({ id, typed, kind }) =>
      within(rooms, (kernel) => {
        const read = readPhone(typed, kernel.home.country);
        if (!read.ok) return refuse('bad-arguments', `${read.error.sentence} Nothing was saved.`);
        const e164 = read.value;
        const numbers = numbersOf(kernel.db, id);
        if (numbers.some((each) => each.e164 === e164))
          return refuse('conflict', 'This number is on the contact already.');
        const number = { e164, kind, zones: [], isStarred: numbers.length === 0 };
        return edit(rooms, id, 'contact.number-added', { number: e164 }, ({ db }) => {
          addNumber(db, id, number);
        });
      }),
    starNumber: ({ id, numberId }) =>
      edit(rooms, id, 'contact.number-starred', { number: numberText(rooms, id, numberId) }, ({ db }) =>
        starNumber(db, id, numberId),
      ),
    removeNumber: ({ id, numberId }) =>
      edit(rooms, id, 'contact.number-removed', { number: numberText(rooms, id, numberId) }, ({ db }) => {
        removeNumber(db, id, numberId);
      }),
    setTags: ({ id, tags }) =>
      edit(rooms, id, 'contact.tags', { tags: tags.join(', ') }, ({ db, clock }) => {
        const before = tagsOf(db, id);
        for (const tag of before.filter((each) => !tags.includes(each)))
          takeTag(db, tagNamed(db, tag, clock.now()), [id]);
        for (const tag of tags.filter((each) => !before.includes(each)))
          putTag(db, tagNamed(db, tag, clock.now()), [id]);
      }),
    erase: ({ id }) => within(rooms, (kernel) => kernel.contacts.erase(id, rooms.seat.person?.id ?? null)),
  };
}

const gone = refuse('not-found', 'This contact is gone.');

/** Makes a change to a person with its line in the audit trail, and shows them as they are then. */
function edit(
  rooms: Rooms,
  id: number,
  action: string,
  after: Readonly<Record<string, unknown>>,
  make: (kernel: Kernel) => void,
): Answer<ContactSheet> | Promise<Answer<ContactSheet>> {
  return within(rooms, (kernel) => {
    const was = contactById(kernel.db, id);
    if (was === null) return gone;
    const before: Record<string, unknown> = {};
    for (const key of Object.keys(after)) if (key in was) before[key] = was[key as keyof typeof was];
    audited(rooms, { action, subject: 'contact', subjectId: String(id), before, after }, () => make(kernel));
    kernel.contacts.results.forget();
    sayChanged(rooms, 'contacts', [id]);
    return sheetOf(kernel, id);
  });
}

function numberText({ seat }: Rooms, id: number, numberId: number): string {
  if (seat.kernel === null) return '';
  return numbersOf(seat.kernel.db, id).find((each) => each.id === numberId)?.e164 ?? '';
}

function sheetOf(kernel: Kernel, id: number): Answer<ContactSheet> {
  const { db, home, clock, law } = kernel;
  const contact = contactById(db, id);
  const frame = contactFrame(db, id);
  if (contact === null || frame === null) return gone;
  const now = clock.now();
  const carrier = kernel.carrierTrouble();
  const schedule = scheduleOfContact(db, id);
  return ok({
    ...contact,
    fields: { ...contact.fields },
    list: frame.list ?? '',
    createdAt: frame.createdAt,
    tags: tagsOf(db, id),
    numbers: numbersWithResults(db, id).map((number) => {
      const { subject } = subjectOfPhone(db, number.e164, { law, now, carrier, contactId: id });
      const places = placesOfNumber(number, contact.place);
      return {
        id: number.id,
        e164: number.e164,
        shown: showPhone(number.e164, home.country),
        kind: number.kind,
        isStarred: number.isStarred,
        unusable: number.isUsable ? null : (number.unusableWhy ?? 'It is out of use.'),
        zones: [...places.zones],
        states: [...places.states],
        lastResult: number.lastResult,
        verdict: verdictOf(subject, now),
      };
    }),
    consents: consentsOf(db, id).map(consentRow),
    enrolments: enrolmentsOfContact(db, id).map(({ enrolmentId, ...enrolment }) => ({
      ...enrolment,
      verdict: verdictOf(subjectOfEnrolment(db, enrolmentId, null, { law, now, carrier }), now),
    })),
    schedule:
      schedule === null || schedule.removedAt !== null
        ? null
        : {
            sentence: `${cadenceInWords(schedule.cadence)} at ${timeText(schedule.minute)}`,
            isActive: schedule.isActive,
          },
  });
}

function verdictOf(subject: Subject, now: Instant): ContactSheet['numbers'][number]['verdict'] {
  const verdict = verdictFrom(decide(subject, now), subject, now);
  if (verdict.kind === 'ring') return { kind: 'ring', sentence: 'May be rung now.', until: null };
  const until = verdict.kind === 'wait' ? verdict.until : null;
  return { kind: verdict.kind, sentence: verdict.because.sentence, until };
}
