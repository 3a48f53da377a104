import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, after, instant } from '../shared/lib/instants.ts';
import { sessionSecrets } from './host.ts';
import { tokensThatCount } from './rotated-tokens.ts';

const NOON = instant(Date.UTC(2026, 10, 18, 12));

test('after a rotation the token before counts for a day, and no longer', async () => {
  const secrets = sessionSecrets();
  const first = await tokensThatCount(secrets, 't', 'old', NOON);
  expect(first(NOON)).toEqual(['old']);
  await tokensThatCount(secrets, 't', 'new', NOON);
  const again = await tokensThatCount(secrets, 't', 'new', after(NOON, HOUR_MS));
  expect(again(after(NOON, HOUR_MS))).toEqual(['new', 'old']);
  expect(again(after(NOON, DAY_MS + 1))).toEqual(['new']);
});

test('without a token nothing counts, and what lies there in another form is none', async () => {
  const secrets = sessionSecrets();
  expect((await tokensThatCount(secrets, 't', '', NOON))(NOON)).toEqual([]);
  await secrets.set('t', '{"half');
  expect((await tokensThatCount(secrets, 't', 'new', NOON))(NOON)).toEqual(['new']);
});
