import { setting, setSetting } from '../store/settings.ts';
import type { Db } from '../store/open.ts';

/**
 * The addresses under which we could ever be reached from outside, by number. A hook's address carries the number, so
 * that a signature over an address of before the tunnel changed can still be checked.
 */
export interface Bases {
  /** The number of a base, which is written down before anybody is told of it. */
  numberOf(base: string): number;
  at(number: number): string | null;
}

interface Base {
  readonly number: number;
  readonly url: string;
}

/** Older ones belong to calls that are long over. */
const BASES_MAX = 200;

export function openBases(db: Db): Bases {
  let bases: readonly Base[] = setting<Base[]>(db, 'relay', 'bases') ?? [];
  const last = () => bases.at(-1)?.number ?? 0;
  return {
    numberOf(url) {
      const known = bases.find((base) => base.url === url);
      if (known !== undefined) return known.number;
      bases = [...bases, { number: last() + 1, url }].slice(-BASES_MAX);
      setSetting(db, 'relay', 'bases', bases);
      return last();
    },
    at: (number) => bases.find((base) => base.number === number)?.url ?? null,
  };
}

/**
 * An address as everything below it is built from; null for what is none. What is said in calls goes by it: encrypted, but on
 * this very computer.
 */
export function baseFrom(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null;
  if (url.protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return null;
  if (url.username !== '' || url.search !== '' || url.hash !== '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
