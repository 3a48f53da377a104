import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineClock } from '../../../shared/lib/clock.ts';
import { machineRandom } from '../../../shared/lib/random.ts';
import { closeStore, withTransaction } from '../../store/open.ts';
import { aStore } from '../../store/testing.ts';
import { openRelay } from '../relay.ts';
import { formHook, signedForm } from '../testing.ts';
import { type Child, type Program, runChild } from './child.ts';
import type { TunnelPlan } from './plan.ts';
import { openTunnel } from './tunnel.ts';

/** A server that passes on what reaches it: OpenSSH where it is installed, otherwise a few lines that do the same. */
interface Server22 {
  readonly plan: TunnelPlan;
  readonly run: (program: Program) => Child;
  start(): Promise<void>;
  cut(): Promise<void>;
  end(): Promise<void>;
}

const SSHD = process.env['PARLEY_SSHD'] ?? '/usr/sbin/sshd';
const NOBODY = 65_534;

/** Run as nobody where the test is root: then the server needs neither an account nor a folder of its own. */
async function openSsh(publicPort: number): Promise<Server22> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sshd-'));
  const isRoot = process.getuid?.() === 0;
  const own = (file: string) => isRoot && chownSync(file, NOBODY, NOBODY);
  const keys = { host: join(folder, 'host'), user: join(folder, 'user') };
  for (const file of Object.values(keys))
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  const port = await freePort();
  const config = join(folder, 'sshd_config');
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${keys.host}`,
      `AuthorizedKeysFile ${keys.user}.pub`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      // An account without a password counts as locked where nobody asks PAM.
      'UsePAM yes',
      'KbdInteractiveAuthentication no',
      'PasswordAuthentication no',
      'AllowTcpForwarding remote',
    ].join('\n'),
  );
  chmodSync(folder, 0o755);
  own(keys.host);
  let server: ChildProcess | null = null;
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const login = isRoot ? 'nobody' : userInfo().username;
  const cut = async () => {
    const last = server;
    server = null;
    if (last === null) return;
    const over = new Promise((resolve) => last.once('exit', resolve));
    for (const pid of familyOf(last.pid!)) process.kill(pid, 'SIGKILL');
    await over;
  };
  return {
    plan: {
      kind: 'ssh',
      destination: `${login}@127.0.0.1`,
      port,
      remote: `${publicPort}`,
      keyFile: keys.user,
      url: `http://127.0.0.1:${publicPort}`,
    },
    run: ({ command, args }) =>
      runChild({
        command,
        args: ['-F', 'none', '-o', `UserKnownHostsFile=${join(folder, 'known')}`, ...args],
      }),
    async start() {
      server = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: 'ignore', ...who });
      await answers(port);
    },
    cut,
    async end() {
      await cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where there is no OpenSSH: what it would do with the port it is asked for. */
async function likeSsh(publicPort: number): Promise<Server22> {
  let isUp = false;
  let cutNow: (() => void) | null = null;
  const run = ({ args }: Program): Child => {
    const target = Number(
      args
        .find((each) => /:127\.0\.0\.1:\d+$/.test(each))!
        .split(':')
        .at(-1),
    );
    const sockets = new Set<Socket>();
    const server: Server = createServer((near) => {
      const far = connect(target, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => {});
      }
      near.pipe(far).pipe(near);
    });
    const { promise, resolve } = Promise.withResolvers<string>();
    const stop = () => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve('Connection closed'));
    };
    if (isUp) server.listen(publicPort, '127.0.0.1');
    else resolve('Connection refused');
    cutNow = stop;
    return { onLine() {}, over: promise, stop };
  };
  return {
    plan: {
      kind: 'ssh',
      destination: 'a@b',
      port: null,
      remote: '1',
      keyFile: null,
      url: `http://127.0.0.1:${publicPort}`,
    },
    run,
    start: async () => void (isUp = true),
    async cut() {
      isUp = false;
      cutNow?.();
    },
    end: async () => {},
  };
}

test('a signed webhook comes in by a reverse tunnel; it is cut, and it comes back by itself', async (context) => {
  const isReal = existsSync(SSHD);
  if (!isReal)
    await context.annotate('OpenSSH’s server is not installed here: something like it stood in for it');
  const publicPort = await freePort();
  const server = await (isReal ? openSsh : likeSsh)(publicPort);
  const db = aStore();
  const heard: string[] = [];
  const lines: string[] = [];
  const relay = await openRelay({
    db,
    clock: machineClock(),
    secret: 'known to this test',
    hooks: { twilio: formHook() },
    take: (events, also) => {
      withTransaction(db, also);
      heard.push(...events.map(({ event }) => event.key));
    },
    log() {},
  });
  await server.start();
  const tunnel = openTunnel({
    plan: server.plan,
    port: relay.port,
    token: null,
    proofOf: relay.proofOf,
    clock: machineClock(),
    random: machineRandom(),
    changed() {},
    run(program) {
      const child = server.run(program);
      child.onLine((line) => void lines.push(line));
      return child;
    },
  });
  const post = async (nth: number) => {
    const address = relay.addressOf(tunnel.base()!, 'twilio', 'call', 'a-1');
    const fields = { CallSid: 'CA1', CallStatus: 'ringing', SequenceNumber: String(nth) };
    return (await fetch(address, { method: 'POST', ...signedForm(address, fields) })).status;
  };
  const standing = () => JSON.stringify([tunnel.state(), lines.slice(-5)]);
  try {
    await until(() => tunnel.base() !== null, standing);
    expect(await post(1)).toBe(204);
    await server.cut();
    await until(() => tunnel.base() === null, standing);
    expect(tunnel.state().state).toBe('down');
    await server.start();
    await until(() => tunnel.base() !== null, standing);
    expect(await post(2)).toBe(204);
    await relay.readOn();
    expect(heard).toEqual(['1:ringing', '2:ringing']);
  } finally {
    await tunnel.close();
    await relay.close();
    await server.end();
    closeStore(db);
  }
}, 40_000);

test('a program that Parley started ends with Parley, even where that is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-child-'));
  const module = join(import.meta.dirname, 'child.ts');
  const script = join(folder, 'parent.ts');
  writeFileSync(
    script,
    `import { runChild } from ${JSON.stringify(module)};
     const child = runChild({ command: '/bin/sh', args: ['-c', 'echo $$; exec sleep 60'] });
     child.onLine((line) => console.log(line));`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) =>
    parent.stdout.once('data', (data: Buffer) => resolve(data.toString())),
  );
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(
    () => !isAlive(pid),
    () => `${pid} lives.`,
  );
  rmSync(folder, { recursive: true, force: true });
}, 15_000);

/** A program with all that it has begun: who serves a connection is a child of the listener. */
function familyOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-Ao', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const below = (of: number): number[] =>
    all.filter(([, parent]) => parent === of).flatMap(([child]) => [child!, ...below(child!)]);
  return [...below(pid), pid];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, what: () => string): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 240) throw new Error(`In twelve seconds it did not come to that. ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answers(port: number): Promise<void> {
  for (let isThere = false; !isThere; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
