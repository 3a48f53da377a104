import { type ChildProcess, spawn } from 'node:child_process';

/** A program that runs until it is stopped, it ends by itself, or Parley dies. */
export interface Child {
  /** Everything it says, line by line, whichever way it says it. */
  onLine(listener: (line: string) => void): void;
  /** Resolves once it is over, with what it said last. */
  readonly over: Promise<string>;
  stop(): void;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Secrets go this way: arguments are seen by everybody on the computer. */
  readonly env?: Readonly<Record<string, string>>;
}

const SAID_MAX = 2_000;
const STOP_MS = 2_000;

/**
 * A shell that ends the program as soon as our end of its input closes, which it does even where Parley is killed. A
 * tunnel that outlived us would hold its port at the server against the next.
 */
const LIFELINE = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & p=$!',
  '{ cat <&3 >/dev/null; kill $p 2>/dev/null; } & c=$!',
  'exec 3<&-',
  'wait $p',
  's=$?',
  'kill $c 2>/dev/null',
  'exit $s',
].join('\n');

export function runChild({ command, args, env = {} }: Program): Child {
  const options = { env: { ...process.env, ...env }, stdio: 'pipe' as const, windowsHide: true };
  const child: ChildProcess =
    process.platform === 'win32'
      ? spawn(command, [...args], options)
      : spawn('/bin/sh', ['-c', LIFELINE, 'parley', command, ...args], options);
  const listeners: ((line: string) => void)[] = [];
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      said = (said + text).slice(-SAID_MAX);
      const lines = (rest + text).split(/\r?\n/);
      rest = (lines.pop() ?? '').slice(-SAID_MAX);
      for (const line of lines) for (const listener of listeners) listener(line);
    });
  }
  child.stdin?.on('error', () => {});
  const over = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(said.trim()));
  });
  return {
    onLine: (listener) => void listeners.push(listener),
    over,
    stop() {
      child.stdin?.end();
      if (process.platform === 'win32') child.kill();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      void over.then(() => clearTimeout(timer));
    },
  };
}
