/** What a device does for us. Voice and ringing may go to different ones. */
export const DEVICE_USES = ['microphone', 'speaker', 'ringer'] as const;
export type DeviceUse = (typeof DEVICE_USES)[number];

/** A device as the browser tells of it. Its id is salted and changes; label and group stay. */
export interface Device {
  readonly deviceId: string;
  readonly groupId: string;
  readonly label: string;
  readonly kind: 'audioinput' | 'audiooutput';
}

/** What was chosen, in what stays of a device. Null is what the system uses. */
export type Wanted = Pick<Device, 'groupId' | 'label'> | null;
export type Choices = Readonly<Record<DeviceUse, Wanted>>;

export const SYSTEM_DEVICES: Choices = { microphone: null, speaker: null, ringer: null };

/** The devices that can do it, without the doubles by which a browser names the one the system uses. */
export function devicesFor(use: DeviceUse, present: readonly Device[]): readonly Device[] {
  const kind = use === 'microphone' ? 'audioinput' : 'audiooutput';
  return present.filter((each) => each.kind === kind && each.label !== '' && !DOUBLES.has(each.deviceId));
}

const DOUBLES = new Set(['default', 'communications', '']);

/** The chosen device where it is there; by its label first, because a headset has several parts in a group. */
export function found(use: DeviceUse, wanted: Wanted, present: readonly Device[]): Device | null {
  if (wanted === null) return null;
  const able = devicesFor(use, present);
  return (
    able.find(({ label, groupId }) => label === wanted.label && groupId === wanted.groupId) ??
    able.find(({ label }) => label === wanted.label) ??
    null
  );
}

/** What became of the chosen devices since the last look, in sentences. */
export function whatTurned(
  choices: Choices,
  before: readonly Device[],
  after: readonly Device[],
): readonly string[] {
  return DEVICE_USES.flatMap((use) => {
    const wanted = choices[use];
    if (wanted === null) return goneAltogether(use, before, after);
    const [was, is] = [found(use, wanted, before) !== null, found(use, wanted, after) !== null];
    if (was === is) return [];
    return is
      ? [`${NAME[use]} is back: ${wanted.label} is used again.`]
      : [lostSentence(use, wanted.label, devicesFor(use, after).length > 0)];
  });
}

const NAME: Readonly<Record<DeviceUse, string>> = {
  microphone: 'The microphone',
  speaker: 'The speaker',
  ringer: 'The ringer',
};

function goneAltogether(
  use: DeviceUse,
  before: readonly Device[],
  after: readonly Device[],
): readonly string[] {
  const isGone = devicesFor(use, before).length > 0 && devicesFor(use, after).length === 0;
  return isGone && use !== 'ringer' ? [lostSentence(use, '', false)] : [];
}

const LOST: Readonly<Record<DeviceUse, readonly [what: string, without: string]>> = {
  microphone: ['Microphone lost', 'Nobody can hear you until one is plugged in.'],
  speaker: ['Speaker lost', 'You hear nobody until one is plugged in.'],
  ringer: ['Ringer lost', 'No tone tells you what happens until one is plugged in.'],
};

function lostSentence(use: DeviceUse, label: string, hasOther: boolean): string {
  const [what, without] = LOST[use];
  const named = label === '' ? what : `${what}: ${label}`;
  return `${named}. ${hasOther ? 'The one the system uses takes its place until it is back.' : without}`;
}

/** What is known of the microphone. */
export type MicrophoneState = 'unknown' | 'granted' | 'refused' | 'none';

export const MICROPHONE_SENTENCE: Readonly<Record<MicrophoneState, string>> = {
  unknown: 'The microphone was not asked for yet. Practice needs none.',
  granted: 'The microphone may be used.',
  refused:
    'The microphone was refused. Practice works without it; live calls do not. Allow it in the settings of this page or of the system, then try again.',
  none: 'There is no microphone. Practice works without one; plug one in for live calls.',
};

/** Whose voice goes where: through this page, through a phone of the agent’s own, or nowhere, as in practice. */
export type VoicePath = 'this-page' | 'own-phone' | 'nowhere';

/**
 * What a missing microphone means for a session. Where voices go through this page a call would be silent, so none
 * begins; whoever talks over a phone of their own is only told. Practice reaches nobody and asks for nothing.
 */
export function microphoneTrouble(
  path: VoicePath,
  microphone: MicrophoneState,
): { readonly isInTheWay: boolean; readonly sentence: string } | null {
  if (path === 'nowhere' || microphone === 'granted' || microphone === 'unknown') return null;
  if (path === 'this-page') return { isInTheWay: true, sentence: MICROPHONE_SENTENCE[microphone] };
  const what = microphone === 'none' ? 'This computer has no microphone' : 'The microphone was refused';
  return { isInTheWay: false, sentence: `${what}. On a phone of your own you are heard all the same.` };
}
