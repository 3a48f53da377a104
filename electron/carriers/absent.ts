import type { AccountCarrier } from './account.ts';
import type { Capabilities, Refused } from './carrier.ts';

const CAN: Capabilities = {
  hold: false,
  mute: false,
  tones: false,
  transfer: false,
  consult: false,
  monitor: false,
  voicemailDrop: false,
  machineDetection: false,
  recording: false,
  transcript: false,
  speaks: false,
  callsPerSecond: 1,
  certaintyMs: 60_000,
};

/**
 * A carrier that is set up here and whose credentials are gone. It places nothing and knows nothing, and never says that
 * a call is not there: its place must not be taken by one that makes calls up.
 */
export function absentCarrier(name: string, sentence: string): AccountCarrier {
  const unreachable = { kind: 'unreachable', sentence } as const;
  const refused: Refused = {
    kind: 'refused',
    code: 'not-set-up',
    sentence: `${sentence} Nobody was rung.`,
    retry: true,
  };
  return {
    name,
    can: CAN,
    readiness: () => ({ kind: 'not-set-up', sentence }),
    place: async () => refused,
    find: async () => unreachable,
    fetch: async () => unreachable,
    control: async () => unreachable,
    history: async () => unreachable,
    recording: async () => unreachable,
    openRecording: async () => unreachable,
    listen: () => () => {},
    close: async () => {},
    check: async () => ({ kind: 'wrong', sentence }),
    numbers: async () => null,
    balance: async () => null,
    lastWellAt: () => null,
  };
}
