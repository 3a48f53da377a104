import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { CallRow } from '../../shared/contract/records.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Rooms } from './rooms.ts';
import type { Kernel } from '../kernel.ts';
import { type ListedCall, latestCalls, liveCalls } from '../store/calls.ts';
import { noWorkspace } from './refusals.ts';

const PAGE = 100;

export function callsHandlers(rooms: Rooms): ParleyHandlers<unknown>['calls'] {
  return {
    page: ({ before }) =>
      within(rooms, ({ db, home }) => {
        const { rows, next } = latestCalls(db, { limit: PAGE, before });
        return ok({ rows: rows.map((row) => callRow(row, home.country)), next });
      }),
    live: () => within(rooms, ({ db, home }) => ok(liveCalls(db).map((row) => callRow(row, home.country)))),
  };
}

function callRow({ call, contact, agent, campaign, outcome, note }: ListedCall, country: string): CallRow {
  return {
    id: call.id,
    startedAt: call.startedAt,
    name: contact ?? 'Unknown',
    number: showPhone(call.to as E164, country),
    agent: agent ?? '',
    campaign: campaign ?? '',
    status: call.status,
    end: call.end,
    outcome,
    note: note ?? '',
    seconds: call.seconds,
    costMicros: call.costMicros,
    currency: call.currency,
  };
}

function within<T>({ seat }: Rooms, run: (kernel: Kernel) => Answer<T>): Answer<T> {
  return seat.kernel === null ? noWorkspace : run(seat.kernel);
}

function ok<T>(value: T): Answer<T> {
  return { ok: true, value };
}
