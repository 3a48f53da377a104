import type { CampaignRow } from '../../shared/contract/campaigns.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { CampaignStatus } from '../../shared/domain/campaign.ts';
import { CAMPAIGN_TEMPLATES } from '../../shared/domain/campaign-templates.ts';
import type { Kernel } from '../kernel.ts';
import {
  type KeptCampaign,
  campaignsOf,
  keptCampaign,
  setCampaignDeleted,
  setCampaignStatus,
} from '../store/campaigns.ts';
import { audited } from './audited.ts';
import { changeCampaignAs, createCampaign, duplicateCampaign, gone } from './campaign-edits.ts';
import { effectOf } from './campaign-effect.ts';
import { addPeople, removePeople, weighPeople } from './campaign-people.ts';
import { campaignRow, campaignSheet, scriptTallies } from './campaign-sheets.ts';
import { cancelRehearsal, rehearsalOf, rehearse } from './campaign-rehearsal.ts';
import { checkUp, whyNotStarted } from './campaign-checks.ts';
import { firstOf } from './campaign-first.ts';
import { explainContact, liveOf, whyNotOf, whyNotWho } from './campaign-why.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

type MaybeLater<T> = T | Promise<T>;

/** What a supervisor does to campaigns, and what everybody may ask about them. */
export function campaignsHandlers(rooms: Rooms): ParleyHandlers<unknown>['campaigns'] {
  const within = <T>(run: (kernel: Kernel) => MaybeLater<Answer<T>>): MaybeLater<Answer<T>> =>
    rooms.seat.kernel === null ? noWorkspace : run(rooms.seat.kernel);
  const withOne = <T>(id: number, run: (kernel: Kernel, campaign: KeptCampaign) => MaybeLater<Answer<T>>) =>
    within((kernel) => {
      const campaign = keptCampaign(kernel.db, id);
      return campaign === null || campaign.deletedAt !== null ? gone : run(kernel, campaign);
    });

  return {
    list: () => within((kernel) => ok(campaignsOf(kernel.db).map((each) => campaignRow(kernel, each)))),
    get: ({ id }) => withOne(id, async (kernel, campaign) => ok(await campaignSheet(kernel, campaign))),
    templates: () => ok(CAMPAIGN_TEMPLATES.map(({ id, name, about }) => ({ id, name, about }))),
    create: (wished) => within((kernel) => createCampaign(rooms, kernel, wished)),
    duplicate: ({ id }) => withOne(id, (kernel, campaign) => duplicateCampaign(rooms, kernel, campaign)),
    change: (wished) => within((kernel) => changeCampaignAs(rooms, kernel, wished)),
    weighPeople: ({ id, ...wanted }) =>
      withOne(id, async (kernel) => ok(await weighPeople(kernel, id, wanted))),
    addPeople: ({ id, ...wanted }) => withOne(id, (kernel) => addPeople(rooms, kernel, id, wanted)),
    removePeople: ({ id, listId }) => withOne(id, (kernel) => removePeople(rooms, kernel, id, listId)),
    effect: ({ id, rules }) =>
      withOne(id, async (kernel, campaign) => ok(await effectOf(kernel, campaign, rules))),
    first: ({ id, count }) => withOne(id, (kernel, campaign) => ok(firstOf(kernel, campaign, count))),
    setStatus: ({ id, status }) =>
      withOne(id, (kernel, campaign) => setStatus(rooms, kernel, campaign, status)),
    stop: ({ id, how }) => withOne(id, (kernel, campaign) => stop(rooms, kernel, campaign, how)),
    remove: ({ id }) => withOne(id, (kernel, campaign) => remove(rooms, kernel, campaign)),
    restore: ({ id }) => within((kernel) => restore(rooms, kernel, id)),
    whyNot: ({ id }) => withOne(id, (kernel) => whyNotOf(kernel, id)),
    whyNotWho: ({ id, rule, after }) => withOne(id, (kernel) => whyNotWho(kernel, id, rule, after)),
    rehearse: (wish) => withOne(wish.id, (kernel, campaign) => rehearse(kernel, campaign, wish)),
    rehearsal: ({ id }) => withOne(id, rehearsalOf),
    cancelRehearsal: ({ id }) => withOne(id, cancelRehearsal),
    explain: ({ id, contactId }) =>
      withOne(id, (kernel, campaign) => explainContact(kernel, campaign, contactId)),
    checkUp: ({ id }) => withOne(id, async (kernel, campaign) => ok(await checkUp(kernel, campaign))),
    scriptFigures: ({ id }) => withOne(id, (kernel, campaign) => ok(scriptTallies(kernel, campaign))),
    live: ({ id }) => withOne(id, (kernel, campaign) => ok(liveOf(kernel, campaign))),
  };
}

const IN_WORDS: Readonly<Record<CampaignStatus, string>> = {
  draft: 'a draft',
  active: 'running',
  paused: 'paused',
  completed: 'completed',
  archived: 'archived',
};

function setStatus(
  rooms: Rooms,
  kernel: Kernel,
  campaign: KeptCampaign,
  status: CampaignStatus,
): Answer<CampaignRow> {
  const { id, name } = campaign;
  if (status === campaign.status) return ok(campaignRow(kernel, campaign));
  if (status === 'draft')
    return refuse(
      'not-now',
      `“${name}” is ${IN_WORDS[campaign.status]}, and a draft is only what was never started. Pause it instead.`,
    );
  if (campaign.status === 'draft' && status === 'paused')
    return refuse('not-now', `“${name}” was never started, so there is nothing to pause.`);
  if (campaign.status === 'draft' && status === 'completed')
    return refuse('not-now', `“${name}” was never started, so there is nothing to complete.`);
  const trouble = status === 'active' ? whyNotStarted(kernel, campaign) : null;
  if (trouble !== null) return refuse('not-now', trouble);
  move(rooms, kernel, campaign, status, 'campaign.status', {});
  return ok(campaignRow(kernel, keptCampaign(kernel.db, id)!));
}

/** Whoever is in hand goes back at once. Live calls end by themselves, or are hung up. */
async function stop(
  rooms: Rooms,
  kernel: Kernel,
  campaign: KeptCampaign,
  how: 'after-calls' | 'at-once',
): Promise<Answer<CampaignRow>> {
  if (campaign.status !== 'active' && campaign.status !== 'paused')
    return refuse('not-now', `“${campaign.name}” is ${IN_WORDS[campaign.status]}: there is nothing to stop.`);
  move(rooms, kernel, campaign, 'paused', 'campaign.stop', { how });
  // A call that the carrier has not named yet is hung up as soon as it has.
  if (how === 'at-once') kernel.background.unwant(campaign.id);
  const left = how === 'at-once' ? await kernel.desk.hangUpCampaign(campaign.id) : [];
  if (left.length > 0)
    return refuse(
      'carrier',
      `“${campaign.name}” is stopped and nobody new is rung, but not every call could be hung up: ${left[0]} Try again.`,
    );
  return ok(campaignRow(kernel, keptCampaign(kernel.db, campaign.id)!));
}

/** Out of sight, and nothing of it is lost. A running campaign is stopped first; live calls end by themselves. */
function remove(rooms: Rooms, kernel: Kernel, campaign: KeptCampaign): Answer<null> {
  const { id, name } = campaign;
  const status = campaign.status === 'active' ? 'paused' : campaign.status;
  change(rooms, kernel, id, 'campaign.delete', { name, status: campaign.status }, null, () => {
    setCampaignStatus(kernel.db, id, status, kernel.clock.now());
    setCampaignDeleted(kernel.db, id, kernel.clock.now());
  });
  return ok(null);
}

function restore(rooms: Rooms, kernel: Kernel, id: number): Answer<CampaignRow> {
  const campaign = keptCampaign(kernel.db, id);
  if (campaign === null) return gone;
  if (campaign.deletedAt !== null) {
    const { name, status } = campaign;
    change(rooms, kernel, id, 'campaign.restore', null, { name, status }, () =>
      setCampaignDeleted(kernel.db, id, null),
    );
  }
  return ok(campaignRow(kernel, keptCampaign(kernel.db, id)!));
}

function move(
  rooms: Rooms,
  kernel: Kernel,
  { id, status: before }: KeptCampaign,
  status: CampaignStatus,
  action: string,
  more: object,
): void {
  change(rooms, kernel, id, action, { status: before }, { status, ...more }, () =>
    setCampaignStatus(kernel.db, id, status, kernel.clock.now()),
  );
}

function change(
  rooms: Rooms,
  kernel: Kernel,
  id: number,
  action: string,
  before: unknown,
  after: unknown,
  make: () => void,
): void {
  audited(rooms, { action, subject: 'campaign', subjectId: String(id), before, after }, make);
  kernel.campaignChanged(id, false);
}

function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}
