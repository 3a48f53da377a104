import type { DeskView } from '../../../shared/contract/desk.ts';
import type { Binding } from '../../keys/registry.ts';
import { attemptOf, type Session } from './desk-face.ts';
import { type PhoneNumber, shortNumber } from './use-number.ts';
import type { Outcome } from './use-outcome.ts';
import { useRest } from './use-rest.ts';
import { useWishes } from './use-wishes.ts';

/** A second Enter, struck in the same haste as the first, must not ring somebody nobody has looked at. */
const MAIN_REST_MS = 400;

/** `Enter` is always the next right thing. */
export function useMainKey(
  desk: DeskView,
  session: Session,
  number: PhoneNumber | null,
  outcome: Outcome,
): Binding {
  const wishes = useWishes();
  const { state } = session;
  const rests = useRest(`${state.kind} ${attemptOf(desk) ?? desk.contact?.id}`, MAIN_REST_MS);
  const key = (title: string, run: () => void, whyNot: string | null): Binding => ({
    id: 'dial.main',
    // The chord works from within the notes, and so only where there are notes to file.
    keys: state.kind === 'wrap-up' ? ['enter', 'mod+enter'] : 'enter',
    title,
    run,
    whyNot: whyNot ?? (rests ? 'That was quick. Press Enter again.' : null),
  });
  switch (state.kind) {
    case 'previewing':
      return key(
        number === null ? 'Dial' : `Dial ${shortNumber(number)}`,
        () => wishes.dial(number?.id ?? null),
        number === null ? 'None of their numbers can be rung. Skip them with X.' : null,
      );
    case 'wrap-up':
      return key('Save and next', outcome.save, outcome.whyNotFile);
    case 'paused':
      return key('Resume', wishes.resume, null);
    case 'ready':
      return key('Dial', noop, desk.waiting?.sentence ?? 'Nobody is in hand yet.');
    case 'trouble':
      return key(
        'Save and next',
        noop,
        'The carrier is being asked about this call. Nothing is dialed until it answers.',
      );
    default:
      return key('Save and next', noop, 'The call is still going. H hangs up; Enter then saves the outcome.');
  }
}

function noop() {
  // Only ever behind a reason.
}
