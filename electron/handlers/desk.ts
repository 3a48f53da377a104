import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type Person, mayDo } from '../../shared/domain/people.ts';
import { overrideInWords } from '../../shared/domain/verdict-override.ts';
import type { Desk } from '../dialer/desk.ts';
import type { Override } from '../dialer/dialing.ts';
import { agentsHere } from '../store/agents.ts';
import type { Rooms } from './rooms.ts';
import { pinTrouble } from './people.ts';
import { noWorkspace, refuse } from './refusals.ts';

type MaybeLater<T> = T | Promise<T>;
type DeskHandlers = ParleyHandlers<unknown>['desk'];

/** The agent's wishes. Each is one call of the desk; what came of it arrives as the changed desk. */
export function deskHandlers(rooms: Rooms): DeskHandlers {
  const { seat } = rooms;
  const wish = <T>(run: (desk: Desk, person: Person) => MaybeLater<Answer<T>>): MaybeLater<Answer<T>> =>
    seat.kernel === null || seat.person === null ? noWorkspace : run(seat.kernel.desk, seat.person);

  return {
    view: () => wish((desk, person) => ({ ok: true, value: desk.view(person) })),
    ownDay: () => wish((desk, person) => ({ ok: true, value: desk.ownDay(person) })),
    start: ({ campaignId, mode }) => wish((desk, person) => desk.start(person, campaignId, mode)),
    stop: () => wish((desk, person) => desk.stop(person)),
    dial: ({ numberId }) => wish((desk, person) => desk.dial(person, numberId)),
    weigh: ({ text }) => wish((desk) => inWords(desk.weigh(text))),
    async dialNumber({ text, override }) {
      const word = override === undefined ? null : await overrideOf(rooms, override);
      if (word?.ok === false) return word;
      return wish((desk, person) => desk.dialNumber(person, text, word?.value ?? null));
    },
    skip: ({ reason }) => wish((desk, person) => desk.skip(person, reason)),
    hangUp: () => wish((desk, person) => desk.hangUp(person)),
    hold: ({ on }) => wish((desk, person) => desk.hold(person, on)),
    mute: ({ on }) => wish((desk, person) => desk.mute(person, on)),
    tones: ({ digits }) => wish((desk, person) => desk.tones(person, digits)),
    transfer: (to) => wish((desk, person) => desk.transfer(person, to)),
    consult: (to) => wish((desk, person) => desk.consult(person, to)),
    handOver: () => wish((desk, person) => desk.handOver(person)),
    takeBack: () => wish((desk, person) => desk.takeBack(person)),
    transferTargets: () => wish((desk) => ({ ok: true, value: desk.transferTargets() })),
    forgetTransferTarget: ({ number }) => wish((desk, person) => desk.forgetTransferTarget(person, number)),
    heard: ({ attemptId }) => wish((desk, person) => desk.heard(person, attemptId)),
    dropVoicemail: () => wish((desk, person) => desk.dropVoicemail(person)),
    draft: (draft) => wish((desk, person) => desk.draft(person, draft)),
    file: (filing) => wish((desk, person) => desk.file(person, filing)),
    weighCallback: ({ attemptId, at }) => wish((desk, person) => desk.weighPromise(person, attemptId, at)),
    undo: () => wish((desk, person) => desk.undo(person)),
    moreTime: () => wish((desk, person) => desk.moreTime(person)),
    pause: ({ reason }) => wish((desk, person) => desk.pause(person, reason)),
    resume: () => wish((desk, person) => desk.resume(person)),
  };
}

/** A supervisor who gave their own PIN, and the reason they stand for. */
async function overrideOf(
  rooms: Rooms,
  { supervisorId, pin, reason }: { supervisorId: number; pin: string; reason: string },
): Promise<Answer<Override>> {
  const { kernel } = rooms.seat;
  if (kernel === null) return noWorkspace;
  const by = agentsHere(kernel.db).find(({ id }) => id === supervisorId) ?? null;
  if (!mayDo(by, 'supervisor')) return refuse('not-allowed', 'Only a supervisor can let a call through.');
  if (by === null || !by.hasPin)
    return refuse('not-allowed', 'This supervisor has no PIN, so nobody could know that it was them.');
  const wrong = await pinTrouble(rooms, kernel.db, supervisorId, pin);
  return wrong ?? { ok: true, value: { by, reason } };
}

interface Weighed {
  readonly shown: string;
  readonly mayRing: boolean;
  readonly sentence: string;
  readonly name: string | null;
  readonly override: { readonly isPossible: boolean; readonly sentence: string } | null;
}

/** The verdict on a typed number, as the dial box says it. */
function inWords(weighed: ReturnType<Desk['weigh']>): Answer<Weighed> {
  if (!weighed.ok) return weighed;
  const { shown, verdict, name, override } = weighed.value;
  const mayRing = verdict.kind === 'ring';
  const sentence = overrideInWords(override);
  return {
    ok: true,
    value: {
      shown,
      name,
      mayRing,
      sentence: mayRing ? 'May be rung now.' : verdict.because.sentence,
      override: mayRing ? null : { isPossible: override !== null, sentence },
    },
  };
}
