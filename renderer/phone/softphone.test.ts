import { expect, test } from 'vitest';
import { ok, refused } from '../../shared/lib/result.ts';
import type { PhoneEvent } from './phone.ts';
import { softphone } from './softphone.ts';
import type { VoiceDevice } from './voice-device.ts';

type Heard = (...told: readonly unknown[]) => void;

/** Something that tells, and writes down what it was asked. */
function teller() {
  const heard = new Map<string, Heard[]>();
  const asked: string[] = [];
  return {
    asked,
    on: (event: string, listener: Heard) => void heard.set(event, [...(heard.get(event) ?? []), listener]),
    tell: (event: string, ...told: readonly unknown[]) => heard.get(event)?.forEach((each) => each(...told)),
    ask: (what: string) => () => void asked.push(what),
  };
}

/** A call that rings, as the kit tells of one. */
function aCall(callRef: string) {
  const { asked, on, tell, ask } = teller();
  const call = {
    parameters: { CallSid: callRef },
    accept: ask('accept'),
    reject: ask('reject'),
    disconnect: () => tell('disconnect'),
    mute: (isOn: boolean) => asked.push(`mute ${isOn}`),
    sendDigits: (digits: string) => asked.push(digits),
    on,
  };
  return { call, asked, tell };
}

/** A phone on a kit that we move by hand; `expected` is the call that the kernel has made. */
function aPhone() {
  const kit = teller();
  const { asked, tell } = kit;
  const timers: { ms: number; run: () => void }[] = [];
  let passes = 0;
  const world = { expected: 'CA1', state: 'unregistered', pass: true, registers: true, made: 0 };
  const microphones: string[] = [];
  const device = {
    get state() {
      return world.state;
    },
    async register() {
      asked.push('register');
      if (!world.registers) throw Object.assign(new Error('no way there'), { code: 31005 });
      world.state = 'registered';
      tell('registered');
    },
    async unregister() {
      world.state = 'unregistered';
    },
    updateToken: (pass: string) => asked.push(pass),
    destroy: kit.ask('destroy'),
    on: kit.on,
    audio: {
      async setInputDevice(id: string) {
        if (id === 'gone') throw new Error('not there');
        microphones.push(id);
      },
      speakerDevices: { set: async () => {} },
      ringtoneDevices: { set: async () => {} },
    },
  } as unknown as VoiceDevice;
  const phone = softphone({
    pass: async () =>
      world.pass
        ? ok({ pass: `pass ${++passes}`, edge: null })
        : refused({ why: 'pass', sentence: 'No pass.' }),
    expects: async (callRef) => callRef === world.expected,
    async makeDevice() {
      world.made++;
      return device;
    },
    later(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => void timers.splice(0, timers.length, ...timers.filter((each) => each !== timer));
    },
  });
  const told: PhoneEvent[] = [];
  phone.listen((event) => void told.push(event));
  const settled = () => new Promise((done) => setImmediate(done));
  const passTime = async () => {
    timers.shift()?.run();
    await settled();
  };
  /** Rings with a call, and lets it be looked at. */
  const ring = async (callRef: string) => {
    const made = aCall(callRef);
    tell('incoming', made.call);
    await settled();
    return made;
  };
  return { phone, world, asked, tell, timers, told, ring, passTime, settled, microphones };
}

test('it picks up the call that was made to it by itself, and turns every other one away', async () => {
  const { phone, ring } = aPhone();
  await phone.register();
  expect(phone.state()).toEqual({ kind: 'idle' });
  const stranger = await ring('CA9');
  expect([stranger.asked, phone.state()]).toEqual([['reject'], { kind: 'idle' }]);
  const ours = await ring('CA1');
  ours.tell('accept');
  expect(phone.state()).toEqual({ kind: 'open', attemptId: 'CA1', isMuted: false });
  const second = await ring('CA1');
  expect(second.asked).toEqual(['reject']);
  phone.mute(true);
  expect(ours.asked).toEqual(['accept', 'mute false', 'mute true']);
  expect(phone.state()).toMatchObject({ kind: 'open', isMuted: true });
  phone.hangUp();
  expect(phone.state()).toEqual({ kind: 'idle' });
});

test('without a network it says so, tries again ever more slowly, and is there again by itself', async () => {
  const { phone, world, timers, passTime } = aPhone();
  world.registers = false;
  expect(await phone.register()).toMatchObject({ ok: false, error: { why: 'network' } });
  expect(phone.state()).toMatchObject({
    kind: 'trouble',
    sentence: expect.stringMatching(/keeps trying/) as string,
  });
  const waits: number[] = [];
  for (let tries = 0; tries < 6; tries++) {
    waits.push(timers[0]!.ms);
    await passTime();
  }
  expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 30_000, 30_000]);
  world.registers = true;
  await passTime();
  expect([phone.state(), timers, world.made]).toEqual([{ kind: 'idle' }, [], 1]);
});

test('a pass is taken anew before it ends, and one that is not to be had leaves a call in hand alone', async () => {
  const { phone, world, asked, tell, ring, settled, passTime } = aPhone();
  await phone.register();
  tell('tokenWillExpire');
  await settled();
  expect(asked).toEqual(['register', 'pass 2']);
  (await ring('CA1')).tell('accept');
  world.pass = false;
  tell('tokenWillExpire');
  await settled();
  expect(phone.state()).toMatchObject({ kind: 'open' });
  world.pass = true;
  await passTime();
  expect(asked.at(-1)).toBe('pass 3');
});

test('after sleep and a lost network the call is not over, and what is wrong with the sound is told until it is well', async () => {
  const { phone, world, ring, told, tell, settled } = aPhone();
  await phone.register();
  const { tell: tellCall } = await ring('CA1');
  tellCall('accept');
  tellCall('warning', 'high-jitter');
  tellCall('warning', 'high-jitter');
  tellCall('warning', 'of-no-use-to-anybody');
  tellCall('reconnecting', { code: 53000 });
  expect(phone.state()).toMatchObject({ kind: 'reconnecting' });
  world.state = 'unregistered';
  tell('unregistered');
  await phone.register();
  await settled();
  tellCall('reconnected');
  expect(phone.state()).toMatchObject({ kind: 'open' });
  tellCall('disconnect');
  const warned = told.flatMap((each) => (each.kind === 'warning' ? [`${each.warning} ${each.isOver}`] : []));
  expect(warned).toEqual(['jitter false', 'connection-lost false', 'connection-lost true', 'jitter true']);
});

test('without a microphone no call goes on in silence, and one that is pulled out gives way to the system’s', async () => {
  const { phone, ring, microphones } = aPhone();
  await phone.register();
  expect(await phone.audio.useMicrophone('headset')).toMatchObject({ ok: true });
  expect(await phone.audio.useMicrophone('gone')).toMatchObject({
    ok: false,
    error: { why: 'no-microphone' },
  });
  expect(microphones).toEqual(['headset', 'default']);
  const { tell } = await ring('CA1');
  tell('error', { code: 31401 });
  expect(phone.state()).toMatchObject({
    kind: 'trouble',
    sentence: expect.stringMatching(/microphone was refused/) as string,
  });
});

test('whoever signs out is not reachable, and nothing rings again by itself', async () => {
  const { phone, timers, asked, tell } = aPhone();
  await phone.register();
  await phone.unregister();
  tell('unregistered');
  expect([phone.state(), timers]).toEqual([{ kind: 'off' }, []]);
  await phone.close();
  expect(asked.at(-1)).toBe('destroy');
});
