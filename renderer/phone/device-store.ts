import { createStore, useStore } from 'zustand';
import { keep, kept } from '../data/appearance.ts';
import {
  type Choices,
  DEVICE_USES,
  type Device,
  type DeviceUse,
  type MicrophoneState,
  SYSTEM_DEVICES,
  type Wanted,
  found,
  whatTurned,
} from './devices.ts';
import { openMicrophone } from './microphone.ts';

interface Devices {
  readonly present: readonly Device[];
  readonly choices: Choices;
  readonly microphone: MicrophoneState;
}

/** Kept with this computer: another one has other devices. */
const KEPT_UNDER = 'parley.devices';

const devices = createStore<Devices>(() => ({
  present: [],
  choices: readChoices(),
  microphone: 'unknown',
}));

export function useDevices(): Devices {
  return useStore(devices);
}

/** The id of the device that does it now; null for what the system uses. */
export function deviceFor(use: DeviceUse): string | null {
  const { choices, present } = devices.getState();
  return found(use, choices[use], present)?.deviceId ?? null;
}

export function choose(use: DeviceUse, device: Device | null): void {
  const wanted: Wanted = device === null ? null : { groupId: device.groupId, label: device.label };
  const choices = { ...devices.getState().choices, [use]: wanted };
  keep(KEPT_UNDER, choices);
  devices.setState({ choices });
}

export function setMicrophone(microphone: MicrophoneState): void {
  devices.setState({ microphone });
}

/** Told after every change of what is chosen or plugged in. Returns the way to stop. */
export function onDevices(changed: () => void): () => void {
  return devices.subscribe(changed);
}

/** For a page that people do not look at: what is plugged in, and what was chosen in another window of ours. */
export function followDevices(): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEPT_UNDER) devices.setState({ choices: readChoices() });
  });
  const look = () => void lookAgain().catch(() => {});
  navigator.mediaDevices?.addEventListener('devicechange', look);
  look();
}

/** Looks at what is plugged in, and again whenever that changes. `onTurn` is told what became of the chosen ones. */
export function watchDevices(onTurn: (sentence: string) => void): () => void {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (media === undefined) return () => {};
  let isFirst = true;
  const look = async () => {
    const before = devices.getState();
    const present = await presentNow(media);
    const microphone = await microphoneNow(present, before.microphone);
    devices.setState({ present, microphone });
    if (!isFirst)
      for (const sentence of whatTurned(before.choices, before.present, present)) onTurn(sentence);
    isFirst = false;
  };
  const changed = () => void look().catch(() => {});
  media.addEventListener('devicechange', changed);
  changed();
  return () => media.removeEventListener('devicechange', changed);
}

/** After the microphone was allowed the browser tells the names of devices, which it does not before. */
export async function lookAgain(): Promise<void> {
  if (navigator.mediaDevices !== undefined)
    devices.setState({ present: await presentNow(navigator.mediaDevices) });
}

async function presentNow(media: MediaDevices): Promise<readonly Device[]> {
  const all = await media.enumerateDevices();
  return all.flatMap(({ deviceId, groupId, label, kind }) =>
    kind === 'videoinput' ? [] : [{ deviceId, groupId, label, kind }],
  );
}

/** What is known without asking anybody: a question would stand in the way of whoever only practises. */
async function microphoneNow(present: readonly Device[], before: MicrophoneState): Promise<MicrophoneState> {
  if (!present.some(({ kind }) => kind === 'audioinput')) return 'none';
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    if (state === 'granted') return 'granted';
    if (state === 'denied') return await asked();
    return before === 'none' ? 'unknown' : before;
  } catch {
    return before;
  }
}

/** Where it is said to be denied nobody is shown a question; some hosts say so of what they would allow. */
async function asked(): Promise<MicrophoneState> {
  const answer = await openMicrophone(null);
  if (!answer.ok) return answer.error;
  answer.value.close();
  return 'granted';
}

function readChoices(): Choices {
  const read = kept(KEPT_UNDER);
  if (typeof read !== 'object' || read === null) return SYSTEM_DEVICES;
  const entries = DEVICE_USES.map((use) => [use, wantedFrom((read as Record<string, unknown>)[use])]);
  return Object.fromEntries(entries) as Choices;
}

function wantedFrom(value: unknown): Wanted {
  if (typeof value !== 'object' || value === null) return null;
  const { label, groupId } = value as Record<string, unknown>;
  return typeof label === 'string' && typeof groupId === 'string' ? { label, groupId } : null;
}
