import type { Answer } from '../../shared/contract/wire.ts';
import { readPhone, showPhone, whyUnringable } from '../../shared/domain/phone.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import { placeCall } from '../carriers/placed.ts';
import { knownCarrier } from '../carriers/known.ts';
import { ownersOf } from '../store/contacts.ts';
import type { AccountLine } from '../workspace-carriers.ts';
import { appendAudit } from '../store/audit.ts';
import type { LiveCarriers } from './carrier-remake.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok } from './within.ts';

const RING_MS = 30 * SECOND_MS;
/** A key that is pressed twice rings once. */
const REST_MS = 30 * SECOND_MS;

const lastCallAt = new WeakMap<Rooms, Instant>();

/**
 * Rings one’s own phone. It is no attempt on a contact, so it goes by no rule and into no figure; and because of that it
 * may never reach one: a number that is in the workspace is refused.
 */
export async function testCall(
  rooms: Rooms,
  { kernel, kept }: LiveCarriers,
  { kind, title }: AccountLine,
  typed: string,
): Promise<Answer<string>> {
  const { db, clock, random, home } = kernel;
  const { person, carriers } = rooms.seat;
  const phone = readPhone(typed, home.country);
  if (!phone.ok) return refuse('bad-arguments', `${phone.error.sentence} Nobody was rung.`);
  const to = phone.value;
  if (whyUnringable(to) !== null)
    return refuse('bad-arguments', 'This is not a number to call. Nobody was rung.');
  const [owner] = ownersOf(db, to);
  if (owner !== undefined)
    return refuse(
      'not-allowed',
      'This number belongs to a contact. A test call goes to your own phone; nobody was rung.',
    );
  const known = knownCarrier(kind);
  const values = carriers?.valuesOf(kind) ?? null;
  if (known === null || values === null || person === null)
    return refuse('not-now', `The credentials of ${title} are not here. Enter them first.`);
  const from = kept.numbers[kind]?.[0] ?? '';
  if (from === '' && known.hasNumbers)
    return refuse('not-now', `Choose a number of ${title} to show first. Nobody was rung.`);
  const last = lastCallAt.get(rooms);
  const now = clock.now();
  if (last !== undefined && now >= last && now - last < REST_MS)
    return refuse('not-now', 'A test call went out a moment ago. Wait half a minute; nobody was rung again.');
  lastCallAt.set(rooms, now);

  const attemptId = uuidAt(now, random);
  const shown = showPhone(to, home.country);
  const entry = {
    action: 'carrier.test-call',
    subject: 'carrier',
    subjectId: kind,
    before: null,
    after: { to },
  };
  appendAudit(db, { ...entry, at: now, agentId: person.id });
  // Made for this one call: what becomes of it is told to nobody, because nobody waits for it.
  const carrier = known.make(values, { clock, hooks: null });
  const request = { attemptId, to, from, ringMs: RING_MS, record: false, detectMachine: false };
  const placed = await placeCall(
    carrier,
    { ...request, ...known.testCall(person.id) },
    new AbortController().signal,
  );
  await carrier.close();
  if (placed.kind === 'placed') return ok(`${title} took the call. ${shown} rings in a moment.`);
  if (placed.kind === 'refused') return refuse('carrier', placed.sentence);
  return refuse(
    'carrier',
    `${placed.sentence} If ${shown} does not ring within a minute, look at your network.`,
  );
}
