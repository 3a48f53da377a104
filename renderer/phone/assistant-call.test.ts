import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type FromAssistantPage, type WebVapi, talkTo } from './assistant-call.ts';

function aVapi(start: () => Promise<unknown>) {
  const events = new EventEmitter();
  const stop = vi.fn(async () => void events.emit('call-end'));
  const vapi = Object.assign(events, { start, stop }) as unknown as WebVapi;
  return { vapi, stop, emit: (name: string, told?: unknown) => void events.emit(name, told) };
}

const wish = { assistant: 'as-1', variables: { firstName: 'Maria' } };
const line = (role: string, transcriptType: string, transcript: string) => ({
  type: 'transcript',
  role,
  transcriptType,
  transcript,
});

test('a test call tells what was said, line by line, and that it is over once, whoever ends it', async () => {
  const { vapi, stop, emit } = aVapi(async () => ({ id: 'c' }));
  const told: FromAssistantPage[] = [];
  const end = talkTo(vapi, wish, (each) => void told.push(each));
  emit('call-start');
  emit('message', line('assistant', 'final', 'Hello Maria.'));
  emit('message', line('user', 'partial', 'Hel'));
  emit('message', 'nonsense');
  emit('message', line('user', 'final', 'Hello.'));
  await end();
  await end();
  emit('message', line('assistant', 'final', 'Too late.'));
  expect(stop).toHaveBeenCalledTimes(1);
  expect(told).toEqual([
    { kind: 'talking' },
    { kind: 'said', by: 'assistant', words: 'Hello Maria.' },
    { kind: 'said', by: 'you', words: 'Hello.' },
    { kind: 'over', trouble: null },
  ]);
});

test.each([
  ['no microphone', async () => null, 'could not begin'],
  ['a refusal', async () => Promise.reject(new Error('Invalid key')), 'Invalid key'],
])('%s ends it with a sentence', async (_name, start, words) => {
  const { vapi } = aVapi(start);
  const told: FromAssistantPage[] = [];
  talkTo(vapi, wish, (each) => void told.push(each));
  await vi.waitUntil(() => told.length > 0);
  expect(told).toEqual([{ kind: 'over', trouble: expect.stringContaining(words) }]);
});
