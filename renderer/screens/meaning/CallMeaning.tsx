import { ABOUT_MEANING } from '../../../shared/domain/sentiment.ts';
import { Badge } from '../../ui/Badge.tsx';
import { OutlookBadges, SentimentBadge } from './OutlookBadges.tsx';
import { useCallMeaning } from './use-meaning.ts';

/** How a call sounded and what it was about, by a list of words that says so. Nothing where there are no words. */
export function CallMeaning({ callId }: { callId: number }) {
  const { data } = useCallMeaning(callId);
  if (data === undefined || (data.talk === null && data.outlook === null)) return null;
  const { talk, outlook } = data;
  return (
    <section aria-label="What was meant">
      <h3 className="mb-1 text-sm font-semibold text-muted">What was meant</h3>
      {talk !== null && (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            They sounded <SentimentBadge sentiment={talk.sentiment} />
            <span className="text-sm text-muted tabular-nums">
              ({talk.score > 0 ? '+' : ''}
              {talk.score} of −100 to +100)
            </span>
          </p>
          {talk.keywords.length > 0 && (
            <ul aria-label="Keywords" className="mt-1 flex flex-wrap gap-1.5">
              {talk.keywords.map((word) => (
                <li key={word}>
                  <Badge>{word}</Badge>
                </li>
              ))}
            </ul>
          )}
          <p className="mt-1 text-sm text-muted">{ABOUT_MEANING}</p>
        </>
      )}
      {outlook !== null && (outlook.temperature ?? outlook.stage) !== null && (
        <p className="mt-1 flex flex-wrap items-center gap-x-2">
          The contact stands at <OutlookBadges outlook={outlook} />
        </p>
      )}
    </section>
  );
}
