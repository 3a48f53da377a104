import type { Answer } from '../../shared/contract/wire.ts';
import { mayDo } from '../../shared/domain/people.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import type { SoundFormat } from '../carriers/carrier.ts';
import type { Kernel } from '../kernel.ts';
import type { Call } from '../store/calls.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok } from './within.ts';

/** A screen that is gone asks no more: after this nobody listens in any longer. */
const ASKS_AGAIN_MS = 20 * SECOND_MS;
/** Sound that no screen fetched for so long is dropped from its beginning: 64 kB are a second. */
const UNSENT_BYTES_MAX = 256 * 1024;
const USUAL: SoundFormat = { sampleRate: 16_000, channels: 2 };

/** The sound of one call, on its way from the carrier to the screen. Where it comes from stays here, and nothing is kept. */
interface Listening {
  readonly callId: number;
  readonly personId: number;
  format: SoundFormat;
  unsent: Uint8Array[];
  unsentBytes: number;
  isOver: boolean;
  stop: () => void;
  cancelEnd: () => void;
}

/** One pair of ears sits at these screens. */
const ears = new WeakMap<Rooms['seat'], Listening>();

/** Begins to listen to a call, or goes on. `begin` is called before anything is heard, and only at the beginning. */
export async function hear(
  rooms: Rooms,
  { carrier }: Kernel,
  call: Call,
  begin: () => void,
): Promise<Answer<null>> {
  const { seat } = rooms;
  const now = ears.get(seat);
  if (now !== undefined && now.callId === call.id && !now.isOver) {
    goOn(rooms, now);
    return ok(null);
  }
  unhear(rooms);
  if (carrier.hear === undefined || seat.person === null) return refuse('not-now', NOT_HEARD);
  begin();
  const listening: Listening = {
    callId: call.id,
    personId: seat.person.id,
    format: USUAL,
    unsent: [],
    unsentBytes: 0,
    isOver: false,
    stop: () => {},
    cancelEnd: () => {},
  };
  ears.set(seat, listening);
  const begun = await carrier.hear(call.callRef, {
    format: (format) => void (listening.format = format),
    samples: (bytes) => take(rooms, listening, bytes),
    over: () => end(rooms, listening),
  });
  if (typeof begun !== 'function') {
    if (ears.get(seat) === listening) ears.delete(seat);
    if (begun.kind === 'gone' || begun.kind === 'done') return refuse('not-now', 'This call is over.');
    return refuse('carrier', `${begun.sentence} The call itself goes on.`);
  }
  // Somebody may have stopped it, or turned to another call, while the carrier was asked.
  if (ears.get(seat) !== listening) begun();
  listening.stop = begun;
  goOn(rooms, listening);
  return ok(null);
}

/** Nobody listens any more. */
export function unhear(rooms: Rooms): void {
  const listening = ears.get(rooms.seat);
  if (listening !== undefined) end(rooms, listening);
}

const NOT_HEARD = 'This carrier gives nobody the sound of a call under way.';

function goOn(rooms: Rooms, listening: Listening): void {
  listening.cancelEnd();
  listening.cancelEnd = rooms.clock.after(ASKS_AGAIN_MS, () => end(rooms, listening));
}

function take(rooms: Rooms, listening: Listening, bytes: Uint8Array): void {
  if (listening.isOver) return;
  if (!mayGoOn(rooms, listening)) return end(rooms, listening);
  listening.unsent.push(bytes);
  listening.unsentBytes += bytes.length;
  while (listening.unsentBytes > UNSENT_BYTES_MAX) listening.unsentBytes -= listening.unsent.shift()!.length;
  send(rooms, listening);
}

/** Whoever began it still sits there, unlocked, and may: a screen that was left hears nothing. */
function mayGoOn({ seat }: Rooms, { personId }: Listening): boolean {
  return seat.person?.id === personId && !seat.isLocked && mayDo(seat.person, 'supervisor');
}

function end(rooms: Rooms, listening: Listening): void {
  if (listening.isOver) return;
  listening.isOver = true;
  listening.cancelEnd();
  listening.stop();
  if (ears.get(rooms.seat) === listening) ears.delete(rooms.seat);
  send(rooms, listening);
}

/** Pushes rest between two of a kind; what came meanwhile goes with the next one. */
function send({ pushes }: Rooms, listening: Listening): void {
  pushes.tell('board.sound', () => {
    const samples = Buffer.concat(listening.unsent).toString('base64');
    listening.unsent = [];
    listening.unsentBytes = 0;
    return { callId: listening.callId, ...listening.format, samples, isOver: listening.isOver };
  });
}
