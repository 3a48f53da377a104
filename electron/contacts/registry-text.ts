import { type E164, readPhone } from '../../shared/domain/phone.ts';

/*
 * The text of a register: a number to a line, alone or among columns, with or without its country; or, as some
 * registers are handed out, area code and number in two columns.
 */

export interface NumbersRead {
  readonly numbers: readonly E164[];
  /** Lines that hold something, and no number. */
  readonly skipped: number;
}

/** The lines of a piece that are whole, and the beginning of one whose end is in the next piece. */
export function wholeLines(text: string): { readonly lines: readonly string[]; readonly rest: string } {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return { lines: text.slice(0, end + 1).split(/[\r\n]+/), rest: text.slice(end + 1) };
}

export function numbersIn(lines: readonly string[], country: string): NumbersRead {
  const numbers: E164[] = [];
  let skipped = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const found = numberIn(line, country);
    if (found === null) skipped += 1;
    else numbers.push(found);
  }
  return { numbers, skipped };
}

const AMERICAN = /^1?([2-9]\d{2})([2-9]\d{6})$/;
const IS_AMERICAN: ReadonlySet<string> = new Set(['US', 'CA']);

function numberIn(line: string, country: string): E164 | null {
  const cells = line.split(/[,;\t|]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const [first = '', second = ''] = cells;
  // Area code and number apart.
  const joined = /^\d{3}$/.test(first) && /^\d{3}-?\d{4}$/.test(second) ? [first + second] : cells;
  for (const cell of joined) {
    const digits = cell.replace(/[\s().-]/g, '');
    if (IS_AMERICAN.has(country)) {
      // Most registers are millions of such numbers: the whole book of the world is not asked for each.
      const plain = AMERICAN.exec(digits.replace(/^\+/, ''));
      if (plain !== null) return `+1${plain[1]}${plain[2]}` as E164;
    }
    if (!/^\+?\d{6,15}$/.test(digits)) continue;
    const read = readPhone(cell, country);
    if (read.ok) return read.value;
  }
  return null;
}
