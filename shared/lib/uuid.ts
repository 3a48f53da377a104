import type { Instant } from './instants.ts';
import type { Random } from './random.ts';

/** A version 7 UUID: the instant first, so that an index over them grows at one end only. */
export function uuidAt(at: Instant, random: Random): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0').slice(-12);
  const variant = (8 + Math.floor(random.next() * 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`;
}

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) text += Math.floor(random.next() * 16).toString(16);
  return text;
}
