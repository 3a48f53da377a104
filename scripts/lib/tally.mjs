// Counting tests from what the runners write down for machines.

/** Adds up any number of counts. */
export function sum(counts) {
  const none = { passed: 0, failed: 0, skipped: 0 };
  return counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + (one.skipped ?? 0),
    }),
    none,
  );
}

/** The counts in a vitest JSON report. A test file that could not even be loaded is one failure. */
export function countVitest(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The counts in a Playwright JSON report. One that passed only when tried again has passed, and is told by name.
 * @param {{ stats: Record<string, number>, suites?: any[] }} report
 */
export function countPlaywright({ stats, suites = [] }) {
  const counts = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  return { ...counts, wavering: waveringIn(suites) };
}

function waveringIn(suites) {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...waveringIn(inner),
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ]);
}

/**
 * The counts of a runner that ended with `code`. A runner that crashed, found no tests, or complains about
 * something outside any test must never look like success.
 */
export function honest(counts, code) {
  const { passed, failed, skipped, wavering = [] } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = passed + failed === 0;
  const hidden = failed === 0 && (code !== 0 || nothingRan);
  return { passed, failed: hidden ? 1 : failed, skipped, wavering };
}
