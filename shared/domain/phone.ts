import {
  type CountryCode,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { type Result, ok, refused } from '../lib/result.ts';

/** One phone in the one form the world agrees on: `+` and at most 15 digits. */
export type E164 = string & { readonly __e164: unique symbol };

export interface PhoneTrouble {
  readonly why: 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'not-in-use';
  readonly sentence: string;
}

/** Reads what a person typed or a file holds. `country` decides what a number without `+` means. */
export function readPhone(text: string, country: string): Result<E164, PhoneTrouble> {
  const typed = text.trim();
  if (typed === '') return refused({ why: 'empty', sentence: 'There is no number here.' });
  const found = parsePhoneNumberFromString(typed, country as CountryCode);
  if (!found)
    return refused({ why: 'not-a-number', sentence: `“${typed.slice(0, 40)}” is not a phone number.` });
  if (!found.isPossible()) return refused(tooShortOrLong(typed, country));
  if (!found.isValid()) {
    return refused({ why: 'not-in-use', sentence: `${found.formatInternational()} is not a number in use.` });
  }
  return ok(found.number as string as E164);
}

/** What was shown before: a desk shows the same few numbers with every change, and reading one takes 50 µs. */
const shownBefore = new Map<string, string>();
const SHOWN_MAX = 2_000;

/** The way people write it where the reader is: national at home, international abroad. */
export function showPhone(number: E164, homeCountry: string): string {
  const key = `${number} ${homeCountry}`;
  const kept = shownBefore.get(key);
  if (kept !== undefined) return kept;
  const made = phoneAsShown(number, homeCountry);
  if (shownBefore.size >= SHOWN_MAX) shownBefore.clear();
  shownBefore.set(key, made);
  return made;
}

function phoneAsShown(number: E164, homeCountry: string): string {
  const found = parsePhoneNumberFromString(number);
  if (!found) return number;
  return found.country === homeCountry ? found.formatNational() : found.formatInternational();
}

/** The country of a number, or none where the code is shared by the whole world. */
export function countryOf(number: E164): string | null {
  return parsePhoneNumberFromString(number)?.country ?? null;
}

/** Why a number must never be rung, whoever has it: it is none, help is behind it, or it costs whoever rings. */
export type Unringable = 'invalid' | 'emergency' | 'premium';

/** Looks at a number before it is kept, and again when it is typed. Null where nothing is wrong with it. */
export function whyUnringable(number: E164): Unringable | null {
  // Most numbers of most lists begin so, and every +1 number is built alike: no need for the whole book.
  if (number.startsWith('+1')) return whyUnringableInAmerica(number);
  const found = parsePhoneNumberFromString(number);
  if (found && found.nationalNumber.length <= SHORT_DIGITS_MAX) return 'emergency';
  if (!found?.isValid()) return 'invalid';
  return found.getType() === 'PREMIUM_RATE' ? 'premium' : null;
}

/** 112, 911, 999, 1300: numbers this short belong to services, never to a contact. */
const SHORT_DIGITS_MAX = 4;

function whyUnringableInAmerica(number: string): Unringable | null {
  const national = number.slice(2);
  if (national.length <= SHORT_DIGITS_MAX) return 'emergency';
  if (!/^[2-9]\d{2}[2-9]\d{6}$/.test(national)) return 'invalid';
  const [area, exchange] = [national.slice(0, 3), national.slice(3, 6)];
  if (/^[2-9]11$/.test(area) || /^[2-9]11$/.test(exchange)) return 'emergency';
  return area === '900' || exchange === '976' ? 'premium' : null;
}

/** For logs and lock screens: country and the last two digits, nothing that could be rung. */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, '');
  if (digits.length < 4) return '•••';
  return `${number.startsWith('+') ? '+' : ''}${digits.slice(0, 1)}${'•'.repeat(digits.length - 3)}${digits.slice(-2)}`;
}

function tooShortOrLong(typed: string, country: string): PhoneTrouble {
  const shown = `“${typed.slice(0, 40)}”`;
  // How long a number is differs from country to country; some have lengths in between that nobody has.
  switch (validatePhoneNumberLength(typed, country as CountryCode)) {
    case 'TOO_SHORT':
      return { why: 'too-short', sentence: `${shown} is too short for a phone number.` };
    case 'TOO_LONG':
      return { why: 'too-long', sentence: `${shown} is too long for a phone number.` };
    default:
      return { why: 'not-a-number', sentence: `${shown} is not a phone number.` };
  }
}
