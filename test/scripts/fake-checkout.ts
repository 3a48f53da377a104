import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A made-up checkout with the real scripts, in which build, Electron and application are a few lines each. */
export type FakeCheckout = {
  folder: string;
  write: (path: string, text: string) => void;
  /** Makes the build look as old as possible, so that every source is newer. */
  ageBuild: () => void;
  /** Puts a shell script in the place of the Electron program. */
  installElectron: (script: string) => void;
  start: (options?: { args?: string[]; env?: Record<string, string> }) => Running;
  remove: () => void;
};

/** A launcher under way. `output` is everything it has said so far on both streams. */
export type Running = {
  said: (text: string) => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
};
export type Ended = { code: number | null; out: string; err: string };

const SERVE = `console.log('Parley is at http://127.0.0.1:4070/ with', JSON.stringify(process.argv.slice(2)));`;
const BUILT = ['out/main/index.js', 'out/main/serve.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
/** The fake build copies electron/serve.js to where the real one would put it. */
const BUILD = `
const { cpSync, mkdirSync, writeFileSync } = require('node:fs');
for (const part of ['main', 'preload', 'renderer']) mkdirSync('out/' + part, { recursive: true });
for (const file of ${JSON.stringify(BUILT)}) writeFileSync(file, '');
cpSync('electron/serve.js', 'out/main/serve.js', { preserveTimestamps: false });
`;

export function fakeCheckout({ serve = SERVE, build = BUILD } = {}): FakeCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'parley-checkout-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  cpSync(resolve(import.meta.dirname, '../../scripts'), join(folder, 'scripts'), { recursive: true });
  write('package.json', '{}');
  write('electron/serve.js', serve);
  write('node_modules/electron-vite/package.json', '{ "bin": { "electron-vite": "build.js" } }');
  write('node_modules/electron-vite/build.js', build);
  write('node_modules/electron/install.js', 'process.exit(1);');
  return {
    folder,
    write,
    ageBuild: () => {
      for (const file of BUILT) utimesSync(join(folder, file), 1, 1);
    },
    installElectron: (script) => {
      write('node_modules/electron/path.txt', 'electron');
      write('node_modules/electron/dist/electron', `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, 'node_modules/electron/dist/electron'), 0o755);
    },
    start: ({ args = [], env = {} } = {}) => run(join(folder, 'scripts', 'start.mjs'), args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** No display unless a test asks for one, whatever the machine has. */
function run(script: string, args: string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'], ...env } });
  const heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (heard.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard.err += text));
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, ...heard })));
  const said = async (text: string) => {
    while (!heard.out.includes(text)) await new Promise((go) => setTimeout(go, 20));
  };
  return { said, kill: (signal) => child.kill(signal), ended };
}
