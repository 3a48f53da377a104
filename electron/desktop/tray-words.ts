import type { DeskView } from '../../shared/contract/desk.ts';
import type { Standing } from '../../shared/contract/standing.ts';
import {
  type TimeOf,
  checkedInWords,
  runningInWords,
  standingInWords,
  waitingInWords,
} from '../../shared/domain/standing-words.ts';
import { isInCall, type SessionKind } from '../../shared/domain/session.ts';

/** What the tray's menu can wish for. */
export type TrayWish =
  | 'start'
  | 'pause'
  | 'resume'
  | 'hang-up'
  | 'pause-all'
  | 'resume-all'
  | 'open'
  | 'quit';

export type TrayLine =
  | { readonly kind: 'state'; readonly label: string }
  /** What runs or waits; there are several, and each is only read. */
  | { readonly kind: 'fact'; readonly label: string }
  | { readonly kind: 'wish'; readonly wish: TrayWish; readonly label: string; readonly enabled: boolean }
  | { readonly kind: 'rule' };

/** The picture, the words and the menu of the tray, for one state of the desk and of the engine. */
export interface TrayFace {
  /** The name of a file in resources/icons/tray. */
  readonly icon: string;
  readonly toolTip: string;
  readonly lines: readonly TrayLine[];
}

const FACES: Readonly<Record<SessionKind, readonly [icon: string, word: string]>> = {
  ready: ['ready', 'Ready'],
  previewing: ['ready', 'Ready'],
  dialing: ['dialing', 'Dialing'],
  ringing: ['ringing', 'Ringing'],
  connected: ['connected', 'Connected'],
  'on-hold': ['connected', 'On hold'],
  'wrap-up': ['wrap-up', 'Wrap-up'],
  paused: ['paused', 'Paused'],
  trouble: ['trouble', 'Carrier trouble'],
};

/** So many of what runs and of what waits; the window has all of it. */
const FACTS_MAX = 5;
/** Menus cut off longer lines at places of their own. */
const LINE_MAX = 90;
/** Windows shows no more of a tool tip. */
const TIP_MAX = 127;

/** `timeOf` writes an instant as the person reads a clock. Null is a desk nobody sits at, or no workspace. */
export function trayFace(
  desk: Pick<DeskView, 'session' | 'contact'> | null,
  standing: Standing | null,
  timeOf: TimeOf,
): TrayFace {
  const session = sessionFace(desk, timeOf);
  const { icon, words, state } = session ?? engineFace(standing, timeOf);
  // An engine that is paused or in trouble is worth a glance whatever the session does.
  const also = session !== null && standing !== null && isRemarkable(standing);
  const tip = also ? `${words} · ${standingInWords(standing, timeOf)}` : words;
  return {
    icon,
    toolTip: cut(`Parley: ${tip}`, TIP_MAX),
    lines: [
      { kind: 'state', label: state },
      ...factsOf(standing, timeOf, also),
      rule,
      ...(session?.wishes ?? [wish('start', 'Start a session…')]),
      ...pauseWish(standing),
      rule,
      wish('open', 'Open Parley'),
      wish('quit', 'Quit Parley'),
    ],
  };
}

interface Face {
  readonly icon: string;
  readonly words: string;
  readonly state: string;
  readonly wishes: readonly TrayLine[];
}

function sessionFace(desk: Pick<DeskView, 'session' | 'contact'> | null, timeOf: TimeOf): Face | null {
  const session = desk?.session ?? null;
  if (session === null) return null;
  const { state, pauseAfter } = session;
  const [icon, word] = FACES[state.kind];
  const isPaused = state.kind === 'paused' || pauseAfter !== null;
  const named = state.kind === 'paused' ? `${word}: ${state.reason}` : word;
  const who = state.kind === 'paused' || state.kind === 'ready' ? null : (desk?.contact?.name ?? null);
  const inCall = isInCall(state);
  const words = who === null ? named : `${named} · ${who}`;
  return {
    icon,
    words,
    state: `${words}, since ${timeOf(session.since)}`,
    wishes: [
      isPaused ? wish('resume', 'Resume') : wish('pause', inCall ? 'Pause after this call' : 'Pause'),
      wish('hang-up', 'Hang up', inCall),
    ],
  };
}

/** Nobody sits at the desk: the icon is the engine’s own. */
function engineFace(standing: Standing | null, timeOf: TimeOf): Omit<Face, 'wishes'> {
  if (standing === null || (standing.state === 'resting' && standing.waiting.every(isForAgents)))
    return { icon: 'idle', words: 'Not started', state: 'Not started' };
  const words = standingInWords(standing, timeOf);
  const { state, underWay } = standing;
  const icon = state === 'running' ? (underWay > 0 ? 'dialing' : 'ready') : state;
  return { icon: icon === 'resting' ? 'idle' : icon, words, state: words };
}

function isForAgents({ voice }: Standing['waiting'][number]): boolean {
  return voice === 'agent';
}

function isRemarkable({ state }: Standing): boolean {
  return state === 'paused' || state === 'trouble';
}

/** What runs, what waits for when and why, and what is in doubt. */
function factsOf(standing: Standing | null, timeOf: TimeOf, withState: boolean): TrayLine[] {
  if (standing === null) return [];
  const first = standing.checking[0];
  const running = standing.running.slice(0, FACTS_MAX).map(runningInWords);
  const waiting = standing.waiting
    .filter((each) => !isForAgents(each))
    .slice(0, FACTS_MAX)
    .map((each) => waitingInWords(each, timeOf));
  return [
    ...(withState ? [[standingInWords(standing, timeOf)]] : []),
    standing.troubles.map(({ sentence }) => sentence),
    running,
    waiting,
    first === undefined ? [] : [`${checkedInWords(standing.checking.length)} since ${timeOf(first.since)}`],
  ]
    .filter((lines) => lines.length > 0)
    .flatMap((lines) => [rule, ...lines.map(fact)]);
}

function pauseWish(standing: Standing | null): TrayLine[] {
  if (standing === null) return [];
  return [
    rule,
    standing.paused === null
      ? wish('pause-all', 'Pause all calling')
      : wish('resume-all', 'Resume all calling'),
  ];
}

const rule = { kind: 'rule' } as const;

function fact(words: string): TrayLine {
  return { kind: 'fact', label: cut(words, LINE_MAX) };
}

function wish(name: TrayWish, label: string, enabled = true): TrayLine {
  return { kind: 'wish', wish: name, label, enabled };
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;
}
