import type { Sentiment } from '../../../shared/domain/sentiment.ts';

/** How a line sounds, behind who said it: only where it says something. */
export const SOUNDED: Readonly<Record<Sentiment, string>> = {
  good: ', friendly',
  neutral: '',
  mixed: '',
  bad: ', unfriendly',
};
