import { request } from 'node:http';
import { WebSocket } from 'ws';
import { showMe } from './desk.ts';
import { expect, test } from './fixtures.ts';

// They knock at a Parley that nobody has used yet, too.
test.use({ isMovedIn: false });

// Other programs and other people's pages on the same computer, at the door of the browser host.

test('a link works once, and a wrong or missing one shows nothing of Parley', async ({ open, browser }) => {
  const { port, said } = await open('browser host');
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  const spent = /ticket=(\S+)/.exec(said())![1]!;
  for (const path of ['/', '/?ticket=guessed', `/?ticket=${spent}`, '/index.html', '/../package.json']) {
    const response = await page.goto(`http://127.0.0.1:${port}${path}`);
    expect([path, response?.status()]).toEqual([path, 403]);
    await expect(page.getByText('needs the full link that Parley printed')).toBeVisible();
  }
  await stranger.close();
});

test('a name that only leads here by a trick is refused', async ({ open }) => {
  const { port } = await open('browser host');
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `[::1]:${port}`])
    expect([host, await statusOf(port, { host })]).toEqual([host, 403]);
});

test('the wire is closed to other pages, and to our own without its cookie', async ({ open, browser }) => {
  const { page, port } = await open('browser host');
  await showMe(page);
  const [cookie] = await page.context().cookies();
  const pass = `${cookie!.name}=${cookie!.value}`;
  const ours = `http://127.0.0.1:${port}`;
  expect(await opens(port, { origin: ours, cookie: pass })).toBe(true);
  expect(await opens(port, { origin: 'http://evil.example', cookie: pass })).toBe(false);
  expect(await opens(port, { origin: 'null', cookie: pass })).toBe(false);
  expect(await opens(port, { cookie: pass })).toBe(false);
  expect(await opens(port, { origin: ours })).toBe(false);
  expect(await opens(port, { origin: ours, cookie: `${cookie!.name}=guessed` })).toBe(false);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

  const elsewhere = await browser.newContext();
  const foreign = await elsewhere.newPage();
  const reached = await foreign.evaluate(
    (url) =>
      new Promise((resolve) => {
        const socket = new globalThis.WebSocket(url);
        socket.addEventListener('open', () => resolve(true));
        socket.addEventListener('error', () => resolve(false));
      }),
    `ws://127.0.0.1:${port}/wire`,
  );
  expect(reached).toBe(false);
  await elsewhere.close();
});

test('no page of Parley may be shown inside another one', async ({ open }) => {
  const { page } = await open('browser host');
  await expect(page.getByRole('heading', { name: 'What brings you here?' })).toBeVisible();
  const response = await page.reload();
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});

function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

function opens(port: number, headers: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
