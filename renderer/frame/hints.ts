import type { DeskView } from '../../shared/contract/desk.ts';
import type { SessionKind } from '../../shared/domain/session.ts';

/** One step of the practice tour: shown when its moment comes, gone for good once it was done. */
export interface Hint {
  readonly id: string;
  /** Keys to draw, then what they do. */
  readonly keys: string | null;
  readonly text: string;
}

interface Step extends Hint {
  isDue(desk: DeskView): boolean;
  /** Whether the person has just done it. */
  isDone(before: DeskView, after: DeskView): boolean;
}

const stateIn = (desk: DeskView): SessionKind | null => desk.session?.state.kind ?? null;
const left = (kind: SessionKind) => (before: DeskView, after: DeskView) =>
  stateIn(before) === kind && stateIn(after) !== kind;
const isMachine = (desk: DeskView) => desk.call?.answeredBy?.startsWith('machine') === true;
const talked = (desk: DeskView) => desk.call?.answeredAt != null && !isMachine(desk);
const filed = (before: DeskView, after: DeskView) =>
  after.undo !== null && after.undo.attemptId !== before.undo?.attemptId;

// In the order of the tour. Of those that are due the first is shown.
const STEPS: readonly Step[] = [
  {
    id: 'start',
    keys: 'enter',
    text: 'starts a session. Parley then dials one contact after the other.',
    isDue: (desk) => desk.session === null,
    isDone: (before, after) => before.session === null && after.session !== null,
  },
  {
    id: 'voicemail',
    keys: 'v',
    text: 'drops your recorded message on this voicemail and goes on.',
    isDue: (desk) => stateIn(desk) === 'connected' && isMachine(desk) && desk.can.voicemailDrop,
    isDone: (before, after) => isMachine(before) && left('connected')(before, after),
  },
  {
    id: 'notes',
    keys: 'n',
    text: 'opens the notes. Type anything: every word is saved as you go.',
    isDue: (desk) => stateIn(desk) === 'connected' && !isMachine(desk),
    isDone: (before, after) => (before.draft?.note ?? '') === '' && (after.draft?.note ?? '') !== '',
  },
  {
    id: 'callback',
    keys: 'b',
    text: 'promises to ring again. Type “tomorrow 9” and look at both clocks.',
    isDue: (desk) => stateIn(desk) === 'wrap-up' && talked(desk),
    isDone: (before, after) => talked(before) && left('wrap-up')(before, after),
  },
  {
    id: 'outcome',
    keys: null,
    text: 'Press the digit of an outcome, such as No answer. Enter saves it and goes on.',
    isDue: (desk) => stateIn(desk) === 'wrap-up',
    isDone: filed,
  },
  {
    id: 'hang-up',
    keys: 'h',
    text: 'hangs up. Esc and Space never do.',
    isDue: (desk) => stateIn(desk) === 'ringing',
    isDone: left('ringing'),
  },
  {
    id: 'pause',
    keys: 'p',
    text: 'pauses after this call. The whole list of keys is under ?',
    isDue: (desk) => desk.today.dials >= 3 && desk.session !== null && stateIn(desk) !== 'paused',
    isDone: (before, after) =>
      (before.session?.pauseAfter === null && after.session?.pauseAfter != null) ||
      (stateIn(before) !== 'paused' && stateIn(after) === 'paused'),
  },
];

/** The one hint to show now. */
export function hintFor(desk: DeskView, done: ReadonlySet<string>): Hint | null {
  const step = STEPS.find((each) => !done.has(each.id) && each.isDue(desk));
  return step === undefined ? null : { id: step.id, keys: step.keys, text: step.text };
}

/** The hints that this change of the desk has answered. */
export function doneBy(before: DeskView, after: DeskView): string[] {
  return STEPS.filter((each) => each.isDone(before, after)).map((each) => each.id);
}

export const HINT_COUNT = STEPS.length;
