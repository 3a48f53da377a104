/* What a line sounds like before anybody speaks, as the networks of the world have agreed on it. */

/** Frequencies sounded together, in Hz, and how long they are on and off in turn, in seconds. */
export interface Cadence {
  readonly hertz: readonly number[];
  readonly seconds: readonly number[];
}

export interface LineTones {
  readonly ringback: Cadence;
  readonly busy: Cadence;
  /** The call could not be put through. */
  readonly congestion: Cadence;
}

/** ITU-T E.180, national variants. */
const NORTH_AMERICA: LineTones = {
  ringback: { hertz: [440, 480], seconds: [2, 4] },
  busy: { hertz: [480, 620], seconds: [0.5, 0.5] },
  congestion: { hertz: [480, 620], seconds: [0.25, 0.25] },
};
const UNITED_KINGDOM: LineTones = {
  ringback: { hertz: [400, 450], seconds: [0.4, 0.2, 0.4, 2] },
  busy: { hertz: [400], seconds: [0.375, 0.375] },
  congestion: { hertz: [400], seconds: [0.4, 0.35, 0.225, 0.525] },
};
const EUROPE: LineTones = {
  ringback: { hertz: [425], seconds: [1, 4] },
  busy: { hertz: [425], seconds: [0.5, 0.5] },
  congestion: { hertz: [425], seconds: [0.25, 0.25] },
};

/** By a number as people write it; one without `+` is at home, in North America where nobody says otherwise. */
export function tonesOf(shown: string): LineTones {
  const digits = shown.replace(/[^\d+]/g, '');
  if (!digits.startsWith('+') || digits.startsWith('+1')) return NORTH_AMERICA;
  return digits.startsWith('+44') ? UNITED_KINGDOM : EUROPE;
}

/** When a cadence is on within so many seconds, from and to, each in seconds since its beginning. */
export function burstsOf({ seconds }: Cadence, within: number): readonly (readonly [number, number])[] {
  const bursts: [number, number][] = [];
  let at = 0;
  for (let nth = 0; at < within; nth++) {
    const lasts = seconds[nth % seconds.length]!;
    if ((nth % seconds.length) % 2 === 0) bursts.push([at, Math.min(at + lasts, within)]);
    at += lasts;
  }
  return bursts;
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = '123456789*0#';

/** The two frequencies of a key, or null where there is no such key. */
export function keyTone(key: string): readonly [number, number] | null {
  const at = key.length === 1 ? KEYS.indexOf(key) : -1;
  return at === -1 ? null : [ROWS[Math.floor(at / 3)]!, COLUMNS[at % 3]!];
}
