import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { contract as realContract } from '../../shared/contract/contract.ts';
import { MESSAGE_BYTES_MAX, ask, callNames, tell } from '../../shared/contract/wire.ts';
import type { Person, Role } from '../../shared/domain/people.ts';
import { type Caller, type HandlerTable, answer } from './answer.ts';

const contract = {
  lamps: {
    light: ask(
      'agent',
      z.object({ roomId: z.number().int().positive(), note: z.string().max(10) }),
      z.object({ lit: z.number() }),
    ),
    rename: ask(
      'supervisor',
      z.object({ name: z.string().trim().min(1, 'A name is needed.').max(20), title: z.string().min(1) }),
      z.null(),
    ),
    wipe: ask('admin', z.undefined(), z.null()),
    hello: ask('anyone', z.undefined(), z.string()),
    say: ask('anyone', z.object({ text: z.string() }), z.null()),
    changed: tell(z.null()),
  },
};

const ok = (value: unknown) => ({ ok: true, value });

function aDoor(but: Record<string, (input: unknown, caller: Caller) => unknown> = {}) {
  const handled: unknown[] = [];
  const keep = (value: unknown) => (input: unknown) => {
    handled.push(input);
    return ok(value);
  };
  const lamps = {
    light: keep({ lit: 1 }),
    rename: keep(null),
    wipe: keep(null),
    hello: keep('hi'),
    say: keep(null),
    changed: keep(null),
    ...but,
  };
  const log = vi.fn();
  return { door: { contract, handlers: { lamps } satisfies HandlerTable, log }, handled, log };
}

const person = (role: Role): Person => ({ id: 7, name: 'Robin', role, hasPin: true });
const caller = (role: Role | null, isLocked = false): Caller => ({ person: role && person(role), isLocked });
const LIGHT = { roomId: 1, note: 'on' };

async function codeOf(door: ReturnType<typeof aDoor>['door'], who: Caller, call: string, input?: unknown) {
  const given = await answer(door, who, call, input);
  return given.ok ? 'ok' : given.error.code;
}

test('a call the contract has is handled, with the parsed arguments and who asks', async () => {
  const light = vi.fn(() => ok({ lit: 3 }));
  const { door } = aDoor({ light });
  const who = caller('agent');
  expect(await answer(door, who, 'lamps.light', { ...LIGHT, more: 'than asked' })).toEqual(ok({ lit: 3 }));
  expect(light).toHaveBeenCalledExactlyOnceWith(LIGHT, who);
});

test.each([
  '',
  'lamps',
  'lamps.',
  'lamps.changed',
  'lamps.hello.z',
  'lamps.hello.',
  'constructor.x',
  'constructor.name',
  '__proto__.y',
  '__proto__.toString',
  'lamps.constructor',
  'lamps.__proto__',
  'toString.call',
])('“%s” is answered as a call that does not exist', async (call) => {
  const { door, handled, log } = aDoor();
  expect(await codeOf(door, caller('admin'), call)).toBe('unknown-call');
  expect([handled, log.mock.calls]).toEqual([[], []]);
});

test.each(['constructor.x', '__proto__.y', 'app.hello.z', 'app.changed'])(
  'nor is “%s” one in the real contract',
  async (call) => {
    const handlers = new Proxy({}, { get: () => () => expect.unreachable() }) as HandlerTable;
    expect(
      await answer({ contract: realContract, handlers, log: () => {} }, caller('admin'), call, undefined),
    ).toMatchObject({ ok: false, error: { code: 'unknown-call' } });
  },
);

test('a call that is no text is answered too', async () => {
  const { door } = aDoor();
  for (const call of [undefined, null, 7, {}, ['lamps.hello'], { split: 1 }]) {
    expect(await codeOf(door, caller('admin'), call as unknown as string)).toBe('unknown-call');
  }
});

test('who is not signed in, locked out, or not allowed is told so before anything is looked at', async () => {
  const { door, handled } = aDoor();
  expect(await codeOf(door, caller(null), 'lamps.light', 'nonsense')).toBe('not-signed-in');
  expect(await codeOf(door, caller('admin', true), 'lamps.light', 'nonsense')).toBe('locked');
  expect(await codeOf(door, caller('agent'), 'lamps.rename', 'nonsense')).toBe('not-allowed');
  expect(await codeOf(door, caller('supervisor'), 'lamps.wipe')).toBe('not-allowed');
  expect(handled).toEqual([]);
});

test('what anyone may ask is answered signed out and locked, too', async () => {
  const { door } = aDoor();
  for (const who of [caller(null), caller(null, true), caller('agent', true)]) {
    expect(await codeOf(door, who, 'lamps.hello')).toBe('ok');
  }
});

test('each call of the real contract is refused to everybody below its least role, and to nobody above it', async () => {
  const handlers = new Proxy(
    {},
    {
      get: () =>
        new Proxy({}, { get: () => () => ({ ok: false, error: { code: 'not-now', sentence: 'Later.' } }) }),
    },
  ) as HandlerTable;
  const refusedFor: Record<string, string[]> = {
    anyone: [],
    agent: ['nobody'],
    supervisor: ['nobody', 'agent'],
    admin: ['nobody', 'agent', 'supervisor'],
  };
  for (const call of callNames(realContract)) {
    const [group, name] = call.split('.') as [keyof typeof realContract, never];
    const { least } = realContract[group][name] as { least: string };
    for (const role of ['nobody', 'agent', 'supervisor', 'admin'] as const) {
      const who = caller(role === 'nobody' ? null : role);
      const given = await answer({ contract: realContract, handlers, log: () => {} }, who, call, undefined);
      const isRefused = !given.ok && ['not-signed-in', 'not-allowed'].includes(given.error.code);
      expect([call, role, isRefused]).toEqual([call, role, refusedFor[least]!.includes(role)]);
    }
  }
});

test.each([
  [{ roomId: 1, note: 'far too long for it' }, 'Nothing was changed. Note may have 10 characters at most.'],
  [
    { roomId: 'one', note: '' },
    'Nothing was changed. This window sent something that this Parley does not understand (room id). Reload the window, then try again.',
  ],
  [
    { note: '' },
    'Nothing was changed. This window sent something that this Parley does not understand (room id). Reload the window, then try again.',
  ],
  [
    undefined,
    'Nothing was changed. This window sent something that this Parley does not understand (what was asked). Reload the window, then try again.',
  ],
])('arguments that the contract does not allow are told in words: %j', async (input, sentence) => {
  const { door, handled } = aDoor();
  expect(await answer(door, caller('agent'), 'lamps.light', input)).toEqual({
    ok: false,
    error: { code: 'bad-arguments', sentence },
  });
  expect(handled).toEqual([]);
});

test('a sentence the contract has of its own goes first', async () => {
  const { door } = aDoor();
  const sentenceFor = async (input: unknown) => {
    const given = await answer(door, caller('supervisor'), 'lamps.rename', input);
    return given.ok ? '' : given.error.sentence;
  };
  expect(await sentenceFor({ name: '  ', title: 'x' })).toBe('Nothing was changed. A name is needed.');
  expect(await sentenceFor({ name: 'x', title: '' })).toBe('Nothing was changed. Title is needed.');
});

test('whatever is sent, the answer is a sentence a person can read, and nothing is thrown', async () => {
  const { door } = aDoor();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...callNames(contract)),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
      async (call, input) => {
        const given = await answer(door, caller('admin'), call, input);
        if (given.ok) return;
        expect(given.error.sentence).toMatch(/^[A-Z].*\.$/s);
        expect(given.error.sentence).not.toMatch(
          /expected|received|Invalid input|Too (big|small)|✖|→|undefined|NaN|\n/,
        );
        expect(given.error.sentence.length).toBeLessThan(200);
      },
    ),
    { numRuns: 500 },
  );
});

test('too much at once is refused before it is looked at, and so is what cannot be measured', async () => {
  const { door, handled } = aDoor();
  const circle: Record<string, unknown> = { text: 'x' };
  circle.itself = circle;
  expect(await codeOf(door, caller(null), 'lamps.say', { text: 'x'.repeat(MESSAGE_BYTES_MAX) })).toBe(
    'too-large',
  );
  expect(await codeOf(door, caller(null), 'lamps.say', circle)).toBe('too-large');
  expect(await codeOf(door, caller(null), 'lamps.say', { text: 'x'.repeat(MESSAGE_BYTES_MAX - 100) })).toBe(
    'ok',
  );
  expect(handled).toHaveLength(1);
});

test('what a handler knows beyond the contract stays with it', async () => {
  const { door } = aDoor({
    light: () => ok({ lit: 1, pin: '4711' }),
    hello: () => ({ ok: false, error: { code: 'not-now', sentence: 'Later.', pin: '4711' }, pin: '4711' }),
  });
  expect(await answer(door, caller('agent'), 'lamps.light', LIGHT)).toEqual(ok({ lit: 1 }));
  expect(await answer(door, caller('agent'), 'lamps.hello', undefined)).toEqual({
    ok: false,
    error: { code: 'not-now', sentence: 'Later.' },
  });
});

test.each([
  [
    'throws',
    () => {
      throw new Error('secret 4711');
    },
  ],
  ['rejects', () => Promise.reject(new TypeError('secret 4711'))],
  ['answers nothing', () => undefined],
  ['answers something else than promised', () => ok({ lit: 'many' })],
  [
    'throws what is no error',
    () => {
      throw 'secret 4711';
    },
  ],
])(
  'a handler that %s is our mistake: said so, logged by its name, and without what was in it',
  async (_how, light) => {
    const { door, log } = aDoor({ light });
    const given = await answer(door, caller('agent'), 'lamps.light', { roomId: 1, note: 'private' });
    expect(given).toMatchObject({ ok: false, error: { code: 'our-mistake' } });
    expect(JSON.stringify(given)).not.toContain('4711');
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]![0]).toBe('lamps.light failed');
    expect(JSON.stringify(log.mock.calls)).not.toContain('private');
  },
);

test('nobody is told that a change was not made when it may have been', async () => {
  const { door } = aDoor({ light: () => ok('done, and said wrongly') });
  const given = await answer(door, caller('agent'), 'lamps.light', LIGHT);
  expect(given.ok ? '' : given.error.sentence).not.toMatch(/was not made|nothing was changed/i);
});

test('a call without a handler is our mistake, not a crash', async () => {
  const log = vi.fn();
  expect(
    await answer({ contract, handlers: {}, log }, caller('agent'), 'lamps.hello', undefined),
  ).toMatchObject({ ok: false, error: { code: 'our-mistake' } });
  expect(log).toHaveBeenCalledOnce();
});

test('a full disk is told as what it is, and is no mistake of ours', async () => {
  const { door, log } = aDoor({
    light: () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    },
  });
  const given = await answer(door, caller('agent'), 'lamps.light', LIGHT);
  expect(given).toMatchObject({
    ok: false,
    error: { code: 'storage', sentence: expect.stringContaining('The disk is full') },
  });
  expect(log).not.toHaveBeenCalled();
});
