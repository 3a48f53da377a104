import type { Desk } from '../../electron/dialer/desk.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { Person } from '../../shared/domain/people.ts';
import { consultIn } from '../../shared/domain/session.ts';
import { type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import { type Random, between, pick } from '../../shared/lib/random.ts';
import { type Journal, wished } from './journal.ts';

/** An agent made of chance: looks at the desk as a screen would, and does one thing an agent may do. */
export interface Robot {
  readonly person: Person;
  /** Does one thing. How long until the next, in milliseconds. */
  act(desk: Desk, now: Instant): Promise<number>;
}

export interface RobotParts {
  readonly person: Person;
  readonly campaignIds: readonly number[];
  readonly random: Random;
  readonly journal: Journal;
  /** From then on the robot only finishes what is under way, and goes home. */
  readonly isDusk: () => boolean;
  /** How much slower than usual; below one is quicker. */
  readonly slowness?: number;
  /** The share of outcomes by which it promises to ring back soon; left out, it files whatever comes. */
  readonly promises?: number;
}

/** How long an agent looks before the next deed, in seconds. */
const PACE: Record<string, readonly [from: number, to: number]> = {
  none: [1, 60],
  ready: [2, 60],
  previewing: [1, 9],
  dialing: [1, 9],
  ringing: [1, 12],
  connected: [2, 15],
  'on-hold': [2, 20],
  trouble: [5, 30],
  'wrap-up': [1, 12],
  paused: [5, 240],
};

type Act = (seen: Seen) => Answer<unknown> | Promise<Answer<unknown>> | null;

interface Seen {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly now: Instant;
}

export function robot(parts: RobotParts): Robot {
  const { person, campaignIds, random, journal, isDusk, slowness = 1, promises = 0 } = parts;
  const chance = (share: number) => random.next() < share;
  const seconds = (from: number, to: number) => between(random, from * SECOND_MS, to * SECOND_MS);

  const typeNote = (desk: Desk, attemptId: string, dispositionId: string | null) => {
    const note = `note ${between(random, 1, 1e9)}`;
    journal.doubtful.add(attemptId);
    const kept = desk.draft(person, { attemptId, note, dispositionId, callback: '' });
    journal.doubtful.delete(attemptId);
    if (kept.ok) journal.typed.set(attemptId, note);
    return kept;
  };

  const fileOutcome = ({ desk, view, now }: Seen, attemptId: string) => {
    const kind = outcomeOf(view.dispositions);
    const note = journal.typed.get(attemptId) ?? '';
    const callbackAt = kind.asksForTime ? after(now, promisedIn()) : null;
    journal.doubtful.add(attemptId);
    const filed = desk.file(person, { attemptId, dispositionId: kind.id, note, callbackAt });
    journal.doubtful.delete(attemptId);
    if (filed.ok) {
      journal.typed.delete(attemptId);
      journal.filed.set(attemptId, { dispositionId: kind.id, note });
    }
    return filed;
  };

  const outcomeOf = (all: DeskView['dispositions']) => {
    const promising =
      promises > 0 && chance(promises) ? all.find(({ asksForTime }) => asksForTime) : undefined;
    return promising ?? pick(random, all);
  };

  /** Mostly soon, now and then in the dead of night. */
  const promisedIn = () =>
    chance(0.6) ? between(random, 1, 40) * MINUTE_MS : between(random, 60, 900) * MINUTE_MS;

  const takeBack = ({ desk, view }: Seen) => {
    const attemptId = view.undo!.attemptId;
    journal.doubtful.add(attemptId);
    const undone = desk.undo(person);
    journal.doubtful.delete(attemptId);
    const filed = journal.filed.get(attemptId);
    if (undone.ok && filed !== undefined) {
      journal.typed.set(attemptId, filed.note);
      journal.filed.delete(attemptId);
    }
    return undone;
  };

  const inPreview: Act = ({ desk, view, now }) => {
    if (isDusk()) return desk.stop(person);
    if (chance(0.05)) return desk.skip(person, 'looks wrong');
    if (chance(0.03)) return desk.pause(person, 'coffee');
    if (chance(0.04)) {
      const number = typedNumber();
      journal.byHand.add(number);
      return desk.dialNumber(person, number);
    }
    const waitsForUs = view.session?.state.kind === 'previewing' && view.session.state.dialAt === null;
    if (!waitsForUs && chance(0.8)) return null;
    const numbers = view.contact?.numbers ?? [];
    void now;
    return desk.dial(person, chance(0.2) && numbers.length > 0 ? pick(random, numbers).id : null);
  };

  const typedNumber = () => `+1${pick(random, ['212', '312', '503'])}55501${between(random, 10, 99)}`;

  const inCall: Act = (seen) => {
    const { desk, view } = seen;
    const kind = view.session!.state.kind;
    const attemptId = view.call!.attemptId;
    if (kind === 'dialing' || kind === 'ringing' || kind === 'trouble') {
      if (chance(0.06)) return desk.hangUp(person);
      if (chance(0.05)) return desk.pause(person, 'after this one');
      return chance(0.2) ? typeNote(desk, attemptId, null) : null;
    }
    const asked = consultIn(view.session!.state);
    if (asked?.colleague === 'there' && chance(0.4)) return handOverAsked(desk);
    if (asked !== null && chance(0.3)) return desk.takeBack(person);
    if (chance(asked === null ? 0.25 : 0.08) || isDusk()) return desk.hangUp(person);
    if (view.call!.answeredBy?.startsWith('machine') && chance(0.4)) return desk.dropVoicemail(person);
    if (chance(0.1)) return desk.hold(person, kind !== 'on-hold');
    if (chance(0.05)) return desk.mute(person, !view.call!.isMuted);
    if (chance(0.05)) return desk.tones(person, '12#');
    if (chance(0.04)) return handOver(desk);
    if (asked === null && chance(0.06)) return ask(desk);
    if (chance(0.05)) return desk.pause(person, 'after this one');
    if (chance(0.03)) return desk.dial(person, null);
    return chance(0.5) ? typeNote(desk, attemptId, null) : null;
  };

  const ask = async (desk: Desk) => {
    const asked = await desk.consult(person, { to: typedNumber(), name: '' });
    wished(journal, 'ask a colleague', asked.ok);
    return asked;
  };

  const handOverAsked = async (desk: Desk) => {
    const handed = await desk.handOver(person);
    wished(journal, 'hand over to whom was asked', handed.ok);
    return handed;
  };

  const handOver = async (desk: Desk) => {
    const handed = await desk.transfer(person, { to: typedNumber(), name: chance(0.3) ? 'Ben' : '' });
    wished(journal, 'hand over', handed.ok);
    return handed;
  };

  const inWrapUp: Act = (seen) => {
    const { desk, view } = seen;
    const attemptId = view.call!.attemptId;
    if (chance(0.3)) return typeNote(desk, attemptId, null);
    if (chance(0.05)) return desk.moreTime(person);
    if (chance(0.03)) return desk.stop(person);
    if (chance(0.03)) return desk.undo(person);
    return fileOutcome(seen, attemptId);
  };

  const inPause: Act = (seen) => {
    const { desk, view } = seen;
    const missing = view.missing[0];
    if (missing !== undefined && chance(0.5)) return fileOutcome(seen, missing.attemptId);
    return isDusk() || chance(0.1) ? desk.stop(person) : desk.resume(person);
  };

  const start: Act = ({ desk }) =>
    isDusk()
      ? null
      : desk.start(person, pick(random, campaignIds), chance(0.5) ? 'power' : ('preview' as const));

  const acts: Record<string, Act> = {
    none: start,
    ready: ({ desk }) => (isDusk() || chance(0.02) ? desk.stop(person) : null),
    previewing: inPreview,
    dialing: inCall,
    ringing: inCall,
    connected: inCall,
    'on-hold': inCall,
    trouble: inCall,
    'wrap-up': inWrapUp,
    paused: inPause,
  };

  return {
    person,
    async act(desk, now) {
      // The screen is gone for a while, whatever was under way; the desk must not mind.
      if (chance(0.01)) {
        wished(journal, 'screen lost', true);
        return between(random, 1, 8) * MINUTE_MS;
      }
      const view = desk.view(person);
      const seen = { desk, view, now };
      const kind = view.session?.state.kind ?? 'none';
      const isUndone = view.undo !== null && chance(0.15);
      const answer = await (isUndone ? takeBack(seen) : acts[kind]!(seen));
      if (answer !== null) wished(journal, isUndone ? 'undo' : kind, answer.ok);
      return slowness * (isDusk() && kind === 'none' ? 10 * MINUTE_MS : seconds(...PACE[kind]!));
    },
  };
}
