import { z } from 'zod';
import { isDate } from '../lib/zoned-time.ts';
import { zoneTrouble } from '../lib/zones/names.ts';
import { assistantIdShape } from './assistants.ts';
import { rehearsalStandingShape, rehearsalWishShape } from './rehearsal.ts';
import { idShape, instantShape, nameShape, nothing } from './shapes.ts';
import { scriptShape } from './scripts.ts';
import { ask, tell } from './wire.ts';

const minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);
const capShape = z.number().int().min(1, 'A limit is at least 1, or none.').max(100_000);
const dateShape = z
  .string()
  .max(10)
  .meta({ examples: ['2026-11-20', '2028-02-29'] })
  .refine(isDate, 'This date is not on the calendar.');
const HOUR_MS = 3_600_000;

export const windowShape = z
  .object({ weekday: z.number().int().min(1).max(7), from: minute, to: minute })
  .refine(
    ({ from, to }) => from !== to,
    'A window cannot begin and end at the same time. Leave the day out to close it.',
  );

export const campaignRulesShape = z.object({
  zone: z
    .string()
    .max(64)
    .meta({ examples: ['America/New_York', 'Asia/Kolkata'] })
    .superRefine((zone, context) => {
      const trouble = zoneTrouble(zone);
      if (trouble !== null) context.addIssue({ code: 'custom', message: trouble });
    }),
  windows: z.array(windowShape).max(50),
  startsOn: dateShape.nullable(),
  endsOn: dateShape.nullable(),
  frequency: z.enum(['any', 'daily', 'weekly']),
  attemptsMax: z.number().int().min(1, 'At least one attempt is needed.').max(100),
  attemptsPerDayMax: capShape.nullable(),
  numberPerDayMax: capShape.nullable(),
  numberPerWeekMax: capShape.nullable(),
  coolDownMs: z
    .number()
    .int()
    .min(0)
    .max(365 * 24 * HOUR_MS),
  retryMs: z.record(
    z.string().max(80),
    z
      .number()
      .int()
      .min(60_000)
      .max(365 * 24 * HOUR_MS),
  ),
  dailyLimit: capShape.nullable(),
  order: z.enum(['priority', 'fresh', 'oldest', 'random', 'day-part']),
  voice: z.enum(['agent', 'ai', 'recorded']),
  assistant: assistantIdShape,
  aiVoice: z
    .string()
    .trim()
    .regex(
      /^$|^[\w-]{1,40}:[^\s:][^:]{0,79}$/,
      'A voice is written as its maker and its name: 11labs:rachel.',
    ),
  purpose: z.enum(['sales', 'debt']),
  message: z.string().max(2_000, 'A recorded message has at most 2,000 characters.'),
  playMessageId: idShape.nullable(),
  voicemail: z.enum(['leave', 'retry', 'hang-up']),
  dropMessageId: idShape.nullable(),
  ringMs: z
    .number()
    .int()
    .min(15_000, 'A call rings for at least 15 seconds before it is given up: the law asks for it.')
    .max(120_000),
  wrapUpMs: z.number().int().min(0).max(HOUR_MS),
  leadInMs: z.number().int().min(0).max(60_000),
});

export const campaignStatusShape = z.enum(['draft', 'active', 'paused', 'completed', 'archived']);
export const campaignModeShape = z.enum(['preview', 'power']);

export const campaignRowShape = z.object({
  id: idShape,
  name: z.string(),
  status: campaignStatusShape,
  mode: campaignModeShape,
  voice: z.enum(['agent', 'ai', 'recorded']),
  contacts: z.number(),
  /** Open or in hand. */
  open: z.number(),
  done: z.number(),
  agents: z.number(),
  hours: z.string(),
  /** The zone its hours are told in. */
  zone: z.string(),
  /** By the real verdict, now; null while it is being counted. */
  dialableNow: z.number().nullable(),
  /** When the first of the others may be rung. */
  nextAt: instantShape.nullable(),
  attempts: z.number(),
  /** Attempts since midnight at home. */
  today: z.number(),
  /** Calls answered by a person, among all attempts. */
  reached: z.number(),
});

export type CampaignRow = z.output<typeof campaignRowShape>;

/** A campaign as its wizard edits it. `version` rises with each change; whoever saves an old one is told. */
export const campaignShape = z.object({
  id: idShape,
  version: z.number().int(),
  name: z.string(),
  status: campaignStatusShape,
  mode: campaignModeShape,
  rules: campaignRulesShape,
  callerId: z.string(),
  scriptId: idShape.nullable(),
  script: scriptShape,
  /** What the other half of the contacts hears, where two scripts are compared. */
  otherScript: scriptShape.nullable(),
  /** Which lists its people came from, and how many of each. */
  sources: z.array(z.object({ listId: idShape.nullable(), name: z.string(), contacts: z.number() })),
  contacts: z.number(),
});

export type CampaignSheet = z.output<typeof campaignShape>;

export const ruleRefShape = z.object({ id: z.string(), citation: z.string(), sentence: z.string() });

/** One rule on one contact: passed or not, with the values it looked at. */
export const findingShape = z.object({
  rule: z.string(),
  title: z.string(),
  passed: z.boolean(),
  sentence: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** When it lifts, or when it begins to hold. */
  changesAt: instantShape.nullable(),
  law: z.array(ruleRefShape),
});

export const explanationShape = z.object({
  contactId: idShape.nullable(),
  name: z.string(),
  number: z.string(),
  zones: z.array(z.string()),
  verdict: z.object({
    kind: z.enum(['ring', 'wait', 'never']),
    sentence: z.string(),
    until: instantShape.nullable(),
  }),
  findings: z.array(findingShape),
  /** The next instant at which the answer changes by itself. */
  changesAt: instantShape.nullable(),
  /** The smallest single change that would free the contact; null where no single one does. */
  remedy: z.string().nullable(),
});

export type Explanation = z.output<typeof explanationShape>;

/** One segment of "why not called": everybody whom the same rule holds back first. */
export const segmentShape = z.object({
  rule: z.string(),
  title: z.string(),
  count: z.number(),
  sentence: z.string(),
  firstAt: instantShape.nullable(),
});

export const whyNotShape = z.object({
  asOf: instantShape,
  total: z.number(),
  dialable: z.number(),
  segments: z.array(segmentShape),
});

const whoShape = z.object({
  contactId: idShape,
  name: z.string(),
  place: z.string(),
  why: z.string(),
  at: instantShape.nullable(),
});

/** What a change of rules would do, before it is saved: the very set that saving it leads to. */
export const effectShape = z.object({
  before: z.number(),
  after: z.number(),
  gained: z.number(),
  lost: z.number(),
  gainedWho: z.array(whoShape),
  lostWho: z.array(whoShape),
  /** Set where the rules would shut everybody out; saving them is refused with it. */
  trouble: z.string().nullable(),
  sentences: z.array(z.string()),
});

export const checkShape = z.object({
  what: z.string(),
  passed: z.boolean(),
  sentence: z.string(),
  goTo: z.string().nullable(),
});

const tallyShape = z.object({ tries: z.number(), successes: z.number() });

const change = {
  name: nameShape,
  mode: campaignModeShape,
  rules: campaignRulesShape,
  callerId: z.string().max(40),
  script: scriptShape,
  otherScript: scriptShape.nullable(),
};

export const campaigns = {
  list: ask('agent', nothing, z.array(campaignRowShape)),
  get: ask('agent', z.object({ id: idShape }), campaignShape),
  templates: ask(
    'supervisor',
    nothing,
    z.array(z.object({ id: z.string(), name: z.string(), about: z.string() })),
  ),
  create: ask('supervisor', z.object({ name: nameShape, template: z.string().max(40) }), campaignShape),
  duplicate: ask('supervisor', z.object({ id: idShape }), campaignShape),
  /** Refused with code `conflict`, and who changed what, when `version` is not the latest. */
  change: ask(
    'supervisor',
    z.object({ id: idShape, version: z.number().int(), ...z.object(change).partial().shape }),
    campaignShape,
  ),
  /** Who would come in from a list or a search, before anything is done. */
  weighPeople: ask(
    'supervisor',
    z.object({ id: idShape, listId: idShape.nullable(), search: z.string().max(200) }),
    z.object({ found: z.number(), new: z.number(), withoutNumber: z.number(), doNotCall: z.number() }),
  ),
  addPeople: ask(
    'supervisor',
    z.object({ id: idShape, listId: idShape.nullable(), search: z.string().max(200) }),
    z.object({ added: z.number() }),
  ),
  /** How far a long addition has come: people looked at so far, and those who came in. */
  adding: tell(z.object({ id: idShape, looked: z.number(), added: z.number() })),
  /** Takes out whoever of a list was not tried yet. */
  removePeople: ask(
    'supervisor',
    z.object({ id: idShape, listId: idShape.nullable() }),
    z.object({ removed: z.number(), stayed: z.number() }),
  ),
  effect: ask('supervisor', z.object({ id: idShape, rules: campaignRulesShape }), effectShape),
  /** The first who would be rung, in order, each with the reason for its place. */
  first: ask('agent', z.object({ id: idShape, count: z.number().int().min(1).max(50) }), z.array(whoShape)),
  /** What came of the calls held with each of its two scripts, as they stand now. */
  scriptFigures: ask(
    'agent',
    z.object({ id: idShape }),
    z.object({ first: tallyShape, second: tallyShape.nullable() }),
  ),
  setStatus: ask('supervisor', z.object({ id: idShape, status: campaignStatusShape }), campaignRowShape),
  /** Stopping has two meanings: let live calls end by themselves, or hang them up now. */
  stop: ask(
    'supervisor',
    z.object({ id: idShape, how: z.enum(['after-calls', 'at-once']) }),
    campaignRowShape,
  ),
  remove: ask('supervisor', z.object({ id: idShape }), z.null()),
  restore: ask('supervisor', z.object({ id: idShape }), campaignRowShape),
  whyNot: ask('agent', z.object({ id: idShape }), whyNotShape),
  /** The contacts behind one segment. */
  whyNotWho: ask(
    'agent',
    z.object({ id: idShape, rule: z.string().max(40), after: idShape.nullable() }),
    z.object({ rows: z.array(whoShape), next: idShape.nullable() }),
  ),
  /** Lives hours of this campaign without ringing anybody. How it goes is asked for with `rehearsal`. */
  rehearse: ask('supervisor', rehearsalWishShape, rehearsalStandingShape),
  rehearsal: ask('supervisor', z.object({ id: idShape }), rehearsalStandingShape),
  cancelRehearsal: ask('supervisor', z.object({ id: idShape }), rehearsalStandingShape),
  explain: ask('agent', z.object({ id: idShape, contactId: idShape }), explanationShape),
  /** "Calls are not being made": what was looked at, and which one it is (row A6). */
  checkUp: ask('agent', z.object({ id: idShape }), z.array(checkShape)),
  live: ask(
    'agent',
    z.object({ id: idShape }),
    z.object({
      agents: z.array(
        z.object({
          name: z.string(),
          state: z.string(),
          since: instantShape,
          contact: z.string().nullable(),
        }),
      ),
      today: z.object({
        attempts: z.number(),
        reached: z.number(),
        talkMs: z.number(),
        successes: z.number(),
        limit: z.number().nullable(),
      }),
      /** Attempts and answers per minute of the last hour, the oldest first. */
      minutes: z.array(z.object({ at: instantShape, attempts: z.number(), reached: z.number() })),
    }),
  ),
};
