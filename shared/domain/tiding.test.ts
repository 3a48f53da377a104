import { expect, test } from 'vitest';
import { maskName } from './tiding.ts';

test.each([
  ['Maria Lopez', 'M. L.'],
  ['  omar  kim ', 'O. K.'],
  ['Ben Çelik', 'B. Ç.'],
  ['“Ruth” Abramson', 'R. A.'],
  ['李 小龙', '李. 小.'],
  ['+1 206 555 0102', 'somebody'],
  ['', 'somebody'],
])('%s is masked as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});
