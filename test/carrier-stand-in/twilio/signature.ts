import { createHmac } from 'node:crypto';
import type { Fields } from '../http.ts';

/**
 * What Twilio writes into `X-Twilio-Signature`: the address it was given without its fragment, then the fields by
 * name, each name and value right behind the other, signed with the account’s token.
 */
export function signatureOf(authToken: string, url: string, fields: Fields = {}): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + signed(name, fields[name]!), withoutFragment(url));
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

/** A value that is there twice counts once, and several stand in their order. */
function signed(name: string, value: string | string[]): string {
  return [...new Set([value].flat())]
    .sort()
    .map((one) => name + one)
    .join('');
}

export function withoutFragment(url: string): string {
  return url.split('#', 1)[0]!;
}
