/** How often something came out well. */
export interface Tally {
  readonly tries: number;
  readonly successes: number;
}

export interface Share {
  readonly share: number;
  /** With 95 % certainty the true share lies between these. */
  readonly from: number;
  readonly to: number;
}

/** The 97.5th percentile of the normal distribution: what 95 % certainty to both sides goes by. */
const Z = 1.959964;

/** Fewer tries than these on either side say nothing, whatever arithmetic makes of them. */
const TRIES_MIN = 30;

/** The share of successes and how sure it is (Wilson's interval, which holds for few tries as well). */
export function shareOf({ tries, successes }: Tally): Share | null {
  if (tries === 0) return null;
  const share = successes / tries;
  const spread = Z * Math.sqrt((share * (1 - share)) / tries + Z ** 2 / (4 * tries ** 2));
  const middle = share + Z ** 2 / (2 * tries);
  const scale = 1 + Z ** 2 / tries;
  return { share, from: Math.max(0, (middle - spread) / scale), to: Math.min(1, (middle + spread) / scale) };
}

export type Judgement = 'too-few' | 'no-difference' | 'first' | 'second';

/** Which of two does better, if that can be told at all: a difference of proportions, not a feeling. */
export function better(first: Tally, second: Tally): Judgement {
  if (Math.min(first.tries, second.tries) < TRIES_MIN) return 'too-few';
  const pooled = (first.successes + second.successes) / (first.tries + second.tries);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.tries + 1 / second.tries));
  if (error === 0) return 'no-difference';
  const z = (first.successes / first.tries - second.successes / second.tries) / error;
  if (Math.abs(z) < Z) return 'no-difference';
  return z > 0 ? 'first' : 'second';
}

/** How much better the first does than the second, in parts of one; below nought the second does. */
export interface Difference {
  readonly difference: number;
  /** With 95 % certainty the true difference lies between these. */
  readonly from: number;
  readonly to: number;
}

/** The difference of two shares and how sure it is (Newcombe's interval, made of the two by Wilson). */
export function differenceOf(first: Tally, second: Tally): Difference | null {
  const [a, b] = [shareOf(first), shareOf(second)];
  if (a === null || b === null) return null;
  const difference = a.share - b.share;
  return {
    difference,
    from: Math.max(-1, difference - Math.hypot(a.share - a.from, b.to - b.share)),
    to: Math.min(1, difference + Math.hypot(a.to - a.share, b.share - b.from)),
  };
}

/** The comparison in a sentence that claims no more than is known. */
export function comparedInWords(first: Tally, second: Tally): string {
  const judged = better(first, second);
  if (judged === 'too-few')
    return `Not enough calls to tell them apart: each needs ${TRIES_MIN} talks at least.`;
  const { difference, from, to } = differenceOf(first, second)!;
  const between = `the true difference lies between ${points(from)} and ${points(to)} points, with 95 % certainty`;
  if (judged === 'no-difference')
    return `So far no difference that could not be chance: the first is ${points(difference)} points ahead, and ${between}.`;
  return `The ${judged} does better by ${points(Math.abs(difference)).replace('+', '')} points, and that is hardly chance: first minus second, ${between}.`;
}

function points(share: number): string {
  const text = (share * 100).toFixed(1);
  return share > 0 ? `+${text}` : text.replace('-', '−');
}
