import type { DeskView, OwnDay } from '../../../shared/contract/desk.ts';
import type { CampaignRow } from './campaign-row.ts';
import { after, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/lib/instants.ts';
import { RECOVERED, SLEPT, TIME_RAN_OUT } from './desk-face.ts';
import {
  aCall,
  aContact,
  aDesk,
  ago,
  aSession,
  ATTEMPT,
  DISPOSITIONS,
  NOON,
  TRANSCRIPT,
} from './desk-fixtures.ts';

const contact = aContact();
const missing = [
  { attemptId: ATTEMPT.replace(/1$/, '8'), name: 'Ada Nowak', endedAt: ago(40 * MINUTE_MS) },
  { attemptId: ATTEMPT.replace(/1$/, '9'), name: 'Omar Kim', endedAt: ago(3 * HOUR_MS) },
];
const wrapUp = aSession({ kind: 'wrap-up', attemptId: ATTEMPT, endedAt: ago(8 * SECOND_MS) });
const draft = {
  attemptId: ATTEMPT,
  note: 'At work until six. Wants it in writing.',
  dispositionId: null,
  callback: '',
  anyoneMayCall: false,
  answers: {},
  ticked: [],
  savedAt: ago(2 * SECOND_MS),
};

/** An outcome that asks before it is filed. */
const VISIT: DeskView['dispositions'][number] = {
  id: 'visit',
  label: 'Visit agreed',
  digit: '7',
  group: 'reached',
  does: 'closes',
  asksForTime: false,
  needsConfirm: false,
  needsNote: false,
  form: [
    { key: 'day', label: 'Day of the visit', kind: 'date', isRequired: true, options: [] },
    { key: 'rooms', label: 'How many rooms', kind: 'number', isRequired: true, options: [] },
    {
      key: 'door',
      label: 'At which door',
      kind: 'choice',
      isRequired: true,
      options: ['Front door', 'Side door'],
    },
    { key: 'key', label: 'Is somebody at home', kind: 'yes-no', isRequired: false, options: [] },
  ],
  isSuccess: true,
};

/** Every face of the screen, by the name in the address. */
export const SHOWN: Readonly<Record<string, DeskView>> = {
  start: aDesk({ missing }),
  'start-none': aDesk({ today: { dials: 0, talks: 0, talkMs: 0, successes: 0 } }),
  ready: aDesk({
    session: aSession({ kind: 'ready' }),
    nextUp: [],
    waiting: {
      sentence: 'Nobody may be rung right now. 1,204 wait for 9:00 their time, 311 are cooling off.',
      until: after(NOON, 2 * HOUR_MS),
    },
  }),
  done: aDesk({
    session: aSession({ kind: 'ready' }),
    nextUp: [],
    waiting: {
      sentence:
        'Everybody in this campaign has been reached or is finished. Choose another campaign, or add contacts.',
      until: null,
    },
  }),
  preview: aDesk({
    session: aSession({ kind: 'previewing', enrolmentId: 1, dialAt: null }, { mode: 'preview' }),
    contact: aContact({
      promise: { dueAt: after(NOON, -10 * MINUTE_MS), note: 'Has talked it over with Luis.' },
    }),
    missing,
    undo: { attemptId: ATTEMPT, label: 'No answer', name: 'Omar Kim', until: after(NOON, 8 * SECOND_MS) },
  }),
  'lead-in': aDesk({
    session: aSession({ kind: 'previewing', enrolmentId: 1, dialAt: after(NOON, 4 * SECOND_MS) }),
    contact,
  }),
  dialing: aDesk({
    session: aSession({ kind: 'dialing', attemptId: ATTEMPT }, { since: ago(SECOND_MS) }),
    contact,
    call: aCall({ ringingAt: null, answeredAt: null, answeredBy: null }),
  }),
  ringing: aDesk({
    session: aSession({ kind: 'ringing', attemptId: ATTEMPT }),
    contact: aContact({ mayRingUntil: after(NOON, 9 * MINUTE_MS) }),
    call: aCall({ ringingAt: ago(6 * SECOND_MS), answeredAt: null, answeredBy: null }),
  }),
  connected: aDesk({
    session: aSession({ kind: 'connected', attemptId: ATTEMPT }),
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
    draft,
  }),
  machine: aDesk({
    session: aSession({ kind: 'connected', attemptId: ATTEMPT }, { pauseAfter: 'Lunch' }),
    contact,
    call: aCall({ answeredBy: 'machine_end_beep', answeredAt: ago(16 * SECOND_MS), isMuted: true }),
  }),
  hold: aDesk({
    session: aSession({ kind: 'on-hold', attemptId: ATTEMPT }),
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
    can: { hold: true, mute: true, tones: true, transfer: true, voicemailDrop: false },
  }),
  consulting: aDesk({
    session: aSession({
      kind: 'on-hold',
      attemptId: ATTEMPT,
      consult: { to: 'Ben Çelik', colleague: 'there' },
    }),
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
  }),
  'wrap-up': aDesk({
    session: { ...wrapUp, wrapUpEndsAt: after(NOON, 38 * SECOND_MS) },
    contact,
    call: aCall({ endedAt: ago(8 * SECOND_MS), end: 'completed', endedBy: 'them', transcript: TRANSCRIPT }),
    draft,
    missing,
  }),
  'wrap-up-short': aDesk({
    session: { ...wrapUp, wrapUpEndsAt: after(NOON, 17 * SECOND_MS) },
    contact,
    call: aCall({ answeredAt: null, endedAt: ago(8 * SECOND_MS), end: 'no-answer', endedBy: 'carrier' }),
  }),
  callback: aDesk({
    session: { ...wrapUp, pauseAfter: TIME_RAN_OUT },
    contact,
    call: aCall({ endedAt: ago(8 * SECOND_MS), end: 'completed', endedBy: 'us' }),
    draft: { ...draft, dispositionId: 'callback', callback: 'tue 10:30' },
  }),
  form: aDesk({
    session: { ...wrapUp, wrapUpEndsAt: after(NOON, 38 * SECOND_MS) },
    contact,
    call: aCall({ endedAt: ago(8 * SECOND_MS), end: 'completed', endedBy: 'us', transcript: TRANSCRIPT }),
    dispositions: [VISIT, ...DISPOSITIONS.filter(({ digit }) => digit !== VISIT.digit)],
    draft: {
      ...draft,
      dispositionId: VISIT.id,
      answers: { day: '2026-11-24', rooms: '4' },
      ticked: ['consent'],
    },
  }),
  paused: aDesk({ session: aSession({ kind: 'paused', reason: 'Lunch' }, { since: ago(19 * MINUTE_MS) }) }),
  recovered: aDesk({
    session: aSession({ kind: 'paused', reason: RECOVERED }),
    missing: missing.slice(0, 1),
  }),
  trouble: aDesk({
    session: aSession({
      kind: 'trouble',
      attemptId: ATTEMPT,
      what: 'The carrier did not answer within 10 seconds.',
    }),
    contact,
    call: null,
  }),
  'carrier-lost': aDesk({
    session: aSession({ kind: 'connected', attemptId: ATTEMPT }),
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
    line: {
      kind: 'lost',
      sentence: 'The carrier cannot be reached. Calls under way go on; we will ask again.',
      since: ago(8 * SECOND_MS),
    },
    draft,
  }),
  slept: aDesk({
    session: aSession({ kind: 'connected', attemptId: ATTEMPT }, { pauseAfter: SLEPT }),
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
    line: {
      kind: 'asking',
      sentence: 'The computer slept. The carrier is being asked what became of this call meanwhile.',
      since: ago(SECOND_MS),
    },
  }),
  'handed-over': aDesk({
    session: {
      ...wrapUp,
      state: { kind: 'wrap-up', attemptId: ATTEMPT, endedAt: ago(8 * SECOND_MS), transferredTo: 'Ben Çelik' },
    },
    contact,
    call: aCall({ transcript: TRANSCRIPT }),
    draft,
  }),
  'by-hand': aDesk({
    session: aSession({ kind: 'connected', attemptId: ATTEMPT }),
    call: aCall({ nth: 1, number: '+1 415-555-0123' }),
    script: [],
    nextUp: [],
  }),
};

const campaign: CampaignRow = {
  id: 1,
  name: 'Heating check 2026',
  status: 'active',
  mode: 'power',
  contacts: 4_812,
  open: 3_377,
  done: 1_435,
  agents: 3,
  hours: 'Mon–Fri 9:00–19:00',
  zone: 'America/New_York',
  voice: 'agent',
  dialableNow: 812,
  nextAt: null,
  attempts: 2_140,
  today: 0,
  reached: 801,
};

export const CAMPAIGNS: Readonly<Record<string, readonly CampaignRow[]>> = {
  start: [
    campaign,
    {
      ...campaign,
      id: 2,
      name: 'Renewals, Pacific',
      mode: 'preview',
      contacts: 640,
      open: 212,
      done: 428,
      agents: 1,
    },
    { ...campaign, id: 3, name: 'Old leads', status: 'paused' },
  ],
  'start-none': [{ ...campaign, status: 'paused' }],
};

/** Five hours and a bit, every second of it in one class. */
export const OWN_DAY: OwnDay = {
  from: ago(5 * HOUR_MS + 12 * MINUTE_MS),
  until: NOON,
  shares: (
    [
      ['connected', 47],
      ['on-hold', 4],
      ['ringing', 61],
      ['dialing', 14],
      ['previewing', 58],
      ['wrap-up', 76],
      ['paused', 40],
      ['ready', 7],
      ['trouble', 1],
      ['away', 4],
    ] as const
  ).map(([kind, minutes]) => ({
    kind,
    reason: kind === 'paused' ? 'Lunch' : null,
    ms: minutes * MINUTE_MS,
  })),
  outcomes: [
    { label: 'No answer', group: 'not-reached', n: 41 },
    { label: 'Voicemail', group: 'not-reached', n: 19 },
    { label: 'Callback', group: 'reached', n: 6 },
    { label: 'Qualified', group: 'reached', n: 3 },
  ],
  dials: 84,
  talks: 11,
  talkMs: 47 * MINUTE_MS,
  successes: 3,
};
