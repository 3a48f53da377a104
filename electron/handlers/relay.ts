import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Connection as Shown, Letter } from '../../shared/contract/relay.ts';
import { knownCarrier } from '../carriers/known.ts';
import type { Connection } from '../connection.ts';
import type { Kernel } from '../kernel.ts';
import type { Refused } from '../relay/relay.ts';
import { NO_TUNNEL, soundPlan } from '../relay/tunnels/plan.ts';
import { appendAudit } from '../store/audit.ts';
import { reviveDelivery, troubleOf, troubledDeliveries } from '../store/deliveries.ts';
import { withTransaction } from '../store/open.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

/** How carriers reach us, and what came in that nobody could act on. */
export function relayHandlers(rooms: Rooms): ParleyHandlers<unknown>['relay'] {
  const { seat } = rooms;
  return {
    now: () => within(rooms, ({ kind }) => ok(shownConnection(seat.connection, kind))),
    async set({ plan: wish, port, token }) {
      const { kernel, connection, person } = seat;
      if (kernel === null) return noWorkspace;
      if (connection === null) return kernel.kind === 'practice' ? PRACTICE : NOT_OPEN;
      const plan = soundPlan(wish);
      if (!plan.ok) return refuse('bad-arguments', plan.error);
      const before = connection.state().kept;
      await connection.change({ plan: plan.value, port }, token === undefined ? undefined : token || null);
      const about = { action: 'connection.change', subject: 'connection', subjectId: null };
      const { kept } = connection.state();
      const at = kernel.clock.now();
      appendAudit(kernel.db, { ...about, before, after: kept, at, agentId: person?.id ?? null });
      return ok(shownConnection(connection));
    },
    async check() {
      if (seat.kernel === null) return noWorkspace;
      await seat.connection?.check();
      return ok(shownConnection(seat.connection, seat.kernel?.kind));
    },
    addresses: () => ok(addressesByHand(rooms)),
    letters: () => within(rooms, (kernel) => ok(lettersOf(kernel))),
    redeliver: ({ kind, id }) =>
      within(rooms, async (kernel) => {
        const agentId = seat.person?.id ?? null;
        const done =
          kind === 'event'
            ? kernel.deadLetters.redeliver(id, agentId)
            : await readAgain(kernel, seat.connection, id, agentId);
        return done.ok ? ok(null) : refuse('not-now', done.error);
      }),
  };
}

const NOT_OPEN_SENTENCE =
  'Parley could not listen on this computer. Calls are asked about every few seconds instead; nothing is lost. Open the workspace again to try once more.';

const NOT_OPEN = refuse('not-now', NOT_OPEN_SENTENCE);

const PRACTICE = refuse(
  'not-now',
  'Practice hears nothing from outside. Open a live workspace to set this up.',
);

async function readAgain(kernel: Kernel, connection: Connection | null, id: number, agentId: number | null) {
  const reason = troubleOf(kernel.db, id);
  const isRevived =
    reason !== null &&
    connection !== null &&
    withTransaction(kernel.db, () => {
      const about = { subject: 'delivery', subjectId: String(id), before: { reason }, after: null };
      appendAudit(kernel.db, { at: kernel.clock.now(), agentId, action: 'delivery.redeliver', ...about });
      return reviveDelivery(kernel.db, id);
    });
  if (!isRevived || connection === null)
    return { ok: false, error: 'This was tried again meanwhile. Look at the list anew.' } as const;
  await connection.readOn();
  const again = troubleOf(kernel.db, id);
  return again === null
    ? ({ ok: true } as const)
    : ({
        ok: false,
        error: `It still cannot be acted on, and is kept. ${again} Nothing else is held up by it.`,
      } as const);
}

const LETTERS_MAX = 100;
const SAID_MAX = 4_000;

function lettersOf(kernel: Kernel): Letter[] {
  const deliveries = troubledDeliveries(kernel.db, LETTERS_MAX).rows.map(
    ({ id, readAt, carrier, trouble, body }): Letter => ({
      kind: 'delivery',
      id,
      at: readAt,
      carrier: titleOf(carrier),
      reason: trouble,
      said: body.subarray(0, SAID_MAX).toString('utf8'),
    }),
  );
  const events = kernel.deadLetters.page(LETTERS_MAX).rows.map(
    ({ deadLetterId, at, callRef, carrier, reason, event }): Letter => ({
      kind: 'event',
      id: deadLetterId,
      at,
      carrier: titleOf(callRef.includes(':') ? callRef.split(':', 1)[0]! : carrier),
      reason,
      said: JSON.stringify(event.facts, null, 1).slice(0, SAID_MAX),
    }),
  );
  return [...deliveries, ...events].sort((a, b) => b.at - a.at).slice(0, LETTERS_MAX);
}

function titleOf(kind: string): string {
  return knownCarrier(kind)?.title ?? kind;
}

/** Carriers that are told our address in a dashboard of theirs, where they are set up and something leads to us. */
function addressesByHand({ seat: { connection, carriers } }: Rooms): { carrier: string; url: string }[] {
  return BY_HAND.flatMap((kind) => {
    const isSetUp = carriers?.lines.some((line) => line.kind === kind) === true;
    const url = isSetUp ? (connection?.addressFor(kind) ?? null) : null;
    return url === null ? [] : [{ carrier: titleOf(kind), url }];
  });
}

const BY_HAND = ['voipstudio'];

const REASONS: Readonly<Record<Refused, string>> = {
  'no-such-hook': 'asked for something that is not here',
  'not-genuine': 'were not signed by the carrier, or by another account',
  'too-large': 'were larger than anything a carrier sends',
  'too-many': 'came faster than any carrier sends them',
  'not-kept': 'could not be written down; the carrier was asked to try again',
};

/** For the screens: whatever is known of the connection, and nothing of it that is secret. */
export function shownConnection(connection: Connection | null, kind: Kernel['kind'] = 'live'): Shown {
  if (connection === null)
    return kind === 'practice'
      ? OF_PRACTICE
      : { ...OF_PRACTICE, isPractice: false, state: 'down', sentence: NOT_OPEN_SENTENCE };
  const { kept, tunnel, port, isElsewhere, figures, hasToken } = connection.state();
  return {
    ...tunnel,
    isPractice: false,
    plan: kept.plan,
    port: kept.port,
    hasToken,
    listensOn: port,
    portSentence: isElsewhere
      ? `Port ${kept.port} is another program’s, so Parley listens on ${port}. End that program, or choose another port.`
      : null,
    heard: figures.kept,
    lastAt: figures.lastAt,
    refused: Object.entries(figures.refused).map(([why, count]) => ({
      count,
      sentence: REASONS[why as Refused],
    })),
  };
}

const OF_PRACTICE: Shown = {
  isPractice: true,
  plan: NO_TUNNEL,
  port: null,
  hasToken: false,
  state: 'off',
  sentence: 'Practice hears nothing from outside, and needs nothing.',
  since: null,
  url: null,
  roundTripMs: null,
  listensOn: null,
  portSentence: null,
  heard: 0,
  lastAt: null,
  refused: [],
};
