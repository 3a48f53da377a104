// Other programs, run from a script.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KILL_AFTER_MS = 5000;

/**
 * Runs a program that owns the terminal until it ends; signals sent to us reach it.
 * The answer is its exit code (128 + n when signal n ended it) and the signal's name.
 */
export function runInFront(command, args, { env = process.env, cwd, timeoutMs } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env, cwd });
  const stopPassing = passSignalsTo(child);
  const stopTimer = endAfter(child, timeoutMs);
  return ended(child).finally(() => {
    stopPassing();
    stopTimer();
  });
}

/** Runs a program out of sight, and answers with everything it said. */
export async function runQuietly(command, args, { env = process.env, cwd, timeoutMs } = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  let output = '';
  const keep = (text) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const stopPassing = passSignalsTo(child);
  const stopTimer = endAfter(child, timeoutMs);
  const { code } = await ended(child).finally(stopPassing).finally(stopTimer);
  return { code, output: output.trim() };
}

/** How a child ended. A program that cannot be started at all answers 127, as a shell would. */
export function ended(child) {
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 127, signal: null, error }));
    child.on('close', (code, signal) => done({ code: code ?? 128 + constants.signals[signal], signal }));
  });
}

/** Passes the signals we get on to a child, and answers with the way to stop that. */
export function passSignalsTo(child) {
  const pass = (signal) => {
    // At a terminal Ctrl-C goes to every program in front, so passing it on would press it twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, pass);
  return () => {
    for (const signal of PASSED_ON) process.off(signal, pass);
  };
}

function endAfter(child, timeoutMs) {
  if (!timeoutMs) return () => {};
  let killing;
  const asking = setTimeout(() => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  }, timeoutMs);
  return () => {
    clearTimeout(asking);
    clearTimeout(killing);
  };
}
