import { type Result, ok, refused } from '../../shared/lib/result.ts';
import type { Phone, PhoneEvent, PhoneTrouble, QualityWarning } from './phone.ts';
import { type PhoneChange, type PhoneState, isInHand, stepPhone } from './phone-state.ts';
import { troubleOf, warningNamed } from './phone-words.ts';
import type { MakeDevice, VoiceAudio, VoiceCall, VoiceDevice, VoiceError } from './voice-device.ts';

export interface SoftphoneParts {
  /** A fresh pass, from the side that keeps the credentials. */
  readonly pass: () => Promise<Result<{ readonly pass: string; readonly edge: string | null }, PhoneTrouble>>;
  /** Whether the call of this reference is the one that was made to us. Any other is turned away. */
  readonly expects: (callRef: string) => Promise<boolean>;
  readonly makeDevice: MakeDevice;
  /** Runs once, later; returns the way to call it off. */
  readonly later: (ms: number, run: () => void) => () => void;
}

/** How long until it is tried again to be reachable, from the first failure on. */
const AGAIN_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
/** The kit tells levels twenty times a second; half of that is enough for eyes. */
const LEVEL_EVERY = 2;
/** What browsers call the device that the system uses. */
const SYSTEM = 'default';

/**
 * A phone on the kit of a carrier. It is rung once a shift, by the kernel, and stays in that call: contacts come and
 * go at the carrier. So it picks up by itself what it was told to expect, and nothing else.
 */
export function softphone(parts: SoftphoneParts): Phone {
  const listeners = new Set<(event: PhoneEvent) => void>();
  const warnings = new Set<QualityWarning>();
  const devices: Record<'microphone' | 'speaker' | 'ringer', string | null> = {
    microphone: null,
    speaker: null,
    ringer: null,
  };
  let usedMicrophone: string | null = null;
  let state: PhoneState = { kind: 'off' };
  let device: VoiceDevice | null = null;
  let call: VoiceCall | null = null;
  let isWanted = false;
  let isMuted = false;
  let failures = 0;
  let cancelAgain = () => {};

  const tell = (event: PhoneEvent) => listeners.forEach((listener) => listener(event));
  const turn = (change: PhoneChange) => {
    const next = stepPhone(state, change);
    if (next === null) return;
    state = next;
    tell({ kind: 'state', state });
  };
  const warn = (warning: QualityWarning, isOver: boolean) => {
    if (isOver ? !warnings.delete(warning) : warnings.has(warning)) return;
    if (!isOver) warnings.add(warning);
    tell({ kind: 'warning', warning, isOver });
  };

  const tryAgain = () => {
    cancelAgain();
    if (!isWanted) return;
    const ms = AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]!;
    failures++;
    cancelAgain = parts.later(ms, () => void phone.register());
  };
  const fail = (trouble: PhoneTrouble) => {
    turn({ kind: 'failed', sentence: trouble.sentence });
    tryAgain();
    return refused(trouble);
  };

  const hearDevice = (made: VoiceDevice) => {
    made.on('registered', () => {
      failures = 0;
      cancelAgain();
      turn({ kind: 'register-asked' });
      turn({ kind: 'registered' });
    });
    made.on('unregistered', () => {
      turn({ kind: 'unregistered' });
      tryAgain();
    });
    made.on('error', (error) => void fail(troubleOf(error.code)));
    made.on('tokenWillExpire', () => {
      tell({ kind: 'pass-ends' });
      void refresh(made);
    });
    made.on('incoming', (ringing) => void answer(ringing));
  };

  /** A pass that cannot be had now is asked for again: the one at hand lasts a minute more. */
  const refresh = async (made: VoiceDevice): Promise<Result<null, PhoneTrouble>> => {
    const fresh = await parts.pass();
    if (made !== device) return ok(null);
    if (!fresh.ok) return fail(fresh.error);
    made.updateToken(fresh.value.pass);
    return ok(null);
  };

  const answer = async (ringing: VoiceCall) => {
    const callRef = ringing.parameters['CallSid'] ?? '';
    if (isInHand(state)) return ringing.reject();
    turn({ kind: 'register-asked' });
    turn({ kind: 'registered' });
    turn({ kind: 'rang', attemptId: callRef });
    hearCall(ringing);
    if (await parts.expects(callRef)) {
      if (call !== ringing) return;
      turn({ kind: 'picked-up' });
      ringing.accept();
    } else {
      ringing.reject();
      ended(ringing);
    }
  };

  const ended = (which: VoiceCall) => {
    if (call !== which) return;
    call = null;
    for (const warning of warnings) warn(warning, true);
    turn({ kind: 'ended' });
  };

  const hearCall = (heard: VoiceCall) => {
    call = heard;
    let nth = 0;
    heard.on('accept', () => {
      turn({ kind: 'picked-up' });
      turn({ kind: 'sound-came' });
      applyMute();
    });
    for (const end of ['disconnect', 'cancel', 'reject'] as const) heard.on(end, () => ended(heard));
    heard.on('reconnecting', () => {
      turn({ kind: 'network-lost' });
      warn('connection-lost', false);
    });
    heard.on('reconnected', () => {
      turn({ kind: 'network-back' });
      warn('connection-lost', true);
    });
    heard.on('warning', (name) => raise(name, false));
    heard.on('warning-cleared', (name) => raise(name, true));
    heard.on('volume', (out, into) => {
      if (nth++ % LEVEL_EVERY === 0) tell({ kind: 'levels', out, in: into });
    });
    heard.on('error', (error: VoiceError) => broke(heard, error));
  };

  const raise = (name: string, isOver: boolean) => {
    const warning = warningNamed(name);
    if (warning !== null) warn(warning, isOver);
  };

  /** The kit tells of errors that a call survives, too. Without a microphone none can begin. */
  const broke = (heard: VoiceCall, error: VoiceError) => {
    const trouble = troubleOf(error.code);
    if (trouble.why !== 'no-microphone' && trouble.why !== 'microphone-refused') return;
    ended(heard);
    void fail(trouble);
  };

  const applyMute = () => {
    call?.mute(isMuted);
    turn({ kind: 'muted', isOn: isMuted });
  };

  const useMicrophone = async (audio: VoiceAudio | null): Promise<Result<null, PhoneTrouble>> => {
    if (audio === null || devices.microphone === usedMicrophone) return ok(null);
    usedMicrophone = devices.microphone;
    try {
      await audio.setInputDevice(devices.microphone ?? SYSTEM);
      return ok(null);
    } catch {
      // One that was pulled out, or is another program's: the system's takes its place.
      await audio.setInputDevice(SYSTEM).catch(() => {});
      return refused(troubleOf(31402));
    }
  };
  // Some browsers let nobody choose where sound comes out.
  const useSpeaker = async (audio: VoiceAudio | null) =>
    void (await audio?.speakerDevices.set(devices.speaker ?? SYSTEM).catch(() => {}));
  const useRinger = async (audio: VoiceAudio | null) =>
    void (await audio?.ringtoneDevices.set(devices.ringer ?? SYSTEM).catch(() => {}));

  const phone: Phone = {
    state: () => state,
    async register() {
      isWanted = true;
      turn({ kind: 'register-asked' });
      const fresh = await parts.pass();
      if (!isWanted) return ok(null);
      if (!fresh.ok) return fail(fresh.error);
      try {
        if (device === null) {
          device = await parts.makeDevice(fresh.value.pass, fresh.value.edge);
          hearDevice(device);
          await useMicrophone(device.audio);
          await useSpeaker(device.audio);
          await useRinger(device.audio);
        } else device.updateToken(fresh.value.pass);
        if (device.state === 'registered') turn({ kind: 'registered' });
        else if (device.state !== 'registering') await device.register();
        return ok(null);
      } catch (error) {
        return fail(troubleOf((error as VoiceError | undefined)?.code));
      }
    },
    async unregister() {
      isWanted = false;
      cancelAgain();
      if (device?.state === 'registered') await device.unregister().catch(() => {});
      turn({ kind: 'unregistered' });
    },
    accept() {
      turn({ kind: 'picked-up' });
      call?.accept();
    },
    hangUp: () => call?.disconnect(),
    mute(isOn) {
      if (isOn === isMuted) return;
      isMuted = isOn;
      applyMute();
    },
    sendTones: (digits) => call?.sendDigits(digits),
    audio: {
      useMicrophone(deviceId) {
        devices.microphone = deviceId;
        return useMicrophone(device?.audio ?? null);
      },
      useSpeaker(deviceId) {
        devices.speaker = deviceId;
        return useSpeaker(device?.audio ?? null);
      },
      useRinger(deviceId) {
        devices.ringer = deviceId;
        return useRinger(device?.audio ?? null);
      },
    },
    listen(onEvent) {
      listeners.add(onEvent);
      return () => void listeners.delete(onEvent);
    },
    async close() {
      isWanted = false;
      cancelAgain();
      listeners.clear();
      // The kit hangs up what is open: whoever closes the phone wants that.
      device?.destroy();
      device = null;
      call = null;
    },
  };
  return phone;
}
