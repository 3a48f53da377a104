import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert } from '../../shared/lib/assert.ts';
import { type BrowserHost, startBrowserHost } from './server.ts';

const root = mkdtempSync(join(tmpdir(), 'parley-heard-'));
const path = join(root, 'sound.wav');
const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, nth) => nth % 251));
writeFileSync(path, bytes);

let host: BrowserHost;
let pass = '';

beforeAll(async () => {
  const started = await startBrowserHost({
    folder: root,
    port: 0,
    memory: { prints: [], keep() {} },
    answer: async () => ({ ok: true, value: null }),
    sound: (at) =>
      at === '/recordings/12' ? { path, mime: 'audio/wav', bytes: bytes.length, tag: 'abc' } : null,
  });
  assert(started.ok, 'the host is up');
  host = started.value;
  const { headers } = await get(`/${new URL(host.address()).search}`);
  pass = headers['set-cookie']![0]!.split(';')[0]!;
});
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true });
});

function get(at: string, headers: Record<string, string> = {}) {
  return new Promise<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: Buffer;
  }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path: at, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const heard = (headers: Record<string, string> = {}, at = '/recordings/12?v=abc') =>
  get(at, { cookie: pass, ...headers });

test('a page of ours hears all of a sound, or the part it asks for', async () => {
  const all = await heard({ 'sec-fetch-site': 'same-origin' });
  expect(all).toMatchObject({ status: 200, body: bytes });
  expect(all.headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-type': 'audio/wav', etag: '"abc"' });
  const part = await heard({ range: 'bytes=100-199' });
  expect(part).toMatchObject({ status: 206, body: bytes.subarray(100, 200) });
  expect(part.headers['content-range']).toBe('bytes 100-199/1000');
  const end = await heard({ range: 'bytes=-10', 'if-range': '"abc"' });
  expect(end).toMatchObject({ status: 206, body: bytes.subarray(990) });
});

test('a part that is not there is 416; a part of another sound is all of this one', async () => {
  const beyond = await heard({ range: 'bytes=1000-' });
  expect(beyond.status).toBe(416);
  expect(beyond.headers['content-range']).toBe('bytes */1000');
  expect((await heard({ range: 'bytes=0-9', 'if-range': '"older"' })).status).toBe(200);
  expect((await heard({ 'if-none-match': '"abc"' })).status).toBe(304);
});

test('without a pass, from another site or port, or by another path nothing is heard', async () => {
  expect((await get('/recordings/12')).status).toBe(403);
  expect((await heard({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await heard({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await heard({ origin: 'http://127.0.0.1:1' })).status).toBe(403);
  expect((await heard({}, '/recordings/13')).status).toBe(404);
  expect((await heard({}, '/recordings/..%2Fsound.wav')).status).toBe(404);
});
