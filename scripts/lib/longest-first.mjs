// In which order the unit tests' files are run: those that take longest first, so that no core waits for another at the end.

import { BaseSequencer } from 'vitest/node';

/** Some seconds of a core each, and dearest first. */
const LONG = [
  'test/sim/seeds-',
  'test/oracle/',
  'test/kill/',
  'electron/lists/kill',
  'electron/cli/cli',
  'test/carrier-stand-in/kills',
  'electron/handlers/imports',
  'electron/dialer/background.test',
  'test/sim/',
  'shared/domain/law/hours',
  'electron/lists/judge',
  'electron/dialer/scheduler.test',
  'test/carrier-stand-in/end-states',
];

export class LongestFirst extends BaseSequencer {
  /** Without figures of a run before, by size: a file of seeds is short, and would come last. */
  async sort(files) {
    const known = await super.sort(files);
    return known.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }) {
  const nth = LONG.findIndex((path) => moduleId.includes(path));
  return nth === -1 ? LONG.length : nth;
}
