import { expect, test } from 'vitest';
import type { Ear } from './ear.ts';
import type { Heard } from './heard.ts';
import type { PhoneEvent } from './phone.ts';
import { simulatedPhone } from './simulated-phone.ts';

/** An ear that writes down what it hears. */
function anEar(isOpen = true) {
  const heard: string[] = [];
  const sounds = (what: string) => {
    heard.push(what);
    return () => void heard.push(`stop ${what}`);
  };
  const ear: Ear = {
    ring: ({ hertz }, seconds) => sounds(`${hertz.join('+')} for ${seconds}`),
    murmur: (_seed, seconds) => sounds(`voice for ${seconds}`),
    beep: () => void heard.push('beep'),
    key: (key) => void heard.push(key),
    isOpen: () => isOpen,
    useDevice: async (deviceId) => void heard.push(`on ${deviceId}`),
    close: async () => {},
  };
  return { ear, heard };
}

const ringing: Heard = { kind: 'ringback', attemptId: 'a', number: '(503) 555-0100' };
const line = (but: Partial<Extract<Heard, { kind: 'line' }>> = {}): Heard => ({
  kind: 'line',
  attemptId: 'a',
  number: '(503) 555-0100',
  isHeld: false,
  isMuted: false,
  said: 0,
  lastMs: 0,
  isAfterBeep: false,
  ...but,
});

function aPhone(isOpen = true) {
  const { ear, heard } = anEar(isOpen);
  const phone = simulatedPhone(ear);
  const told: PhoneEvent[] = [];
  phone.listen((event) => void told.push(event));
  const audio = () => told.filter(({ kind }) => kind === 'audio');
  return { phone, heard, audio };
}

test('it rings until somebody picks up, and then they are heard speaking', () => {
  const { phone, heard } = aPhone();
  phone.follow(ringing, 1);
  expect(phone.state()).toMatchObject({ kind: 'connecting', attemptId: 'a' });
  phone.follow(line(), 1);
  expect(phone.state()).toMatchObject({ kind: 'open', attemptId: 'a' });
  phone.follow(line({ said: 1, lastMs: 1_200 }), 1);
  phone.follow({ kind: 'silence' }, 1);
  expect(heard).toEqual(['440+480 for 90', 'stop 440+480 for 90', 'voice for 1.2', 'stop voice for 1.2']);
  expect(phone.state()).toEqual({ kind: 'idle' });
});

test('the first sound is told once for each call, and never while nothing can be heard', () => {
  const { phone, audio } = aPhone();
  phone.follow(ringing, 1);
  expect(audio()).toEqual([]);
  phone.follow(line(), 1);
  phone.follow(line({ said: 1, lastMs: 500 }), 1);
  phone.follow(line({ isMuted: true }), 1);
  expect(audio()).toEqual([{ kind: 'audio', attemptId: 'a' }]);
  phone.follow({ kind: 'silence' }, 1);
  phone.follow(line({ attemptId: 'b' }), 1);
  expect(audio()).toHaveLength(2);
  const deaf = aPhone(false);
  deaf.phone.follow(line(), 1);
  expect(deaf.audio()).toEqual([]);
});

test('on hold the voice stops, and goes on with what is said afterwards', () => {
  const { phone, heard } = aPhone();
  phone.follow(line({ said: 1, lastMs: 1_000 }), 1);
  phone.follow(line({ said: 1, lastMs: 1_000, isHeld: true }), 1);
  phone.follow(line({ said: 1, lastMs: 1_000 }), 1);
  phone.follow(line({ said: 2, lastMs: 2_000 }), 1);
  expect(heard).toEqual(['voice for 1', 'stop voice for 1', 'voice for 2']);
});

test('a machine beeps once, keys sound, and a busy line is heard for a moment', () => {
  const { phone, heard } = aPhone();
  phone.follow(line({ isAfterBeep: true }), 1);
  phone.follow(line({ isAfterBeep: true, isMuted: true }), 1);
  phone.sendTones('5#');
  phone.follow({ kind: 'busy', attemptId: 'a', number: '+44 20 7946 0100' }, 1);
  expect(heard).toEqual(['beep', '5', '#', '400 for 3']);
});

test('without any sound device it goes through its states all the same', async () => {
  const phone = simulatedPhone(null);
  phone.follow(ringing, 1);
  phone.follow(line({ isMuted: true }), 1);
  phone.sendTones('1');
  expect(phone.state()).toEqual({ kind: 'open', attemptId: 'a', isMuted: true });
  phone.hangUp();
  expect(phone.state()).toEqual({ kind: 'idle' });
  await phone.close();
});
