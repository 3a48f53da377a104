import { z } from 'zod';
import { CONSENT_KINDS, JOB_STATES } from '../domain/schedule.ts';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

const versionShape = z.number().int();
const timeShape = z.string().regex(/^\d{2}:\d{2}$/, 'A time is written as 09:30.');
const wordsShape = z.string().trim().min(1).max(200);

/** One person's schedule. Times are the person's own; instants are for the reader's clock beside them. */
export const scheduleRowShape = z.object({
  id: idShape,
  version: versionShape,
  contactId: idShape,
  name: z.string(),
  numberId: idShape,
  /** As people write it; empty when the number is gone. */
  number: z.string(),
  zone: z.string(),
  time: z.string(),
  /** `weekdays`, `mon,wed`: what `save` takes. */
  cadence: z.string(),
  cadenceInWords: z.string(),
  voice: z.string(),
  isActive: z.boolean(),
  next: z.object({ at: instantShape, remark: z.string().nullable() }).nullable(),
  /** What keeps it from calling, whatever the time: no consent, a number that is gone. */
  trouble: z.string().nullable(),
});

export type ScheduleRow = z.output<typeof scheduleRowShape>;

export const consentShape = z.object({
  id: idShape,
  kind: z.enum(CONSENT_KINDS),
  basis: z.string(),
  source: z.string(),
  givenAt: instantShape,
  revokedAt: instantShape.nullable(),
});

export type ConsentRow = z.output<typeof consentShape>;

/** All that making or changing a schedule takes. */
export const schedulableShape = z.object({
  contactId: idShape,
  name: z.string(),
  numbers: z.array(z.object({ id: idShape, shown: z.string(), kind: z.string(), isUsable: z.boolean() })),
  /** Where their first number is, as far as one zone can say it. */
  zone: z.string().nullable(),
  schedule: scheduleRowShape.nullable(),
  consents: z.array(consentShape),
});

export type Schedulable = z.output<typeof schedulableShape>;

export const jobRowShape = z.object({
  id: idShape,
  contactId: idShape,
  name: z.string(),
  number: z.string(),
  zone: z.string(),
  localDate: z.string(),
  plannedAt: instantShape,
  dueAt: instantShape,
  state: z.enum(JOB_STATES),
  attempts: z.number(),
  callRef: z.string().nullable(),
  note: z.string().nullable(),
  error: z.string().nullable(),
  seconds: z.number().nullable(),
  mayCancel: z.boolean(),
});

export type JobRow = z.output<typeof jobRowShape>;

export const todayShape = z.object({
  /** The workspace's own day. */
  date: z.string(),
  zone: z.string(),
  scheduled: z.number(),
  started: z.number(),
  completed: z.number(),
  failed: z.number(),
  canceled: z.number(),
});

export type ScheduledToday = z.output<typeof todayShape>;

export const personShape = z.object({
  /** Calls that came to an end, one way or the other. */
  total: z.number(),
  completed: z.number(),
  failed: z.number(),
  /** 0 to 1; null before the first call. */
  successRate: z.number().nullable(),
  lastError: z.object({ sentence: z.string(), at: instantShape }).nullable(),
  sessions: z.array(
    z.object({
      callId: idShape,
      startedAt: instantShape,
      endedAt: instantShape.nullable(),
      seconds: z.number().nullable(),
      /** `completed`, `busy` …; null while it goes on. */
      disposition: z.string().nullable(),
      answeredBy: z.string().nullable(),
      carrier: z.string(),
      callRef: z.string(),
      rawStatus: z.string().nullable(),
      costMicros: z.number().nullable(),
      currency: z.string().nullable(),
    }),
  ),
});

export type ScheduledPerson = z.output<typeof personShape>;

export const scheduleSettingsShape = z.object({
  callsPerMinute: z
    .number()
    .int()
    .min(1, 'At least one call a minute, or nobody is called.')
    .max(600, 'At most 600 calls a minute.'),
  /** The number that is shown; empty for the one that campaigns show. */
  callerId: z.string().max(40),
});

export type ScheduleSettings = z.output<typeof scheduleSettingsShape>;

const id = z.object({ id: idShape });
const contact = z.object({ contactId: idShape });

/** Calls that people get day after day from a machine's voice. Agents look; supervisors change. */
export const schedules = {
  page: ask(
    'agent',
    z.object({ after: idShape.nullable() }),
    z.object({ rows: z.array(scheduleRowShape), next: idShape.nullable() }),
  ),
  ofContact: ask('agent', contact, schedulableShape),
  /**
   * Makes a contact's schedule, or changes it. `version` is the one that was read, null for a new one. Refused
   * with code `conflict`, and who changed what, when somebody saved since.
   */
  save: ask(
    'supervisor',
    z.object({
      contactId: idShape,
      version: versionShape.nullable(),
      numberId: idShape,
      zone: z.string().max(80),
      time: timeShape,
      cadence: z.string().max(80),
      voice: z.string().trim().max(80),
    }),
    scheduleRowShape,
  ),
  setActive: ask('supervisor', z.object({ id: idShape, active: z.boolean() }), scheduleRowShape),
  remove: ask('supervisor', id, z.null()),
  /** Takes a removal back. */
  restore: ask('supervisor', id, scheduleRowShape),
  /** Plans the next 24 hours now. However often, nobody gets a second call a day. */
  planNow: ask('supervisor', nothing, z.object({ planned: z.number(), missed: z.number() })),
  /** The jobs of one day of the workspace, or of today. */
  jobs: ask(
    'agent',
    z.object({
      day: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .nullable(),
      state: z.enum(JOB_STATES).nullable(),
      after: idShape.nullable(),
    }),
    z.object({ rows: z.array(jobRowShape), next: idShape.nullable() }),
  ),
  cancelJob: ask('supervisor', id, jobRowShape),
  settings: ask('agent', nothing, scheduleSettingsShape),
  saveSettings: ask('supervisor', scheduleSettingsShape, scheduleSettingsShape),
  today: ask('agent', nothing, todayShape),
  person: ask('agent', contact, personShape),
  giveConsent: ask(
    'supervisor',
    z.object({
      contactId: idShape,
      kind: z.enum(CONSENT_KINDS),
      basis: wordsShape,
      source: z.string().trim().max(200),
    }),
    z.array(consentShape),
  ),
  /** From this second on. Without `call` their numbers go on the do-not-call list as well. */
  revokeConsent: ask('supervisor', id, z.array(consentShape)),
};
