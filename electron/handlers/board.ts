import type { Board, BoardAgent, BoardCall } from '../../shared/contract/board.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, showPhone } from '../../shared/domain/phone.ts';
import type { CallAction, Capabilities } from '../carriers/carrier.ts';
import { startOfDay } from '../dialer/day-counter.ts';
import type { Kernel } from '../kernel.ts';
import { type AgentAtWork, type CallUnderWay, agentsOnBoard, callsOnBoard } from '../store/board.ts';
import { type Call, callById } from '../store/calls.ts';
import { inOneReading } from '../store/open.ts';
import { dayOf } from '../store/today.ts';
import { audited } from './audited.ts';
import { hear, unhear } from './board-sound.ts';
import { mute, ownPhoneOf, say, silentIn, takeOver, whyNotVoice } from './board-voice.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

/** The live board: who is at work, what calls are under way, and what a supervisor may do to one. */
export function boardHandlers(rooms: Rooms): ParleyHandlers<unknown>['board'] {
  return {
    now: () =>
      within(rooms, (kernel) =>
        ok(inOneReading(kernel.db, () => boardOf(kernel, rooms.seat.person?.id ?? null))),
      ),
    end: ({ id }) =>
      within(rooms, (kernel) => control(rooms, kernel, id, 'call.ended-from-board', { kind: 'hang-up' })),
    takeOver: ({ id, ...wish }) => withCall(rooms, id, (kernel, call) => takeOver(rooms, kernel, call, wish)),
    say: ({ id, ...wish }) => withCall(rooms, id, (kernel, call) => say(rooms, kernel, call, wish)),
    mute: ({ id, on }) => withCall(rooms, id, (kernel, call) => mute(kernel, call, on)),
    hear: ({ id }) =>
      withCall(rooms, id, (kernel, call) => {
        const subject = { action: 'call.listen', subject: 'call', subjectId: String(id), before: null };
        return hear(rooms, kernel, call, () =>
          audited(rooms, { ...subject, after: { contact: call.contactId } }, () => {}),
        );
      }),
    unhear() {
      unhear(rooms);
      return ok(null);
    },
    monitor: ({ id, as }) =>
      within(rooms, (kernel) => {
        const why = whyNot(kernel.carrier.can)[as];
        if (why !== null) return refuse('not-now', why);
        const agent = String(rooms.seat.person?.id ?? '');
        const action: CallAction = { kind: 'monitor', as: as === 'join' ? 'barge' : as, agent };
        return control(rooms, kernel, id, `call.${as}`, action);
      }),
  };
}

function boardOf(kernel: Kernel, personId: number | null): Board {
  const { db, clock, home, carrier } = kernel;
  const asOf = clock.now();
  const silent = silentIn(kernel);
  const since = startOfDay(kernel, asOf);
  return {
    asOf,
    agents: agentsOnBoard(db).map((agent) => agentRow(agent, dayOf(db, agent.id, since))),
    calls: callsOnBoard(db).map((call) => callRow(call, home.country, silent)),
    can: { end: null, ...whyNot(carrier.can), ...whyNotVoice(kernel) },
    ownPhone: ownPhoneOf(kernel, personId),
  };
}

function agentRow(
  { kind, lead, ...agent }: AgentAtWork,
  { dials, talks, talkMs }: ReturnType<typeof dayOf>,
): BoardAgent {
  return { ...agent, state: kind as BoardAgent['state'], lead: lead ?? '', dials, talks, talkMs };
}

function callRow(call: CallUnderWay, country: string, silent: ReadonlySet<number>): BoardCall {
  const { id, status, startedAt, ringingAt, answeredAt, contactId, text } = call;
  const number = call.number === '' ? '' : showPhone(call.number as E164, country);
  return {
    id,
    status,
    startedAt,
    contactId,
    number,
    isHeld: call.isHeld === 1,
    isMuted: silent.has(id),
    since: answeredAt ?? ringingAt ?? startedAt,
    name: call.name ?? number,
    campaign: call.campaign ?? '',
    voice: call.voice ?? 'agent',
    agent: call.agent ?? '',
    said: text === null ? null : { by: call.speaker === 'contact' ? 'them' : 'us', text },
  };
}

function whyNot(can: Capabilities) {
  const why = can.monitor ? null : 'This carrier lets nobody else into a call.';
  return { listen: why, whisper: why, join: why };
}

/** The call, or why nothing can be done to it. */
function underWay(kernel: Kernel, id: number): Call | Refused {
  const call = callById(kernel.db, id);
  if (call === null || call.status === 'ended') return refuse('not-now', 'This call is over.');
  if (call.carrier !== kernel.carrier.name)
    return refuse('not-now', 'This call was made by a carrier that is not set up any more.');
  return call;
}

function withCall<T>(
  rooms: Rooms,
  id: number,
  run: (kernel: Kernel, call: Call) => Promise<Answer<T>>,
): Answer<T> | Promise<Answer<T>> {
  return within(rooms, async (kernel) => {
    const call = underWay(kernel, id);
    return 'ok' in call ? call : run(kernel, call);
  });
}

/** Asks the carrier for it, and writes down who did what to whom before anything is heard or ended. */
async function control(
  rooms: Rooms,
  kernel: Kernel,
  id: number,
  action: string,
  wish: CallAction,
): Promise<Answer<null>> {
  const call = underWay(kernel, id);
  if ('ok' in call) return call;
  const subject = { action, subject: 'call', subjectId: String(id), before: null };
  audited(rooms, { ...subject, after: { contact: call.contactId } }, () => {});
  const done = await kernel.carrier.control(call.callRef, wish);
  switch (done.kind) {
    case 'done':
    case 'gone':
      return ok(null);
    case 'cannot':
      return refuse('carrier', done.sentence);
    case 'unreachable':
      return refuse('carrier', `The carrier did not answer: ${done.sentence} The call itself goes on.`);
  }
}
