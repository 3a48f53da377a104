import { moneyText, countText } from '../../data/words.ts';
import { clockText, spokenDuration } from '../../ui/time-text.ts';
import { useCallFigures } from './use-calls.ts';

/** What the calls of the filter come to. */
export function Figures({ filter, resultId }: { filter: string; resultId: number | undefined }) {
  const { data } = useCallFigures(filter, resultId);
  if (data === undefined || data.calls === 0) return null;
  const talkMs = data.talkSeconds * 1000;
  return (
    <dl aria-label="What they come to" className="flex flex-wrap gap-x-4">
      <Figure name="answered" value={countText(data.talks)} />
      <Figure name="talk time" value={clockText(talkMs)} spoken={spokenDuration(talkMs)} />
      <Figure name={data.successes === 1 ? 'success' : 'successes'} value={countText(data.successes)} />
      {data.costs.map(({ currency, micros }) => (
        <Figure key={currency} name="cost" value={moneyText(micros, currency)} />
      ))}
    </dl>
  );
}

function Figure({ name, value, spoken }: { name: string; value: string; spoken?: string }) {
  return (
    <div className="flex items-baseline gap-1">
      <dt className="order-2 text-muted">{name}</dt>
      <dd className="tabular-nums" aria-label={spoken}>
        {value}
      </dd>
    </div>
  );
}
