import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { ConsentRow, JobRow, Schedulable, ScheduleRow } from '../../shared/contract/schedules.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { cadenceText, readCadence, readTime, routineTrouble, timeText } from '../../shared/domain/cadence.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import { replan } from '../dialer/schedule-planner.ts';
import type { Kernel } from '../kernel.ts';
import { auditOf } from '../store/audit.ts';
import { consentById, consentsOf, giveConsent, revokeConsent } from '../store/consents.ts';
import { contactById, numbersOf } from '../store/contacts.ts';
import { addDoNotCall } from '../store/do-not-call.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { cancelJob, jobById, listedJob } from '../store/schedule-jobs.ts';
import {
  type ScheduleWish,
  addSchedule,
  changeSchedule,
  listedSchedule,
  removeSchedule,
  restoreSchedule,
  scheduleById,
  scheduleOfContact,
  schedulesPage,
} from '../store/schedules.ts';
import { audited } from './audited.ts';
import { type Refused, noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { saveScheduleSettings, scheduleSettings } from './schedule-settings.ts';
import {
  consentRow,
  dayJobs,
  jobRow,
  scheduleRow,
  scheduledPerson,
  scheduledToday,
} from './schedule-rows.ts';

type Handlers = ParleyHandlers<unknown>['schedules'];
type Asked<N extends keyof Handlers> = Parameters<Handlers[N]>[0];

const PAGE = 100;

export function schedulesHandlers(rooms: Rooms): Handlers {
  const here = <T>(run: (kernel: Kernel) => Answer<T>): Answer<T> =>
    rooms.seat.kernel === null ? noWorkspace : run(rooms.seat.kernel);

  return {
    page: ({ after }) =>
      here((kernel) => {
        const { rows, next } = schedulesPage(kernel.db, PAGE, after);
        return ok({ rows: rows.map((row) => scheduleRow(kernel, row)), next });
      }),
    ofContact: ({ contactId }) => here((kernel) => ofContact(kernel, contactId)),
    save: (wish) => here((kernel) => save(rooms, kernel, wish)),
    setActive: ({ id, active }) => here((kernel) => setActive(rooms, kernel, id, active)),
    remove: ({ id }) => here((kernel) => remove(rooms, kernel, id)),
    restore: ({ id }) => here((kernel) => restore(rooms, kernel, id)),
    planNow: async () => {
      const { kernel } = rooms.seat;
      if (kernel === null) return noWorkspace;
      const summary = await kernel.scheduler.planNow();
      kernel.scheduler.wake();
      return ok(summary);
    },
    jobs: (wanted) => here((kernel) => dayJobs(kernel, wanted, PAGE)),
    cancelJob: ({ id }) => here((kernel) => cancel(rooms, kernel, id)),
    settings: () => here((kernel) => ok(scheduleSettings(kernel))),
    saveSettings: (wish) =>
      here((kernel) => {
        const saved = saveScheduleSettings(rooms, kernel, wish);
        tell(rooms);
        return saved;
      }),
    today: () => here((kernel) => ok(scheduledToday(kernel))),
    person: ({ contactId }) => here((kernel) => ok(scheduledPerson(kernel, contactId))),
    giveConsent: (consent) => here((kernel) => give(rooms, kernel, consent)),
    revokeConsent: ({ id }) => here((kernel) => revoke(rooms, kernel, id)),
  };
}

function ofContact(kernel: Kernel, contactId: number): Answer<Schedulable> {
  const { db, home } = kernel;
  const contact = contactById(db, contactId);
  if (contact === null) return noContact;
  const numbers = numbersOf(db, contactId);
  const schedule = standing(scheduleOfContact(db, contactId));
  return ok({
    contactId,
    name: contact.name,
    numbers: numbers.map(({ id, e164, kind, isUsable }) => ({
      id,
      kind,
      isUsable,
      shown: showPhone(e164, home.country),
    })),
    zone: numbers[0]?.zones[0] ?? null,
    schedule: schedule === null ? null : rowOf(kernel, schedule.id),
    consents: consentsOf(db, contactId).map(consentRow),
  });
}

function save(rooms: Rooms, kernel: Kernel, wished: Asked<'save'>): Answer<ScheduleRow> {
  const { db, clock } = kernel;
  const { contactId, version } = wished;
  if (contactById(db, contactId) === null) return noContact;
  const wish = wishFrom(db, wished);
  if (!wish.ok) return wish;
  const before = standing(scheduleOfContact(db, contactId));
  if ((before?.version ?? null) !== version)
    return before === null ? gone : conflict(db, before, version ?? 0);
  const made = withTransaction(db, () => {
    const now = clock.now();
    const whole = { ...wish.value, isActive: before?.isActive ?? true };
    const after =
      before === null
        ? addSchedule(db, contactId, whole, now)
        : changeSchedule(db, before.id, before.version, whole, now)!;
    note(rooms, before === null ? 'schedule.add' : 'schedule.change', before, after);
    replan(db, after.id, now);
    return after;
  });
  return changed(rooms, kernel, made.id);
}

/** What a screen sent, as the domain means it, or the sentence about what cannot be meant. */
function wishFrom(db: Db, wished: Asked<'save'>): Answer<Omit<ScheduleWish, 'isActive'>> {
  const { contactId, numberId, zone, voice } = wished;
  const cadence = readCadence(wished.cadence);
  if (!cadence.ok) return refuse('bad-arguments', cadence.error);
  const minute = readTime(wished.time);
  if (!minute.ok) return refuse('bad-arguments', minute.error);
  const trouble = routineTrouble({ cadence: cadence.value, minute: minute.value, zone });
  if (trouble !== null) return refuse('bad-arguments', trouble);
  if (!numbersOf(db, contactId).some((number) => number.id === numberId))
    return refuse('not-found', 'This number is gone, or belongs to somebody else. Choose another one.');
  return ok({ numberId, zone, voice, cadence: cadence.value, minute: minute.value });
}

function setActive(rooms: Rooms, kernel: Kernel, id: number, active: boolean): Answer<ScheduleRow> {
  const { db, clock } = kernel;
  const before = standing(scheduleById(db, id));
  if (before === null) return gone;
  if (before.isActive !== active)
    withTransaction(db, () => {
      const after = changeSchedule(db, id, before.version, { isActive: active }, clock.now())!;
      note(rooms, active ? 'schedule.on' : 'schedule.off', before, after);
      replan(db, id, clock.now());
    });
  return changed(rooms, kernel, id);
}

function remove(rooms: Rooms, kernel: Kernel, id: number): Answer<null> {
  const { db, clock } = kernel;
  const before = standing(scheduleById(db, id));
  if (before === null) return gone;
  withTransaction(db, () => {
    removeSchedule(db, id, clock.now());
    note(rooms, 'schedule.remove', before, null);
    replan(db, id, clock.now());
  });
  tell(rooms);
  return ok(null);
}

function restore(rooms: Rooms, kernel: Kernel, id: number): Answer<ScheduleRow> {
  const { db, clock } = kernel;
  const before = scheduleById(db, id);
  if (before === null) return gone;
  if (before.removedAt !== null)
    withTransaction(db, () => {
      note(rooms, 'schedule.restore', null, restoreSchedule(db, id, clock.now()));
      replan(db, id, clock.now());
    });
  return changed(rooms, kernel, id);
}

function cancel(rooms: Rooms, kernel: Kernel, id: number): Answer<JobRow> {
  const { db, clock } = kernel;
  const job = jobById(db, id);
  if (job === null) return refuse('not-found', 'This call is no longer planned.');
  const isCanceled = withTransaction(db, () => {
    const { localDate, state } = job;
    const before = { localDate, state };
    const after = { localDate, state: 'canceled' };
    const line = { action: 'schedule.cancel-call', subject: 'schedule', subjectId: String(job.scheduleId) };
    if (!cancelJob(db, id, 'person', clock.now())) return false;
    audited(rooms, { ...line, before, after }, () => {});
    return true;
  });
  if (!isCanceled && job.state !== 'canceled')
    return refuse(
      'not-now',
      'This call has begun or is over, so it cannot be canceled. Nothing was changed.',
    );
  tell(rooms);
  return ok(jobRow(kernel, listedJob(db, id)!));
}

function give(rooms: Rooms, kernel: Kernel, consent: Asked<'giveConsent'>): Answer<ConsentRow[]> {
  const { db, clock } = kernel;
  const { contactId, kind, basis, source } = consent;
  if (contactById(db, contactId) === null) return noContact;
  withTransaction(db, () => {
    if (giveConsent(db, { ...consent, givenAt: clock.now() }) === null) return;
    const line = { action: 'consent.give', subject: 'contact', subjectId: String(contactId) };
    audited(rooms, { ...line, before: null, after: { kind, basis, source } }, () => {});
  });
  // Campaigns with a voice of their own may have waited for it.
  kernel.background.wake();
  tell(rooms);
  return ok(consentsOf(db, contactId).map(consentRow));
}

function revoke(rooms: Rooms, kernel: Kernel, id: number): Answer<ConsentRow[]> {
  const { db, clock } = kernel;
  const consent = consentById(db, id);
  if (consent === null) return refuse('not-found', 'This consent is no longer on record.');
  const { contactId, kind, basis, source } = consent;
  withTransaction(db, () => {
    if (!revokeConsent(db, id, clock.now())) return;
    const line = { action: 'consent.revoke', subject: 'contact', subjectId: String(contactId) };
    audited(rooms, { ...line, before: { kind, basis, source }, after: null }, () => {});
    if (kind === 'call') leaveAlone(rooms, kernel, contactId);
  });
  tell(rooms);
  return ok(consentsOf(db, contactId).map(consentRow));
}

/** Who takes back the consent to be called is not called again by anybody here. */
function leaveAlone({ seat }: Rooms, { db, clock }: Kernel, contactId: number): void {
  for (const { e164 } of numbersOf(db, contactId)) {
    addDoNotCall(db, {
      kind: 'number',
      value: e164,
      reason: 'took back the consent to be called',
      since: clock.now(),
      byAgent: seat.person?.id ?? null,
    });
  }
}

/** The second saver is told who changed what since they looked. */
function conflict(db: Db, now: Schedule, seen: number): Refused {
  const since = auditOf(db, 'schedule', String(now.id), 50).rows.filter(
    ({ after }) => ((after as Facts | null)?.version ?? 0) > seen,
  );
  const who = since[0]?.who ?? 'Somebody';
  const was = since.at(-1)?.before as Facts | null | undefined;
  const is = factsOf(now);
  const what = (['time', 'zone', 'days', 'number', 'voice', 'state'] as const)
    .filter((name) => was?.[name] !== undefined && was[name] !== is[name])
    .map((name) => `${name} ${was![name]} → ${is[name]}`);
  const told = what.length === 0 ? '' : ` (${what.join(', ')})`;
  return refuse(
    'conflict',
    `${who} changed this schedule while you had it open${told}. Nothing of yours was saved: look at it again, then save.`,
  );
}

interface Facts {
  readonly version: number;
  readonly time: string;
  readonly zone: string;
  readonly days: string;
  readonly number: number;
  readonly voice: string;
  readonly state: string;
}

function factsOf({ version, minute, zone, cadence, numberId, voice, isActive }: Schedule): Facts {
  const days = cadenceText(cadence);
  return {
    version,
    time: timeText(minute),
    zone,
    days,
    number: numberId,
    voice,
    state: isActive ? 'on' : 'off',
  };
}

function note(rooms: Rooms, action: string, before: Schedule | null, after: Schedule | null): void {
  const subjectId = String((before ?? after)!.id);
  audited(
    rooms,
    {
      action,
      subject: 'schedule',
      subjectId,
      before: before && factsOf(before),
      after: after && factsOf(after),
    },
    () => {},
  );
}

function changed(rooms: Rooms, kernel: Kernel, id: number): Answer<ScheduleRow> {
  kernel.scheduler.wake();
  tell(rooms);
  return ok(rowOf(kernel, id));
}

function tell({ pushes }: Rooms): void {
  pushes.tell('app.changed', () => ({ changes: [{ entity: 'schedules', ids: null }] }));
}

function rowOf(kernel: Kernel, id: number) {
  return scheduleRow(kernel, listedSchedule(kernel.db, id)!);
}

function standing(schedule: Schedule | null): Schedule | null {
  return schedule?.removedAt === null ? schedule : null;
}

function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

const gone = refuse('not-found', 'This schedule is gone. Somebody removed it.');
const noContact = refuse('not-found', 'This contact is gone.');
