import type { Law } from './laws/breach.ts';

/*
 * The laws broken on purpose, one at a time, as a mistake of ours might break them. Each has to be found: a mutation
 * that lives on is a hole in test/sim/laws. They are applied to the text on its way in, and never to the tree.
 */

export interface Edit {
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutation {
  readonly name: string;
  /** What it is a crime against. It may be found by another law that it breaks on the way. */
  readonly law: Law;
  readonly edits: readonly Edit[];
}

const ATTEMPTS = 'electron/dialer/attempts.ts';
const RECOVER = 'electron/dialer/recover.ts';
const FILING = 'electron/dialer/filing.ts';
const ON_CAMPAIGNS = 'shared/domain/verdict-rules-campaign.ts';
const ON_HOURS = 'shared/domain/verdict-rules-hours.ts';
const ON_NUMBERS = 'shared/domain/verdict-rules-number.ts';
const CALL_TABLES = 'electron/store/migrations/0001-first-tables-calls.ts';

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'no lock on the number',
    law: 'one call per number',
    edits: [
      {
        file: CALL_TABLES,
        find: 'CREATE UNIQUE INDEX attempts_number_lock ON attempts (to_e164) WHERE closed_at IS NULL;',
        replace: 'CREATE INDEX attempts_number_lock ON attempts (to_e164) WHERE closed_at IS NULL;',
      },
      {
        file: 'electron/store/attempts.ts',
        find: "'ON CONFLICT (to_e164) WHERE closed_at IS NULL DO NOTHING'",
        replace: "''",
      },
      {
        file: ON_NUMBERS,
        find: "heldSince === null ? null : wait('number-in-use'",
        replace: "true ? null : wait('number-in-use'",
      },
    ],
  },
  {
    name: 'verdict not reached anew with the intent',
    law: 'do not call',
    edits: [
      { file: ATTEMPTS, find: "if (verdict.kind !== 'ring') return refused(verdict.because);", replace: '' },
    ],
  },
  {
    name: 'do-not-call overlooked at the dial instant',
    law: 'do not call',
    edits: [
      {
        file: ATTEMPTS,
        find: 'const subject = subjectAt(now);',
        replace: 'const subject = { ...subjectAt(now), doNotCall: null };',
      },
    ],
  },
  {
    name: 'asked once more after a time-out',
    law: 'one request per intent',
    edits: [
      {
        file: ATTEMPTS,
        find: 'withTransaction(db, () => settle(db, attempt.id, carrier.name, placed, clock));',
        replace: `if (placed.kind === 'unclear') await carrier.place({ attemptId: attempt.id, to: attempt.to,
          from: attempt.from, detectMachine: carrier.can.machineDetection, ...options }, signal);
          withTransaction(db, () => settle(db, attempt.id, carrier.name, placed, clock));`,
      },
    ],
  },
  {
    name: 'an unclear answer is taken for a no',
    law: 'certainty',
    edits: [
      {
        file: ATTEMPTS,
        find: "case 'unclear':",
        replace: "case 'unclear':\n closeUnplaced(db, attemptId, placed.sentence, clock);\n return;",
      },
    ],
  },
  {
    name: 'the certainty time is not waited for',
    law: 'certainty',
    edits: [
      {
        file: RECOVER,
        find: 'const isSure = patience.isOver(id, carrier.can.certaintyMs);',
        replace: 'const isSure = true;',
      },
    ],
  },
  {
    name: 'the mark is written after the request',
    law: 'intent before request',
    edits: [
      {
        file: ATTEMPTS,
        find: 'if (!isStillIntended(db, attempt.id, clock)) return TAKEN_FOR_LEFT;',
        replace: '',
      },
    ],
  },
  {
    name: 'legal hours ignored',
    law: 'hours',
    edits: [{ file: ON_HOURS, find: 'if (!there.isOpen)\n', replace: 'if (false)\n' }],
  },
  {
    name: 'a promise is kept at night',
    law: 'hours',
    edits: [
      {
        file: ON_HOURS,
        find: 'if (!there.isOpen)\n',
        replace: 'if (!there.isOpen && subject.enrolment?.promisedFor == null)\n',
      },
      {
        file: 'electron/dialer/choose.ts',
        find: 'const areOpen = (places: Places) => {\n',
        replace: 'const areOpen = (places: Places) => {\n    return true;\n',
      },
    ],
  },
  {
    name: 'campaign hours ignored',
    law: 'hours',
    edits: [{ file: ON_HOURS, find: 'return opening.open ? null :', replace: 'return true ? null :' }],
  },
  {
    name: 'attempts are not counted',
    law: 'caps and rests',
    edits: [
      {
        file: ON_CAMPAIGNS,
        find: "return attempts < attemptsMax ? null : never('attempts-spent'",
        replace: "return true ? null : never('attempts-spent'",
      },
      {
        file: 'shared/domain/disposition.ts',
        find: 'return attempts >= attemptsMax',
        replace: 'return false',
      },
    ],
  },
  {
    name: 'daily limit ignored',
    law: 'caps and rests',
    edits: [
      {
        file: ON_CAMPAIGNS,
        find: "return attempts < limit ? null : wait('daily-limit'",
        replace: "return true ? null : wait('daily-limit'",
      },
    ],
  },
  {
    name: 'no rest after an outcome',
    law: 'caps and rests',
    edits: [
      {
        file: 'shared/domain/disposition.ts',
        find: '(retryMs[id] ?? consequence.afterMs)',
        replace: '0',
      },
    ],
  },
  {
    name: 'cooling off ignored',
    law: 'caps and rests',
    edits: [{ file: ON_CAMPAIGNS, find: 'if (coolDownMs === 0 ||', replace: 'if (true ||' }],
  },
  {
    name: 'consent to the voice ignored',
    law: 'consent',
    edits: [
      { file: ON_NUMBERS, find: 'return consents.aiVoice === null ?', replace: 'return false ?' },
      {
        file: 'electron/dialer/jobs.ts',
        find: "if (consentSince(db, schedule.contactId, 'ai-voice') === null)",
        replace: 'if (false)',
      },
    ],
  },
  {
    name: 'concurrency ignored',
    law: 'concurrency',
    edits: [
      {
        file: 'electron/dialer/background-one.ts',
        find: "if (unattendedNow(db).length >= concurrentIn(db)) return { kind: 'full' };",
        replace: '',
      },
      {
        file: 'electron/dialer/background-calls.ts',
        find: 'if (live.length >= concurrentIn(db)) return LOOK_MS;',
        replace: '',
      },
    ],
  },
  {
    name: 'what was slept through is made up for',
    law: 'no burst',
    edits: [{ file: 'electron/dialer/scheduler.ts', find: 'await jobs.missOverdue(rest);', replace: '' }],
  },
  {
    name: 'events are kept as often as they come',
    law: 'events once',
    edits: [
      { file: CALL_TABLES, find: 'CREATE UNIQUE INDEX inbox_once', replace: 'CREATE INDEX inbox_once' },
      {
        file: 'electron/store/inbox.ts',
        find: "'ON CONFLICT (carrier, call_ref, key) DO NOTHING'",
        replace: "''",
      },
    ],
  },
  {
    name: 'a call goes back to an earlier state',
    law: 'only forward',
    edits: [
      {
        file: 'shared/domain/call.ts',
        find: 'const isLater = rank(status) > rank(story.status);',
        replace: 'const isLater = true;',
      },
    ],
  },
  {
    name: 'nobody asks about silent calls',
    law: 'same as the carrier',
    edits: [{ file: RECOVER, find: 'for (const call of silent) await pollSilent(call);', replace: '' }],
  },
  {
    name: 'the outcome is filed a moment after the end',
    law: 'no contact lost',
    edits: [
      {
        file: 'electron/dialer/track.ts',
        find: 'if (attempt !== null) settleUnattended(db, attempt, clock.now());',
        replace: 'if (attempt !== null) clock.after(1, () => settleUnattended(db, attempt, clock.now()));',
      },
    ],
  },
  {
    name: 'who was not rung after all is kept in hand',
    law: 'no contact lost',
    edits: [
      {
        file: ATTEMPTS,
        find: 'returnEnrolment(db, attempt.enrolmentId, attempt.sessionId, after(at, REFUSED_REST_MS));',
        replace: '',
      },
    ],
  },
  {
    name: 'notes are not on the disk',
    law: 'no outcome lost',
    edits: [{ file: FILING, find: 'saveDraft(parts.db, { ...draft, savedAt });', replace: '' }],
  },
  {
    name: 'a promise is not written down',
    law: 'no promise lost',
    edits: [
      {
        file: FILING,
        find: "if (consequence.kind === 'callback' && attempt.contactId !== null && filing.callbackAt !== null)",
        replace: 'if (false)',
      },
    ],
  },
  {
    name: '“stop calling” is for one number only',
    law: 'do not call',
    edits: [
      {
        file: FILING,
        find: ': numbersOf(parts.db, attempt.contactId).map((each) => each.e164);',
        replace: ': [attempt.to];',
      },
    ],
  },
  {
    name: 'a call that is being set up is forgotten at a start',
    law: 'nothing left open',
    edits: [{ file: RECOVER, find: "case 'sent':", replace: "case 'sent':\n return false;" }],
  },
];
