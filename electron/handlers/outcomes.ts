import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { OutcomeRow } from '../../shared/contract/outcomes.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type DispositionKind, consequenceInWords } from '../../shared/domain/disposition.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import type { Kernel } from '../kernel.ts';
import { campaignsOf, keptCampaign } from '../store/campaigns.ts';
import { addDispositions, dispositionsOf, offeredToAgents } from '../store/dispositions.ts';
import { ownDispositionsOf } from '../store/own-dispositions.ts';
import { audited } from './audited.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

type Handlers = ParleyHandlers<unknown>['outcomes'];
type Wish = Parameters<Handlers['save']>[0];

/** What may come of a call, for the whole workspace or for one campaign. */
export function outcomesHandlers(rooms: Rooms): Handlers {
  const here = (run: (kernel: Kernel) => Answer<OutcomeRow[]>): Answer<OutcomeRow[]> =>
    rooms.seat.kernel === null ? noWorkspace : run(rooms.seat.kernel);
  return {
    list: ({ campaignId }) => here((kernel) => listed(kernel, campaignId)),
    save: (wish) => here((kernel) => save(rooms, kernel, wish)),
  };
}

function listed({ db }: Kernel, campaignId: number | null): Answer<OutcomeRow[]> {
  const own = new Set(campaignId === null ? [] : ownDispositionsOf(db, campaignId).map(({ id }) => id));
  return {
    ok: true,
    value: offeredToAgents(dispositionsOf(db, campaignId)).map(({ form: _form, ...kind }) => ({
      ...kind,
      consequence: { ...kind.consequence },
      campaignId: own.has(kind.id) ? campaignId : null,
      does: consequenceInWords(kind.consequence),
    })),
  };
}

function save(rooms: Rooms, kernel: Kernel, { id, campaignId, ...wished }: Wish): Answer<OutcomeRow[]> {
  const { db, clock, random } = kernel;
  const campaign = campaignId === null ? null : keptCampaign(db, campaignId);
  if (campaignId !== null && (campaign === null || campaign.deletedAt !== null))
    return refuse('not-found', 'This campaign is gone.');
  const own = ownDispositionsOf(db, campaignId);
  const before = own.find((each) => each.id === id) ?? null;
  const isOffered = before !== null && offeredToAgents([before]).length > 0;
  if (id !== null && !isOffered)
    return refuse('not-found', 'This outcome cannot be changed here. Nothing was changed.');
  const taken = own.find((each) => each.id !== id && each.digit !== '' && each.digit === wished.digit);
  if (taken !== undefined)
    return refuse(
      'bad-arguments',
      `Key ${wished.digit} files “${taken.label}” already. Choose another key, or none.`,
    );
  const namesake = own.find((each) => each.id !== id && sameName(each.label, wished.label));
  if (namesake !== undefined)
    return refuse('bad-arguments', `There is an outcome “${namesake.label}” already. Nothing was changed.`);
  const after: DispositionKind = {
    ...wished,
    id: id ?? uuidAt(clock.now(), random),
    form: before?.form ?? [],
  };
  const entry = { action: 'outcome.change', subject: 'outcome', subjectId: after.id, before, after };
  const all = before === null ? [...own, after] : own.map((each) => (each === before ? after : each));
  audited(rooms, entry, () => addDispositions(db, campaignId, all));
  tellAll(rooms, kernel, campaignId);
  return listed(kernel, campaignId);
}

/** Sessions offer what was saved from the next call on. */
function tellAll({ pushes }: Rooms, kernel: Kernel, campaignId: number | null): void {
  for (const { id } of campaignsOf(kernel.db))
    if (campaignId === null || campaignId === id) kernel.campaignChanged(id, false);
  pushes.tell('app.changed', () => ({ changes: [{ entity: 'outcomes', ids: null }] }));
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
