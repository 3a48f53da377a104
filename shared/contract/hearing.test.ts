import { expect, test } from 'vitest';
import { hearing } from './hearing.ts';
import type { PushFrame } from './wire.ts';

const frame = (topic: string, payload: unknown): PushFrame => ({ topic, seq: 1, payload });

test('a link that came before its screen is heard once the screen is there, and only once', () => {
  const ears = hearing();
  ears.take(frame('app.dialBox', 'first'));
  ears.take(frame('app.dialBox', 'last'));
  const heard: unknown[] = [];
  ears.listen('app.dialBox', ({ payload }) => heard.push(payload));
  ears.listen('app.dialBox', ({ payload }) => heard.push(payload));
  expect(heard).toEqual(['last']);
});

test('what changed while nobody listened is not told late: a screen begins with a snapshot', () => {
  const ears = hearing();
  ears.take(frame('desk.changed', 'old'));
  const heard: unknown[] = [];
  ears.listen('desk.changed', ({ payload }) => heard.push(payload));
  expect(heard).toEqual([]);
});

test('whoever stops listening hears nothing more', () => {
  const ears = hearing();
  const heard: unknown[] = [];
  const stop = ears.listen('desk.changed', ({ payload }) => heard.push(payload));
  ears.take(frame('desk.changed', 1));
  stop();
  ears.take(frame('desk.changed', 2));
  expect(heard).toEqual([1]);
});
