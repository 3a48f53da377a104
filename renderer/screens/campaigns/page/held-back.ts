import type { StateKind } from '../../../ui/StateShape.tsx';

/** Stands where a rule does, for those whom none holds back. */
export const RING = 'ring';

/** A tone for each kind of obstacle. Colour only helps the eye: every part also has its words and number. */
const TONES: Readonly<Record<string, StateKind>> = {
  ring: 'connected',
  'do-not-call': 'trouble',
  'bad-number': 'idle',
  finished: 'paused',
  'attempts-spent': 'hold',
  'campaign-not-active': 'paused',
  'number-in-use': 'dialing',
  'not-due': 'ringing',
  'campaign-hours': 'ready',
  'legal-hours': 'wrap-up',
  'no-consent': 'trouble',
  register: 'trouble',
  'caller-id': 'trouble',
  'place-unknown': 'idle',
  'campaign-dates': 'ready',
  'daily-limit': 'hold',
  frequency: 'ringing',
  'attempts-per-day': 'hold',
  'number-caps': 'hold',
  'legal-caps': 'wrap-up',
  'cool-down': 'ringing',
  carrier: 'trouble',
};

const OTHERS: readonly StateKind[] = ['dialing', 'hold', 'idle', 'ready', 'wrap-up', 'paused'];

export function toneOf(rule: string, nth: number): StateKind {
  return TONES[rule] ?? OTHERS[nth % OTHERS.length]!;
}

/** What is said of those whom a rule holds back; the rule’s own name says what it looks at. */
const TITLES: Readonly<Record<string, string>> = {
  ring: 'May ring now',
  'bad-number': 'Number cannot be rung',
  'do-not-call': 'On the do-not-call list',
  'no-consent': 'No consent on record',
  register: 'Register not compared in time',
  'caller-id': 'No number to show',
  'place-unknown': 'Nobody knows the time there',
  finished: 'Finished here',
  'attempts-spent': 'Attempts spent',
  'campaign-not-active': 'Campaign does not run',
  'campaign-dates': 'Outside the campaign’s dates',
  'daily-limit': 'Daily limit reached',
  'not-due': 'Not due yet',
  'campaign-hours': 'Outside the campaign’s hours',
  'legal-hours': 'Outside legal hours',
  frequency: 'Called already in this period',
  'attempts-per-day': 'Attempts of today spent',
  'number-caps': 'Number rung often enough',
  'legal-caps': 'Legal limit of calls reached',
  'cool-down': 'Resting after a call',
  'number-in-use': 'In another call',
  carrier: 'Carrier not ready',
};

export function titleOf(rule: string, title: string): string {
  return TITLES[rule] ?? title;
}
