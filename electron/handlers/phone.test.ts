import { expect, test } from 'vitest';
import { policyAt } from '../browser-host/pages.ts';
import { phoneHandlers, phoneHosts } from './phone.ts';
import type { Rooms } from './rooms.ts';

/** Rooms with an agent in them, whose first carrier for agents is this one. */
function rooms(softphone: object | null, state: object | null = null) {
  const line = { serves: ['agent'], carrier: softphone === null ? {} : { softphone } };
  const seat = {
    person: { id: 7 },
    carriers: { lines: [{ serves: ['voice'], carrier: {} }, line] },
    kernel: { desk: { stateOf: () => state } },
  };
  return { seat, pushes: { tell: () => {} }, log: () => {} } as unknown as Rooms;
}

test('the page of the phone alone may speak to Twilio, and only while Twilio is set up', () => {
  const none = phoneHosts(rooms(null).seat);
  const dublin = phoneHosts(rooms({ edge: 'dublin' }).seat);
  expect([none, dublin, phoneHosts(rooms({ edge: null }).seat)]).toEqual([
    [],
    ['wss://voice-js.dublin.twilio.com'],
    ['wss://*.twilio.com'],
  ]);
  const connect = (path: string, hosts: readonly string[]) =>
    /connect-src ([^;]*)/.exec(policyAt(path, "'self'", () => hosts))?.[1];
  expect(connect('/phone.html', dublin)).toBe("'self' wss://voice-js.dublin.twilio.com");
  expect([connect('/phone.html', none), connect('/index.html', dublin)]).toEqual(["'self'", "'self'"]);
  expect(policyAt('/index.html', "'self'", () => dublin)).toContain("frame-ancestors 'none'");
});

test('a pass is only for the agent who sits here, and where no carrier has softphones the sentence says so', () => {
  const passes = phoneHandlers(rooms({ edge: null, pass: (agentId: number) => `for ${agentId}` }));
  expect(passes.pass(undefined, null)).toEqual({ ok: true, value: { pass: 'for 7', edge: null } });
  const refused = phoneHandlers(rooms(null)).pass(undefined, null);
  expect(refused).toMatchObject({
    ok: false,
    error: { sentence: expect.stringMatching(/API key/) as string },
  });
});

test('a phone that is back in mid-call is rung again, and at any other time it is left alone', () => {
  const rung: number[] = [];
  const softphone = { back: async (agentId: number) => void rung.push(agentId) };
  const report = (phone: ReturnType<typeof phoneHandlers>, state: 'idle' | 'registering') =>
    phone.report({ kind: 'softphone', state, sentence: null, warnings: [], isMuted: false }, null);
  const talking = phoneHandlers(rooms(softphone, { kind: 'connected', attemptId: 'a' }));
  for (const state of ['registering', 'idle', 'idle'] as const) void report(talking, state);
  const between = phoneHandlers(rooms(softphone, { kind: 'ready' }));
  for (const state of ['registering', 'idle'] as const) void report(between, state);
  expect(rung).toEqual([7]);
});
