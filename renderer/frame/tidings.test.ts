import { expect, test } from 'vitest';
import { isShownAlready } from './tidings.ts';

test('whoever looks at the place itself is not told of it', () => {
  const tiding = { path: '/campaigns/3?tab=live' };
  expect(isShownAlready(tiding, '/campaigns/3', true)).toBe(true);
  expect(isShownAlready(tiding, '/campaigns/30', true)).toBe(false);
  expect(isShownAlready(tiding, '/campaigns/3', false)).toBe(false);
});
