import type { StateKind } from '../../../ui/StateShape.tsx';

/** A tone for each kind of obstacle. Colour only helps the eye: every part also has its words and number. */
const TONES: Readonly<Record<string, StateKind>> = {
  dialable: 'connected',
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
