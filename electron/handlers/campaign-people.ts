import type { Answer } from '../../shared/contract/wire.ts';
import { breathe } from '../dialer/breathe.ts';
import { reopenCampaign } from '../dialer/completion.ts';
import type { Kernel } from '../kernel.ts';
import { appendAudit } from '../store/audit.ts';
import {
  type PeopleWanted,
  type PeopleWeighed,
  countFromList,
  enrolPage,
  peopleWanted,
  takeOutUntried,
  weighPage,
} from '../store/campaign-people.ts';
import type { Rooms } from './rooms.ts';

/** Contacts taken out in one go. */
const SLICE_ROWS = 500;

/** Who would come in, before anything is done. */
export async function weighPeople(
  { db }: Kernel,
  campaignId: number,
  wanted: PeopleWanted,
): Promise<PeopleWeighed> {
  let sum: PeopleWeighed = { found: 0, new: 0, withoutNumber: 0, doNotCall: 0 };
  for (const page of peopleWanted(db, campaignId, wanted)) {
    const each = weighPage(db, page);
    sum = {
      found: sum.found + each.found,
      new: sum.new + each.new,
      withoutNumber: sum.withoutNumber + each.withoutNumber,
      doNotCall: sum.doNotCall + each.doNotCall,
    };
    await breathe();
  }
  return sum;
}

/** Brings people in, a slice at a time: cut off in between, asking once more brings in the rest and nobody twice. */
export async function addPeople(
  rooms: Rooms,
  kernel: Kernel,
  campaignId: number,
  wanted: PeopleWanted,
): Promise<Answer<{ added: number }>> {
  let [looked, added] = [0, 0];
  try {
    for (const page of peopleWanted(kernel.db, campaignId, wanted)) {
      added += enrolPage(kernel.db, campaignId, page, kernel.clock.now());
      looked += page.length;
      rooms.pushes.tell('campaigns.adding', () => ({ id: campaignId, looked, added }));
      await breathe();
    }
  } finally {
    if (added > 0) {
      note(rooms, kernel, campaignId, 'campaign.people-added', { ...wanted, added });
      const by = rooms.seat.person?.id ?? null;
      if (reopenCampaign(kernel.db, campaignId, by, kernel.clock.now()))
        kernel.campaignChanged(campaignId, false);
    }
  }
  return { ok: true, value: { added } };
}

/** Takes out whoever of a list was not tried yet. Who was tried stays, with all that came of it. */
export async function removePeople(
  rooms: Rooms,
  kernel: Kernel,
  campaignId: number,
  listId: number | null,
): Promise<Answer<{ removed: number; stayed: number }>> {
  let removed = 0;
  try {
    for (let more = SLICE_ROWS; more === SLICE_ROWS; removed += more) {
      more = takeOutUntried(kernel.db, campaignId, listId, SLICE_ROWS);
      await breathe();
    }
  } finally {
    if (removed > 0) note(rooms, kernel, campaignId, 'campaign.people-removed', { listId, removed });
  }
  return { ok: true, value: { removed, stayed: countFromList(kernel.db, campaignId, listId) } };
}

function note(rooms: Rooms, kernel: Kernel, campaignId: number, action: string, after: object): void {
  appendAudit(kernel.db, {
    at: kernel.clock.now(),
    agentId: rooms.seat.person?.id ?? null,
    action,
    subject: 'campaign',
    subjectId: String(campaignId),
    before: null,
    after,
  });
  kernel.campaignChanged(campaignId, true);
}
