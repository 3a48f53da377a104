import { expect, test } from 'vitest';
import { createAnnouncer } from './announcer.ts';

function anAnnouncer() {
  const said: string[] = [];
  let timers: (() => void)[] = [];
  const announce = createAnnouncer({
    say: (text, urgency) => said.push(`${urgency}: ${text}`),
    later: (then) => {
      timers.push(then);
      return () => undefined;
    },
  });
  const settle = () => {
    const due = timers;
    timers = [];
    for (const then of due) then();
  };
  return { announce, said, settle };
}

test('of several messages within 300 ms only the last is said', () => {
  const { announce, said, settle } = anAnnouncer();
  announce('Dialing');
  announce('Ringing');
  announce('Connected, Maria Lopez');
  settle();
  expect(said).toEqual(['polite: Connected, Maria Lopez']);
});

test('the same thing twice in a row is said once', () => {
  const { announce, said, settle } = anAnnouncer();
  announce('Wrap-up');
  settle();
  announce('Wrap-up');
  settle();
  announce('Ready');
  settle();
  announce('Wrap-up');
  settle();
  expect(said).toEqual(['polite: Wrap-up', 'polite: Ready', 'polite: Wrap-up']);
});

test('the answer to a key pressed twice is said twice', () => {
  const { announce, said, settle } = anAnnouncer();
  announce('Nothing to hang up.', 'polite', { again: true });
  settle();
  announce('Nothing to hang up.', 'polite', { again: true });
  settle();
  expect(said).toHaveLength(2);
});

test('a polite message neither replaces nor precedes an urgent one', () => {
  const { announce, said, settle } = anAnnouncer();
  announce('Carrier lost, dialing stopped', 'assertive');
  announce('Saved, No answer');
  settle();
  expect(said).toEqual(['assertive: Carrier lost, dialing stopped', 'polite: Saved, No answer']);
});
