import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import {
  ANY_OUTCOMES,
  type CallMeaningShown,
  type ContactMeaning,
  type OutlookRules,
} from '../../shared/contract/meaning.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import {
  type OutlookRule,
  STAGE_WORD,
  type Stage,
  TEMPERATURE_WORD,
  type Temperature,
} from '../../shared/domain/outlook.ts';
import type { Kernel } from '../kernel.ts';
import { callById } from '../store/calls.ts';
import { contactById } from '../store/contacts.ts';
import { meaningOf } from '../store/meanings.ts';
import {
  contactFigures,
  moveByHand,
  moveById,
  movesOf,
  outcomesKnown,
  outlookOf,
  outlookRules,
  setOutlookRules,
  undoMove,
} from '../store/outlooks.ts';
import { setting } from '../store/settings.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

const MOVES = 50;

/** How calls sound and how contacts stand with us: read by everybody, its rules changed by supervisors. */
export function meaningHandlers(rooms: Rooms): ParleyHandlers<unknown>['meaning'] {
  return {
    rules: () => within(rooms, (kernel) => rulesShown(kernel)),
    setRules: ({ rules }) => within(rooms, (kernel) => setRules(rooms, kernel, rules)),
    call: ({ id }) => within(rooms, (kernel) => callShown(kernel, id)),
    contact: ({ id }) => within(rooms, (kernel) => contactShown(kernel, id)),
    move: ({ id, to }) =>
      within(rooms, (kernel) => {
        const { db, clock } = kernel;
        if (contactById(db, id) === null) return gone;
        const { what, becomes } = to;
        const change = {
          action: 'contact.moved',
          subject: 'contact',
          subjectId: String(id),
          before: { [what]: outlookOf(db, id)[what] },
          after: { [what]: becomes },
        };
        const agentId = rooms.seat.person?.id ?? null;
        audited(rooms, change, () =>
          moveByHand(db, { contactId: id, what, becomes, agentId, why: 'Set by hand.' }, clock.now()),
        );
        return moved(rooms, kernel, id);
      }),
    undoMove: ({ moveId }) =>
      within(rooms, (kernel) => {
        const { db, clock } = kernel;
        const move = moveById(db, moveId);
        if (move === null) return gone;
        const { contactId, what, becomes } = move;
        const who = rooms.seat.person?.name ?? 'somebody';
        let isUndone = false;
        const change = {
          action: 'contact.move-undone',
          subject: 'contact',
          subjectId: String(contactId),
          before: { [what]: becomes },
          after: null,
        };
        audited(rooms, change, () => {
          isUndone = undoMove(db, moveId, who, clock.now());
        });
        if (!isUndone) return refuse('conflict', 'This was taken back already. Nothing was changed.');
        return moved(rooms, kernel, contactId);
      }),
  };
}

const gone = refuse('not-found', 'This contact is gone.');

function moved(rooms: Rooms, kernel: Kernel, contactId: number): Answer<ContactMeaning> {
  kernel.contacts.results.forget();
  sayChanged(rooms, 'meaning');
  return contactShown(kernel, contactId);
}

function rulesShown({ db }: Kernel): Answer<OutlookRules> {
  return ok({
    rules: [...outlookRules(db)],
    isUsual: setting(db, 'workspace', 'outlook-rules') === null,
    outcomes: [...ANY_OUTCOMES, ...outcomesKnown(db)],
  });
}

function setRules(rooms: Rooms, kernel: Kernel, rules: readonly OutlookRule[] | null): Answer<OutlookRules> {
  const { db } = kernel;
  const known = new Set([...ANY_OUTCOMES, ...outcomesKnown(db)].map(({ id }) => id));
  const unknown = rules?.findIndex(({ outcome }) => !known.has(outcome)) ?? -1;
  if (unknown !== -1)
    return refuse(
      'bad-arguments',
      `Rule ${unknown + 1} names an outcome that is not here. Nothing was saved.`,
    );
  const empty = rules?.findIndex(({ temperature, stage }) => temperature === null && stage === null) ?? -1;
  if (empty !== -1)
    return refuse(
      'bad-arguments',
      `Rule ${empty + 1} changes nothing. Choose what the contact becomes, or remove it. Nothing was saved.`,
    );
  const change = { action: 'outlook.rules', subject: 'workspace', subjectId: null };
  const counted = (all: readonly OutlookRule[] | null) => ({
    rules: all === null ? 'the usual ones' : all.length,
  });
  audited(rooms, { ...change, before: counted(outlookRules(db)), after: counted(rules) }, () =>
    setOutlookRules(db, rules),
  );
  sayChanged(rooms, 'meaning');
  return rulesShown(kernel);
}

function callShown({ db }: Kernel, id: number): Answer<CallMeaningShown> {
  const call = callById(db, id);
  if (call === null) return refuse('not-found', 'This call is gone: its contact was erased.');
  const kept = meaningOf(db, id);
  return ok({
    talk: kept === null ? null : { ...kept, keywords: [...kept.keywords] },
    outlook: call.contactId === null ? null : outlookOf(db, call.contactId),
  });
}

function contactShown({ db }: Kernel, id: number): Answer<ContactMeaning> {
  if (contactById(db, id) === null) return gone;
  return ok({
    outlook: outlookOf(db, id),
    moves: movesOf(db, id, MOVES).map((move) => ({
      ...move,
      becomes:
        move.what === 'temperature'
          ? TEMPERATURE_WORD[move.becomes as Temperature]
          : STAGE_WORD[move.becomes as Stage],
    })),
    figures: { ...contactFigures(db, id), filter: `contact:${id}` },
  });
}
