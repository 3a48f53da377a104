#!/usr/bin/env node
// `npx parley …`: the command line, built when something in it is newer than what was built.
// Plain JavaScript that an older Node can read too, so that it can say what is missing.

import { join } from 'node:path';
import { buildIfStale } from './lib/build.mjs';
import { runInFront } from './lib/child.mjs';
import { modernNode, needInstalledParts, root, runMain } from './lib/machine.mjs';

runMain(async () => {
  needInstalledParts();
  await buildIfStale();
  const { code } = await runInFront(modernNode(), [
    join(root, 'out', 'main', 'cli.js'),
    ...process.argv.slice(2),
  ]);
  return code;
});
