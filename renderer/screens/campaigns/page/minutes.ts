import type { Live } from '../kinds.ts';

type Minute = Live['minutes'][number];

/** The top of the scale: a round number at or above the largest minute, and never less than four. */
export function scaleTop(minutes: readonly Minute[]): number {
  const most = Math.max(4, ...minutes.map(({ attempts }) => attempts));
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const top = [1, 2, 4, 6, 8, 10].find((step) => step * magnitude >= most) ?? 10;
  return top * magnitude;
}

export interface HourFigures {
  readonly attempts: number;
  readonly reached: number;
  /** The minute with the most attempts; null while there are none. */
  readonly busiest: Minute | null;
}

export function hourFigures(minutes: readonly Minute[]): HourFigures {
  const attempts = minutes.reduce((sum, minute) => sum + minute.attempts, 0);
  const reached = minutes.reduce((sum, minute) => sum + minute.reached, 0);
  const busiest = minutes.reduce<Minute | null>(
    (most, minute) => (minute.attempts > (most?.attempts ?? 0) ? minute : most),
    null,
  );
  return { attempts, reached, busiest };
}
