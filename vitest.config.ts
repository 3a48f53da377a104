import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/lib/longest-first.mjs';

// better-sqlite3 carries one Node-API binary that older runtimes crash on without a word.
if (Number(process.versions.node.split('.')[0]) < 22) {
  throw new Error('The tests need Node 22 or newer. Run them as `npm test`, which brings Node 24 along.');
}

// Every process and thread that a test starts reads our sources anew: three seconds of a core each, half of one with these.
const quickModules = pathToFileURL(join(import.meta.dirname, 'scripts/lib/quick-modules.mjs')).href;
process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], `--import=${quickModules}`].join(' ').trim();
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,test}/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    environment: 'node',
    // Left to itself it keeps one core for watching, and of two that is half.
    maxWorkers: availableParallelism(),
    // No test changes what another one sees of a module; loading each of them anew for every file took a third of a run.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'scripts/generate-once.mjs',
    // Whole simulated days and real kills take their time on a busy machine; none of them waits for nothing.
    testTimeout: 120_000,
  },
});
