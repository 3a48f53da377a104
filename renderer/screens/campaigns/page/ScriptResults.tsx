import { useQuery } from '@tanstack/react-query';
import { type Tally, comparedInWords, shareOf } from '../../../../shared/domain/comparison.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { counted } from '../../../data/words.ts';

/** How the two scripts do beside each other, and whether that is more than chance. */
export function ScriptResults({ campaignId }: { campaignId: number }) {
  const { campaigns } = useClient();
  const { data } = useQuery({
    queryKey: ['campaigns', campaignId, 'scripts'],
    queryFn: () => answered(campaigns.scriptFigures({ id: campaignId })),
  });
  if (data === undefined || data.second === null) return null;
  const { first, second } = data;
  return (
    <section aria-label="How the scripts do" className="mb-4 flex flex-col gap-2 rounded-lg border p-3">
      <dl className="flex flex-col gap-2">
        <Result name="First script" tally={first} />
        <Result name="Second script" tally={second} />
      </dl>
      <p className="text-sm">{comparedInWords(first, second)}</p>
      <p className="text-sm text-muted">
        Counted since each was last changed: talks that had an outcome, and the successes among them.
      </p>
    </section>
  );
}

/** The share as a mark on its band of certainty; the words beside it say the same. */
function Result({ name, tally }: { name: string; tally: Tally }) {
  const share = shareOf(tally);
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)_21rem] items-center gap-3">
      <dt className="font-medium">{name}</dt>
      <dd className="contents">
        <span aria-hidden className="relative h-2 rounded-full bg-sunken">
          {share !== null && (
            <>
              <span
                className="absolute h-full rounded-full bg-accent/30"
                style={{ left: percent(share.from), right: percent(1 - share.to) }}
              />
              <span
                className="absolute top-1/2 size-2.5 -translate-1/2 rounded-full bg-accent"
                style={{ left: percent(share.share) }}
              />
            </>
          )}
        </span>
        <span className="text-sm">
          {counted(tally.successes, 'success', 'successes')} in {counted(tally.tries, 'talk')}
          {share !== null && (
            <span className="text-muted">
              {' '}
              · {whole(share.share)} ({whole(share.from)}–{whole(share.to)})
            </span>
          )}
        </span>
      </dd>
    </div>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function whole(share: number): string {
  return `${Math.round(share * 100)} %`;
}
