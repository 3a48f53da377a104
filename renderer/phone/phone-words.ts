import type { PhoneTrouble, QualityWarning } from './phone.ts';

/** What is wrong with the sound, in a sentence that says what to do. */
export const WARNING_SENTENCE: Readonly<Record<QualityWarning, string>> = {
  delay: 'Voices arrive late. A cable instead of Wi-Fi helps.',
  jitter: 'The network is uneven, so voices may break. A cable instead of Wi-Fi helps.',
  loss: 'Parts of what is said are lost on the way. Stop downloads, or use a cable.',
  poor: 'The line is poor. Speak slowly, and repeat what matters.',
  'nothing-heard': 'Nothing is heard from the other side.',
  'nothing-said': 'Your microphone sends silence. Check whether it is muted, or choose another one.',
  'connection-lost': 'The network is gone for a moment. The call is not over; wait.',
};

/** By the names of Twilio’s kit. */
const WARNINGS: Readonly<Record<string, QualityWarning>> = {
  'high-rtt': 'delay',
  'high-jitter': 'jitter',
  'high-packet-loss': 'loss',
  'high-packets-lost-fraction': 'loss',
  'low-mos': 'poor',
  'constant-audio-input-level': 'nothing-said',
  'constant-audio-output-level': 'nothing-heard',
  'low-bytes-received': 'nothing-heard',
  'low-bytes-sent': 'nothing-said',
  'ice-connectivity-lost': 'connection-lost',
};

/** Null for one that would tell an agent nothing. */
export function warningNamed(name: string): QualityWarning | null {
  return WARNINGS[name] ?? null;
}

const REFUSED: PhoneTrouble = {
  why: 'microphone-refused',
  sentence:
    'The microphone was refused, so nobody could hear you. Allow it in the settings of this page or of the system; the phone tries again by itself.',
};
const NO_MICROPHONE: PhoneTrouble = {
  why: 'no-microphone',
  sentence:
    'There is no microphone that works, so nobody could hear you. Plug one in; the phone tries again.',
};
const NETWORK: PhoneTrouble = {
  why: 'network',
  sentence:
    'Your phone cannot reach Twilio. No call is put through to you until it does; it keeps trying. Check the network.',
};
const PASS: PhoneTrouble = {
  why: 'pass',
  sentence:
    'Twilio does not let your phone in. The API key in Settings › Carriers may be revoked, or of another account or region.',
};

const KEYS: ReadonlySet<number> = new Set([
  20101, 20102, 20103, 20104, 20105, 20106, 20107, 20151, 20157, 31201, 31202, 31204, 31205, 31206, 31207,
]);

/** What a code of Twilio’s kit means for the agent. */
export function troubleOf(code: number | undefined): PhoneTrouble {
  if (code === 31401 || code === 31208) return REFUSED;
  if (code === 31402) return NO_MICROPHONE;
  if (code !== undefined && KEYS.has(code)) return PASS;
  return NETWORK;
}
