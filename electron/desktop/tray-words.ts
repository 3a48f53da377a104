import type { DeskView } from '../../shared/contract/desk.ts';
import { isInCall, type SessionKind } from '../../shared/domain/session.ts';
import type { Instant } from '../../shared/lib/instants.ts';

/** What the tray's menu can wish for. */
export type TrayWish = 'start' | 'pause' | 'resume' | 'hang-up' | 'open' | 'quit';

export type TrayLine =
  | { readonly kind: 'state'; readonly label: string }
  | { readonly kind: 'wish'; readonly wish: TrayWish; readonly label: string; readonly enabled: boolean }
  | { readonly kind: 'rule' };

/** The picture, the words and the menu of the tray, for one state of the desk. */
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

/** `timeOf` writes an instant as the agent reads a clock. Null is a desk that nobody sits at. */
export function trayFace(
  desk: Pick<DeskView, 'session' | 'contact'> | null,
  timeOf: (at: Instant) => string,
): TrayFace {
  const session = desk?.session ?? null;
  if (session === null) return face('idle', 'Not started', null, [wish('start', 'Start a session…')]);
  const { state, pauseAfter } = session;
  const [icon, word] = FACES[state.kind];
  const isPaused = state.kind === 'paused' || pauseAfter !== null;
  const named = state.kind === 'paused' ? `${word}: ${state.reason}` : word;
  const who = state.kind === 'paused' || state.kind === 'ready' ? null : (desk?.contact?.name ?? null);
  const inCall = isInCall(state);
  return face(icon, who === null ? named : `${named} · ${who}`, timeOf(session.since), [
    isPaused ? wish('resume', 'Resume') : wish('pause', inCall ? 'Pause after this call' : 'Pause'),
    wish('hang-up', 'Hang up', inCall),
  ]);
}

function face(icon: string, words: string, since: string | null, wishes: readonly TrayLine[]): TrayFace {
  const label = since === null ? words : `${words}, since ${since}`;
  const rule = { kind: 'rule' } as const;
  const always = [wish('open', 'Open Parley'), wish('quit', 'Quit Parley')];
  return {
    icon,
    toolTip: `Parley: ${words}`,
    lines: [{ kind: 'state', label }, rule, ...wishes, rule, ...always],
  };
}

function wish(name: TrayWish, label: string, enabled = true): TrayLine {
  return { kind: 'wish', wish: name, label, enabled };
}
