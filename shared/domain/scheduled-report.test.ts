import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { instant } from '../lib/instants.ts';
import { lastDue, nextDue, timesDue } from './scheduled-report.ts';

const timing = fc.record({
  rhythm: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
  weekday: fc.integer({ min: 1, max: 7 }),
  day: fc.integer({ min: 1, max: 31 }),
  // Not within an hour that clocks skip or show twice: which of them is meant is the zones’ own test.
  minute: fc.integer({ min: 5 * 60, max: 23 * 60 }),
  zone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
});
const year = { min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 11, 20) };

test('a report is due on its day at its time, by another library’s clocks, whatever the month is long', () => {
  fc.assert(
    fc.property(timing, fc.integer(year), (rule, at) => {
      const now = instant(at);
      const [last, next] = [lastDue(rule, now), nextDue(rule, now)];
      expect(last <= now && now < next).toBe(true);
      for (const due of [last, next]) {
        const local = DateTime.fromMillis(due, { zone: rule.zone });
        expect(local.hour * 60 + local.minute).toBe(rule.minute);
        if (rule.rhythm === 'weekly') expect(local.weekday).toBe(rule.weekday);
        if (rule.rhythm === 'monthly') expect(local.day).toBe(Math.min(rule.day, local.daysInMonth!));
      }
      const spanDays = { daily: [1, 1], weekly: [7, 7], monthly: [28, 31] }[rule.rhythm];
      const days = Math.round((next - last) / 86_400_000);
      expect(days >= spanDays[0]! && days <= spanDays[1]!).toBe(true);
      expect(timesDue(rule, last, next)).toBe(1);
      expect(timesDue(rule, now, now)).toBe(0);
    }),
    { numRuns: 200, seed: 20261120 },
  );
});
