import { expect, test } from 'vitest';
import { ASSISTANT_PAGE } from '../../shared/contract/pages.ts';
import { policyAt } from './pages.ts';

const OURS = "'self' ws://127.0.0.1:1";

test('only the page of a test call loads an engine from elsewhere, and that page may not speak to Parley', () => {
  const there = policyAt(ASSISTANT_PAGE, OURS, undefined);
  expect(there).toContain('https://c.daily.co');
  expect(there).not.toContain('ws://');
  expect(/connect-src ([^;]*)/.exec(there)?.[1]).not.toContain("'self'");
  for (const path of ['/', '/index.html', '/phone.html', '/assistant.html/..'])
    expect(policyAt(path, OURS, () => ['wss://phone.example'])).not.toContain('daily.co');
});
