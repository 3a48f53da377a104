import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sipTrouble, twilioTrouble } from './errors.ts';

const BESIDE = join(import.meta.dirname, '../../../../shared/openapi/twilio-errors.json');

test('every known code of Twilio has a sentence, something to do, and asks again only where nothing was done', () => {
  if (!existsSync(BESIDE))
    return console.info('Not checked against Twilio’s codes: their list is not beside this checkout.');
  const { rest, voiceSdk } = JSON.parse(readFileSync(BESIDE, 'utf8')) as Record<
    'rest' | 'voiceSdk',
    { code: number; retryable?: boolean }[]
  >;
  const unknown = twilioTrouble(999_999, 400).sentence.replace('999999', '');
  for (const { code, retryable = false } of [...rest, ...voiceSdk]) {
    const { sentence, retry } = twilioTrouble(code, 400);
    expect(sentence, String(code)).toMatch(/^[A-Z].{15,}\.$/);
    expect(sentence.replace(String(code), ''), String(code)).not.toBe(unknown);
    // 20500 may have rung somebody: it is asked about and not tried again.
    if (rest.some((each) => each.code === code))
      expect(retry, String(code)).toBe(retryable && code !== 20500);
  }
  expect(rest.length + voiceSdk.length).toBeGreaterThan(80);
});

test('a code nobody has met is told with its number, and credentials with what they are', () => {
  expect(twilioTrouble(77_777, 400)).toMatchObject({
    code: '77777',
    retry: false,
    sentence: expect.stringContaining('77777'),
  });
  expect(twilioTrouble(null, 401)).toMatchObject({ code: 'http-401', remedy: 'account' });
  expect(twilioTrouble(null, 429)).toMatchObject({ retry: true });
});

test('a number that the network does not know is told apart from a network that failed', () => {
  expect(sipTrouble(404)).toMatchObject({ code: 'unreachable-number' });
  expect(sipTrouble(503)).toMatchObject({ code: 'sip-503' });
  expect(sipTrouble(486)).toBeNull();
});
