import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, after, instant } from '../lib/instants.ts';
import {
  LINES_MAX,
  budgetLeft,
  countedSince,
  expectedAbandoned,
  linesAllowed,
  linesInWords,
  mayLetGo,
} from './lines.ts';
import {
  type Round,
  type RoundEvent,
  beginRound,
  isRoundOver,
  linesAtRisk,
  linesToLetGo,
  stepRound,
} from './lines-round.ts';

const NOON = instant(Date.UTC(2026, 10, 20, 17));

test('without answers there is one line, and one more for every one that may be abandoned', () => {
  const at = (answers: number, abandoned = 0, atRisk = 0) =>
    linesAllowed(5, { answers, abandoned, atRisk }, 3);
  expect([at(0), at(33), at(34), at(67), at(100), at(1_000)]).toEqual([1, 1, 2, 3, 4, 5]);
  expect(at(100, 3)).toBe(1);
  expect(at(100, 0, 2)).toBe(2);
  expect(at(100, 9)).toBe(1);
  expect(budgetLeft({ answers: 100, abandoned: 1, atRisk: 1 }, 3)).toBe(1);
  expect(budgetLeft({ answers: 10, abandoned: 4, atRisk: 0 }, 3)).toBe(0);
});

const limit = fc.constantFrom(0, 1, 3, 5);

test('whatever happens, with however many agents, more are never abandoned than the law allows', () => {
  fc.assert(
    fc.property(
      limit,
      fc.array(
        fc.record({
          agent: fc.nat(3),
          wanted: fc.integer({ min: 1, max: 9 }),
          answers: fc.nat(9),
          isOver: fc.boolean(),
        }),
        { minLength: 50, maxLength: 300 },
      ),
      (percentMax, moves) => {
        let [answers, abandoned] = [0, 0];
        const lines = [0, 0, 0, 0];
        const atRisk = () => lines.reduce((sum, n) => sum + Math.max(0, n - 1), 0);
        for (const { agent, wanted, answers: picked, isOver } of moves) {
          if (lines[agent] === 0)
            lines[agent] = linesAllowed(wanted, { answers, abandoned, atRisk: atRisk() }, percentMax);
          if (!isOver) continue;
          const all = Math.min(picked, lines[agent]!);
          answers += all;
          abandoned += Math.max(0, all - 1);
          lines[agent] = 0;
          expect(abandoned * 100).toBeLessThanOrEqual(percentMax * answers + 1e-6);
        }
      },
    ),
  );
});

test('a limit of nothing is one line for good', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (answers) => {
      expect(linesAllowed(LINES_MAX, { answers, abandoned: 0, atRisk: 0 }, 0)).toBe(1);
    }),
  );
});

test('the law counts by the day, by the month or by thirty days from the campaign’s first', () => {
  const since = after(NOON, -65 * DAY_MS);
  const zone = 'America/New_York';
  expect(countedSince('30-days', since, NOON, zone)).toBe(after(since, 60 * DAY_MS));
  expect(countedSince('30-days', since, after(since, -HOUR_MS), zone)).toBe(since);
  expect(countedSince('24-hours', since, NOON, zone)).toBe(instant(Date.UTC(2026, 10, 20, 5)));
  expect(countedSince('calendar-month', since, NOON, zone)).toBe(instant(Date.UTC(2026, 10, 1, 4)));
});

/** Of a hundred who picked up in eight simulated hours of one agent, without a budget: measured elsewhere. */
const MEASURED = [
  [0.08, 2, 4.5],
  [0.08, 3, 9.15],
  [0.08, 5, 17.45],
  [0.25, 2, 14.73],
  [0.25, 3, 26.5],
  [0.25, 5, 44.24],
  [0.4, 2, 23.21],
  [0.4, 3, 39.12],
  [0.4, 5, 58.62],
] as const;

test.each(MEASURED)(
  'the number on the screen is near what was measured: %d answered, %d lines',
  (share, lines, was) => {
    expect(Math.abs(expectedAbandoned(lines, share) - was) / was).toBeLessThan(0.13);
  },
);

test('what several lines come to is said before they are switched on', () => {
  expect(linesInWords(1, 0.25, 3)).toContain('nobody who picks up finds nobody');
  expect(linesInWords(2, 0.25, 3)).toMatch(/about 14 of 100 .* Only 3 are allowed, so most of the time/);
  expect(linesInWords(2, 0.04, 3)).toMatch(/about 2 of 100 .* 3 are allowed/);
});

const ids = ['a', 'b', 'c', 'd', 'e'];
const happenings = fc.array(
  fc.record({ kind: fc.constantFrom('rang', 'answered', 'ended'), line: fc.nat(4), waitMs: fc.nat(20_000) }),
  { maxLength: 60 },
);

function along(
  n: number,
  events: { kind: string; line: number; waitMs: number }[],
  look: (before: Round, now: Round, at: number) => void,
) {
  let round = beginRound(ids.slice(0, n));
  let at = NOON;
  for (const { kind, line, waitMs } of events) {
    at = after(at, waitMs);
    const next = stepRound(round, { kind, attemptId: ids[line]!, at } as RoundEvent);
    if (next === null) continue;
    look(round, next, at);
    round = next;
  }
  return { round, at };
}

test('an agent never has two people, and whoever comes second is abandoned once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), happenings, (n, events) => {
      let abandoned = 0;
      let risk = n - 1;
      along(n, events, (before, now) => {
        expect(now.lines.filter(({ state }) => state === 'talking').length).toBeLessThanOrEqual(1);
        if (before.talkedTo !== null) expect(now.talkedTo).toBe(before.talkedTo);
        const count = (round: Round) => round.lines.filter(({ state }) => state === 'abandoned').length;
        abandoned += Math.max(0, count(now) - count(before));
        // What is at risk only ever shrinks, and covers whatever comes of it.
        expect(linesAtRisk(now)).toBeLessThanOrEqual(risk);
        risk = linesAtRisk(now);
        expect(abandoned).toBeLessThanOrEqual(n - 1);
        expect(abandoned + risk).toBeLessThanOrEqual(n - 1);
      });
    }),
  );
});

test('no line is let go before it has rung for fifteen seconds, and none while the agent is free', () => {
  expect([
    mayLetGo(null, NOON),
    mayLetGo(NOON, after(NOON, 14_999)),
    mayLetGo(NOON, after(NOON, 15_000)),
  ]).toEqual([false, false, true]);
  expect(mayLetGo(NOON, after(NOON, 19_000), 20)).toBe(false);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), happenings, fc.nat(40_000), (n, events, waitMs) => {
      const { round, at } = along(n, events, () => {});
      const now = after(at, waitMs);
      const letGo = linesToLetGo(round, now);
      if (round.talkedTo === null) expect(letGo).toEqual([]);
      for (const id of letGo) {
        const line = round.lines.find(({ attemptId }) => attemptId === id)!;
        expect(line.state).toBe('ringing');
        expect(now - line.ringingAt!).toBeGreaterThanOrEqual(15_000);
      }
    }),
  );
});

test('the same thing told twice counts once, and a round ends with its last line', () => {
  let round = beginRound(['a', 'b']);
  for (const event of [
    { kind: 'rang', attemptId: 'a', at: NOON },
    { kind: 'answered', attemptId: 'a' },
    { kind: 'answered', attemptId: 'b' },
    { kind: 'ended', attemptId: 'b' },
    { kind: 'ended', attemptId: 'a' },
  ] as const) {
    round = stepRound(round, event)!;
    expect(stepRound(round, event)).toBeNull();
  }
  expect(isRoundOver(round)).toBe(true);
  expect(round.talkedTo).toBe('a');
});
