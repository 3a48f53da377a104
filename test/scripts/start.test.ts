import { afterEach, expect, test } from 'vitest';
import { type FakeCheckout, fakeCheckout } from './fake-checkout.ts';

const WITH_DISPLAY = { DISPLAY: ':0' };
let checkout: FakeCheckout | null = null;

function aCheckout(parts?: Parameters<typeof fakeCheckout>[0]): FakeCheckout {
  checkout = fakeCheckout(parts);
  return checkout;
}

afterEach(() => {
  checkout?.remove();
  checkout = null;
});

test('without a display, npm start says so in one line and prints an address', async () => {
  const { code, out, err } = await aCheckout().start().ended;
  expect(out).toContain('http://127.0.0.1:4070/');
  expect(err).toBe(
    'Building Parley…\n' +
      'Electron is not available here (this machine has no display), so Parley opens in your browser instead.\n',
  );
  expect(code).toBe(0);
});

test('an Electron that cannot be downloaded is asked for once, not at every start', async () => {
  const { start } = aCheckout();
  const first = await start({ env: WITH_DISPLAY }).ended;
  const second = await start({ env: WITH_DISPLAY }).ended;
  expect(first.err).toContain('Fetching Electron');
  expect(second.err).toBe(
    'Electron is not available here (it is not installed and could not be downloaded), so Parley opens in your browser instead.\n',
  );
});

test('an Electron that could be downloaded opens the window', async () => {
  const { start, write } = aCheckout();
  write(
    'node_modules/electron/install.js',
    `const fs = require('node:fs');
     fs.mkdirSync(__dirname + '/dist', { recursive: true });
     fs.writeFileSync(__dirname + '/dist/electron', '#!/bin/sh\\necho a window opens', { mode: 0o755 });
     fs.writeFileSync(__dirname + '/path.txt', 'electron');`,
  );
  const { out } = await start({ env: WITH_DISPLAY }).ended;
  expect(out).toBe('a window opens\n');
});

test('what is typed after npm start reaches the window', async () => {
  const { start, installElectron, folder } = aCheckout();
  installElectron('echo "$@"');
  const { out, err } = await start({ args: ['--data', 'here', 'tel:+12125550123'], env: WITH_DISPLAY }).ended;
  expect(out).toContain(folder);
  expect(out).toContain('--data here tel:+12125550123');
  expect(err).toBe('Building Parley…\n');
});

test('what is typed after npm start reaches the browser host', async () => {
  const { out } = await aCheckout().start({ args: ['--port', '4071'] }).ended;
  expect(out).toContain('["--port","4071"]');
});

test('an Electron that cannot run on this machine gives way to the browser', async () => {
  const { start, installElectron } = aCheckout();
  installElectron('exit 127');
  const { out, err } = await start({ env: WITH_DISPLAY }).ended;
  expect(err).toContain('(it could not run on this machine)');
  expect(out).toContain('http://127.0.0.1:4070/');
});

test('a window that ends with an error is not opened again in the browser', async () => {
  const { start, installElectron } = aCheckout();
  installElectron('exit 3');
  const { code, out } = await start({ env: WITH_DISPLAY }).ended;
  expect({ code, out }).toEqual({ code: 3, out: '' });
});

test('Parley is built again when a source is newer, and only then', async () => {
  const { start, write, ageBuild } = aCheckout();
  await start().ended;
  expect((await start().ended).err).not.toContain('Building');
  ageBuild();
  write('electron/serve.js', "console.log('the new one');");
  const { out, err } = await start().ended;
  expect(err).toContain('Building Parley…');
  expect(out).toBe('the new one\n');
});

test('a new test file is no reason to build again', async () => {
  const { start, write } = aCheckout();
  write('electron/serve.test.ts', '');
  await start().ended;
  write('electron/serve.test.ts', 'changed');
  expect((await start().ended).err).not.toContain('Building');
});

test('a build that fails is told in its own words, without a stack trace', async () => {
  const build = `throw new SyntaxError('a comma is missing in electron/main.ts');`;
  const { code, out, err } = await aCheckout({ build }).start().ended;
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('Parley could not be built');
  expect(err).toContain('a comma is missing in electron/main.ts');
  expect(err).not.toMatch(/^\s+at /m);
});

test('before npm ci, npm start says to run it', async () => {
  const { start, folder } = aCheckout();
  const { rmSync } = await import('node:fs');
  rmSync(`${folder}/node_modules`, { recursive: true });
  const { code, err } = await start().ended;
  expect(code).toBe(1);
  expect(err).toBe("Parley's parts are not installed yet. Run `npm ci` in this folder, then try again.\n");
});

test('asked to stop, Parley gets the time to stop by itself, and its exit code is handed on', async () => {
  const serve = `
    process.on('SIGTERM', () => { console.log('everything is written down'); process.exit(7); });
    setInterval(() => {}, 1000);
    console.log('serving');`;
  const running = aCheckout({ serve }).start();
  await running.said('serving');
  running.kill('SIGTERM');
  const { code, out } = await running.ended;
  expect(out).toContain('everything is written down');
  expect(code).toBe(7);
});
