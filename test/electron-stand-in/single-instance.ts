import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

// The lock is a file with our process id in it; a second instance leaves its arguments in a mailbox
// folder and goes. Both work without waiting, because requestSingleInstanceLock answers at once.

type Letter = { argv: string[]; cwd: string; data: unknown };
type Tell = (argv: string[], cwd: string, data: unknown) => void;

/** True for the first instance, which from then on hears of the others; false after telling the first one. */
export function acquireLock(userData: string, argv: string[], data: unknown, tell: Tell): boolean {
  const lock = join(userData, 'stand-in.lock');
  const mailbox = join(userData, 'stand-in.mailbox');
  mkdirSync(mailbox, { recursive: true });
  if (!takeLock(lock)) {
    leaveLetter(mailbox, { argv, cwd: process.cwd(), data });
    return false;
  }
  for (const name of readdirSync(mailbox)) rmSync(join(mailbox, name));
  watch(mailbox, () => readLetters(mailbox, tell)).unref();
  process.on('exit', () => releaseLock(userData));
  return true;
}

export function releaseLock(userData: string): void {
  const lock = join(userData, 'stand-in.lock');
  if (holderOf(lock) === process.pid) rmSync(lock, { force: true });
}

function takeLock(lock: string): boolean {
  for (const again of [true, false]) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(holderOf(lock)) || !again) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

function holderOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A process id comes round again; only another stand-in counts as the holder.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('boot.ts');
  } catch {
    return true;
  }
}

function leaveLetter(mailbox: string, letter: Letter): void {
  const name = join(mailbox, `${process.pid}-${process.hrtime.bigint()}`);
  // Renamed into place, so that it is never read half written.
  writeFileSync(`${name}.part`, JSON.stringify(letter));
  renameSync(`${name}.part`, `${name}.json`);
}

function readLetters(mailbox: string, tell: Tell): void {
  for (const name of readdirSync(mailbox).filter((each) => each.endsWith('.json'))) {
    const path = join(mailbox, name);
    try {
      const letter = JSON.parse(readFileSync(path, 'utf8')) as Letter;
      unlinkSync(path);
      tell(letter.argv, letter.cwd, letter.data);
    } catch {
      // Two watch events for one letter: the first has read it.
    }
  }
}
