import type { Instant } from '../../../shared/lib/instants.ts';
import { countText, exactText } from '../../data/words.ts';
import type { Finding } from './kinds.ts';
import { spanText } from './words.ts';

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** The values a rule looked at, in words: `dueAt` is an instant, `coolDownMs` a span, by how their names end. */
export function valuesInWords(values: Finding['values']): NamedValue[] {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ name: nameOf(key), value: valueText(key, value) }));
}

function valueText(key: string, value: string | number | null): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  if (isInstant(key, value)) return exactText(value as Instant);
  return key.endsWith('Ms') ? spanText(value) : countText(value);
}

/** Small numbers under such a name are minutes of a day or counts, and no moment of this century. */
function isInstant(key: string, value: number): boolean {
  return (key.endsWith('At') || ['since', 'until'].includes(key)) && value > 1_000_000_000_000;
}

/** `attemptsPerDayMax` is read as "attempts per day, at most". */
function nameOf(key: string): string {
  const words = key
    .replace(/(At|Ms)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.replace(/ max$/, ', at most').replace(/^./, (first) => first.toUpperCase());
}
