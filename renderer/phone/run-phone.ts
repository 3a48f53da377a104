import type { StoreApi } from 'zustand/vanilla';
import type { Hello } from '../../shared/contract/app.ts';
import type { ParleyClient } from '../../shared/contract/contract.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { PhoneView } from '../../shared/contract/phone.ts';
import { phoneFor } from '../../shared/contract/phone-for.ts';
import { ok, refused } from '../../shared/lib/result.ts';
import type { DeskMirror } from '../data/desk-mirror.ts';
import type { LineStatus } from '../data/line.ts';
import { deviceFor, onDevices } from './device-store.ts';
import type { Ear } from './ear.ts';
import { heardIn } from './heard.ts';
import type { Phone, QualityWarning } from './phone.ts';
import { isTalking } from './phone-state.ts';
import { WARNING_SENTENCE } from './phone-words.ts';
import { simulatedPhone } from './simulated-phone.ts';
import { type SoftphoneParts, softphone } from './softphone.ts';

export interface RunPhoneParts {
  readonly client: ParleyClient;
  /** Whether the kernel is there. */
  readonly status: StoreApi<LineStatus>;
  readonly mirror: DeskMirror;
  readonly openEar: () => Ear | null;
  readonly makeDevice: SoftphoneParts['makeDevice'];
  readonly later: SoftphoneParts['later'];
}

/** The phone that is there now, and what it does about the desk. */
interface Running {
  readonly whose: string;
  readonly phone: Phone;
  follow(desk: DeskView): void;
}

/**
 * Keeps the phone that whoever sits here has, and tells the kernel how it stands. What it does follows from the desk as
 * the kernel tells it: no screen is needed for it. Returns the way to stop.
 */
export function runPhone(parts: RunPhoneParts): () => void {
  const { client, mirror } = parts;
  let running: Running | null = null;
  let isStopped = false;

  const settle = async () => {
    const told = await client.app.hello();
    // A kernel that does not answer has not signed anybody out: whoever talks goes on talking.
    if (!told.ok || isStopped) return;
    const kind = phoneFor(told.value);
    const whose = whoseIs(kind, told.value);
    if (running?.whose !== whose) {
      running?.phone.close().catch(() => {});
      running = null;
      if (kind === null) void client.phone.report(null);
      else running = begin(parts, kind, whose, told.value.speed);
    }
    const { view } = mirror.getState();
    if (view !== null) running?.follow(view);
  };
  const follow = ({ view }: { readonly view: DeskView | null }) => {
    if (view !== null) running?.follow(view);
  };
  const lookAgain = () => {
    void settle();
    void mirror.refresh();
  };

  const stops = [
    mirror.follow(),
    mirror.subscribe(follow),
    client.app.helloChanged(lookAgain),
    // The kernel of a browser's page may have been started anew meanwhile.
    parts.status.subscribe(({ state }, before) => {
      if (state === 'up' && before.state !== 'up') lookAgain();
    }),
    client.phone.keyed(({ digits }) => running?.phone.sendTones(digits)),
    client.phone.woke(() => void running?.phone.register()),
    onDevices(() => running !== null && useChosen(running.phone)),
  ];
  lookAgain();
  return () => {
    isStopped = true;
    for (const stop of stops) stop();
    running?.phone.close().catch(() => {});
  };
}

function whoseIs(kind: PhoneView['kind'] | null, { workspace, me, speed }: Hello): string {
  return kind === null ? '' : [kind, workspace?.id, me?.id, speed].join();
}

function begin(parts: RunPhoneParts, kind: PhoneView['kind'], whose: string, speed: number): Running {
  return kind === 'simulated' ? practise(parts, whose, speed) : beReachable(parts, whose);
}

/** Nothing is opened before the first call: a browser lets no sound out before somebody has pressed a key. */
function practise({ client, openEar }: RunPhoneParts, whose: string, speed: number): Running {
  let opened: ReturnType<typeof simulatedPhone> | null = null;
  const open = () => {
    const made = simulatedPhone(openEar());
    useChosen(made);
    reportOf(client, 'simulated', made);
    made.listen((event) => {
      if (event.kind === 'audio') void client.desk.heard({ attemptId: event.attemptId });
    });
    return made;
  };
  const phone: Phone = {
    ...simulatedPhone(null),
    sendTones: (digits) => opened?.sendTones(digits),
    audio: {
      useMicrophone: async () => ok(null),
      useSpeaker: async (deviceId) => opened?.audio.useSpeaker(deviceId),
      useRinger: async () => {},
    },
    close: async () => opened?.close(),
  };
  return {
    whose,
    phone,
    follow(desk) {
      const heard = heardIn(desk);
      if (opened === null && heard.kind === 'silence') return;
      opened ??= open();
      opened.follow(heard, speed);
    },
  };
}

/** The agent's own leg is put through to this page, and stays up all shift. */
function beReachable({ client, makeDevice, later }: RunPhoneParts, whose: string): Running {
  const phone = softphone({
    async pass() {
      const told = await client.phone.pass();
      return told.ok ? ok(told.value) : refused({ why: 'pass', sentence: told.error.sentence });
    },
    async expects(callRef) {
      const told = await client.phone.expects({ callRef });
      return told.ok && told.value;
    },
    makeDevice,
    later,
  });
  useChosen(phone);
  reportOf(client, 'softphone', phone);
  phone.listen((event) => {
    if (event.kind === 'levels') void client.phone.level({ out: event.out, in: event.in });
  });
  void phone.register();
  let lastHeard: string | null = null;
  return {
    whose,
    phone,
    follow({ session, call }) {
      phone.mute(call?.isMuted === true);
      const isThrough = session?.state.kind === 'connected' && phone.state().kind === 'open';
      if (!isThrough || call === null || call.attemptId === lastHeard) return;
      lastHeard = call.attemptId;
      void client.desk.heard({ attemptId: call.attemptId });
    },
  };
}

function useChosen({ audio }: Phone): void {
  void audio.useMicrophone(deviceFor('microphone'));
  void audio.useSpeaker(deviceFor('speaker'));
  void audio.useRinger(deviceFor('ringer'));
}

/** Tells the kernel, and so the screens, how the phone stands, whenever that has changed. */
function reportOf(client: ParleyClient, kind: PhoneView['kind'], phone: Phone): void {
  const warnings = new Set<QualityWarning>();
  const tell = () => {
    const state = phone.state();
    void client.phone.report({
      kind,
      state: state.kind,
      sentence: state.kind === 'trouble' ? state.sentence : null,
      warnings: [...warnings].map((warning) => WARNING_SENTENCE[warning]),
      isMuted: isTalking(state) && state.isMuted,
    });
  };
  phone.listen((event) => {
    if (event.kind === 'warning' && event.isOver) warnings.delete(event.warning);
    else if (event.kind === 'warning') warnings.add(event.warning);
    else if (event.kind !== 'state') return;
    tell();
  });
  tell();
}
