import type { ContactCard, DeskView } from '../../../shared/contract/desk.ts';
import { STANDARD_DISPOSITIONS, consequenceInWords } from '../../../shared/domain/disposition.ts';
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS, after, instant } from '../../../shared/lib/instants.ts';
import type { DeskCall, Session, SessionState } from './desk-face.ts';

/** Friday 20 November 2026, 18:42 in London, 10:42 in Portland. */
export const NOON = instant(Date.UTC(2026, 10, 20, 18, 42, 10));
export const ATTEMPT = '0199a000-0000-7000-8000-000000000001';

export function ago(ms: number): Instant {
  return after(NOON, -ms);
}

export function aSession(state: SessionState, part: Partial<Session> = {}): Session {
  return {
    id: 1,
    campaignId: 1,
    campaign: 'Heating check 2026',
    mode: 'power',
    state,
    since: ago(14 * SECOND_MS),
    pauseAfter: null,
    wrapUpEndsAt: null,
    ...part,
  };
}

export function aCall(part: Partial<DeskCall> = {}): DeskCall {
  return {
    attemptId: ATTEMPT,
    nth: 2,
    number: '+1 503-555-0187',
    ringingAt: ago(150 * SECOND_MS),
    answeredAt: ago(134 * SECOND_MS),
    endedAt: null,
    end: null,
    endedBy: null,
    answeredBy: 'human',
    isMuted: false,
    isRecorded: true,
    transcript: [],
    ...part,
  };
}

export function aContact(part: Partial<ContactCard> = {}): ContactCard {
  return {
    id: 7,
    name: 'Maria Lopez',
    title: 'Buyer',
    company: 'Globex',
    place: 'Portland, OR',
    email: 'maria.lopez@globex.example',
    fields: {
      Plan: 'Service Plus',
      'Boiler model': 'Aurora 24',
      Installed: '2014',
      'Last visit': 'Oct 2025',
      Source: 'Web form',
    },
    numbers: [
      {
        id: 1,
        kind: 'mobile',
        shown: '+1 503-555-0187',
        isStarred: true,
        isUsable: true,
        lastResult: 'No answer, Wed',
      },
      { id: 2, kind: 'office', shown: '+1 503-555-0144', isStarred: false, isUsable: true, lastResult: null },
      {
        id: 3,
        kind: 'home',
        shown: '+1 503-555-0109',
        isStarred: false,
        isUsable: false,
        lastResult: 'Wrong number',
      },
    ],
    history: [
      {
        attemptId: ATTEMPT.replace(/1$/, '2'),
        at: ago(50 * HOUR_MS),
        who: 'Ann Field',
        what: 'Callback',
        seconds: 74,
        note: 'At the dentist. Ask for her, not for Luis. Prefers mornings.',
      },
      {
        attemptId: ATTEMPT.replace(/1$/, '3'),
        at: ago(170 * HOUR_MS),
        who: 'Ben Çelik',
        what: 'No answer',
        seconds: null,
        note: '',
      },
    ],
    promise: null,
    zone: 'America/Los_Angeles',
    zones: ['America/Los_Angeles'],
    mayRingUntil: after(NOON, 10 * HOUR_MS + 17 * MINUTE_MS),
    attempts: 2,
    attemptsMax: 6,
    ...part,
  };
}

export const DISPOSITIONS: DeskView['dispositions'] = STANDARD_DISPOSITIONS.map((each) => ({
  id: each.id,
  label: each.label,
  digit: each.digit,
  group: each.group,
  does: consequenceInWords(each.consequence),
  asksForTime: each.consequence.kind === 'callback',
  needsConfirm: each.needsConfirm,
  needsNote: each.needsNote,
  form: [],
  isSuccess: each.isSuccess,
}));

/** A desk in the middle of a working day; say only what matters. */
export function aDesk(part: Partial<DeskView> = {}): DeskView {
  return {
    session: null,
    contact: null,
    call: null,
    line: null,
    can: { hold: true, mute: true, tones: true, transfer: true, voicemailDrop: true },
    script: SCRIPT,
    dispositions: DISPOSITIONS,
    draft: null,
    nextUp: [
      { enrolmentId: 2, name: 'Omar Kim', why: 'callback due 18:45' },
      { enrolmentId: 3, name: 'Ben Çelik', why: 'never rung, oldest first' },
      { enrolmentId: 4, name: 'Ada Nowak', why: 'never rung, oldest first' },
    ],
    waiting: null,
    undo: null,
    missing: [],
    today: { dials: 84, talks: 11, talkMs: 47 * MINUTE_MS, successes: 3 },
    ...part,
  };
}

function said(key: string, kind: DeskView['script'][number]['kind'] = 'say') {
  return { key, kind, branches: [] };
}

export const SCRIPT: DeskView['script'] = [
  {
    ...said('opening'),
    title: 'Opening',
    branches: [{ label: 'Wrong moment', to: 'later' }],
    runs: [
      { kind: 'words', text: 'Hello ' },
      { kind: 'field', text: 'Maria' },
      { kind: 'words', text: ', this is ' },
      { kind: 'field', text: 'Ann' },
      { kind: 'words', text: ' from the practice company. You asked us about the yearly check of your ' },
      { kind: 'field', text: 'Aurora 24' },
      { kind: 'words', text: '. Do you have two minutes?' },
    ],
  },
  {
    ...said('reason'),
    title: 'Reason',
    runs: [
      { kind: 'words', text: 'Your last visit was in ' },
      { kind: 'gap', text: '[last visit]' },
      {
        kind: 'words',
        text: '. The guarantee asks for one each year, and we have a Tuesday and a Thursday free in ',
      },
      { kind: 'field', text: 'Portland, OR' },
      { kind: 'words', text: ' next week.' },
    ],
  },
  {
    ...said('consent', 'consent'),
    title: 'Agreed to a visit',
    runs: [
      {
        kind: 'words',
        text: 'Then I put you down for a visit, and we ring the day before. Is that all right?',
      },
    ],
  },
  {
    ...said('price', 'objection'),
    title: 'The price is too high',
    runs: [{ kind: 'words', text: 'It is the same price as last year, and it can be paid by the month.' }],
  },
  {
    ...said('later'),
    title: 'Wrong moment',
    runs: [
      {
        kind: 'words',
        text: 'I understand. When would suit you better? I can ring you again at a time you choose.',
      },
    ],
  },
  {
    ...said('bye'),
    title: 'Goodbye',
    runs: [{ kind: 'words', text: 'Thank you for your time. You will have it in writing today.' }],
  },
];

export const TRANSCRIPT: DeskCall['transcript'] = [
  { speaker: 'contact', fromMs: 600, toMs: 1_200, text: 'Hello?' },
  {
    speaker: 'agent',
    fromMs: 1_600,
    toMs: 6_000,
    text: 'Hello Maria, this is Ann from the practice company. Do you have two minutes?',
  },
  { speaker: 'contact', fromMs: 6_500, toMs: 8_000, text: 'Two minutes, yes. Go on.' },
  { speaker: 'agent', fromMs: 8_400, toMs: 13_000, text: 'When was the boiler last looked at?' },
  { speaker: 'contact', fromMs: 13_600, toMs: 17_000, text: 'Last autumn, I think. Or the one before that.' },
];
