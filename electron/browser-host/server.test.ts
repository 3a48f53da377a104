import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MESSAGE_BYTES_MAX } from '../../shared/contract/wire.ts';
import { type BrowserHost, type BrowserHostParts, startBrowserHost } from './server.ts';

const noMemory = { prints: [], keep() {} };

const root = mkdtempSync(join(tmpdir(), 'parley-host-'));
const folder = join(root, 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Parley</title>');
writeFileSync(join(folder, 'assets/app.js'), 'export {};');
writeFileSync(join(folder, 'assets/notes.secret'), 'not a page');
writeFileSync(join(root, 'outside.json'), '{"secret":true}');
writeFileSync(join(root, 'renderer.json'), '{"secret":true}');

const answer = vi.fn<BrowserHostParts['answer']>(async (call, input) => ({
  ok: true,
  value: { call, input },
}));
let host: BrowserHost;
const strays: WebSocket[] = [];

async function start(but: Partial<BrowserHostParts> = {}): Promise<BrowserHost> {
  const started = await startBrowserHost({ folder, port: 0, memory: noMemory, answer, ...but });
  if (!started.ok) throw new Error(started.error);
  return started.value;
}

beforeEach(async () => {
  answer.mockClear();
  host = await start();
});
afterEach(async () => {
  for (const socket of strays.splice(0)) socket.terminate();
  await host.close();
});
afterAll(() => rmSync(root, { recursive: true }));

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A plain request, with the path as it is: `fetch` would tidy it up. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (part) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const ticketPath = () => new URL(host.address()).search.replace(/^/, '/');

async function signIn(): Promise<string> {
  const { headers } = await get(ticketPath());
  return headers['set-cookie']![0]!.split(';')[0]!;
}

interface Socket {
  readonly socket: WebSocket;
  readonly frames: unknown[];
  /** Resolves with the code it was closed with. */
  readonly closed: Promise<number>;
}

async function openWire(headers: Record<string, string>, path = '/wire'): Promise<Socket | number> {
  const { Origin, ...rest } = headers;
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, {
    headers: rest,
    ...(Origin === undefined ? {} : { origin: Origin }),
  });
  strays.push(socket);
  const frames: unknown[] = [];
  socket.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString())));
  socket.on('error', () => {});
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return new Promise((resolve) => {
    socket.on('open', () => resolve({ socket, frames, closed }));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
}

async function wire(): Promise<Socket> {
  const opened = await openWire({ Cookie: await signIn(), Origin: `http://127.0.0.1:${host.port}` });
  if (typeof opened === 'number') throw new Error(`refused with ${opened}`);
  return opened;
}

const until = (claim: () => void) => vi.waitFor(claim, { timeout: 3000, interval: 5 });

/** Still there, and still answering: what every attack below must leave behind. */
async function expectAlive(): Promise<void> {
  expect((await get('/')).status).toBe(403);
}

test('a ticket lets one browser in, leaves the address bar, and is good once', async () => {
  const path = ticketPath();
  const entered = await get(path);
  expect(entered.status).toBe(200);
  expect(entered.headers).toMatchObject({ refresh: '0; url=/', 'cache-control': 'no-store' });
  const [cookie, ...flags] = entered.headers['set-cookie']![0]!.split('; ');
  expect(flags.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  expect((await get('/', { Cookie: cookie! })).body).toContain('<title>Parley</title>');

  const again = await get(path);
  expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
  expect(again.body).toMatch(/Links work once/);
});

test('who is in already may follow a spent link, and gets no second cookie', async () => {
  const path = ticketPath();
  const { headers } = await get(path);
  const again = await get(path, { Cookie: headers['set-cookie']![0]!.split(';')[0]! });
  expect([again.status, again.headers['set-cookie']]).toEqual([200, undefined]);
});

test.each([
  ['/?ticket='],
  ['/?ticket=guess'],
  ['/?ticket[]=x'],
  ['/'],
  ['/assets/app.js'],
  ['/nowhere'],
  ['/%'],
])('%s without a pass gets a sentence that says what to do, and nothing else', async (path) => {
  const { status, body, headers } = await get(path);
  expect([status, headers['set-cookie']]).toEqual([403, undefined]);
  expect(body).toMatch(/needs the full link/);
});

test('a wrong cookie, another Parley’s, or part of the right one, is no pass', async () => {
  const [name, value] = (await signIn()).split('=') as [string, string];
  for (const Cookie of [
    `${name}=wrong`,
    `${name}=`,
    `${name}=${value.slice(0, -1)}`,
    `parley-1=${value}`,
    `x${name}=${value}`,
    name,
    ';;=',
  ]) {
    expect((await get('/', { Cookie })).status).toBe(403);
  }
  expect((await get('/', { Cookie: `theme=dark; ${name}=${value}; parley-1=zzz` })).status).toBe(200);
});

test('of many browsers the newest stay signed in, and each has its own pass', async () => {
  const cookies: string[] = [];
  for (let i = 0; i < 17; i++) cookies.push(await signIn());
  expect(new Set(cookies).size).toBe(17);
  const statuses = await Promise.all(cookies.map(async (Cookie) => (await get('/', { Cookie })).status));
  expect(statuses).toEqual([403, ...Array.from({ length: 16 }, () => 200)]);
});

test.each([
  'evil.example',
  'evil.example:80',
  '127.0.0.1',
  '127.0.0.1:1',
  'localhost.evil.example',
  '0.0.0.0',
  '[::1]',
])('a page that calls this address “%s” gets nothing, not even who is here', async (name) => {
  const cookie = await signIn();
  for (const path of ['/', ticketPath()]) {
    const { status, body } = await get(path, { Host: name, Cookie: cookie });
    expect([status, body]).toEqual([403, 'Parley only answers on this computer’s own address.\n']);
  }
});

test('both of this computer’s own names are answered', async () => {
  const cookie = await signIn();
  for (const name of ['127.0.0.1', 'localhost']) {
    expect((await get('/', { Host: `${name}:${host.port}`, Cookie: cookie })).status).toBe(200);
  }
});

test('pages are only read', async () => {
  const Cookie = await signIn();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await get('/', { Cookie }, method)).status).toBe(405);
});

test('a page comes with its type, and with a policy that lets no other site in or out', async () => {
  const Cookie = await signIn();
  const { headers } = await get('/', { Cookie });
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const policy = Object.fromEntries(
    String(headers['content-security-policy'])
      .split('; ')
      .map((each) => [each.split(' ')[0], each.split(' ').slice(1).join(' ')]),
  );
  expect(policy).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  });
  expect(policy['connect-src']).toBe(`'self' ws://127.0.0.1:${host.port} ws://localhost:${host.port}`);
  expect((await get('/assets/app.js?v=1', { Cookie })).headers['content-type']).toBe(
    'text/javascript; charset=utf-8',
  );
});

test.each([
  '/../outside.json',
  '/..%2foutside.json',
  '/%2e%2e/outside.json',
  '/%2e%2e%2foutside.json',
  '/assets/..%2f..%2foutside.json',
  '/assets/%2e%2e/%2e%2e/outside.json',
  '/..%5coutside.json',
  '/%2e%2e%2frenderer.json',
  '/..%2frenderer.json',
  '//outside.json',
  '/%2foutside.json',
  '/nowhere.js',
  '/assets',
  '/assets/',
  '/assets/notes.secret',
  '/index.html%00.js',
  '/%',
  '/%zz',
  '/%c0%ae%c0%ae/outside.json',
  '/%ff.js',
  '//[',
  '//',
  '/\\..\\outside.json',
])('“%s” is no page, and no way to what lies beside the pages', async (path) => {
  const { status, body } = await get(path, { Cookie: await signIn() });
  expect([status, body]).toEqual([404, 'There is no such page in Parley.\n']);
  await expectAlive();
});

test('an address that is none ends nothing, even for someone without a pass', async () => {
  for (const path of ['//[', '//', '/%', 'http://[', '*']) await get(path);
  await expectAlive();
});

test('a folder may be named in any way that leads there', async () => {
  for (const name of [`${folder}/`, join(folder, 'assets/..'), `${root}/./renderer`]) {
    const other = await start({ folder: name });
    const before = host;
    host = other;
    expect((await get('/', { Cookie: await signIn() })).status).toBe(200);
    host = before;
    await other.close();
  }
});

test('a call on the wire is answered under its number', async () => {
  const { socket, frames } = await wire();
  socket.send(JSON.stringify({ id: 1, call: 'lamps.light', input: { room: 'hall' } }));
  socket.send(JSON.stringify({ id: 2, call: 'lamps.dark', input: null }));
  await until(() => expect(frames).toHaveLength(2));
  expect(frames).toContainEqual({
    id: 1,
    answer: { ok: true, value: { call: 'lamps.light', input: { room: 'hall' } } },
  });
  // JSON has no word for "nothing": what was left out on the way is put back.
  expect(answer).toHaveBeenLastCalledWith('lamps.dark', undefined);
});

test('the wire opens only for a page of ours, with a pass, at its own address', async () => {
  const Cookie = await signIn();
  const Origin = `http://127.0.0.1:${host.port}`;
  expect(await openWire({ Cookie, Origin: 'https://evil.example' })).toBe(403);
  expect(await openWire({ Cookie, Origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await openWire({ Cookie, Origin: 'null' })).toBe(403);
  expect(await openWire({ Cookie })).toBe(403);
  expect(await openWire({ Cookie, Origin, Host: 'evil.example' })).toBe(403);
  expect(await openWire({ Cookie, Origin, Host: `evil.example:${host.port}` })).toBe(403);
  expect(await openWire({ Origin })).toBe(403);
  expect(await openWire({ Origin, Cookie: `parley-${host.port}=guess` })).toBe(403);
  expect(await openWire({ Cookie, Origin }, '/')).toBe(403);
  expect(await openWire({ Cookie, Origin })).not.toBe(403);
  expect(answer).not.toHaveBeenCalled();
});

test('a message that is too large is answered, and the wire stays open', async () => {
  const { socket, frames } = await wire();
  socket.send(JSON.stringify({ id: 5, call: 'lamps.light', input: 'x'.repeat(MESSAGE_BYTES_MAX) }));
  await until(() =>
    expect(frames).toMatchObject([{ id: 5, answer: { ok: false, error: { code: 'too-large' } } }]),
  );
  expect(answer).not.toHaveBeenCalled();
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('a message beyond all measure ends its wire, and nobody else’s', async () => {
  const [one, other] = [await wire(), await wire()];
  one.socket.send('x'.repeat(2 * MESSAGE_BYTES_MAX + 1));
  await one.closed;
  expect(other.socket.readyState).toBe(WebSocket.OPEN);
  await expectAlive();
});

test.each([
  'hello',
  '{',
  'null',
  '7',
  '[]',
  '{}',
  '{"id":1}',
  '{"id":"1","call":"a.b"}',
  '{"id":1,"call":7}',
  '{"call":"a.b"}',
])('what is no call of Parley ends the wire: %s', async (text) => {
  const { socket, closed } = await wire();
  socket.send(text);
  expect(await closed).toBe(1008);
  expect(answer).not.toHaveBeenCalled();
});

test('a call that ends badly ends its wire, and not the program', async () => {
  const { socket, closed } = await wire();
  answer.mockRejectedValueOnce(new Error('nobody caught this'));
  socket.send(JSON.stringify({ id: 1, call: 'lamps.light' }));
  expect(await closed).toBe(1011);
  await expectAlive();
});

test('an answer to a wire that is gone by then goes nowhere', async () => {
  const { socket, closed } = await wire();
  let late = () => {};
  answer.mockImplementationOnce(
    () => new Promise((resolve) => (late = () => resolve({ ok: true, value: null }))),
  );
  socket.send(JSON.stringify({ id: 1, call: 'lamps.light' }));
  await until(() => expect(answer).toHaveBeenCalled());
  socket.terminate();
  await closed;
  late();
  await expectAlive();
});

test('who hangs up in the middle of being refused ends nothing', async () => {
  for (let i = 0; i < 20; i++) {
    const socket = connect(host.port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
    socket.write(
      `GET /wire HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n${'x'.repeat(70_000)}`,
    );
    socket.resetAndDestroy();
  }
  await wait(50);
  await expectAlive();
});

test('what is told is told to every screen', async () => {
  const all = [await wire(), await wire(), await wire()];
  const frame = { topic: 'app.goTo', seq: 1, payload: { path: '/' } };
  host.push(frame);
  for (const { frames } of all) await until(() => expect(frames).toEqual([{ push: frame }]));
});

test('closing ends every wire and frees the port', async () => {
  const all = [await wire(), await wire()];
  const { port } = host;
  await host.close();
  await Promise.all(all.map(({ closed }) => closed));
  host = await start({ port });
  expect(host.port).toBe(port);
});

test('telling after closing, and closing twice, is harmless', async () => {
  await host.close();
  host.push({ topic: 'app.goTo', seq: 1, payload: null });
  await host.close();
});

test('a port that is taken is refused with a sentence that names another', async () => {
  const second = await startBrowserHost({ folder, port: host.port, memory: noMemory, answer });
  expect(second).toEqual({
    ok: false,
    error: expect.stringContaining(`Port ${host.port} is in use by another program`),
  });
  expect(!second.ok && second.error).toContain(`--port ${host.port === 65_535 ? 65_534 : host.port + 1}`);
});

test.each([-1, 65_536, 1.5, Number.NaN])('%d is refused as a port, with a sentence', async (port) => {
  expect(await startBrowserHost({ folder, port, memory: noMemory, answer })).toEqual({
    ok: false,
    error: expect.stringContaining('is not a port'),
  });
});

function post(path: string, headers: Record<string, string>, body: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: host.port, path, method: 'POST', headers },
      (response) => {
        let said = '';
        response.on('data', (part) => (said += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: said }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

test('a page sends a file with its pass; nobody else does, and no form of another site', async () => {
  await host.close();
  const taken: string[] = [];
  host = await start({
    async take(name, body) {
      let text = '';
      for await (const piece of body) text += Buffer.from(piece).toString();
      taken.push(`${name}: ${text}`);
      return { ok: true, value: { fileId: 'a', name } };
    },
  });
  const Cookie = await signIn();
  const Origin = `http://127.0.0.1:${host.port}`;
  const path = '/files?name=Z%C3%BCrich.csv';
  const taking = await post(path, { Cookie, Origin }, 'Name,Phone');
  expect([taking.status, JSON.parse(taking.body)]).toEqual([
    200,
    { ok: true, value: { fileId: 'a', name: 'Zürich.csv' } },
  ]);
  expect(taken).toEqual(['Zürich.csv: Name,Phone']);
  expect((await post(path, { Origin }, 'x')).status).toBe(403);
  expect((await post(path, { Cookie }, 'x')).status).toBe(403);
  expect((await post(path, { Cookie, Origin: 'http://elsewhere.example' }, 'x')).status).toBe(403);
  expect((await post('/elsewhere', { Cookie, Origin }, 'x')).status).toBe(405);
  expect(taken).toHaveLength(1);
});
