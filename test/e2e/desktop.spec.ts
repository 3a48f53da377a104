import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENT, beInCall, expectState, showMe, startPreview } from './desk.ts';
import { startDesktop } from './desktop-host.ts';
import { expect, test } from './fixtures.ts';
import { notices, opened, press, pressNotice, questions, tray } from './inspected.ts';
import { practiceRecords } from './records.ts';
import type { RunningDesktop } from './running.ts';

type Window = Electron.BrowserWindow;

// What only the desktop has. Tray, notices, dialogs and the shell cannot be seen by a test: see inspected.ts.

test('the tray shows the state, and its menu pauses and resumes', async ({ open }) => {
  const parley = await open('desktop', { speed: 4 });
  expect(await tray(parley)).toMatchObject({ tip: 'Parley: Not started', hasPicture: true });
  await startPreview(parley.page);
  await expect.poll(() => tray(parley)).toMatchObject({ tip: 'Parley: Ready · Dana Whitfield' });

  await press(parley, 'pause');
  await expectState(parley.page, 'Paused');
  await expect.poll(() => tray(parley)).toMatchObject({ tip: 'Parley: Paused: Break' });
  expect((await tray(parley)).items).toContain('Resume');

  await press(parley, 'resume');
  await expectState(parley.page, 'Dana Whitfield');
  await expect.poll(() => tray(parley)).toMatchObject({ tip: 'Parley: Ready · Dana Whitfield' });
});

test('closing the window in a call hides it, says so once, and the call goes on until the tray hangs up', async ({
  open,
}) => {
  const parley = await open('desktop', { speed: 10 });
  await beInCall(parley.page);
  expect(await inWindow(parley, (window) => window.getTitle())).toBe(
    `● Connected — ${PATIENT.name} · Parley`,
  );
  await closeWindow(parley);
  expect(await isShown(parley)).toBe(false);
  expect(await notices(parley)).toEqual(['Parley is still here']);
  await expect.poll(() => tray(parley)).toMatchObject({ tip: `Parley: Connected · ${PATIENT.name}` });

  await pressNotice(parley);
  expect(await isShown(parley)).toBe(true);
  await expectState(parley.page, 'Connected');
  await closeWindow(parley);
  expect(await notices(parley)).toHaveLength(1);

  await press(parley, 'hang-up');
  await expect.poll(() => tray(parley)).toMatchObject({ tip: `Parley: Wrap-up · ${PATIENT.name}` });
  await press(parley, 'open');
  expect(await isShown(parley)).toBe(true);
  await expectState(parley.page, 'Wrap-up');
});

test('without a session closing the window closes Parley, and it opens where it stood', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop');
  await showMe(parley.page);
  const ended = new Promise((resolve) => parley.app.process().once('exit', resolve));
  await inWindow(parley, (window) => window.setBounds({ x: 40, y: 50, width: 1300, height: 820 }));
  await closeWindow(parley);
  expect(await ended).toBe(0);
  expect(existsSync(join(dataDir, 'open.json'))).toBe(false);

  const again = await open('desktop');
  await expect(again.page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
  const boundsOf = () => inWindow(again, (window) => window.getBounds());
  expect(await boundsOf()).toEqual({ x: 40, y: 50, width: 1300, height: 820 });
  await again.close();

  const far = { bounds: { x: 9000, y: 50, width: 1300, height: 820 }, isMaximized: false };
  writeFileSync(join(dataDir, 'window.json'), JSON.stringify(far));
  const third = await open('desktop');
  await expect(third.page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
  expect(await inWindow(third, (window) => window.getBounds())).toMatchObject({ width: 1280, height: 800 });
});

test('a dark Parley is dark before it has drawn anything', async ({ open }) => {
  const first = await open('desktop');
  await showMe(first.page);
  expect(await ground(first)).toBe('#ffffff');
  await first.page.evaluate(`window.parley.ask('app.setPreferences', { theme: 'dark' })`);
  await first.close();
  const again = await open('desktop');
  expect(await ground(again)).toBe('#111318');
  await expect(again.page.getByRole('heading', { name: 'Ready when you are' })).toBeVisible();
});

test('quitting in a call asks once; staying stays, and going hangs up first', async ({ open, dataDir }) => {
  const parley = await open('desktop', { speed: 10 });
  await beInCall(parley.page);
  await parley.app.evaluate(({ app }) => app.quit());
  await expect.poll(() => questions(parley)).toEqual([`You are in a call with ${PATIENT.name}.`]);
  await expectState(parley.page, 'Connected');
  await parley.close();
  expect(practiceRecords(dataDir).hangUps()).toBe(1);
});

test('a link by a second start fills the dial box and dials nobody', async ({ open, dataDir }) => {
  const parley = await open('desktop', { speed: 10 });
  await showMe(parley.page);
  const second = await startDesktop(dataDir, { link: 'tel:+1-206-555-0102' });
  expect([second.code, second.stderr.trim()]).toEqual([0, '']);
  await expect(parley.page.getByRole('textbox', { name: 'Number' })).toHaveValue('+1-206-555-0102');

  const bad = await startDesktop(dataDir, { link: 'tel:<script>alert(1)</script>' });
  expect(bad.code).toBe(0);
  await expect(parley.page.getByRole('textbox', { name: 'Number' })).toHaveValue('+1-206-555-0102');
  expect(practiceRecords(dataDir).requests()).toEqual([]);
});

test('a start by a link waits with it until there is a dial box', async ({ open, dataDir }) => {
  const first = await open('desktop');
  await showMe(first.page);
  await first.close();
  const { page } = await open('desktop', { args: ['callto:2065550102'] });
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveValue('2065550102');
  expect(practiceRecords(dataDir).requests()).toEqual([]);
});

test('an installed Parley offers itself for links, one run from its sources does not', async ({ open }) => {
  const offers = ({ app }: RunningDesktop) =>
    app.evaluate((electron) =>
      ['tel', 'callto', 'parley'].filter((scheme) => electron.app.isDefaultProtocolClient(scheme)),
    );
  const fromSources = await open('desktop');
  expect(await offers(fromSources)).toEqual([]);
  await fromSources.close();
  const installed = await open('desktop', { env: { PARLEY_STANDIN_PACKAGED: '1' } });
  expect(await offers(installed)).toEqual(['tel', 'callto', 'parley']);
});

test('a second start brings the hidden window back', async ({ open, dataDir }) => {
  const parley = await open('desktop', { speed: 10 });
  await beInCall(parley.page);
  await closeWindow(parley);
  expect(await isShown(parley)).toBe(false);
  expect((await startDesktop(dataDir)).code).toBe(0);
  await expect.poll(() => isShown(parley)).toBe(true);
});

test('no page can open a window or lead anywhere else', async ({ open }) => {
  const parley = await open('desktop');
  await showMe(parley.page);
  const here = parley.page.url();
  expect(await parley.page.evaluate(`window.open('https://evil.example/')`)).toBeNull();
  for (const script of [
    `location.href = 'https://evil.example/'`,
    `document.body.insertAdjacentHTML('beforeend', '<a id="out" href="https://evil.example/">out</a>'); document.getElementById('out').click()`,
    `document.body.insertAdjacentHTML('beforeend', '<a id="new" target="_blank" href="https://evil.example/">new</a>'); document.getElementById('new').click()`,
    `document.body.insertAdjacentHTML('beforeend', '<form id="send" action="https://evil.example/"></form>'); document.getElementById('send').submit()`,
  ])
    await parley.page.evaluate(`void (() => { ${script} })()`).catch(() => {});
  await parley.page.waitForTimeout(300);
  expect(parley.page.url()).toBe(here);
  expect(await textIn(parley)).toContain('Ready when you are');
  expect(await parley.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await opened(parley)).toEqual([]);
  parley.forgive(/form-action/);
});

test('the microphone is granted and nothing else is', async ({ open }) => {
  const parley = await open('desktop', { args: ['--use-fake-device-for-media-stream'] });
  await showMe(parley.page);
  const asked = (what: string) =>
    parley.page.evaluate<string>(
      `navigator.mediaDevices.getUserMedia(${what}).then(() => 'granted', (error) => error.name)`,
    );
  expect(await asked('{ audio: true }')).toBe('granted');
  expect(await asked('{ video: true }')).toBe('NotAllowedError');
  const state = (name: string) =>
    parley.page.evaluate<string>(
      `navigator.permissions.query({ name: '${name}' }).then((each) => each.state)`,
    );
  expect(await state('geolocation')).toBe('denied');
  expect(await state('notifications')).toBe('denied');
});

test('only the renderer’s own files are served, with their policy', async ({ open }) => {
  const { page } = await open('desktop');
  await showMe(page);
  const answers = await page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/../package.json',
      '/%2e%2e/main/index.js',
      '/..%2f..%2fpackage.json',
      '/no.js',
    ];
    return Promise.all(
      paths.map(async (path) => {
        const { status, headers } = await fetch(path);
        return [
          status,
          headers.get('x-content-type-options'),
          headers.get('content-security-policy'),
        ] as const;
      }),
    );
  });
  expect(answers.map(([status]) => status)).toEqual([200, 404, 404, 404, 404]);
  expect(answers[0]![1]).toBe('nosniff');
  expect(answers[0]![2]).toContain("default-src 'none'");
});

test('a renderer that dies comes back with the session, and the call has not noticed', async ({
  open,
  dataDir,
}) => {
  const parley = await open('desktop', { speed: 10 });
  await beInCall(parley.page);
  await inWindow(parley, (window) => window.webContents.forcefullyCrashRenderer());
  // Playwright gives a page up once it has crashed, so the window is asked itself.
  await expect.poll(() => textIn(parley), { timeout: 15_000 }).toMatch(/Connected.*Priya Raman/s);
  expect(practiceRecords(dataDir).requests()).toHaveLength(1);
  expect(await questions(parley)).toEqual([]);
});

test('a renderer that keeps dying is not brought back for ever: the third time is the last without asking', async ({
  open,
}) => {
  const parley = await open('desktop');
  await showMe(parley.page);
  for (let nth = 1; nth <= 4; nth += 1) {
    await inWindow(parley, (window) => window.webContents.forcefullyCrashRenderer());
    if (nth < 4) await expect.poll(() => textIn(parley), { timeout: 15_000 }).toContain('Ready when you are');
  }
  await expect.poll(() => questions(parley)).toEqual(['Parley’s window keeps closing by itself.']);
});

test('falling asleep pauses, and waking up asks the carrier and dials nobody', async ({ open, dataDir }) => {
  const parley = await open('desktop', { speed: 4 });
  await startPreview(parley.page);
  await expectState(parley.page, 'Dana Whitfield');
  await parley.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expectState(parley.page, 'the computer went to sleep');
  await parley.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await parley.page.waitForTimeout(1500);
  await expectState(parley.page, 'the computer went to sleep');
  expect(practiceRecords(dataDir).requests()).toEqual([]);
});

test('the computer is kept awake while a session is on, and only then', async ({ open }) => {
  const parley = await open('desktop', { speed: 4 });
  const keptAwake = () =>
    parley.app.evaluate(
      ({ powerSaveBlocker }) =>
        (powerSaveBlocker as unknown as { _blockers: Map<number, string> })._blockers.size,
    );
  expect(await keptAwake()).toBe(0);
  await startPreview(parley.page);
  await expect.poll(keptAwake).toBe(1);
  await parley.page.evaluate(`window.parley.ask('desk.stop', undefined)`);
  await expect.poll(keptAwake).toBe(0);
});

test('the menu leads to every screen and shows the keys', async ({ open }) => {
  const parley = await open('desktop');
  await showMe(parley.page);
  await chooseInMenu(parley, 'go/calls');
  await expect(parley.page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible();
  await chooseInMenu(parley, 'keys');
  await expect(parley.page.getByRole('dialog')).toContainText(/keys/i);
});

for (const [keyring, state] of [
  ['gnome_libsecret', 'keyring'],
  ['basic_text', 'session-only'],
  ['none', 'session-only'],
] as const)
  test(`with the ${keyring} keyring the screen says how credentials are kept`, async ({ open, dataDir }) => {
    const { page } = await open('desktop', { env: { PARLEY_STANDIN_KEYRING: keyring } });
    await showMe(page);
    const { value } = await page.evaluate<{ value: { secrets: { state: string; sentence: string } } }>(
      `window.parley.ask('app.hello', undefined)`,
    );
    expect(value.secrets.state).toBe(state);
    expect(value.secrets.sentence).toMatch(state === 'keyring' ? /encrypted/ : /until Parley is closed/);
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false);
  });

test('what the preload hands to the page is three names and nothing of the system', async ({ open }) => {
  const { page } = await open('desktop');
  await showMe(page);
  expect(
    await page.evaluate(`[Object.keys(window.parley), typeof require, typeof process, typeof module]`),
  ).toEqual([['ask', 'listen'], 'undefined', 'undefined', 'undefined']);
  const answer = await page.evaluate(`window.parley.ask('app.__proto__', undefined)`);
  expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-call' } });
  const preload = readFileSync(join(import.meta.dirname, '../../out/preload/index.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(["'`]([^"'`]+)/g)].map(([, name]) => name)).toEqual(['electron']);
});

function chooseInMenu({ app }: RunningDesktop, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()!.getMenuItemById(wanted)!.click(), id);
}

async function inWindow<T>({ app, page }: RunningDesktop, run: (window: Window) => T): Promise<T> {
  const window = await app.browserWindow(page);
  return window.evaluate(run as never) as Promise<T>;
}

/** The colour a window was made with. */
function ground(parley: RunningDesktop): Promise<string> {
  return inWindow(
    parley,
    (window) =>
      (window as unknown as { _record: { options: { backgroundColor: string } } })._record.options
        .backgroundColor,
  );
}

function closeWindow(parley: RunningDesktop): Promise<void> {
  return inWindow(parley, (window) => window.close());
}

function isShown(parley: RunningDesktop): Promise<boolean> {
  return inWindow(parley, (window) => window.isVisible());
}

function textIn({ app }: RunningDesktop): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window!.webContents
      .executeJavaScript('document.body.innerText')
      .catch(() => '') as Promise<string>;
  });
}
