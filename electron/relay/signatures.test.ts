import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SECOND_MS, instant } from '../../shared/lib/instants.ts';
import type { Posted } from './hook.ts';
import { isFromTwilio, isFromVapi, keyFor } from './signatures.ts';

const FORM = 'application/x-www-form-urlencoded';
const URL_HERE = 'https://desk.example/hooks/twilio/0a/call?b=1&attempt=a-1';
const NOW = instant(Date.UTC(2026, 10, 18, 15));

function posted(over: Partial<Posted>): Posted {
  return {
    kind: 'call',
    attemptId: 'a-1',
    url: URL_HERE,
    mime: FORM,
    headers: {},
    body: Buffer.from(''),
    ...over,
  };
}

function signed(text: string, token = 'token'): string {
  return createHmac('sha1', token).update(text).digest('base64');
}

test('a form is genuine with the signature over address and sorted fields, by any of our tokens', () => {
  const body = Buffer.from('To=%2B12125550101&CallStatus=ringing&Tag=b&Tag=a&Tag=b');
  const signature = signed(`${URL_HERE}CallStatusringingTagaTagbTo+12125550101`);
  const headers = { 'x-twilio-signature': signature };
  expect(isFromTwilio(posted({ body, headers }), ['token'])).toBe(true);
  expect(isFromTwilio(posted({ body, headers }), ['new token', 'token'])).toBe(true);
  expect(isFromTwilio(posted({ body, headers }), ['other'])).toBe(false);
  expect(isFromTwilio(posted({ body, headers }), [])).toBe(false);
  expect(isFromTwilio(posted({ body: Buffer.from(`${body.toString()}&More=1`), headers }), ['token'])).toBe(
    false,
  );
  expect(isFromTwilio(posted({ body, headers, url: URL_HERE.replace('a-1', 'a-2') }), ['token'])).toBe(false);
});

test('a body that no signature covers is never genuine', () => {
  const headers = { 'x-twilio-signature': signed(URL_HERE) };
  expect(
    isFromTwilio(posted({ mime: 'application/json', body: Buffer.from('{}'), headers }), ['token']),
  ).toBe(false);
});

test('a form of ten thousand fields is turned away before it is read', () => {
  const fields = Array.from({ length: 10_000 }, (_, nth) => `k${String(nth).padStart(5, '0')}=`);
  const text = URL_HERE + fields.map((each) => each.slice(0, -1)).join('');
  const body = Buffer.from(fields.join('&'));
  expect(isFromTwilio(posted({ body, headers: { 'x-twilio-signature': signed(text) } }), ['token'])).toBe(
    false,
  );
});

interface Vector {
  readonly kind: string;
  readonly url: string;
  readonly params?: Readonly<Record<string, string | readonly string[]>>;
  readonly rawBody?: string;
  readonly signature: string;
  readonly valid: boolean;
}

test('every vector of the reference is judged as it says', async (context) => {
  const file = join(import.meta.dirname, '../../../shared/openapi/twilio-signature-vectors.json');
  if (!existsSync(file)) {
    await context.annotate('the reference does not lie beside the checkout: its vectors were not looked at');
    return;
  }
  const { authToken, vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
    authToken: string;
    vectors: Vector[];
  };
  expect(vectors.length).toBeGreaterThan(0);
  for (const { kind, url, params, rawBody, signature, valid } of vectors) {
    const fields = new URLSearchParams(
      Object.entries(params ?? {}).flatMap(([key, value]) =>
        [value].flat().map((each): [string, string] => [key, each]),
      ),
    );
    const body = Buffer.from(rawBody ?? fields.toString());
    const mime = rawBody === undefined ? FORM : 'application/json';
    const headers = { 'x-twilio-signature': signature };
    expect([kind, isFromTwilio(posted({ url, mime, body, headers }), [authToken])]).toEqual([kind, valid]);
  }
});

test('a JSON body is genuine by its hash in the signed address', () => {
  const body = Buffer.from('{"n":1}');
  const url = `${URL_HERE}&bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const headers = { 'x-twilio-signature': signed(url) };
  const json = { mime: 'application/json', url, headers };
  expect(isFromTwilio(posted({ ...json, body }), ['token'])).toBe(true);
  expect(isFromTwilio(posted({ ...json, body: Buffer.from('{"n":2}') }), ['token'])).toBe(false);
});

const secretFor = (attemptId: string) => keyFor('install', attemptId);

test('Vapi’s requests carry the secret of their own call, and no other’s', () => {
  const of = (attemptId: string) => posted({ headers: { 'x-vapi-secret': secretFor(attemptId) } });
  expect(isFromVapi(of('a-1'), { secretFor }, NOW)).toBe(true);
  expect(isFromVapi(of('a-2'), { secretFor }, NOW)).toBe(false);
  expect(isFromVapi(posted({}), { secretFor }, NOW)).toBe(false);
});

test('a signature of Vapi counts for five minutes around its own time, and not a second longer', () => {
  const body = Buffer.from('{"message":{"type":"hang"}}');
  const at = (stamp: string) => {
    const signature = createHmac('sha256', 'key').update(`${stamp}.${body.toString()}`).digest('hex');
    const headers = { 'x-signature': signature, 'x-timestamp': stamp };
    return isFromVapi(posted({ body, headers }), { secretFor, signing: 'key' }, NOW);
  };
  expect(at(String(NOW))).toBe(true);
  expect(at(String(NOW / SECOND_MS - 299))).toBe(true);
  expect(at(String(NOW / SECOND_MS - 301))).toBe(false);
  expect(at(String(NOW + 301 * SECOND_MS))).toBe(false);
  expect(at('soon')).toBe(false);
});
