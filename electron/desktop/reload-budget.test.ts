import { expect, test } from 'vitest';
import { instant } from '../../shared/lib/instants.ts';
import { reloadBudget } from './reload-budget.ts';

const at = (seconds: number) => instant(1_800_000_000_000 + seconds * 1000);

test('a window is brought back three times in a minute, and not a fourth', () => {
  const budget = reloadBudget();
  expect([0, 10, 20, 30].map((seconds) => budget.spend(at(seconds)))).toEqual([true, true, true, false]);
});

test('a crash a minute later is a new story', () => {
  const budget = reloadBudget();
  for (const seconds of [0, 10, 20]) budget.spend(at(seconds));
  expect(budget.spend(at(61))).toBe(true);
});

test('a clock that was set back does not keep the window away', () => {
  const budget = reloadBudget();
  for (const seconds of [3600, 3601, 3602]) budget.spend(at(seconds));
  expect(budget.spend(at(0))).toBe(true);
});
