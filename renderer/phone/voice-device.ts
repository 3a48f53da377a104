/* The little of a carrier's kit for phones in pages that we use. Its own types say more than we want to know. */

/** What makes this page reachable, and rings. */
export interface VoiceDevice {
  readonly state: string;
  register(): Promise<void>;
  unregister(): Promise<void>;
  updateToken(pass: string): void;
  destroy(): void;
  on(event: 'registered' | 'unregistered' | 'tokenWillExpire', heard: () => void): unknown;
  on(event: 'incoming', heard: (call: VoiceCall) => void): unknown;
  on(event: 'error', heard: (error: VoiceError) => void): unknown;
  readonly audio: VoiceAudio | null;
}

export interface VoiceAudio {
  setInputDevice(deviceId: string): Promise<void>;
  readonly speakerDevices: { set(deviceId: string): Promise<unknown> };
  readonly ringtoneDevices: { set(deviceId: string): Promise<unknown> };
}

/** One call at this end. */
export interface VoiceCall {
  readonly parameters: Readonly<Record<string, string>>;
  accept(): void;
  reject(): void;
  disconnect(): void;
  mute(isOn: boolean): void;
  sendDigits(digits: string): void;
  on(event: 'accept' | 'disconnect' | 'cancel' | 'reject' | 'reconnected', heard: () => void): unknown;
  on(event: 'reconnecting' | 'error', heard: (error: VoiceError) => void): unknown;
  on(event: 'volume', heard: (out: number, into: number) => void): unknown;
  on(event: 'warning' | 'warning-cleared', heard: (name: string) => void): unknown;
}

export interface VoiceError {
  readonly code?: number | undefined;
  readonly message?: string | undefined;
}

export type MakeDevice = (pass: string, edge: string | null) => Promise<VoiceDevice>;

/** The kit plays nothing: the tones of calls are ours, and its own would be fetched from another site. */
class NoSound {
  readonly isPlaying = false;
  play(): Promise<void> {
    return Promise.resolve();
  }
  stop(): void {}
  setSinkIds(): void {}
}

/** Twilio's kit, fetched with the program and only where somebody has such a phone. */
export const twilioDevice: MakeDevice = async (pass, edge) => {
  const { Device } = await import('@twilio/voice-sdk');
  const options = {
    appName: 'Parley',
    closeProtection: false,
    allowIncomingWhileBusy: false,
    // Opus holds up on a bad network; the other is what every network knows.
    codecPreferences: ['opus', 'pcmu'],
    maxCallSignalingTimeoutMs: 30_000,
    tokenRefreshMs: 60_000,
    enableImprovedSignalingErrorPrecision: true,
    logLevel: 'silent',
    ...(edge === null ? {} : { edge }),
    // Not in its published types. Without the first it fetches 15 sounds at once, without the second it reports on calls.
    Sound: NoSound,
    publishEvents: false,
    disableAudioContextSounds: true,
  };
  return new Device(pass, options as object) as unknown as VoiceDevice;
};
