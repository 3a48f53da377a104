import { expect, test } from 'vitest';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import { seededRandom } from '../../../shared/lib/random.ts';
import { simulatedClock } from '../../../shared/lib/simulated-clock.ts';
import { NOON } from '../../store/testing.ts';
import type { Child, Program } from './child.ts';
import { NO_TUNNEL, type TunnelPlan, soundPlan } from './plan.ts';
import { addressIn, programFor } from './programs.ts';
import type { RoundTrip } from './round-trip.ts';
import { openTunnel } from './tunnel.ts';

const SSH: Extract<TunnelPlan, { kind: 'ssh' }> = {
  kind: 'ssh',
  destination: 'desk@server.example',
  port: null,
  remote: '8080',
  keyFile: null,
  url: 'https://calls.example',
};
const QUICK = { kind: 'cloudflared', binary: '/opt/cloudflared', url: null } as const;

interface Running extends Child {
  readonly program: Program;
  say(line: string): void;
  end(said: string): void;
}

/** A tunnel whose programs and whose world are in the test’s hands. */
function aTunnel(plan: TunnelPlan) {
  const clock = simulatedClock(NOON);
  const runs: Running[] = [];
  const asked: string[] = [];
  const world = { answer: { kind: 'back', ms: 40 } as RoundTrip, changes: 0 };
  const run = (program: Program): Running => {
    const listeners: ((line: string) => void)[] = [];
    const { promise, resolve } = Promise.withResolvers<string>();
    const child: Running = {
      program,
      onLine: (listener) => void listeners.push(listener),
      over: promise,
      stop: () => resolve('stopped'),
      say: (line) => listeners.forEach((listener) => listener(line)),
      end: resolve,
    };
    runs.push(child);
    return child;
  };
  const tunnel = openTunnel({
    plan,
    port: 4_000,
    token: null,
    proofOf: (nonce) => `proof of ${nonce}`,
    clock,
    random: seededRandom('tunnel'),
    changed: () => void (world.changes += 1),
    run,
    ask: async (base) => {
      asked.push(base);
      return world.answer;
    },
  });
  return { tunnel, clock, runs, asked, world };
}

const LOST: RoundTrip = { kind: 'lost', sentence: 'Nothing comes back through the tunnel.' };

test('without a tunnel nothing is told to carriers, and the reason is a sentence', async () => {
  const { tunnel, clock, asked } = aTunnel(NO_TUNNEL);
  await clock.advance(60 * SECOND_MS);
  expect([tunnel.base(), tunnel.state().state, asked]).toEqual([null, 'off', []]);
  expect(tunnel.state().sentence).toContain('nothing is lost');
});

test('an address counts only once something came back through it', async () => {
  const { tunnel, clock, world } = aTunnel({ kind: 'own-url', url: 'https://calls.example' });
  world.answer = LOST;
  expect(tunnel.base()).toBe(null);
  await clock.advance(SECOND_MS);
  expect(tunnel.base()).toBe(null);
  world.answer = { kind: 'back', ms: 40 };
  await clock.advance(5 * SECOND_MS);
  expect(tunnel.base()).toBe('https://calls.example');
  expect(tunnel.state()).toMatchObject({ state: 'up', roundTripMs: 40 });
});

test('one lost round trip is no trouble, three are; and it comes back by itself', async () => {
  const { tunnel, clock, world } = aTunnel({ kind: 'own-url', url: 'https://calls.example' });
  await clock.advance(SECOND_MS);
  world.answer = LOST;
  await clock.advance(30 * SECOND_MS);
  expect(tunnel.state().state).toBe('up');
  await clock.advance(10 * SECOND_MS);
  expect([tunnel.state().state, tunnel.base()]).toEqual(['down', null]);
  expect(tunnel.state().sentence).toContain('nothing is lost');
  world.answer = { kind: 'back', ms: 10 };
  await clock.advance(5 * SECOND_MS);
  expect(tunnel.state().state).toBe('up');
});

test('a program that ends is begun again, later each time, and at once less often', async () => {
  const { tunnel, clock, runs, world } = aTunnel(SSH);
  world.answer = LOST;
  const begunAt: number[] = [];
  for (let nth = 0; nth < 6; nth++) {
    begunAt.push(clock.now());
    runs.at(-1)!.end('connect to host server.example port 22: Connection refused');
    const before = runs.length;
    while (runs.length === before) await clock.advance(100);
  }
  const waits = begunAt.slice(1).map((at, nth) => at - begunAt[nth]!);
  expect(waits.every((ms, nth) => nth === 0 || ms > waits[nth - 1]!)).toBe(true);
  expect(tunnel.state()).toMatchObject({
    state: 'down',
    sentence: expect.stringContaining('Check the network'),
  });
});

test('an address that changes counts for the next calls, once it carries', async () => {
  const { tunnel, clock, runs } = aTunnel(QUICK);
  runs[0]!.say('2026 INF |  https://first-words.trycloudflare.com  |');
  await clock.advance(SECOND_MS);
  expect(tunnel.base()).toBe('https://first-words.trycloudflare.com');
  runs[0]!.end('killed');
  await clock.advance(100);
  expect(tunnel.base()).toBe(null);
  await clock.advance(2 * SECOND_MS);
  runs[1]!.say('ERR failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel"');
  runs[1]!.say('INF |  https://other-words.trycloudflare.com  |');
  await clock.advance(SECOND_MS);
  expect(tunnel.base()).toBe('https://other-words.trycloudflare.com');
});

test('a program that runs and carries nothing is begun anew', async () => {
  const { clock, runs, world } = aTunnel(SSH);
  world.answer = LOST;
  await clock.advance(60 * SECOND_MS);
  expect(runs.length).toBeGreaterThan(1);
});

test('closing ends the program and asks no more', async () => {
  const { tunnel, clock, runs, asked } = aTunnel(SSH);
  await clock.advance(2 * SECOND_MS);
  await tunnel.close();
  const before = asked.length;
  await clock.advance(120 * SECOND_MS);
  expect([runs.length, asked.length]).toEqual([1, before]);
});

test('ssh is asked for one forward, types no password, and takes no word for an option', () => {
  expect(programFor(SSH, 4_000, null)).toMatchObject({
    command: 'ssh',
    args: expect.arrayContaining(['-N', 'BatchMode=yes', 'ExitOnForwardFailure=yes', '8080:127.0.0.1:4000']),
  });
  for (const destination of ['-oProxyCommand=evil', 'a b', '', 'x;reboot'])
    expect(soundPlan({ ...SSH, destination }).ok).toBe(false);
  expect(soundPlan({ ...SSH, remote: '80 -R 1:2:3' }).ok).toBe(false);
  expect(soundPlan({ ...SSH, keyFile: '-F/etc/x' }).ok).toBe(false);
  expect(soundPlan(SSH).ok).toBe(true);
});

test('the token of a named tunnel is not among its arguments', () => {
  const named = { ...QUICK, url: 'https://calls.example' };
  const { args, env } = programFor(named, 4_000, 'secret token');
  expect(args.join(' ')).not.toContain('secret');
  expect(env).toEqual({ TUNNEL_TOKEN: 'secret token' });
});

test('of all that a server says in greeting only the tunnel’s own address is taken', () => {
  expect(addressIn(SSH, 'To set up a key visit https://admin.localhost.example/ or')).toBe(null);
  expect(addressIn(SSH, 'Docs: https://localhost.run/docs/')).toBe(null);
  expect(addressIn(SSH, 'ab12.lhr.example tunneled with tls, https://ab12.lhr.example')).toBe(
    'https://ab12.lhr.example',
  );
});

const url = (text: string) => soundPlan({ kind: 'own-url', url: text });

test('an address is taken as it is meant, and what is none is refused', () => {
  expect(url(' https://calls.example/parley/ ')).toEqual({
    ok: true,
    value: { kind: 'own-url', url: 'https://calls.example/parley' },
  });
  for (const text of [
    '',
    'calls.example',
    'ftp://calls.example',
    'http://calls.example',
    'https://me:pw@calls.example',
    'https://x.example?a=1',
  ])
    expect(url(text).ok).toBe(false);
});
