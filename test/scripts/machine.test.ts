import { expect, test } from 'vitest';
import { findChromium, usualPlaces } from '../../scripts/chromium.mjs';
import { withoutFrames } from '../../scripts/lib/build.mjs';
import { findElectron, hasDisplay, mayDownload } from '../../scripts/lib/electron.mjs';
import { isNewEnough } from '../../scripts/lib/machine.mjs';

const HOUR_MS = 60 * 60_000;
const NOON = Date.UTC(2026, 5, 1, 12);

const aMachine = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, files: string[]) => ({
  platform,
  env,
  home: '/home/someone',
  exists: (path: unknown) => files.includes(String(path)),
});

test('a Chromium that is named outranks one that is installed', async () => {
  const machine = aMachine('linux', { CHROMIUM_PATH: '/opt/mine' }, ['/opt/mine', '/usr/bin/chromium']);
  expect(await findChromium(machine)).toBe('/opt/mine');
});

test('a named Chromium that is not there is passed over', async () => {
  const machine = aMachine('linux', { CHROMIUM_PATH: '/opt/gone' }, ['/usr/bin/chromium']);
  expect(await findChromium(machine)).toBe('/usr/bin/chromium');
});

test('Chrome serves where there is no Chromium', async () => {
  const files = ['/usr/bin/google-chrome'];
  expect(await findChromium(aMachine('linux', {}, files))).toBe('/usr/bin/google-chrome');
});

test('on a Mac the applications of the machine and of the person are looked through', () => {
  const places = usualPlaces(aMachine('darwin', {}, []));
  expect(places).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(places).toContain('/home/someone/Applications/Chromium.app/Contents/MacOS/Chromium');
});

test('a machine without any Chromium is told so', async () => {
  expect(await findChromium(aMachine('linux', {}, []))).toBe(null);
});

test('only a Linux machine without a session has no display', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});

test('a download that failed is tried again after a day', () => {
  expect(mayDownload(NOON - 23 * HOUR_MS, NOON, {})).toBe(false);
  expect(mayDownload(NOON - 24 * HOUR_MS, NOON, {})).toBe(true);
});

test('a clock that was set back does not put the download off', () => {
  expect(mayDownload(NOON + HOUR_MS, NOON, {})).toBe(true);
});

test('the download can be switched off', () => {
  expect(mayDownload(null, NOON, { PARLEY_NO_ELECTRON_DOWNLOAD: '1' })).toBe(false);
});

test('an Electron whose program is gone counts as absent', () => {
  expect(findElectron('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere/dist' })).toBe(null);
});

test('Node 22.12 is the oldest that will do', () => {
  expect(['20.20.2', '22.11.0', '22.12.0', '24.0.0'].map(isNewEnough)).toEqual([false, false, true, true]);
});

test('an error keeps its words and loses its stack frames', () => {
  const text =
    'Error: no such file\n    at load (/app/main.ts:3:9)\n    at node:internal/main:1:2\nlook at this';
  expect(withoutFrames(text)).toBe('Error: no such file\nlook at this');
});
