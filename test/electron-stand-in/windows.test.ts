import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import type { BrowserWindow as Window } from 'electron';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Windows that come and go: loading, failing, closing, and the app's own end.

type Kept = { made: Window; heard: string[]; leaving: boolean };

/** Asked again until it is so; a busy machine may take its time. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 5_000 });
const scratch = mkdtempSync(join(tmpdir(), 'parley-stand-in-windows-'));
let app: ElectronApplication;
let server: Server;
let site: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/hop') response.writeHead(302, { location: '/end' });
    else response.setHeader('content-type', 'text/html');
    response.end('<title>The end</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fixture = join(import.meta.dirname, 'fixture/main.mjs');
  const args = [fixture, `--user-data-dir=${scratch}`, '--use-fake-device-for-media-stream'];
  app = await _electron.launch({ executablePath: join(import.meta.dirname, 'electron'), args });
  await app.firstWindow();
  await app.evaluate(({ BrowserWindow }) => {
    const kept = globalThis as unknown as Kept;
    kept.made = new BrowserWindow({ width: 500, height: 400 });
    kept.heard = [];
    const { webContents } = kept.made;
    webContents.on('will-redirect', (_event, url) => kept.heard.push(`redirect ${new URL(url).pathname}`));
    webContents.on('did-finish-load', () => kept.heard.push('finish'));
    kept.made.on('ready-to-show', () => kept.heard.push('ready-to-show'));
  });
});

afterAll(async () => {
  await app.close();
  server.close();
  rmSync(scratch, { recursive: true, force: true });
});

test('a page of the network is loaded through its redirect, with its title and its events', async () => {
  const url = await app.evaluate(async (_module, address) => {
    const { made } = globalThis as unknown as Kept;
    await made.loadURL(`${address}/hop`);
    return made.webContents.getURL();
  }, site);
  expect(url).toBe(`${site}/end`);
  const told = () => app.evaluate(() => (globalThis as unknown as Kept).heard);
  await soon(told).toHaveLength(3);
  expect((await told())[0]).toBe('redirect /end');
  expect((await told()).toSorted()).toEqual(['finish', 'ready-to-show', 'redirect /end']);
  await soon(() => app.evaluate(() => (globalThis as unknown as Kept).made.getTitle())).toBe('The end');
});

test('a page that cannot be had rejects with its address and code', async () => {
  const nobody = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => nobody.once('listening', resolve));
  const address = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}/`;
  await new Promise((resolve) => nobody.close(resolve));
  const load = (url: string) =>
    app.evaluate(
      (_module, to) =>
        (globalThis as unknown as Kept).made.loadURL(to).catch((error: Error) => error.message),
      url,
    );
  expect(await load(address)).toBe(`ERR_CONNECTION_REFUSED (-102) loading '${address}'`);
  expect(await load('nowhere://x/')).toBe("ERR_FAILED (-2) loading 'nowhere://x/'");
});

test('a page is as large as its window, and smaller in its own eyes when zoomed', async () => {
  const sizes = await app.evaluate(async () => {
    const { made } = globalThis as unknown as Kept;
    await made.loadURL('app://bundle/index.html');
    const measure = () => made.webContents.executeJavaScript('innerWidth') as Promise<number>;
    const before = await measure();
    made.setSize(700, 400);
    const wider = await measure();
    made.webContents.setZoomFactor(2);
    const zoomed = await measure();
    made.webContents.setZoomFactor(1);
    return [before, wider, zoomed, made.getNormalBounds().width];
  });
  expect(sizes).toEqual([500, 700, 350, 700]);
});

test('the microphone is given or refused by the permission handler of the app', async () => {
  const listen = `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'open', (error) => error.name)`;
  const tried = await app.evaluate(async ({ session }, script) => {
    const { made } = globalThis as unknown as Kept;
    const attempt = async (granted: boolean): Promise<unknown> => {
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(granted));
      await made.loadURL('app://bundle/index.html');
      return made.webContents.executeJavaScript(script) as Promise<unknown>;
    };
    return [await attempt(true), await attempt(false)];
  }, listen);
  expect(tried).toEqual(['open', 'NotAllowedError']);
});

test('a page that objects to being closed keeps its window until the app overrules it', async () => {
  const script = `void addEventListener('beforeunload', (event) => event.preventDefault())`;
  const alive = await app.evaluate(async (_module, objecting) => {
    const { made } = globalThis as unknown as Kept;
    await made.webContents.executeJavaScript(objecting);
    made.close();
    await made.webContents.executeJavaScript('1');
    return !made.isDestroyed();
  }, script);
  expect(alive).toBe(true);
  await app.evaluate(() => {
    const { made } = globalThis as unknown as Kept;
    made.webContents.on('will-prevent-unload', (event) => event.preventDefault());
    made.close();
  });
  await soon(() => app.evaluate(() => (globalThis as unknown as Kept).made.isDestroyed())).toBe(true);
});

test('a closed window throws at whoever still uses it', async () => {
  const said = await app.evaluate(() => {
    try {
      (globalThis as unknown as Kept).made.show();
      return 'nothing thrown';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(said).toBe('Object has been destroyed');
});

test('quitting is called off when before-quit is prevented, and exit ends with its own code', async () => {
  const open = await app.evaluate(({ app: electronApp, BrowserWindow }) => {
    electronApp.once('before-quit', (event) => event.preventDefault());
    electronApp.quit();
    return BrowserWindow.getAllWindows().length;
  });
  expect(open).toBe(1);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: electronApp }) => electronApp.exit(3));
  expect(await ended).toBe(3);
});
