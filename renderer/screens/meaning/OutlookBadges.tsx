import type { Outlook, Stage, Temperature } from '../../../shared/domain/outlook.ts';
import { STAGE_WORD, TEMPERATURE_WORD } from '../../../shared/domain/outlook.ts';
import { SENTIMENT_WORDS, type Sentiment } from '../../../shared/domain/sentiment.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';

const TEMPERATURE_TONE: Readonly<Record<Temperature, Tone>> = { hot: 'bad', warm: 'warn', cold: 'accent' };
const STAGE_TONE: Readonly<Record<Stage, Tone>> = {
  new: 'neutral',
  contacted: 'neutral',
  interested: 'accent',
  qualified: 'good',
  won: 'good',
  lost: 'neutral',
};
const SENTIMENT_TONE: Readonly<Record<Sentiment, Tone>> = {
  good: 'good',
  neutral: 'neutral',
  mixed: 'warn',
  bad: 'bad',
};

/** How warm they are and how far they have come, a word each. Nothing where nobody has said anything. */
export function OutlookBadges({ outlook }: { outlook: Outlook }) {
  const { temperature, stage } = outlook;
  if (temperature === null && stage === null) return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {temperature !== null && (
        <Badge tone={TEMPERATURE_TONE[temperature]}>{TEMPERATURE_WORD[temperature]}</Badge>
      )}
      {stage !== null && <Badge tone={STAGE_TONE[stage]}>{STAGE_WORD[stage]}</Badge>}
    </span>
  );
}

export function SentimentBadge({ sentiment }: { sentiment: Sentiment }) {
  return <Badge tone={SENTIMENT_TONE[sentiment]}>{SENTIMENT_WORDS[sentiment]}</Badge>;
}
