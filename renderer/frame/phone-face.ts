import type { PhoneView } from '../../shared/contract/phone.ts';
import type { StateKind } from '../ui/StateShape.tsx';

const STATE: Readonly<Record<PhoneView['state'], { readonly word: string; readonly shape: StateKind }>> = {
  off: { word: 'off', shape: 'idle' },
  registering: { word: 'connecting', shape: 'dialing' },
  idle: { word: 'ready', shape: 'ready' },
  incoming: { word: 'ringing', shape: 'ringing' },
  connecting: { word: 'picking up', shape: 'dialing' },
  open: { word: 'on the line', shape: 'connected' },
  reconnecting: { word: 'reconnecting', shape: 'trouble' },
  trouble: { word: 'not reachable', shape: 'trouble' },
};

/** The phone in two words, for the status bar. Practice has none worth a word. */
export function phoneInWords(
  view: PhoneView | null,
): { readonly text: string; readonly shape: StateKind } | null {
  if (view === null || view.kind === 'simulated') return null;
  const { word, shape } = STATE[view.state];
  return { text: `Phone: ${word}`, shape };
}

/** What is the matter with the phone, for the banner: the trouble before what is only poor. Null where all is well. */
export function phoneTrouble(
  view: PhoneView | null,
): { readonly tone: 'bad' | 'warn'; readonly title: string; readonly sentence: string } | null {
  if (view === null || view.kind === 'simulated') return null;
  if (view.state === 'trouble')
    return { tone: 'bad', title: 'Your phone is not reachable.', sentence: view.sentence ?? '' };
  if (view.state === 'reconnecting')
    return {
      tone: 'bad',
      title: 'Your phone has lost the network.',
      sentence: 'The call is not over. It comes back by itself; a cable instead of Wi-Fi helps.',
    };
  const [first] = view.warnings;
  return first === undefined ? null : { tone: 'warn', title: 'The sound suffers.', sentence: first };
}
