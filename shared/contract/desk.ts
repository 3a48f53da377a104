import { z } from 'zod';
import { attemptIdShape, idShape, instantShape, noteShape, nothing, pinShape } from './shapes.ts';
import { branchShape, scriptRunShape, stepKindShape } from './scripts.ts';
import { ask, tell } from './wire.ts';

const consultShape = z.object({ to: z.string(), colleague: z.enum(['rung', 'there', 'gone']) });

export const sessionStateShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('previewing'), enrolmentId: idShape, dialAt: instantShape.nullable() }),
  z.object({ kind: z.literal('dialing'), attemptId: attemptIdShape }),
  z.object({ kind: z.literal('ringing'), attemptId: attemptIdShape }),
  z.object({
    kind: z.literal('connected'),
    attemptId: attemptIdShape,
    consult: consultShape.optional(),
  }),
  z.object({ kind: z.literal('on-hold'), attemptId: attemptIdShape, consult: consultShape.optional() }),
  z.object({
    kind: z.literal('wrap-up'),
    attemptId: attemptIdShape,
    endedAt: instantShape,
    transferredTo: z.string().optional(),
  }),
  z.object({ kind: z.literal('paused'), reason: z.string() }),
  z.object({ kind: z.literal('trouble'), attemptId: attemptIdShape, what: z.string() }),
]);

export const numberShape = z.object({
  id: idShape,
  kind: z.enum(['mobile', 'office', 'home', 'other']),
  /** As people write it; the E.164 form stays in the kernel. */
  shown: z.string(),
  isStarred: z.boolean(),
  isUsable: z.boolean(),
  lastResult: z.string().nullable(),
});

export const historyShape = z.object({
  attemptId: attemptIdShape,
  at: instantShape,
  who: z.string(),
  what: z.string(),
  seconds: z.number().nullable(),
  note: z.string(),
});

export const contactCardShape = z.object({
  id: idShape,
  name: z.string(),
  title: z.string(),
  company: z.string(),
  place: z.string(),
  email: z.string(),
  fields: z.record(z.string(), z.string()),
  numbers: z.array(numberShape),
  history: z.array(historyShape),
  promise: z.object({ dueAt: instantShape, note: z.string() }).nullable(),
  /** The zone their clock is shown in, and until when the law lets them be rung today. */
  zone: z.string().nullable(),
  zones: z.array(z.string()),
  mayRingUntil: instantShape.nullable(),
  attempts: z.number(),
  attemptsMax: z.number(),
});

export type ContactCard = z.output<typeof contactCardShape>;

export const formFieldShape = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'number', 'money', 'date', 'choice', 'yes-no']),
  isRequired: z.boolean(),
  options: z.array(z.string()),
});

/** Answers to a form, by the field's key. */
export const answersShape = z.record(z.string().max(40), z.string().max(2_000));

/** The keys of the steps whose words they agreed to. */
export const tickedShape = z.array(z.string().max(40)).max(40);

export const dispositionShape = z.object({
  id: z.string(),
  label: z.string(),
  digit: z.string(),
  group: z.enum(['reached', 'not-reached', 'stop']),
  does: z.string(),
  asksForTime: z.boolean(),
  needsConfirm: z.boolean(),
  needsNote: z.boolean(),
  form: z.array(formFieldShape),
  isSuccess: z.boolean(),
});

export const deskShape = z.object({
  session: z
    .object({
      id: idShape,
      campaignId: idShape,
      campaign: z.string(),
      mode: z.enum(['preview', 'power']),
      state: sessionStateShape,
      since: instantShape,
      pauseAfter: z.string().nullable(),
      /** When the wrap-up timer runs out; null where there is none, or while a hand is typing. */
      wrapUpEndsAt: instantShape.nullable(),
    })
    .nullable(),
  contact: contactCardShape.nullable(),
  call: z
    .object({
      attemptId: attemptIdShape,
      /** Attempt 2 of 6. */
      nth: z.number(),
      number: z.string(),
      ringingAt: instantShape.nullable(),
      answeredAt: instantShape.nullable(),
      endedAt: instantShape.nullable(),
      end: z.string().nullable(),
      endedBy: z.enum(['us', 'them', 'carrier']).nullable(),
      answeredBy: z.string().nullable(),
      isMuted: z.boolean(),
      isRecorded: z.boolean(),
      transcript: z.array(
        z.object({
          speaker: z.enum(['agent', 'contact']),
          fromMs: z.number(),
          toMs: z.number(),
          text: z.string(),
        }),
      ),
    })
    .nullable(),
  /** In a call: the carrier is lost, or is asked after sleep what became of the call. Null where all is well. */
  line: z.object({ kind: z.enum(['lost', 'asking']), sentence: z.string(), since: instantShape }).nullable(),
  can: z.object({
    hold: z.boolean(),
    mute: z.boolean(),
    tones: z.boolean(),
    transfer: z.boolean(),
    /** Why no colleague can be asked before a contact is handed over; null where one can. */
    noConsult: z.string().nullable().optional(),
    voicemailDrop: z.boolean(),
    /** Why calls may not begin by themselves; null where they may. */
    noPower: z.string().nullable().optional(),
  }),
  script: z.array(
    z.object({
      key: z.string(),
      kind: stepKindShape,
      title: z.string(),
      runs: z.array(scriptRunShape),
      branches: z.array(branchShape),
    }),
  ),
  dispositions: z.array(dispositionShape),
  draft: z
    .object({
      attemptId: attemptIdShape,
      note: z.string(),
      dispositionId: z.string().nullable(),
      callback: z.string(),
      anyoneMayCall: z.boolean(),
      answers: answersShape,
      ticked: tickedShape,
      savedAt: instantShape,
    })
    .nullable(),
  nextUp: z.array(z.object({ enrolmentId: idShape, name: z.string(), why: z.string() })),
  /** Why nobody is in hand, in one sentence, and when that may change. */
  waiting: z.object({ sentence: z.string(), until: instantShape.nullable() }).nullable(),
  undo: z
    .object({ attemptId: attemptIdShape, label: z.string(), name: z.string(), until: instantShape })
    .nullable(),
  /** Ended calls that nobody has said anything about yet (law 6). */
  missing: z.array(z.object({ attemptId: attemptIdShape, name: z.string(), endedAt: instantShape })),
  today: z.object({ dials: z.number(), talks: z.number(), talkMs: z.number(), successes: z.number() }),
});

export type DeskView = z.output<typeof deskShape>;

/** What is said about a call besides its outcome and its note. Left out is not said. */
const moreSaid = {
  anyoneMayCall: z.boolean().optional(),
  answers: answersShape.optional(),
  ticked: tickedShape.optional(),
};

/** Where an agent's time went today. The shares add up to the whole between `from` and `until`. */
export const ownDayShape = z.object({
  from: instantShape,
  until: instantShape,
  shares: z.array(
    z.object({
      kind: z.enum([
        'ready',
        'previewing',
        'dialing',
        'ringing',
        'connected',
        'on-hold',
        'wrap-up',
        'paused',
        'trouble',
        'away',
      ]),
      reason: z.string().nullable(),
      ms: z.number(),
    }),
  ),
  outcomes: z.array(z.object({ label: z.string(), group: dispositionShape.shape.group, n: z.number() })),
  dials: z.number(),
  talks: z.number(),
  talkMs: z.number(),
  successes: z.number(),
});

export type OwnDay = z.output<typeof ownDayShape>;

export const transferTargetShape = z.object({ name: z.string(), number: z.string() });

/** Wishes are answered with "done" or a refusal; what came of them arrives as the changed desk. */
const done = z.null();

export const desk = {
  view: ask('agent', nothing, deskShape),
  changed: tell(deskShape),
  /** The asker's own day. */
  ownDay: ask('agent', nothing, ownDayShape),
  start: ask('agent', z.object({ campaignId: idShape, mode: z.enum(['preview', 'power']) }), done),
  stop: ask('agent', nothing, done),
  /** Dials the contact in hand; the starred number unless another is named. */
  dial: ask('agent', z.object({ numberId: idShape.nullable() }), done),
  /** What a typed number is, and whether it may be rung now. Rings nobody. */
  weigh: ask(
    'agent',
    z.object({ text: z.string().max(64) }),
    z.object({
      shown: z.string(),
      mayRing: z.boolean(),
      sentence: z.string(),
      name: z.string().nullable(),
      /** Where it may not be rung: whether a supervisor could let it through, and by which rules. */
      override: z.object({ isPossible: z.boolean(), sentence: z.string() }).nullable(),
    }),
  ),
  /** Dials a number typed by hand. The same verdict applies. */
  dialNumber: ask(
    'agent',
    z.object({
      text: z.string().max(64),
      /** A supervisor’s word, for what is no text of a law. It is in the audit trail in their name. */
      override: z
        .object({ supervisorId: idShape, pin: pinShape, reason: z.string().trim().min(8).max(400) })
        .optional(),
    }),
    done,
  ),
  skip: ask('agent', z.object({ reason: z.string().max(80) }), done),
  hangUp: ask('agent', nothing, done),
  hold: ask('agent', z.object({ on: z.boolean() }), done),
  mute: ask('agent', z.object({ on: z.boolean() }), done),
  tones: ask('agent', z.object({ digits: z.string().regex(/^[0-9*#]{1,32}$/) }), done),
  dropVoicemail: ask('agent', nothing, done),
  /** The phone on the screen carries sound both ways now. Counts once for a call. */
  heard: ask('agent', z.object({ attemptId: attemptIdShape }), done),
  /** Hands the contact over and leaves the call. A number given with a name is kept for the next time. */
  transfer: ask('agent', z.object({ to: z.string().max(64), name: z.string().trim().max(80) }), done),
  /** Puts the contact on hold and rings a colleague, to ask them before anybody is handed over. */
  consult: ask('agent', z.object({ to: z.string().max(64), name: z.string().trim().max(80) }), done),
  /** Leaves the contact and the colleague who was asked to each other. */
  handOver: ask('agent', nothing, done),
  /** Lets the colleague go, and takes the contact off hold. */
  takeBack: ask('agent', nothing, done),
  /** To whom calls are handed over here, by name; `number` as people write it. */
  transferTargets: ask('agent', nothing, z.array(transferTargetShape)),
  forgetTransferTarget: ask('agent', z.object({ number: z.string().max(64) }), done),
  /** Keeps what was typed so far. Answers once it is on disk. */
  draft: ask(
    'agent',
    z.object({
      attemptId: attemptIdShape,
      note: noteShape,
      dispositionId: z.string().max(80).nullable(),
      callback: z.string().max(200),
      ...moreSaid,
    }),
    z.object({ savedAt: instantShape }),
  ),
  file: ask(
    'agent',
    z.object({
      attemptId: attemptIdShape,
      dispositionId: z.string().max(80),
      note: noteShape,
      callbackAt: instantShape.nullable(),
      /** Rings another number of the same contact as soon as it is saved. */
      ringsNextNumber: z.boolean().optional(),
      ...moreSaid,
    }),
    done,
  ),
  /** What a promise would come to when it falls due. Promises nothing. */
  weighCallback: ask(
    'agent',
    z.object({ attemptId: attemptIdShape, at: instantShape }),
    z.object({
      /** The time itself, the next one that is allowed, or null where none is. */
      keptAt: instantShape.nullable(),
      clashes: z.array(z.object({ name: z.string(), at: instantShape })),
    }),
  ),
  undo: ask('agent', nothing, done),
  moreTime: ask('agent', nothing, done),
  pause: ask('agent', z.object({ reason: z.string().trim().min(1).max(80) }), done),
  resume: ask('agent', nothing, done),
};
