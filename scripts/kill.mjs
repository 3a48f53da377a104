// `npm run kill -- --kills 200`: kills Parley so many times, for real, beside a carrier that keeps the truth of who was
// rung, and says what laws that broke.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runInFront } from './lib/child.mjs';
import { PlainError, modernNode, root, runMainOnModernNode } from './lib/machine.mjs';

runMainOnModernNode(async (args) => {
  const { values } = parseArgs({ args, options: { kills: { type: 'string', default: '200' } } });
  if (!/^[1-9]\d*$/.test(values.kills)) throw new PlainError('--kills takes a whole number.');
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const script = [join(root, 'test', 'kill', 'run.ts'), values.kills];
  return (await runInFront(modernNode(), script, { cwd: root, env })).code;
});
