import { expect, test } from 'vitest';
import { figuresOf } from './figures.ts';

const value = (today: Parameters<typeof figuresOf>[0], name: string) =>
  figuresOf(today).find((figure) => figure.name === name)!;

test('a day without calls has no rate rather than a rate of nothing', () => {
  expect(value({ dials: 0, talks: 0, talkMs: 0, successes: 0 }, 'Reached').value).toBe('–');
});

test('a rate from few calls says that it is shaky', () => {
  expect(value({ dials: 4, talks: 1, talkMs: 0, successes: 0 }, 'Reached')).toMatchObject({ value: '25 %' });
  expect(value({ dials: 4, talks: 1, talkMs: 0, successes: 0 }, 'Reached').means).toContain('shaky');
  expect(value({ dials: 40, talks: 10, talkMs: 0, successes: 0 }, 'Reached').means).not.toContain('shaky');
});
