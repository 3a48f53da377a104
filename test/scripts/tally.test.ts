import { expect, test } from 'vitest';
import { countPlaywright, countVitest, honest, sum } from '../../scripts/lib/tally.mjs';

const anAssertion = (status: string) => ({ status });
const aVitestReport = (over = {}) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

test('a test file that cannot be loaded is counted as one failure', () => {
  const report = aVitestReport({
    numPassedTests: 4,
    testResults: [
      { status: 'passed', assertionResults: [anAssertion('passed')] },
      { status: 'failed', assertionResults: [] },
    ],
  });
  expect(countVitest(report)).toEqual({ passed: 4, failed: 1, skipped: 0 });
});

test('a failed test is counted once, not again for its file', () => {
  const report = aVitestReport({
    numFailedTests: 1,
    testResults: [{ status: 'failed', assertionResults: [anAssertion('failed')] }],
  });
  expect(countVitest(report).failed).toBe(1);
});

test('an end-to-end test that passed when tried again has passed, and is named', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  const specs = [
    { title: 'firm', tests: [{ status: 'expected' }] },
    { title: 'short of breath', tests: [{ status: 'flaky' }] },
  ];
  const counted = countPlaywright({ stats, suites: [{ suites: [{ specs }] }] });
  expect(counted).toEqual({ passed: 4, failed: 1, skipped: 2, wavering: ['short of breath'] });
  expect(honest(counted, 1)).toEqual(counted);
});

test('a runner that found no tests has failed', () => {
  expect(honest({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
});

test('a runner that left no report has failed', () => {
  expect(honest(null, 0).failed).toBe(1);
});

test('a runner that complains although every test passed has failed', () => {
  expect(honest({ passed: 9, failed: 0, skipped: 0 }, 1)).toMatchObject({ passed: 9, failed: 1, skipped: 0 });
});

test('a runner whose tests all passed is taken at its word', () => {
  expect(honest({ passed: 9, failed: 0, skipped: 1 }, 0)).toMatchObject({ passed: 9, failed: 0, skipped: 1 });
});

test('the counts of all parts add up', () => {
  const parts = [
    { passed: 2, failed: 1 },
    { passed: 3, failed: 0, skipped: 1 },
  ];
  expect(sum(parts)).toEqual({ passed: 5, failed: 1, skipped: 1 });
});
