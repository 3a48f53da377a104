import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The stand-in against the smallest app that uses what it promises. What passes here is what the e2e
// specs may rely on.

type Bridge = { ask(channel: string, value?: unknown): Promise<unknown>; tell(channel: string): void };
type PageWindow = { bridge: Bridge; inlineRan?: boolean; open(url: string): unknown };
type Inspected = {
  Tray: { _all: { _menu: { getMenuItemById(id: string): { checked: boolean; click(): void } } }[] };
  Notification: { _shown: { title: string; emit(event: string): void }[] };
  shell: { _opened: string[] };
};

/** Asked again until it is so; a busy machine may take its time. */
// Long enough for a machine that is short of breath: a Chromium's leftovers are swept away by a shell of their own.
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 20_000 });
const standIn = join(import.meta.dirname, 'electron');
const fixture = join(import.meta.dirname, 'fixture/main.mjs');
const scratch = mkdtempSync(join(tmpdir(), 'parley-stand-in-test-'));
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  app = await launch('shared');
  page = await app.firstWindow();
  await page.waitForSelector('output', { state: 'attached' });
});

afterAll(async () => {
  await app.close();
  rmSync(scratch, { recursive: true, force: true });
});

function launch(name: string): Promise<ElectronApplication> {
  const args = [fixture, `--user-data-dir=${join(scratch, name)}`];
  return _electron.launch({ executablePath: standIn, args });
}

const ask = (channel: string, value?: unknown) =>
  page.evaluate(([to, what]) => (globalThis as unknown as PageWindow).bridge.ask(to, what), [
    channel,
    value,
  ] as const);
const heard = () => app.evaluate(() => (globalThis as unknown as { heard: Record<string, unknown>[] }).heard);
const news = (word: string) => soon(() => page.textContent('#news')).toBe(word);

test('a form reaches the main process and its answer comes back to the screen', async () => {
  await page.fill('input', 'Ann');
  await page.click('button');
  await soon(() => page.textContent('output')).toBe('Hello, Ann, from app://bundle');
  expect(await page.title()).toBe('Stand-in fixture');
});

test('an error in a handler arrives in exactly the words of Electron', async () => {
  const message = await ask('call').catch((error: Error) => error.message);
  expect(message).toContain("Error invoking remote method 'call': Error: deliberate");
  expect(await ask('nobody').catch((error: Error) => error.message)).toContain(
    "No handler registered for 'nobody'",
  );
});

test('values cross as structured clones, and a function is refused', async () => {
  const kinds = await page.evaluate(async () => {
    const { bridge } = globalThis as unknown as PageWindow;
    const sent = { at: new Date(5), map: new Map([[1, 2n]]), bytes: new Uint8Array([7]), gap: undefined };
    const back = (await bridge.ask('echo', sent)) as typeof sent;
    const refused = await bridge.ask('echo', { bad: () => 1 }).catch((error: Error) => error.message);
    return [
      back.at.getTime(),
      back.map.get(1) === 2n,
      back.bytes[0],
      'gap' in back,
      Object.isFrozen(bridge),
      refused,
    ];
  });
  expect(kinds).toEqual([5, true, 7, true, true, 'An object could not be cloned.']);
});

test('the main process can be asked directly, and gives the window of a page', async () => {
  expect(await app.evaluate(({ app: electronApp }) => electronApp.isReady())).toBe(true);
  const window = await app.browserWindow(page);
  expect(await window.evaluate((each) => [each.getBounds().width, each.webContents.getURL()])).toEqual([
    640,
    'app://bundle/index.html',
  ]);
});

test('a page gets what the custom scheme answers, under its content security policy', async () => {
  const answer = await page.evaluate(
    async () => (await fetch('/echo', { method: 'POST', body: 'hi' })).json() as unknown,
  );
  expect(answer).toEqual({ url: 'app://bundle/echo', method: 'POST', body: 'hi' });
  expect(await page.evaluate(() => (globalThis as unknown as PageWindow).inlineRan)).toBeUndefined();
});

test('an item of the application menu does its work when clicked', async () => {
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('hello')?.click());
  await news('hello');
});

test('a tray item can be found and ticked', async () => {
  const ticked = await app.evaluate((electron) => {
    const item = (electron as unknown as Inspected).Tray._all[0]!._menu.getMenuItemById('dnd');
    item.click();
    return item.checked;
  });
  expect(ticked).toBe(true);
});

test('a dialog answers as cancelled until a test says otherwise', async () => {
  const picked = await app.evaluate(async ({ dialog }) => {
    const before = await dialog.showOpenDialog({});
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/tmp/list.csv'] });
    return [before.canceled, (await dialog.showOpenDialog({})).filePaths[0]];
  });
  expect(picked).toEqual([true, '/tmp/list.csv']);
});

test('a secret comes back whole and is not readable where it is kept', async () => {
  expect(await ask('secret', 'hush')).toEqual({ kept: false, result: 'hush', shouldReEncrypt: false });
});

test('a notification that is pressed brings its word to the page', async () => {
  await page.evaluate(() => (globalThis as unknown as PageWindow).bridge.tell('notify'));
  const shown = () =>
    app.evaluate((electron) => (electron as unknown as Inspected).Notification._shown.at(-1)?.title);
  await soon(shown).toBe('Callback due');
  await app.evaluate((electron) =>
    (electron as unknown as Inspected).Notification._shown.at(-1)!.emit('click'),
  );
  await news('notification');
});

test('the machine going to sleep is told to the page', async () => {
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await news('suspend');
});

test('the chosen theme reaches the page', async () => {
  const isDark = () => page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await soon(isDark).toBe(true);
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'light';
  });
  await soon(isDark).toBe(false);
});

test('a window whose close is prevented hides and comes back', async () => {
  const window = await app.browserWindow(page);
  const states = await window.evaluate((each) => {
    each.close();
    const hidden = each.isVisible();
    each.show();
    return [hidden, each.isDestroyed(), each.isVisible()];
  });
  expect(states).toEqual([false, false, true]);
});

test('a second start hands its arguments to the first and goes', async () => {
  const args = [fixture, `--user-data-dir=${join(scratch, 'shared')}`, 'tel:+12025550123'];
  const code = await new Promise((resolve) => execFile(standIn, args, (error) => resolve(error?.code ?? 0)));
  expect(code).toBe(0);
  const letter = async () => (await heard()).find((each) => 'argv' in each);
  await soon(letter).toMatchObject({ cwd: process.cwd() });
  expect((await letter())?.argv).toContain('tel:+12025550123');
});

test('a new window is denied and handed to the system, from script and from a link', async () => {
  expect(
    await page.evaluate(() => (globalThis as unknown as PageWindow).open('https://opened.example/')),
  ).toBeNull();
  await page.click('#blank');
  const opened = () => app.evaluate((electron) => (electron as unknown as Inspected).shell._opened);
  await soon(opened).toEqual(['https://opened.example/', 'https://blank.example/']);
});

test('a page that would navigate away is kept where it is', async () => {
  await page.click('#away', { noWaitAfter: true });
  await soon(heard).toContainEqual({ willNavigate: 'https://elsewhere.example/' });
  expect(page.url()).toBe('https://bundle.app.standin/index.html');
  expect(await ask('echo', 'still here')).toBe('still here');
});

test('the bridge is there again after a reload', async () => {
  await page.reload();
  expect(await ask('echo', 'back')).toBe('back');
});

test('what the stand-in lacks throws and says its name', async () => {
  const missing = (expression: string) =>
    app.evaluate((electron, text) => {
      try {
        // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
        new Function('electron', text)(electron);
        return 'nothing thrown';
      } catch (error) {
        return (error as Error).message;
      }
    }, expression);
  expect(await missing('electron.inAppPurchase')).toContain('has no electron.inAppPurchase');
  expect(await missing('electron.app.teleport()')).toContain('has no app.teleport');
  expect(await missing('electron.BrowserWindow.getAllWindows()[0].setShape([])')).toContain(
    'BrowserWindow.setShape',
  );
  expect(await missing('electron.BrowserWindow.teleport')).toContain('has no BrowserWindow.teleport');
});

test('a window can be photographed', async () => {
  const png = await page.screenshot();
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const size = await (await app.browserWindow(page)).evaluate(async (each) =>
    (await each.capturePage()).getSize(),
  );
  expect(size).toEqual({ width: 640, height: 480 });
});

test('a renderer that crashes is told to the app, which brings its page back', async () => {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
  );
  await soon(heard).toContainEqual({ gone: 'crashed' });
  const script = `document.querySelector('input') !== null && bridge.ask('echo', 'alive')`;
  const alive = () =>
    app.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code),
      script,
    );
  await soon(alive).toBe('alive');
});

test('a clean quit leaves no Chromium behind, and nothing in the temporary folder', async () => {
  const second = await launch('quit');
  await second.firstWindow();
  const pid = second.process().pid!;
  const browser = chromiumOf(pid);
  expect(isRunning(browser.pid)).toBe(true);
  await second.close();
  await expectGone(browser);
});

test('a stand-in killed with -9 takes its Chromium along', async () => {
  const args = [fixture, `--user-data-dir=${join(scratch, 'kill')}`];
  const child = spawn(standIn, args, { stdio: 'ignore' });
  await soon(() => chromiumOf(child.pid!).pid).toBeGreaterThan(0);
  const browser = chromiumOf(child.pid!);
  child.kill('SIGKILL');
  await expectGone(browser);
});

type Browser = { pid: number; profile: string };

function chromiumOf(parent: number): Browser {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [status, command] = [readText(`/proc/${pid}/stat`), readText(`/proc/${pid}/cmdline`)];
    const profile = /--user-data-dir=([^\0]*)/.exec(command)?.[1];
    const isChild = status.slice(status.lastIndexOf(')')).split(' ')[2] === String(parent);
    if (isChild && command.includes('--remote-debugging-pipe') && profile)
      return { pid: Number(pid), profile };
  }
  return { pid: 0, profile: '' };
}

function isRunning(pid: number): boolean {
  const status = readText(`/proc/${pid}/stat`);
  // A dead process that nobody has collected yet (Z) runs no longer.
  return status !== '' && status.slice(status.lastIndexOf(')') + 2)[0] !== 'Z';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function expectGone({ pid, profile }: Browser): Promise<void> {
  await soon(() => isRunning(pid)).toBe(false);
  const ofProfile = () =>
    readdirSync('/proc').filter(
      (name) =>
        /^\d+$/.test(name) && readText(`/proc/${name}/cmdline`).includes(profile) && isRunning(Number(name)),
    );
  await soon(ofProfile).toEqual([]);
  await soon(() => readdirSync(tmpdir())).not.toContain(basename(profile));
}
