// What this machine can run: the Node that Parley needs, and the tools in node_modules.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInFront } from './child.mjs';

/** The oldest Node that better-sqlite3 does not crash on. */
const NODE_MIN = [22, 12];

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** A mistake the person at the keyboard can mend. Its message is the whole story, so no stack is shown. */
export class PlainError extends Error {}

/** Runs a script's story: failures end as one sentence. PARLEY_DEBUG=1 shows where they came from. */
export function runMain(main) {
  process.on('uncaughtException', endPlainly);
  process.on('unhandledRejection', endPlainly);
  main().then((code) => {
    process.exitCode = code;
  }, endPlainly);
}

/** As `runMain`, for stories that themselves need a newer Node: an older one hands the script over to it. */
export function runMainOnModernNode(main) {
  runMain(async () => {
    needInstalledParts();
    const node = modernNode();
    if (node === process.execPath) return main(process.argv.slice(2));
    return (await runInFront(node, process.argv.slice(1))).code;
  });
}

function endPlainly(error) {
  const sentence = error instanceof Error ? error.message : String(error);
  console.error(error instanceof PlainError ? sentence : `Something went wrong: ${sentence}`);
  if (process.env.PARLEY_DEBUG) console.error(error);
  else if (!(error instanceof PlainError)) console.error('Set PARLEY_DEBUG=1 and run it again to see more.');
  process.exit(1);
}

/** Says so plainly when `npm ci` has not been run. */
export function needInstalledParts(folder = root) {
  if (existsSync(join(folder, 'node_modules', 'electron-vite', 'package.json'))) return;
  throw new PlainError("Parley's parts are not installed yet. Run `npm ci` in this folder, then try again.");
}

/** Whether a version such as `24.21.0` is new enough. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
}

/** The path of a Node that can run Parley: this one, or else the one that `npm ci` brought along. */
export function modernNode(folder = root, running = process) {
  if (isNewEnough(running.versions.node)) return running.execPath;
  const file = running.platform === 'win32' ? 'node.exe' : 'node';
  const carried = `node-${running.platform === 'win32' ? 'win' : running.platform}-${running.arch}`;
  const path = join(folder, 'node_modules', carried, 'bin', file);
  if (existsSync(path)) return path;
  throw new PlainError(
    `Parley needs Node ${NODE_MIN.join('.')} or newer, and this is Node ${running.versions.node}. ` +
      'Install a current Node from nodejs.org, run `npm ci`, then try again.',
  );
}

/** The script behind a command of an installed package, to be run with Node: no shell, no shebang. */
export function toolPath(packageName, command, folder = root) {
  const home = join(folder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}
