import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, readPhone, showPhone, whyUnringable } from '../../shared/domain/phone.ts';
import type { Done } from '../carriers/carrier.ts';
import type { Kernel } from '../kernel.ts';
import { type Call, giveCallTo } from '../store/calls.ts';
import { leftAloneAt } from '../store/do-not-call.ts';
import { setSetting, setting } from '../store/settings.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok } from './within.ts';

/* What a supervisor does to a call that a voice holds by itself: takes it over, speaks through it, silences it. */

const OWN_PHONE = 'take-over.phone';

/** Where a person takes calls over; empty until they said. */
export function ownPhoneOf({ db, home }: Kernel, personId: number | null): string {
  const kept = personId === null ? null : setting<string>(db, `agent:${personId}`, OWN_PHONE);
  return kept === null ? '' : showPhone(kept as E164, home.country);
}

export interface TakeOver {
  readonly to: string;
  readonly isOwn: boolean;
}

/** Their phone rings, and the voice leaves the call once they are put through. */
export async function takeOver(
  rooms: Rooms,
  kernel: Kernel,
  call: Call,
  { to, isOwn }: TakeOver,
): Promise<Answer<{ shown: string }>> {
  const { db, home, desk, carrier } = kernel;
  const { person } = rooms.seat;
  if (person === null) return refuse('not-signed-in', 'Nobody is signed in.');
  const phone = readPhone(to, home.country);
  if (!phone.ok) return refuse('bad-arguments', `${phone.error.sentence} The assistant goes on talking.`);
  const trouble = whyNotThere(kernel, call, phone.value);
  if (trouble !== null) return refuse('not-now', `${trouble} The assistant goes on talking.`);
  const state = isOwn ? (desk.view(person).session?.state.kind ?? 'paused') : 'paused';
  if (state !== 'paused')
    return refuse('not-now', 'Your own session dials or talks. Pause it first, then take the call over.');
  if (underWay.has(call.id)) return refuse('not-now', 'This call is being handed over already.');
  underWay.add(call.id);
  try {
    const done = await carrier.control(call.callRef, { kind: 'transfer', to: phone.value, warm: false });
    if (done.kind !== 'done') return refusalOf(done);
  } finally {
    underWay.delete(call.id);
  }
  const shown = showPhone(phone.value, home.country);
  const action = isOwn ? 'call.taken-over' : 'call.handed-over';
  const about = { action, subject: 'call', subjectId: String(call.id), before: null };
  audited(rooms, { ...about, after: { to: phone.value } }, () => {
    if (!isOwn) return;
    giveCallTo(db, call.id, person.id);
    setSetting(db, `agent:${person.id}`, OWN_PHONE, phone.value);
  });
  return ok({ shown });
}

/** Two keys at once must not ring two phones. Calls of other workspaces have other ids, or are over. */
const underWay = new Set<number>();

export async function say(
  rooms: Rooms,
  { carrier }: Kernel,
  call: Call,
  { words, thenHangUp }: { readonly words: string; readonly thenHangUp: boolean },
): Promise<Answer<null>> {
  if (carrier.tell === undefined) return refuse('not-now', NOT_SPOKEN_TO);
  const about = { action: 'call.said', subject: 'call', subjectId: String(call.id), before: null };
  audited(rooms, { ...about, after: { words, thenHangUp } }, () => {});
  const done = await carrier.tell(call.callRef, { kind: 'say', words, thenHangUp });
  return done.kind === 'done' ? ok(null) : refusalOf(done);
}

/** The contact is still heard, and hears nothing from the voice. */
export async function mute(kernel: Kernel, call: Call, on: boolean): Promise<Answer<null>> {
  const done = await kernel.carrier.control(call.callRef, { kind: 'mute', on });
  if (done.kind !== 'done') return refusalOf(done);
  const silent = silentIn(kernel);
  if (on) silent.add(call.id);
  else silent.delete(call.id);
  return ok(null);
}

/** Calls whose voice was silenced here. A carrier that forgot it with us has let it speak again. */
export function silentIn(kernel: Kernel): Set<number> {
  const known = silenced.get(kernel) ?? new Set<number>();
  silenced.set(kernel, known);
  return known;
}

const silenced = new WeakMap<Kernel, Set<number>>();

/** Why a voice cannot be reached in its calls; null where it can. */
export function whyNotVoice({ carrier }: Kernel) {
  const { transfer, mute: mutes } = carrier.can;
  return {
    hear: carrier.hear === undefined ? 'This carrier gives nobody the sound of a call under way.' : null,
    takeOver:
      carrier.tell !== undefined || transfer ? null : 'This carrier cannot hand a call over to a person.',
    say: carrier.tell === undefined ? NOT_SPOKEN_TO : null,
    mute: carrier.tell !== undefined || mutes ? null : 'This carrier cannot silence its voice.',
  };
}

const NOT_SPOKEN_TO = 'This carrier takes no words in the middle of a call.';

function whyNotThere({ db }: Kernel, call: Call, to: E164): string | null {
  if (call.status !== 'in-progress') return 'Nobody has picked up yet, so there is nothing to take over.';
  if (call.to === to) return 'That is the number that is being talked to.';
  if (whyUnringable(to) !== null) return 'This is an emergency, premium or unused number.';
  return leftAloneAt(db, to, {}) === null ? null : 'This number is on the do-not-call list.';
}

function refusalOf(done: Exclude<Done, { kind: 'done' }>) {
  switch (done.kind) {
    case 'gone':
      return refuse('not-now', 'This call is over.');
    case 'cannot':
      return refuse('carrier', done.sentence);
    case 'unreachable':
      return refuse('carrier', `The carrier did not answer: ${done.sentence} The call itself goes on.`);
  }
}
