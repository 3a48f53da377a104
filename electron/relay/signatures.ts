import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE_MS, SECOND_MS, type Instant } from '../../shared/lib/instants.ts';
import { fieldsIn, isForm } from './form.ts';
import type { Posted } from './hook.ts';

/* How carriers prove that it is they who post. All comparisons take the same time whatever they find. */

/** A signed instant may be so far from ours; beyond it somebody replays what they once overheard. */
const REPLAY_MS_MAX = 5 * MINUTE_MS;

export function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What Twilio signs a form with: the address, then each field and its values, sorted by name. */
export function twilioSignature(token: string, url: string, fields: URLSearchParams | null): string {
  let text = url;
  for (const key of fields === null ? [] : [...new Set(fields.keys())].sort())
    for (const value of [...new Set(fields!.getAll(key))].sort()) text += key + value;
  return createHmac('sha1', token).update(text, 'utf8').digest('base64');
}

/**
 * Signed by Twilio with one of our tokens: after a rotation the old one counts for a while. A body that is no form is
 * signed by its hash, which then stands in the address.
 */
export function isFromTwilio({ url, mime, headers, body }: Posted, tokens: readonly string[]): boolean {
  const given = headers['x-twilio-signature'];
  if (typeof given !== 'string' || tokens.length === 0) return false;
  const hash = new URL(url).searchParams.get('bodySHA256');
  if (hash !== null) {
    const found = createHash('sha256').update(body).digest('hex');
    if (!isSame(hash.toLowerCase(), found)) return false;
  }
  // A body that is neither a form nor hashed is not covered by any signature.
  if (hash === null && !isForm(mime) && body.length > 0) return false;
  const fields = hash === null ? fieldsIn(body) : new URLSearchParams();
  if (fields === null) return false;
  return tokens.some((token) =>
    withAndWithoutPort(url).some((each) => isSame(given, twilioSignature(token, each, fields))),
  );
}

/** Twilio may sign with the standard port in the address, or without. */
function withAndWithoutPort(url: string): string[] {
  const parts = /^(https?):\/\/([^/:]+)(:\d+)?(.*)$/s.exec(url);
  if (parts === null) return [url];
  const [, scheme, host, port, rest] = parts;
  const usual = scheme === 'https' ? ':443' : ':80';
  if (port === undefined) return [url, `${scheme}://${host}${usual}${rest}`];
  return port === usual ? [url, `${scheme}://${host}${rest}`] : [url];
}

export interface VapiKeys {
  /** What each call's requests carry in a header. */
  readonly secretFor: (attemptId: string) => string;
  /** Where the account has a signing credential: its secret. */
  readonly signing?: string | null;
}

/** Carries the secret of its call, or is signed with the account's. */
export function isFromVapi(
  { headers, body, attemptId }: Posted,
  { secretFor, signing = null }: VapiKeys,
  now: Instant,
): boolean {
  const secret = headers['x-vapi-secret'];
  if (typeof secret === 'string' && attemptId !== null) return isSame(secret, secretFor(attemptId));
  const signature = headers['x-signature'];
  const stamp = headers['x-timestamp'];
  if (signing === null || typeof signature !== 'string' || typeof stamp !== 'string') return false;
  if (!isRecent(stamp, now)) return false;
  const expected = createHmac('sha256', signing).update(`${stamp}.`).update(body).digest('hex');
  return isSame(signature.replace(/^sha256=/, ''), expected);
}

/** In seconds or in milliseconds: it is not written down which. */
function isRecent(stamp: string, now: Instant): boolean {
  if (!/^\d{9,14}$/.test(stamp)) return false;
  const at = stamp.length > 11 ? Number(stamp) : Number(stamp) * SECOND_MS;
  return Math.abs(now - at) <= REPLAY_MS_MAX;
}

/** A key of its own for one purpose, made from one secret: knowing it tells nothing of the others. */
export function keyFor(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('hex').slice(0, 40);
}

/** What the requests about one attempt carry: no other attempt’s is good for them. */
export function attemptKey(secret: string, attemptId: string): string {
  return keyFor(secret, `attempt ${attemptId}`);
}
