import type { DeskView } from '../../../shared/contract/desk.ts';
import { clockText } from '../../ui/time-text.ts';

export type Today = DeskView['today'];

export interface Figure {
  readonly name: string;
  readonly value: number | string;
  /** What the number means, so that nobody has to guess. */
  readonly means: string;
}

/** Under this many calls a percentage says more than is known. */
const SHAKY_UNDER = 20;

export function figuresOf({ dials, talks, talkMs, successes }: Today): Figure[] {
  const rate = dials === 0 ? '–' : `${Math.round((talks / dials) * 100)} %`;
  return [
    { name: 'Dials', value: dials, means: 'Calls you placed today.' },
    { name: 'Talks', value: talks, means: 'Calls in which a person was reached.' },
    {
      name: 'Reached',
      value: rate,
      means: dials < SHAKY_UNDER ? 'Talks of dials. Few calls yet, so it is shaky.' : 'Talks of dials.',
    },
    { name: 'Talk time', value: clockText(talkMs), means: 'Minutes and seconds with people.' },
    { name: 'Successes', value: successes, means: 'Outcomes that count as a success.' },
  ];
}
