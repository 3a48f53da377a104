import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPracticeHouse, percentile } from './practice-house.ts';
import { report } from './report.ts';

/* From starting the process to its first page, with a workspace to open, against a process that does nothing. */

const RUNS = 9;
const SERVE = join(import.meta.dirname, '../out/main/serve.js');
if (!existsSync(SERVE)) throw new Error('There is nothing built to start: run `npm run build` first.');

const house = await openPracticeHouse();
await house.pause();

/** Milliseconds until the first page is here. The process is gone when this returns. */
async function untilFirstPage(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SERVE, '--no-open', '--data', house.dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const address = await new Promise<string>((found, lost) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const at = /http:\/\/\S+/.exec(said);
      if (at !== null) found(at[0]);
    });
    child.once('exit', () => lost(new Error(`it ended before it served: ${said}`)));
  });
  const page = await fetch(address);
  const tookMs = performance.now() - startedAt;
  if (!page.ok) throw new Error(`the first page was answered with ${page.status}`);
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

/** The same for a process that only says one line. */
async function untilFirstLine(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['-e', 'console.log(1)'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const tookMs = performance.now() - startedAt;
  await ended;
  return tookMs;
}

const [ours, bare]: [number[], number[]] = [[], []];
for (let run = 0; run < RUNS; run++) {
  bare.push(await untilFirstLine());
  ours.push(await untilFirstPage());
}
report({
  name: 'cold start of the browser host, to its first page',
  value: percentile(ours, 0.5),
  unit: 'ms',
  baseline: percentile(bare, 0.5),
  bar: { of: 'ratio', atMost: 12 },
});
await house.close();
