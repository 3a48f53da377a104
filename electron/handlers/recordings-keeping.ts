import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Going } from '../../shared/contract/recordings.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import {
  type KeepingRules,
  keepingAges,
  keepingRules,
  keptDaysOfCampaign,
  setKeepingRules,
  setKeptDaysOfCampaign,
} from '../recordings/keeping.ts';
import { campaignsOf } from '../store/campaigns.ts';
import {
  type GoingFigures,
  type KeepingAges,
  goingFigures,
  keptByCampaign,
} from '../store/recording-ages.ts';
import { keptBytes } from '../store/recordings.ts';
import type { ReadDb } from '../store/open.ts';
import { audited } from './audited.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Group = ParleyHandlers<unknown>['recordings'];
type Wish = KeepingRules & {
  readonly campaigns: readonly { readonly campaignId: number; readonly days: number | null }[];
};

/** How long sounds are kept and how much room they take: shown, tried out, and set. */
export function keepingHandlers(rooms: Rooms): Pick<Group, 'keeping' | 'going' | 'setKeeping'> {
  return {
    keeping: () =>
      within(rooms, ({ db }) =>
        ok({ ...keepingRules(db), usedBytes: keptBytes(db), campaigns: campaignRows(db) }),
      ),
    going: (wish) =>
      within(rooms, ({ db, clock, home }) => {
        const figures = goingFigures(db, agesOf(db, wish), clock.now());
        return ok({ ...figures, sentences: inWords(figures, wish.budgetBytes, home.zone) });
      }),
    setKeeping: (wish) =>
      within(rooms, ({ db, recordings }) => {
        const { campaigns, ...rules } = wish;
        const change = { action: 'recordings.keeping', subject: 'workspace', subjectId: null };
        const before = { ...keepingRules(db), campaigns: keepingAges(db).ofCampaigns };
        audited(rooms, { ...change, before, after: wish }, () => {
          setKeepingRules(db, rules);
          for (const { campaignId, days } of campaigns) setKeptDaysOfCampaign(db, campaignId, days);
        });
        recordings.keepAnew();
        sayChanged(rooms, 'recordings');
        return ok(null);
      }),
  };
}

function campaignRows(db: ReadDb) {
  const kept = new Map(keptByCampaign(db).map((each) => [each.campaignId, each]));
  const rowOf = (id: number | null, name: string, days: number | null) => {
    const { recordings = 0, bytes = 0, oldestAt = null } = kept.get(id) ?? {};
    return { id, name, days, recordings, bytes, oldestAt };
  };
  const rows = campaignsOf(db).map(({ id, name }) => rowOf(id, name, keptDaysOfCampaign(db, id)));
  return kept.has(null) ? [...rows, rowOf(null, 'Calls of no campaign', null)] : rows;
}

/** As it would be once the wish is kept. */
function agesOf(db: ReadDb, { keptDays, protectedDays = null, campaigns }: Wish): KeepingAges {
  const ofCampaigns: Record<number, number> = { ...keepingAges(db).ofCampaigns };
  for (const { campaignId, days } of campaigns) {
    if (days === null) delete ofCampaigns[campaignId];
    else ofCampaigns[campaignId] = days;
  }
  return { keptDays, protectedDays, ofCampaigns };
}

function inWords(
  { recordings, bytes, now, nowBytes, week, month, nextAt }: GoingFigures,
  budgetBytes: number,
  zone: string,
): Going['sentences'] {
  const left = bytes - nowBytes;
  const gone =
    now === 0
      ? 'Nothing is deleted at once.'
      : `${counted(now)} of ${recordings.toLocaleString('en')} (${sizeText(nowBytes)}) ${now === 1 ? 'is' : 'are'} deleted at once, and cannot be brought back. The calls stay, and say why.`;
  const later =
    month > now
      ? `${counted(month - now)} more ${month - now === 1 ? 'goes' : 'go'} within 30 days, ${(week - now).toLocaleString('en')} of them within a week.`
      : nextAt === null
        ? 'No other that is here now is deleted by itself.'
        : `The next one goes on ${localTime(nextAt, zone).date}.`;
  const full =
    left < budgetBytes
      ? null
      : `They take up ${sizeText(left)} and the room is ${sizeText(budgetBytes)}: no more are fetched until some go. None is deleted for want of room.`;
  const isAllGone = now > 0 && now === recordings;
  return [gone, ...(isAllGone ? [] : [later]), ...(full === null ? [] : [full])];
}

function counted(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'recording' : 'recordings'}`;
}

function sizeText(bytes: number): string {
  return bytes < 1024 ** 3 ? `${Math.ceil(bytes / 1024 ** 2)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
