import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UNREACHABLE_NUMBER } from '../carrier.ts';
import { type EndClass, endClassOf, endOf } from './ended-reasons.ts';

test('who hung up, and whether anybody was there, is read off the reason', () => {
  expect(endOf('customer-ended-call')).toMatchObject({
    end: 'completed',
    endedBy: 'them',
    answeredBy: 'human',
  });
  expect(endOf('assistant-ended-call')).toMatchObject({ end: 'completed', endedBy: 'us' });
  expect(endOf('voicemail')).toMatchObject({ end: 'completed', answeredBy: 'machine_start' });
  expect(endOf('customer-did-not-answer').end).toBe('no-answer');
  expect(endOf('customer-busy').end).toBe('busy');
  expect(endOf('manually-canceled')).toMatchObject({ end: 'canceled', endedBy: 'us' });
});

test('a number that nobody will ever reach is known as such', () => {
  expect(endOf('twilio-reported-customer-misdialed').error?.code).toBe(UNREACHABLE_NUMBER);
});

test('a reason of tomorrow is a failure with its own word in the sentence', () => {
  expect(endOf('moon-too-bright')).toMatchObject({ end: 'failed', rawStatus: 'moon-too-bright' });
  expect(endOf('moon-too-bright').error?.sentence).toContain('moon-too-bright');
  expect(endOf(null)).toMatchObject({ status: 'ended', end: 'failed' });
});

const isKey = ({ value, is }: { value: string; is: EndClass }) =>
  is === 'model-key' && value.includes('api-key');

/** What the reference calls it, and what we do. */
const CLASSES: Readonly<Record<string, EndClass>> = {
  completed: 'talked',
  'completed-limit': 'talked-to-limit',
  'completed-silence': 'silence',
  voicemail: 'voicemail',
  'no-answer': 'no-answer',
  busy: 'busy',
  'bad-number': 'bad-number',
  'carrier-failed': 'line-failed',
  canceled: 'canceled',
  forwarded: 'forwarded',
  'forward-failed': 'forward-failed',
  billing: 'billing',
  limit: 'number-limit',
  'limit-retryable': 'concurrency',
  policy: 'policy',
  configuration: 'configuration',
  'provider-credential': 'model-key',
  'provider-quota': 'model-quota',
  'provider-fault': 'model-fault',
  'ai-pipeline-error': 'voice-fault',
  'platform-fault': 'vapi-fault',
  'client-audio': 'no-audio',
};

test('every reason of the reference has an end, and a sentence where something went wrong', async (context) => {
  const file = join(import.meta.dirname, '../../../../shared/openapi/vapi-ended-reasons.json');
  if (!existsSync(file)) {
    await context.annotate('the reference does not lie beside the checkout: its reasons were not looked at');
    return;
  }
  const { reasons } = JSON.parse(readFileSync(file, 'utf8')) as {
    reasons: { value: string; category: string }[];
  };
  expect(reasons.length).toBeGreaterThan(500);
  const judged = reasons.map(({ value, category }) => ({ value, is: endClassOf(value), category }));
  // A key that is missing or wrong is renewed, which the reference counts among the faults of a pipeline.
  expect(judged.filter((each) => each.is !== CLASSES[each.category] && !isKey(each))).toEqual([]);
  for (const { value } of reasons) {
    const facts = endOf(value);
    expect(facts.end).toBeDefined();
    if (facts.end === 'failed') expect(facts.error?.sentence).toMatch(/\.$/);
  }
});
