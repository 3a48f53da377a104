import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { CallRow, CampaignRow } from '../../shared/contract/records.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type Campaign, hoursInWords } from '../../shared/domain/campaign.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Rooms } from './rooms.ts';
import type { Kernel } from '../kernel.ts';
import { type ListedCall, latestCalls, liveCalls } from '../store/calls.ts';
import { campaignById, campaignsOf, setCampaignStatus } from '../store/campaigns.ts';
import { searchContacts } from '../store/search.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { listsOf } from '../store/lists.ts';
import { agentsAtWorkOn } from '../store/sessions.ts';
import { audited } from './audited.ts';
import { noWorkspace, refuse } from './refusals.ts';

const PAGE = 100;

export function campaignsHandlers(rooms: Rooms): ParleyHandlers<unknown>['campaigns'] {
  return {
    list: () =>
      within(rooms, ({ db }) => ok(campaignsOf(db).map((each) => campaignRow(rooms.seat.kernel!, each)))),
    setStatus: ({ id, status }) =>
      within(rooms, (kernel) => {
        const before = campaignById(kernel.db, id);
        if (before === null) return gone;
        audited(
          rooms,
          {
            action: 'campaign.status',
            subject: 'campaign',
            subjectId: String(id),
            before: { status: before.status },
            after: { status },
          },
          () => {
            setCampaignStatus(kernel.db, id, status, kernel.clock.now());
          },
        );
        kernel.desk.campaignChanged(id);
        rooms.pushes.tell('app.changed', () => ({ changes: [{ entity: 'campaigns', ids: [id] }] }));
        return ok(campaignRow(kernel, campaignById(kernel.db, id)!));
      }),
  };
}

export function contactsHandlers(rooms: Rooms): ParleyHandlers<unknown>['contacts'] {
  return {
    lists: () => within(rooms, ({ db }) => ok(listsOf(db))),
    page: ({ search, after }) =>
      within(rooms, ({ db, home }) => {
        const { rows, next } = searchContacts(db, { search, after, limit: PAGE });
        return ok({
          rows: rows.map((row) => ({
            ...row,
            number: row.number === null ? '' : showPhone(row.number, home.country),
          })),
          next,
        });
      }),
  };
}

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

function campaignRow({ db }: Kernel, { id, name, status, mode, rules }: Campaign): CampaignRow {
  const counts = enrolmentCounts(db, id);
  const contacts = counts.open + counts['in-hand'] + counts.done + counts.never;
  return {
    id,
    name,
    status,
    mode,
    contacts,
    open: counts.open + counts['in-hand'],
    done: counts.done + counts.never,
    agents: agentsAtWorkOn(db, id),
    hours: hoursInWords(rules),
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

const gone = refuse('not-found', 'This campaign is gone.');
