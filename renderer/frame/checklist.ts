import type { Hello } from '../../shared/contract/app.ts';
import type { MicrophoneState } from '../phone/devices.ts';

/** What has to be there before the first real call, in the order in which it is usually done. */
export const CHECKS = ['microphone', 'carrier', 'list', 'hours', 'test-call'] as const;
export type Check = (typeof CHECKS)[number];

export interface Known {
  readonly microphone: MicrophoneState;
  readonly carrier: Pick<NonNullable<Hello['carrier']>, 'isSimulated' | 'state'> | null;
  readonly lists: number;
  readonly campaigns: readonly { readonly attempts: number }[];
  readonly dialsToday: number;
}

/** Those that are done. */
export function checked({ microphone, carrier, lists, campaigns, dialsToday }: Known): ReadonlySet<Check> {
  const isDone: Record<Check, boolean> = {
    microphone: microphone === 'granted',
    carrier: carrier !== null && !carrier.isSimulated && carrier.state === 'ready',
    list: lists > 0,
    // A campaign has its hours from the first step on.
    hours: campaigns.length > 0,
    'test-call': dialsToday > 0 || campaigns.some(({ attempts }) => attempts > 0),
  };
  return new Set(CHECKS.filter((check) => isDone[check]));
}

export const CHECK_WORDS: Readonly<Record<Check, readonly [title: string, about: string]>> = {
  microphone: ['Microphone', 'Test it, and choose where voices come out.'],
  carrier: ['Carrier', 'Who carries the calls, and the number they show.'],
  list: ['A list', 'The people to call, from a file.'],
  hours: ['Hours', 'A campaign says when they may be rung.'],
  'test-call': ['A test call', 'To your own phone, by hand.'],
};
