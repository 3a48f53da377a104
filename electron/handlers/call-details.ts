import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { CallSheet, DeadLetterRow } from '../../shared/contract/call-details.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { attemptStatus } from '../../shared/domain/attempt-status.ts';
import { storyOf } from '../../shared/domain/call.ts';
import { latencyLedger } from '../../shared/domain/latency.ts';
import { type Person, mayDo } from '../../shared/domain/people.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Result } from '../../shared/lib/result.ts';
import { type CorrectParts, correctNote, correctOutcome, promiseFollowUp } from '../dialer/correct.ts';
import { LINES, parted } from '../carriers/fail-over.ts';
import { knownCarrier } from '../carriers/known.ts';
import type { Kernel } from '../kernel.ts';
import { attemptById } from '../store/attempts.ts';
import { auditOf } from '../store/audit.ts';
import {
  type InboxEvent,
  attemptFacts,
  contactCard,
  decisionOf,
  inboxOf,
  nextRequestOf,
  outcomesOf,
} from '../store/call-details.ts';
import { type Call, callById, eventsOf, transcriptOf } from '../store/calls.ts';
import { callRows } from '../store/call-rows.ts';
import { dispositionsOf } from '../store/dispositions.ts';
import type { DeadLetter } from '../store/inbox.ts';
import { recordingOf } from '../store/recordings.ts';
import { changesByEvent, decisionInWords, toldIn } from './call-words.ts';
import { recordingInWords } from './recording-words.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Group = ParleyHandlers<unknown>['calls'];

const LETTERS = 50;
const CHANGES = 50;

/** One call: everything known of it, and what is said of it afterwards. */
export function callDetailsHandlers(
  rooms: Rooms,
): Pick<Group, 'sheet' | 'editNote' | 'changeOutcome' | 'followUp' | 'deadLetters' | 'redeliver'> {
  const who = () => rooms.seat.person;
  const sheet = (kernel: Kernel, id: number) => sheetOf(kernel, id, who());
  return {
    sheet: ({ id }) => within(rooms, (kernel) => sheet(kernel, id)),
    editNote: ({ id, note }) =>
      within(rooms, (kernel) => {
        const made = correcting(rooms, kernel, id, (parts, attemptId) => correctNote(parts, attemptId, note));
        return made.ok ? sheet(kernel, id) : made;
      }),
    changeOutcome: ({ id, dispositionId, callbackAt }) =>
      within(rooms, (kernel) => {
        const made = correcting(rooms, kernel, id, (parts, attemptId) =>
          correctOutcome(parts, { attemptId, dispositionId, callbackAt }),
        );
        if (!made.ok) return made;
        const shown = sheet(kernel, id);
        return shown.ok ? ok({ sheet: shown.value, sentence: made.value }) : shown;
      }),
    followUp: ({ id, at, anyoneMayCall, note }) =>
      within(rooms, (kernel) => {
        const made = correcting(rooms, kernel, id, (parts, attemptId) =>
          promiseFollowUp(parts, { attemptId, at, anyoneMayCall, note }),
        );
        return made.ok ? sheet(kernel, id) : made;
      }),
    deadLetters: ({ before }) =>
      within(rooms, ({ deadLetters }) => {
        const { rows, next } = deadLetters.page(LETTERS, before);
        return ok({ rows: rows.map(letterRow), next });
      }),
    redeliver: ({ id }) =>
      within(rooms, ({ deadLetters }) => {
        const done = deadLetters.redeliver(id, who()?.id ?? null);
        sayChanged(rooms, 'dead-letters');
        return done.ok ? ok(null) : refuse('conflict', done.error);
      }),
  };
}

const gone = refuse('not-found', 'This call is gone: its contact was erased.');

/** Makes a change to what was said of a call, where this person may. */
function correcting<T>(
  rooms: Rooms,
  kernel: Kernel,
  id: number,
  make: (parts: CorrectParts, attemptId: string) => Result<T, string>,
): { readonly ok: true; readonly value: T } | Refused {
  const { person } = rooms.seat;
  const call = callById(kernel.db, id);
  if (call === null) return gone;
  const trouble = whyNotChanged(kernel, call, person);
  if (trouble !== null) return refuse('not-allowed', trouble);
  assert(call.attemptId !== null, 'a call without an attempt may not be changed');
  const made = make({ db: kernel.db, clock: kernel.clock, byAgent: person?.id ?? null }, call.attemptId);
  if (!made.ok) return refuse('conflict', made.error);
  if (call.campaignId !== null) kernel.campaignChanged(call.campaignId, false);
  sayChanged(rooms, 'calls', [id]);
  return ok(made.value);
}

function whyNotChanged(kernel: Kernel, call: Call, person: Person | null): string | null {
  if (call.attemptId === null) return 'This call did not begin here, so it has no outcome.';
  if (call.status !== 'ended') return 'This call is not over yet.';
  if (kernel.desk.isUnderWay(call.attemptId)) return 'Its agent is still in the wrap-up of this call.';
  const isOwn = person !== null && call.agentId === person.id;
  return isOwn || mayDo(person, 'supervisor') ? null : 'Only its agent or a supervisor may change it.';
}

function sheetOf(kernel: Kernel, id: number, person: Person | null): Answer<CallSheet> {
  const { db, law, home } = kernel;
  const call = callById(db, id);
  const [row] = callRows(db, [id]);
  if (call === null || row == null) return gone;
  const { attemptId, status, end } = call;
  const attempt = attemptId === null ? null : attemptById(db, attemptId);
  const facts = attemptId === null ? null : attemptFacts(db, attemptId);
  const outcomes = attemptId === null ? [] : outcomesOf(db, attemptId, call.contactId);
  const stands = outcomes.find(({ undoneAt }) => undoneAt === null);
  const decision = attemptId === null ? null : decisionOf(db, attemptId);
  const told = inboxOf(db, call.carrier, call.callRef);
  const { costParts = [], evaluation } = storyOf(eventsOf(db, id));
  return ok({
    id,
    attemptId,
    status: attemptStatus({ state: attempt?.state ?? 'accepted' }, { status, end }),
    line: { status, end },
    direction: call.direction,
    e164: row.number,
    from: call.direction === 'inbound' ? call.to : call.from,
    zone: decision?.places.zones[0] ?? home.zone,
    ...whereAt(call.carrier, call.callRef),
    mode: facts?.mode ?? '',
    answeredBy: (call.answeredBy ?? '').replaceAll('_', ' '),
    endedBy: call.endedBy ?? '',
    trouble: call.errorSentence ?? attempt?.trouble ?? null,
    costs: costsIn(told),
    costParts: costParts.map(({ what, costMicros }) => ({ what, micros: costMicros })),
    evaluation: evaluation === undefined ? null : { ...evaluation, parts: [...evaluation.parts] },
    ledger: latencyLedger({
      wished: attempt?.intendedAt ?? null,
      requested: attempt?.sentAt ?? null,
      ringing: call.ringingAt,
      answered: call.answeredAt,
      audio: call.audioAt,
      ended: call.endedAt,
      filed: facts?.filedAt ?? null,
      next:
        attempt === null || attempt.agentId === null
          ? null
          : nextRequestOf(db, attempt.agentId, attempt.intendedAt),
    }),
    events: eventRows(told, mayDo(person, 'supervisor')),
    decision: decision === null ? null : decisionInWords(decision, law, home.zone),
    transcript: transcriptOf(db, id).map((line) => ({
      speaker: line.speaker,
      fromMs: line.fromMs,
      toMs: line.toMs,
      text: line.text,
    })),
    outcomes,
    changes: changesOf(kernel, attemptId),
    contact: call.contactId === null ? null : contactCard(db, call.contactId),
    recording: { face: row.recording, sentence: recordingInWords(row.recording, recordingOf(db, id)) },
    dispositions:
      attemptId === null
        ? []
        : dispositionsOf(db, call.campaignId).map(({ id: kindId, label, consequence }) => ({
            id: kindId,
            label,
            needsTime: consequence.kind === 'callback',
          })),
    outcomeId: stands?.dispositionId ?? null,
    note: stands?.note ?? '',
    whyNotChanged: whyNotChanged(kernel, call, person),
  });
}

function costsIn(told: readonly InboxEvent[]): CallSheet['costs'] {
  return told.flatMap(({ event: { at, facts } }) =>
    facts.costMicros === undefined ? [] : [{ at, micros: facts.costMicros, currency: facts.currency ?? '' }],
  );
}

function eventRows(told: readonly InboxEvent[], isRawShown: boolean): CallSheet['events'] {
  const changes = changesByEvent(told.filter(({ dead }) => dead === null).map(({ event }) => event));
  return told.map(({ id, receivedAt, event, dead }) => ({
    id,
    at: event.at,
    receivedAt,
    changed: dead === null ? (changes.get(event.key) ?? []) : [],
    dead,
    raw: isRawShown ? JSON.stringify(event.facts, null, 2) : null,
  }));
}

function changesOf({ db }: Kernel, attemptId: string | null): CallSheet['changes'] {
  if (attemptId === null) return [];
  return auditOf(db, 'attempt', attemptId, CHANGES).rows.map(({ id, at, who, action, before, after }) => ({
    id,
    at,
    who: who ?? 'Parley',
    sentence: changeInWords(action, fieldsOf(before), fieldsOf(after)),
  }));
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'none';
}

function changeInWords(action: string, before: Fields, after: Fields): string {
  switch (action) {
    case 'outcome.file':
      return `Filed “${text(after.outcome)}”.`;
    case 'outcome.undo':
      return `Took “${text(after.outcome)}” back.`;
    case 'call.outcome':
      return `Changed the outcome from ${text(before.outcome)} to “${text(after.outcome)}”.`;
    case 'call.note':
      return `Wrote the note anew. It was: ${text(before.note)}`;
    case 'callback.promise':
      return 'Promised a follow-up call.';
    default:
      return action;
  }
}

function letterRow({
  deadLetterId,
  at,
  receivedAt,
  carrier,
  callRef,
  reason,
  event,
}: DeadLetter): DeadLetterRow {
  const raw = JSON.stringify(event, null, 2);
  return { id: deadLetterId, at, receivedAt, ...whereAt(carrier, callRef), reason, told: toldIn(event), raw };
}

/** A carrier and its own name for a call, as somebody would look it up there. */
function whereAt(carrier: string, callRef: string): { carrier: string; callRef: string } {
  const [kind, rest] = carrier === LINES ? parted(callRef) : ['', callRef];
  return { carrier: knownCarrier(kind)?.title ?? carrier, callRef: rest };
}
