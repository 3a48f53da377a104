import type { RehearsalStanding } from '../../../shared/contract/rehearsal.ts';
import { usualRules } from '../../../shared/domain/campaign.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/lib/instants.ts';
import type {
  CampaignRow,
  CampaignSheet,
  Check,
  Effect,
  Explanation,
  Live,
  Rules,
  Segment,
  Template,
  Who,
  WhyNot,
} from './kinds.ts';

// What the engine might answer, for looking at the screens without one. Everybody here is made up.

export const NOON = Date.UTC(2026, 10, 24, 18, 0) as Instant;

const later = (ms: number) => (NOON + ms) as Instant;
const rules = usualRules('America/New_York') as Rules;

export const ROWS: CampaignRow[] = [
  row(1, 'Spring renewals', 'active', { contacts: 1204, open: 830, done: 374, dialableNow: 112, agents: 3 }),
  row(2, 'Callbacks from the fair', 'active', {
    contacts: 88,
    dialableNow: 0,
    nextAt: later(15 * HOUR_MS),
    agents: 0,
    reached: 0,
    attempts: 0,
    done: 0,
  }),
  row(3, 'Appointment reminders', 'paused', { voice: 'ai', dialableNow: null, mode: 'power' }),
  row(4, 'A campaign with a name that is far longer than anybody would think', 'draft', {
    contacts: 0,
    open: 0,
    done: 0,
    attempts: 0,
    today: 0,
    reached: 0,
    agents: 0,
    dialableNow: 0,
    hours: 'Mon, Wed, Fri 9:00–12:00, Mon–Fri 14:00–19:00',
  }),
  row(5, 'Autumn survey', 'completed', { done: 300, open: 0, contacts: 300, dialableNow: 0, agents: 0 }),
  row(6, 'Last year', 'archived', {}),
];

function row(
  id: number,
  name: string,
  status: CampaignRow['status'],
  more: Partial<CampaignRow>,
): CampaignRow {
  return {
    id,
    name,
    status,
    mode: 'preview',
    voice: 'agent',
    contacts: 240,
    open: 200,
    done: 40,
    agents: 1,
    hours: 'Mon–Fri 9:00–19:00',
    zone: 'America/New_York',
    dialableNow: 25,
    nextAt: null,
    attempts: 411,
    today: 0,
    reached: 130,
    ...more,
  };
}

export const SHEET: CampaignSheet = {
  id: 1,
  version: 3,
  name: 'Spring renewals',
  status: 'active',
  mode: 'power',
  rules: { ...rules, numberPerDayMax: 3, dailyLimit: 400 },
  callerId: '+1 206 555 0100',
  scriptId: 1,
  otherScript: [
    {
      ...said('s1'),
      title: 'Opening',
      text: 'Is that {{first name|the office}}? Good. {{my name}} here: two minutes about your renewal.',
      branches: [{ label: 'Not now', to: 's2' }],
    },
    { ...said('s2'), title: 'Later', text: 'When is better? I ring you exactly then.' },
    { ...said('s3'), kind: 'objection', title: 'Too expensive', text: 'What do you pay today, all in?' },
    { ...said('s4'), kind: 'consent', title: 'Agreed to be written to', text: 'May we write to you?' },
  ],
  script: [
    {
      ...said('s1'),
      title: 'Opening',
      text: 'Hello {{first name|there}}, this is {{my name}} from the renewals desk.',
    },
    {
      ...said('s2'),
      title: 'Reason',
      text: 'Your plan at {{company|your company}} ends this spring. {{title}}, is that right?',
    },
  ],
  sources: [
    { listId: 1, name: 'Customers in spring', contacts: 1100 },
    { listId: null, name: 'By search', contacts: 104 },
  ],
  contacts: 1204,
};

const WHO: Who[] = [
  who(1, 'Dana Whitfield', 'Seattle WA', 'Callback promised for 10:00'),
  who(2, 'Maria Lopez', 'Portland OR', 'Priority 90 of 100, due for 3 hours.'),
  who(3, 'Omar Kim', 'Tacoma WA', 'Due for 3 days'),
  who(4, 'Priya Raman', 'Boise ID', 'Due for 2 days'),
];

function who(contactId: number, name: string, place: string, why: string): Who {
  return { contactId, name, place, why, at: null };
}

export const FIRST: Who[] = Array.from({ length: 20 }, (_, at) => ({
  ...WHO[at % 4]!,
  contactId: at + 1,
  at: at > 14 ? later(HOUR_MS * (at - 13)) : null,
}));

/** Fewer open days, fewer people: enough to see the panel move. */
export function effectOn({ windows, attemptsMax }: Rules): Effect {
  const after = Math.round((112 * Math.min(windows.length, 5)) / 5);
  const lost = 112 - after;
  const gained = attemptsMax > 6 ? 14 : 0;
  return {
    before: 112,
    after: after + gained,
    gained,
    lost,
    gainedWho: gained > 0 ? WHO.slice(2) : [],
    lostWho: lost > 0 ? WHO.map((each) => ({ ...each, why: 'Campaign hours', at: later(16 * HOUR_MS) })) : [],
    trouble:
      windows.length === 0
        ? 'With these rules nobody could be rung within the next two weeks. Campaign hours: 830.'
        : null,
    sentences: [
      'Within two weeks 820 of 1,204 may be rung at some time, as many as now.',
      'Where the law is stricter than these hours, the law holds: in Washington nobody is rung before 8:00.',
    ],
  };
}

export const CHECKS: Check[] = [
  { what: 'The campaign runs', passed: true, sentence: 'It was started on Monday.', goTo: null },
  { what: 'Hours', passed: true, sentence: 'Open until 19:00 in New York.', goTo: null },
  {
    what: 'Daily limit',
    passed: false,
    sentence: 'The campaign has made its 400 attempts of today. The count begins anew at its midnight.',
    goTo: '/campaigns/1?tab=rules',
  },
  { what: 'Carrier', passed: true, sentence: 'The carrier takes calls.', goTo: null },
  { what: 'People left', passed: true, sentence: '830 are still to be called.', goTo: null },
];

export const LIVE: Live = {
  agents: [
    { name: 'Ann Field', state: 'connected', since: later(-140_000), contact: 'Maria Lopez' },
    { name: 'Ben Stone', state: 'wrap-up', since: later(-20_000), contact: 'Omar Kim' },
    { name: 'Cleo Hart', state: 'paused', since: later(-900_000), contact: null },
  ],
  today: { attempts: 211, reached: 64, talkMs: 7_512_000, successes: 9, limit: 400 },
  minutes: Array.from({ length: 60 }, (_, at) => {
    const attempts = at < 12 ? 0 : Math.round(3 + 3 * Math.sin(at / 5));
    return { at: later((at - 60) * MINUTE_MS), attempts, reached: Math.floor(attempts / 3) };
  }),
};

export const WHY_NOT: WhyNot = {
  asOf: NOON,
  total: 1204,
  dialable: 112,
  segments: [
    segment(
      'not-due',
      'Due',
      402,
      'They wait after their last attempt, or for a promised callback.',
      HOUR_MS,
    ),
    segment('finished', 'Still to be called', 374, 'The campaign is done with them.', null),
    segment('legal-hours', 'Legal hours', 268, 'It is too early or too late where they are.', 2 * HOUR_MS),
    segment('attempts-spent', 'Attempts in all', 31, 'All attempts are spent.', null),
    segment('do-not-call', 'Do-not-call list', 12, 'They are on the list.', null),
    segment('place-unknown', 'Where they are', 5, 'Nobody knows the time there.', null),
  ],
};

function segment(rule: string, title: string, count: number, sentence: string, ms: number | null): Segment {
  return { rule, title, count, sentence, firstAt: ms === null ? null : later(ms) };
}

export const SEGMENT_WHO = {
  rows: WHO.map((each) => ({ ...each, why: 'Cooling off after the last attempt.', at: later(2 * HOUR_MS) })),
  next: null,
};

export const EXPLANATION: Explanation = {
  contactId: 2,
  name: 'Maria Lopez',
  number: '+1 503-555-0187',
  zones: ['America/Los_Angeles', 'America/Boise'],
  verdict: {
    kind: 'wait',
    sentence: 'Outside the hours the law allows there: it is 7:10 in Los Angeles.',
    until: later(HOUR_MS),
  },
  changesAt: later(HOUR_MS),
  remedy: 'Wait until 8:00 there: nothing but the hour holds them back.',
  findings: [
    {
      rule: 'bad-number',
      title: 'The number',
      passed: true,
      sentence: 'The number can be rung.',
      values: {},
      changesAt: null,
      law: [],
    },
    {
      rule: 'legal-hours',
      title: 'Legal hours',
      passed: false,
      sentence: 'Outside the hours the law allows there: it is 7:10 in Los Angeles.',
      values: { zones: 'America/Los_Angeles, America/Boise', opensAt: later(HOUR_MS) },
      changesAt: later(HOUR_MS),
      law: [
        {
          id: 'us-hours',
          citation: '47 CFR 64.1200(c)(1)',
          sentence: 'In the United States nobody is called before 8:00 or after 21:00 where they are.',
        },
      ],
    },
    {
      rule: 'attempts-spent',
      title: 'Attempts in all',
      passed: true,
      sentence: '2 of 6 attempts made.',
      values: { attempts: 2, attemptsMax: 6 },
      changesAt: null,
      law: [],
    },
  ],
};

export const TEMPLATES: Template[] = [
  { id: 'calls', name: 'Customer calls', about: 'Agents ring a list in office hours, six attempts each.' },
  { id: 'reminder', name: 'AI reminder', about: 'A machine’s voice reminds people who agreed to it.' },
  { id: 'leads', name: 'Lead follow-up', about: 'Fresh contacts first, at different times of the day.' },
];

/** A morning of four hours, as a rehearsal tells it. */
export const REHEARSED: RehearsalStanding = {
  kind: 'done',
  rehearsal: {
    agents: 4,
    hours: 4,
    seed: '1',
    zone: 'America/New_York',
    from: later(-4 * HOUR_MS),
    to: NOON,
    finishedAt: null,
    dials: 412,
    talks: 163,
    talkMs: 163 * 109_000,
    costMicros: 9_340_000,
    currency: 'USD',
    talkMsPerHour: 19 * MINUTE_MS,
    idleMsPerAgent: 7 * MINUTE_MS,
    contacts: 1204,
    reached: 498,
    exhausted: 31,
    neverReached: [
      {
        rule: 'ring',
        title: 'No agent got to them',
        count: 401,
        sentence: 'They may be rung, and wait for an agent.',
      },
      { rule: 'not-due', title: 'Due', count: 274, sentence: 'Cooling off after the last attempt.' },
      { rule: 'attempts-spent', title: 'Attempts in all', count: 31, sentence: 'All 6 attempts are spent.' },
    ],
    byAgent: [],
    byHour: [0, 1, 2, 3].map((nth) => ({
      at: later((nth - 4) * HOUR_MS),
      dials: 110 - nth * 5,
      talks: 42 - nth,
      talkMs: (42 - nth) * 109_000,
      idleMs: nth * 2 * MINUTE_MS,
    })),
    basis: { from: 'usual', calls: 0 },
    sentences: [
      'With 4 agents from Tue 2026-11-24, 9:00, the campaign is not finished by Tue 2026-11-24, 13:00.',
      '412 calls to 1,204 contacts led to 163 talks of 109 seconds each.',
      '498 of 1,204 people are reached by then; 31 have no attempt left.',
      'Each agent talks 19 minutes of every hour at work, and waits for somebody to ring for 7 minutes in all.',
      'The calls cost about $9.34 at the simulator’s prices.',
      'People answer and talk as they usually do: this campaign has made too few calls to tell.',
    ],
    log: [
      '2026-11-24T14:00:01.036Z Agent 2 starts',
      '2026-11-24T14:00:04.036Z call 1: +12125550101 is asked for',
      '2026-11-24T14:00:06.952Z call 1: ringing',
    ],
    logLines: 3214,
    logHash: 'a62c9afc90ad62b957e87d763fffe11dff13b7336aef65839ca794a93e91a443',
  },
};

function said(key: string) {
  return { key, kind: 'say' as const, branches: [] };
}

export const SCRIPT_FIGURES = {
  first: { tries: 212, successes: 31 },
  second: { tries: 198, successes: 49 },
};
