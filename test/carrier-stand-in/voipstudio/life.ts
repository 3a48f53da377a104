import { MINUTE_MS } from '../../../shared/lib/instants.ts';
import { type Leg, type LegState, isLive } from './leg.ts';
import { type OfficeUser, type VoipStudio, nextId } from './office.ts';
import { tell } from './webhooks.ts';

const AGENT_RINGS_MS = 30_000;
const CONTACT_RINGS_MS = MINUTE_MS;

/** Rings the agent’s phone; only when they pick up is anybody else called. */
export function startCall(
  studio: VoipStudio,
  { user, to, clid }: { user: OfficeUser; to: string; clid: string },
): Leg {
  const { world } = studio;
  const id = nextId(studio);
  const ring = world.truth.add({
    carrier: 'voipstudio',
    callRef: String(id),
    attemptId: null,
    to: `user:${user.id}`,
    from: clid,
    leg: 'agent',
    acceptedAt: world.clock.now(),
  });
  const agent = newLeg(studio, { id, rootId: id, kind: 'agent', user, dst: to, clid, ring });
  move(studio, agent, 'RINGING');
  ring.rangAt = world.clock.now();
  after(
    studio,
    agent,
    AGENT_RINGS_MS,
    () => void (agent.state === 'RINGING' && hangUp(studio, agent, 'NO ANSWER', 'src')),
  );
  if (user.answersAfterMs !== null)
    after(studio, agent, user.answersAfterMs, () => {
      connect(studio, agent);
      dialContact(studio, agent);
    });
  return agent;
}

function newLeg(
  studio: VoipStudio,
  known: Pick<Leg, 'id' | 'rootId' | 'kind' | 'user' | 'dst' | 'clid' | 'ring'>,
): Leg {
  const leg: Leg = {
    ...known,
    startedAt: studio.world.carrierNow(),
    state: 'INITIAL',
    connectedAt: null,
    endedAt: null,
    endedBy: null,
    cause: '',
    timers: new Set(),
  };
  studio.office.legs.set(leg.id, leg);
  tell(studio, leg, 'call.initial');
  return leg;
}

function dialContact(studio: VoipStudio, agent: Leg): void {
  const { world } = studio;
  const { dst, user, clid, rootId } = agent;
  const to = `+${dst}`;
  const fate = world.fates.next(to);
  const id = nextId(studio);
  const ring = world.truth.add({
    carrier: 'voipstudio',
    callRef: String(id),
    attemptId: null,
    to,
    from: clid,
    leg: 'contact',
    acceptedAt: world.clock.now(),
  });
  const leg = newLeg(studio, { id, rootId, kind: 'contact', user, dst, clid, ring });
  after(studio, leg, fate.setupMs, () => {
    if (fate.kind === 'invalid-number') return hangUp(studio, leg, 'INVALID NUMBER', 'dst');
    ring.rangAt = world.clock.now();
    move(studio, leg, 'RINGING');
    if (fate.kind !== 'rings-forever')
      after(
        studio,
        leg,
        CONTACT_RINGS_MS,
        () => void (leg.state === 'RINGING' && hangUp(studio, leg, 'NO ANSWER', 'dst')),
      );
    if (fate.kind === 'no-answer' || fate.kind === 'rings-forever') return;
    after(studio, leg, fate.ringMs, () => {
      if (fate.kind === 'busy') return hangUp(studio, leg, 'BUSY', 'dst');
      if (fate.kind === 'failed') return hangUp(studio, leg, 'FAILED', 'dst');
      connect(studio, leg);
      if (fate.talkMs !== null) after(studio, leg, fate.talkMs, () => hangUp(studio, leg, 'ANSWERED', 'dst'));
    });
  });
}

function connect(studio: VoipStudio, leg: Leg): void {
  leg.connectedAt = studio.world.carrierNow();
  leg.ring.answeredAt = studio.world.clock.now();
  move(studio, leg, 'CONNECTED');
}

/** Ends both ends of a call, and has its records written a little later. */
export function hangUp(studio: VoipStudio, leg: Leg, cause: string, by: Leg['endedBy']): void {
  const { office, world } = studio;
  const both = [...office.legs.values()].filter((each) => each.rootId === leg.rootId && isLive(each));
  for (const each of both) {
    for (const cancel of each.timers) cancel();
    each.timers.clear();
    each.endedAt = world.carrierNow();
    each.endedBy = by;
    each.cause = each.connectedAt === null ? cause : 'ANSWERED';
    Object.assign(each.ring, { endedAt: world.clock.now(), end: each.cause });
    move(studio, each, 'HANGUP');
    world.clock.after(office.limits.recordAfterMs, () => {
      // The agent’s own end has no record but where nobody else was called.
      const hasContact = [...office.legs.values()].some(
        ({ rootId, kind }) => rootId === each.rootId && kind === 'contact',
      );
      if (each.kind === 'agent' && hasContact) return;
      office.cdrs.push({
        id: nextId(studio),
        leg: each,
        isRecorded: each.kind === 'contact' && each.connectedAt !== null,
      });
    });
  }
}

/** Puts whoever was called through to somebody else: the agent is free at once. */
export function transfer(studio: VoipStudio, leg: Leg, dst: string): void {
  const agent = [...studio.office.legs.values()].find(
    ({ rootId, kind }) => rootId === leg.rootId && kind === 'agent',
  );
  const contact = [...studio.office.legs.values()].find(
    ({ rootId, kind }) => rootId === leg.rootId && kind === 'contact',
  );
  const { world } = studio;
  world.truth.add({
    carrier: 'voipstudio',
    callRef: `${leg.rootId}-transfer`,
    attemptId: null,
    to: `+${dst}`,
    from: leg.clid,
    leg: 'agent',
    acceptedAt: world.clock.now(),
  });
  if (agent !== undefined && isLive(agent)) {
    agent.endedAt = world.carrierNow();
    agent.endedBy = 'api';
    agent.ring.endedAt = world.clock.now();
    move(studio, agent, 'HANGUP');
  }
  if (contact !== undefined) tell(studio, contact, 'call.connected');
}

function after({ world }: VoipStudio, leg: Leg, delayMs: number, run: () => void): void {
  const cancel = world.clock.after(delayMs, () => {
    leg.timers.delete(cancel);
    if (isLive(leg)) run();
  });
  leg.timers.add(cancel);
}

const EVENTS: Readonly<Record<LegState, string>> = {
  INITIAL: 'call.initial',
  RINGING: 'call.ringing',
  CONNECTED: 'call.connected',
  ON_HOLD: 'call.connected',
  HANGUP: 'call.hangup',
};

export function move(studio: VoipStudio, leg: Leg, state: LegState): void {
  leg.state = state;
  tell(studio, leg, EVENTS[state]);
}
