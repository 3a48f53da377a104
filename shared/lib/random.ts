/** Chance, handed in. The same seed gives the same day, byte for byte. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** A small, well-spread generator (sfc32). Not for secrets: those come from the host. */
export function seededRandom(seed: string | number): Random {
  let [a, b, c, d] = fourWords(String(seed));
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return { next };
}

/** The machine's own chance, for a kernel that is not being rehearsed. */
export function machineRandom(): Random {
  return { next: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32 };
}

/** A whole number in [from, to]. */
export function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random.next() * (to - from + 1));
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[between(random, 0, from.length - 1)]!;
}

/** A normal deviate (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** FNV-1a over the text, four times with different starts. */
function fourWords(text: string): [number, number, number, number] {
  const word = (start: number) => {
    let hash = start;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    return hash | 0;
  };
  return [word(2166136261), word(84696351), word(1540483477), word(374761393)];
}
