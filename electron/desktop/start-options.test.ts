import { expect, test } from 'vitest';
import { startOptions } from './start-options.ts';

test('our options are read among those of Chromium', () => {
  const argv = ['--no-sandbox', '--remote-debugging-port=0', '.', '--data=/tmp/p', '--practice-speed', '10'];
  expect(startOptions(argv, {}, 'linux')).toEqual({
    dataDir: '/tmp/p',
    practiceSpeed: 10,
    isHidden: false,
    link: null,
  });
});

test('a link on the command line is taken along, and nonsense for a speed is one', () => {
  const argv = ['--data=/tmp/p', '--practice-speed=fast', 'tel:2025550123'];
  expect(startOptions(argv, {}, 'linux')).toMatchObject({ practiceSpeed: 1, link: 'tel:2025550123' });
});

test('without a word the data lies where PARLEY_DATA or the system says', () => {
  expect(startOptions([], { PARLEY_DATA: '/srv/parley' }, 'linux').dataDir).toBe('/srv/parley');
  expect(startOptions([], { XDG_CONFIG_HOME: '/home/a/.config' }, 'linux').dataDir).toBe(
    '/home/a/.config/Parley',
  );
});

test('a start at log-in is out of sight', () => {
  expect(startOptions(['.', '--hidden'], {}, 'linux')).toMatchObject({ isHidden: true });
});
