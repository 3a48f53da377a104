import type { CampaignStanding } from '../../../../shared/contract/standing.ts';
import { useCampaignStanding } from '../../../data/standing.ts';
import { countText } from '../../../data/words.ts';

const WORDS: Readonly<Record<keyof CampaignStanding['statuses'], readonly [word: string, note: string]>> = {
  scheduled: ['Scheduled', 'to be called'],
  calling: ['Calling', 'now'],
  'in-progress': ['In progress', 'now'],
  completed: ['Completed', 'today'],
  failed: ['Failed', 'today'],
  cancelled: ['Cancelled', 'today'],
};

/** How the calls of a campaign stand, in the six words for it. */
export function Statuses({ id }: { id: number }) {
  const { data } = useCampaignStanding(id);
  const all = Object.entries(WORDS) as [keyof typeof WORDS, (typeof WORDS)[keyof typeof WORDS]][];
  return (
    <dl
      aria-label="Calls by their state"
      className="mb-5 grid grid-cols-3 gap-x-3 gap-y-2 border-b pb-4 two:grid-cols-6"
    >
      {all.map(([status, [word, note]]) => (
        <div key={status} className="flex flex-col">
          <dt className="text-sm font-medium text-muted">{word}</dt>
          <dd>
            <span className="text-lg font-semibold tabular-nums">
              {data === undefined ? '…' : countText(data.statuses[status])}
            </span>{' '}
            <span className="text-sm text-muted">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
