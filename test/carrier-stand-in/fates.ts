import { type Random, between, seededRandom } from '../../shared/lib/random.ts';

/** What happens when a number is rung. */
export const FATE_KINDS = [
  'human',
  'machine',
  'fax',
  'no-answer',
  'busy',
  'failed',
  'invalid-number',
  'rings-forever',
] as const;
export type FateKind = (typeof FATE_KINDS)[number];

export interface Fate {
  readonly kind: FateKind;
  /** From the dial to the first ring. */
  readonly setupMs: number;
  /** From the first ring to whatever comes of it. */
  readonly ringMs: number;
  /** From the answer until they hang up; null where they stay until somebody hangs up on them. */
  readonly talkMs: number | null;
  /** From the answer to the beep; null where there is none. */
  readonly beepMs: number | null;
  /** What they press when they are asked to. */
  readonly digits: string;
  /** Vapi alone: the reason it tells at the end, whatever else happened. */
  readonly endedReason: string | null;
  /** Twilio alone: the code with which it refuses the call. */
  readonly code: number | null;
}

export type FateWish = Partial<Fate> & { readonly kind: FateKind };

/** How often each fate comes up where nothing was scripted: weights, not percentages. */
export type Mix = Partial<Record<FateKind, number>>;

export interface Fates {
  /** What becomes of the next call to this number. Scripts are used up in order, and the last one stays. */
  next(to: string): Fate;
  script(to: string, ...wishes: readonly FateWish[]): void;
  setMix(mix: Mix): void;
  forget(): void;
}

const USUAL: Readonly<Record<FateKind, Fate>> = {
  human: fate('human', { talkMs: 20_000 }),
  machine: fate('machine', { ringMs: 4_000, talkMs: 40_000, beepMs: 6_000 }),
  fax: fate('fax', { talkMs: 8_000 }),
  'no-answer': fate('no-answer', { ringMs: Number.MAX_SAFE_INTEGER }),
  busy: fate('busy', { ringMs: 600 }),
  failed: fate('failed', { ringMs: 600 }),
  'invalid-number': fate('invalid-number', { ringMs: 0 }),
  'rings-forever': fate('rings-forever', { ringMs: Number.MAX_SAFE_INTEGER }),
};

function fate(kind: FateKind, more: Partial<Fate>): Fate {
  return {
    kind,
    setupMs: 300,
    ringMs: 2_000,
    talkMs: null,
    beepMs: null,
    digits: '',
    endedReason: null,
    code: null,
    ...more,
  };
}

export function openFates(seed: string, firstMix: Mix = { human: 1 }): Fates {
  const scripts = new Map<string, FateWish[]>();
  const rung = new Map<string, number>();
  let mix = firstMix;
  return {
    next(to) {
      const nth = rung.get(to) ?? 0;
      rung.set(to, nth + 1);
      const script = scripts.get(to);
      const wish = script !== undefined && script.length > 1 ? script.shift() : script?.[0];
      if (wish !== undefined) return { ...USUAL[wish.kind], ...wish };
      // Agents stay on their own line all shift long.
      if (to.startsWith('client:')) return fate('human', { ringMs: 500 });
      // By number and how often, so that the order in which numbers are rung changes nothing.
      return fromMix(seededRandom(`${seed}/${to}/${nth}`), mix);
    },
    script: (to, ...wishes) => void scripts.set(to, [...wishes]),
    setMix: (next) => {
      mix = next;
    },
    forget() {
      scripts.clear();
      rung.clear();
    },
  };
}

function fromMix(random: Random, mix: Mix): Fate {
  const entries = FATE_KINDS.map((kind) => [kind, mix[kind] ?? 0] as const).filter(
    ([, weight]) => weight > 0,
  );
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  let left = random.next() * sum;
  const [kind] = entries.find(([, weight]) => (left -= weight) < 0) ?? (['human'] as const);
  const usual = USUAL[kind];
  const isPlain = Object.keys(mix).length <= 1;
  if (isPlain || usual.talkMs === null) return usual;
  return { ...usual, ringMs: between(random, 1_500, 12_000), talkMs: between(random, 4_000, 90_000) };
}
