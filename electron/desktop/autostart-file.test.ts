import { expect, test } from 'vitest';
import { autostartText, isAutostartOn } from './autostart-file.ts';

test('a path with blanks, quotes and percent signs is opened as it is written', () => {
  const text = autostartText(['/opt/My "Apps"/100%/parley', '--hidden', '--data=/home/a$b']);
  expect(text).toContain('Exec="/opt/My \\"Apps\\"/100%%/parley" "--hidden" "--data=/home/a\\$b"\n');
  expect(isAutostartOn(text)).toBe(true);
});

test('a file that a desktop has switched off is off', () => {
  const text = autostartText(['parley']);
  expect(isAutostartOn(text.replace('enabled=true', 'enabled=false'))).toBe(false);
  expect(isAutostartOn(`${text}Hidden=true\n`)).toBe(false);
});
