import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type E164, type PhoneTrouble, readPhone } from '../../shared/domain/phone.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';

/** What was put right about a cell, in the words of the report. */
export interface Repair {
  readonly what: string;
  /** For people: what it was and what became of it. */
  readonly sentence: string;
}

export interface CellNumbers {
  readonly numbers: readonly E164[];
  readonly repairs: readonly Repair[];
}

export interface CellTrouble {
  readonly why: PhoneTrouble['why'] | 'scientific';
  readonly sentence: string;
}

/** Reads one number. A list is read with one of these, because learning the area codes takes a moment. */
export type PhoneReader = (text: string, country: string) => Result<E164, PhoneTrouble>;

/** Ten digits the American way, with or without the 1, and only the punctuation that everybody uses. */
const AMERICAN = /^(?:\+?1[\s.-]*)?\(?([2-9]\d\d)\)?[\s.-]*([2-9]\d\d)[\s.-]*(\d{4})$/;

/** Where a plan is narrower than the others, four numbers of one area code do not all pass. */
const PROBES = ['2345678', '5550123', '7891234', '9876543'];

/**
 * A reader that knows American numbers at a glance and asks the library about the rest: a third of the work on
 * most lists. `inUse` adds area codes, for rehearsals with numbers that reach nobody.
 */
export function phoneReader(inUse: readonly string[] = []): PhoneReader {
  const areaCodes = new Set([...learntAreaCodes(), ...inUse]);
  // “n/a” and “12” come again and again, and saying no takes the library ten times as long as saying yes.
  const refusals = new Map<string, Result<E164, PhoneTrouble>>();
  return (text, country) => {
    const found = AMERICAN.exec(text);
    if (found !== null && (text.startsWith('+') ? text[1] === '1' : isAmerican(country))) {
      const [, area, exchange, line] = found;
      if (areaCodes.has(area!)) return ok(`+1${area}${exchange}${line}` as E164);
    }
    const key = `${country}${text}`;
    const refusal = refusals.get(key);
    if (refusal !== undefined) return refusal;
    const read = readPhone(text, country);
    if (!read.ok && refusals.size < REFUSALS_MAX) refusals.set(key, read);
    return read;
  };
}

const REFUSALS_MAX = 20_000;

function isAmerican(country: string): boolean {
  return country === 'US' || country === 'CA';
}

let learnt: readonly string[] | null = null;

/** The area codes of the United States and Canada where every number of the usual shape is one. */
function learntAreaCodes(): readonly string[] {
  learnt ??= Array.from({ length: 800 }, (_, at) => String(200 + at)).filter((area) =>
    PROBES.every((probe) => {
      const found = parsePhoneNumberFromString(`+1${area}${probe}`);
      return found?.isValid() === true && isAmerican(found.country ?? '');
    }),
  );
  return learnt;
}

/** Everything that one cell of a phone column holds, with the usual damage undone. */
export function readCell(cell: string, country: string, read: PhoneReader): Result<CellNumbers, CellTrouble> {
  const plain = cell.trim();
  if (plain === '') return refused({ why: 'empty', sentence: 'There is no number here.' });
  // What spreadsheets leave around a number is cheaper to take off first than to let the library stumble over.
  const { text, repairs } =
    PLAIN.test(plain) && !PADDED.test(plain) ? { text: plain, repairs: [] } : cleaned(plain);
  const scientific = fromScientific(text);
  if (scientific !== null && !scientific.ok) return scientific;
  if (scientific !== null) {
    const again = read(scientific.value, country);
    return again.ok ? ok({ numbers: [again.value], repairs: [...repairs, UNROUNDED] }) : again;
  }
  const atOnce = read(text, country);
  if (atOnce.ok) {
    return ok({ numbers: [atOnce.value], repairs: [...repairs, ...told(text, atOnce.value, country, read)] });
  }
  const several = text
    .split(/\s*(?:[;|/\n]|,|\bor\b|\boder\b|\bou\b)\s*/i)
    .filter((each) => /\d{5}/.test(each.replace(/\D/g, '')));
  if (several.length > 1) return severalIn(several, country, read, repairs);
  const one = mended(text, atOnce, country, read);
  return one.ok ? ok({ numbers: [one.value.number], repairs: [...repairs, ...one.value.repairs] }) : one;
}

/** Nothing but digits and the punctuation of numbers. */
const PLAIN = /^[+(\d][\d\s().+-]*$/;
/** A number that was taken for an amount: `2125550101.0`. */
const PADDED = /[.,]0+$/;

const UNROUNDED: Repair = {
  what: 'scientific',
  sentence: 'A spreadsheet had turned the number into scientific notation; all its digits were still there.',
};
const SPLIT: Repair = { what: 'several', sentence: 'One cell held several numbers; each is kept.' };
const CLEANED: Repair = {
  what: 'wrapping',
  sentence: 'What a spreadsheet had put around the number was taken off.',
};
const PLUS: Repair = {
  what: 'plus',
  sentence: 'The number had lost the + before its country code; it was put back.',
};
const ZERO: Repair = {
  what: 'leading-zero',
  sentence: 'A spreadsheet had taken the leading zero; it was put back.',
};
const EXTENSION: Repair = {
  what: 'extension',
  sentence: 'An extension cannot be dialed from here; only the number is kept.',
};

function severalIn(
  several: readonly string[],
  country: string,
  read: PhoneReader,
  repairs: readonly Repair[],
): Result<CellNumbers, CellTrouble> {
  const found = several.map((each) => mended(each, read(each, country), country, read));
  const numbers = found.flatMap((each) => (each.ok ? [each.value.number] : []));
  const bad = found.find((each) => !each.ok);
  if (numbers.length === 0 && bad !== undefined && !bad.ok) return bad;
  const dropped = bad !== undefined && !bad.ok ? [droppedNumber(bad.error.sentence)] : [];
  return ok({ numbers: [...new Set(numbers)], repairs: [...repairs, SPLIT, ...dropped] });
}

/** A number that could not be used, beside another that can. */
export function droppedNumber(sentence: string): Repair {
  return { what: 'number-dropped', sentence: `${sentence} The other number of this row is kept.` };
}

/** Takes off what spreadsheets and exports leave around a number: `="…"`, `'`, `.0`, `tel:`, invisible marks. */
function cleaned(cell: string): { readonly text: string; readonly repairs: readonly Repair[] } {
  const visible = cell.replace(/[\u00a0\u2000-\u200f\u202a-\u202f\u2060\u2066-\u2069\ufeff]/g, ' ').trim();
  const text = visible
    .replace(/^="?(.*?)"?$/, '$1')
    .replace(/^['’`]/, '')
    .replace(/^(?:tel|phone|mobile|cell|fax)\s*[:.]?\s*/i, '')
    .replace(/^(\+?\d{7,15})[.,]0+$/, '$1')
    .trim();
  return { text, repairs: text === visible ? [] : [CLEANED] };
}

/**
 * `2.12555E+09` has lost its last digits and nobody can say which; `2.125550123E+09` has all of them. Null where
 * the text is no such thing.
 */
function fromScientific(text: string): Result<string, CellTrouble> | null {
  const found = /^(\+?)(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i.exec(text);
  if (found === null) return null;
  const [, plus, first, decimals = '', exponent] = found;
  if (decimals.length === Number(exponent)) return ok(`${plus}${first}${decimals}`);
  return refused({
    why: 'scientific',
    sentence: `A spreadsheet has rounded this number to ${text.slice(0, 40)}; its last digits cannot be recovered. Take it from where the list was made, with the column set to text.`,
  });
}

interface Mended {
  readonly number: E164;
  readonly repairs: readonly Repair[];
}

function mended(
  text: string,
  first: Result<E164, PhoneTrouble>,
  country: string,
  read: PhoneReader,
): Result<Mended, CellTrouble> {
  if (first.ok) return ok({ number: first.value, repairs: told(text, first.value, country, read) });
  const digits = text.replace(/\D/g, '');
  const tries: readonly (readonly [text: string, repair: Repair])[] = [
    ...(digits.startsWith('00') ? [[`+${digits.slice(2)}`, PLUS] as const] : []),
    ...(/^\d{11,15}$/.test(digits) && !text.startsWith('+') ? [[`+${digits}`, PLUS] as const] : []),
    ...(text.startsWith('0') || text.startsWith('+') ? [] : [[`0${digits}`, ZERO] as const]),
  ];
  for (const [attempt, repair] of tries) {
    const again = read(attempt, country);
    if (again.ok) return ok({ number: again.value, repairs: [repair] });
  }
  return first;
}

/** What the library forgave in silence, and the supervisor should see. */
function told(text: string, number: E164, country: string, read: PhoneReader): readonly Repair[] {
  if (number.startsWith('+1')) return /(?:x|ext|#)\W*\d+$/i.test(text) ? [EXTENSION] : [];
  if (/(?:x|ext|#)\W*\d+$/i.test(text)) return [EXTENSION];
  // Where numbers are written with a zero that is not dialed from abroad, a bare number without it has lost it.
  if (!/^[1-9]\d+$/.test(text) || number === `+${text}`) return [];
  const withZero = read(`0${text}`, country);
  return withZero.ok && withZero.value === number ? [ZERO] : [];
}
