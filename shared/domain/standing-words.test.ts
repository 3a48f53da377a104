import { expect, test } from 'vitest';
import type { Instant } from '../lib/instants.ts';
import {
  type StandingFacts,
  checkingInWords,
  standingInWords,
  stopsInWords,
  waitingInWords,
} from './standing-words.ts';

const at = (hour: number) => (hour * 3_600_000) as Instant;
const timeOf = (instant: Instant) => `${String(instant / 3_600_000).padStart(2, '0')}:00`;

const NOTHING: StandingFacts = {
  state: 'resting',
  paused: null,
  running: [],
  waiting: [],
  checking: [],
  troubles: [],
  underWay: 0,
  today: 0,
  scheduled: 0,
};
const spring = { name: 'Spring', voice: 'ai', agents: 0, underWay: 1, today: 3 } as const;
const winter = { what: 'campaign', name: 'Winter', voice: 'ai', at: at(14), why: 'It is night.' } as const;
const jobs = { what: 'schedules', name: 'Scheduled calls', voice: null, at: at(9), why: '' } as const;

test('a pause outranks everything in the one line that says it all', () => {
  const all = { ...NOTHING, state: 'paused', running: [spring], underWay: 1 } as const;
  expect(standingInWords({ ...all, paused: { since: at(9), by: 'Ann' } }, timeOf)).toBe(
    'All calling paused by Ann since 09:00',
  );
});

test.each([
  [NOTHING, 'Nothing to call'],
  [{ ...NOTHING, state: 'running', running: [spring], underWay: 1 }, '1 call under way'],
  [{ ...NOTHING, waiting: [winter, jobs] }, 'Waiting; next at 09:00'],
] as const)('%# is told as it is', (standing, words) => {
  expect(standingInWords(standing, timeOf)).toBe(words);
});

test('what waits says for when and why; where nobody knows when, only why', () => {
  expect(waitingInWords(winter, timeOf)).toBe('Winter waits for 14:00. It is night.');
  expect(waitingInWords({ ...winter, at: null }, timeOf)).toBe('Winter waits. It is night.');
  expect(waitingInWords(jobs, timeOf)).toBe('Scheduled calls: the next is at 09:00');
});

test('a call in doubt says since when the carrier is asked, and that its number stays locked', () => {
  expect(checkingInWords({ since: at(9) }, timeOf)).toBe(
    'Asking the carrier since 09:00 whether this call was placed. The number stays locked until we know.',
  );
});

test('whoever closes Parley is told what stands still, and what agents do themselves does not count', () => {
  expect(stopsInWords(NOTHING)).toBeNull();
  expect(stopsInWords({ ...NOTHING, running: [{ ...spring, voice: 'agent' }] })).toBeNull();
  expect(stopsInWords({ ...NOTHING, running: [spring], waiting: [winter, jobs], scheduled: 14 })).toBe(
    'While Parley is closed, 2 campaigns and 14 scheduled calls stand still. What falls due meanwhile is missed, not made up for.',
  );
  expect(stopsInWords({ ...NOTHING, scheduled: 1 })).toMatch(
    /^While Parley is closed, 1 scheduled call stands/,
  );
});
