import type { Instant } from '../lib/instants.ts';
import { mayLetGo } from './lines.ts';

/**
 * One round of several lines for one agent, from the first request until every line is over. The first who picks up
 * has the agent; whoever picks up after that is abandoned, and is told who rang.
 */
export interface Round {
  readonly lines: readonly Line[];
  /** Who has the agent, or had them. */
  readonly talkedTo: string | null;
}

export interface Line {
  readonly attemptId: string;
  readonly state: 'asked' | 'ringing' | 'talking' | 'abandoned' | 'over';
  readonly ringingAt: Instant | null;
}

export type RoundEvent =
  | { readonly kind: 'rang'; readonly attemptId: string; readonly at: Instant }
  | { readonly kind: 'answered'; readonly attemptId: string }
  | { readonly kind: 'ended'; readonly attemptId: string };

export function beginRound(attemptIds: readonly string[]): Round {
  return {
    lines: attemptIds.map((attemptId) => ({ attemptId, state: 'asked', ringingAt: null })),
    talkedTo: null,
  };
}

/** The round after the event, or null where it means nothing. Pure; told twice it counts once. */
export function stepRound(round: Round, event: RoundEvent): Round | null {
  const line = round.lines.find(({ attemptId }) => attemptId === event.attemptId);
  if (line === undefined || line.state === 'over') return null;
  const { attemptId } = line;
  switch (event.kind) {
    case 'rang':
      return line.state === 'asked'
        ? withLine(round, { ...line, state: 'ringing', ringingAt: event.at })
        : null;
    case 'answered':
      if (line.state === 'talking' || line.state === 'abandoned') return null;
      return round.talkedTo === null
        ? { ...withLine(round, { ...line, state: 'talking' }), talkedTo: attemptId }
        : withLine(round, { ...line, state: 'abandoned' });
    case 'ended':
      return withLine(round, { ...line, state: 'over' });
  }
}

/**
 * The lines that may be let go now: the agent has somebody, and these have rung long enough. One that only was asked
 * for may be about to ring, so it is not among them.
 */
export function linesToLetGo({ lines, talkedTo }: Round, now: Instant, secondsMin = 0): readonly string[] {
  if (talkedTo === null) return [];
  return lines.flatMap(({ attemptId, state, ringingAt }) =>
    state === 'ringing' && mayLetGo(ringingAt, now, secondsMin) ? [attemptId] : [],
  );
}

/** Lines that may yet be abandoned: all that are open, but for the one that would have the agent. */
export function linesAtRisk({ lines, talkedTo }: Round): number {
  const open = lines.filter(({ state }) => state === 'asked' || state === 'ringing').length;
  return talkedTo === null ? Math.max(0, open - 1) : open;
}

export function isRoundOver({ lines }: Round): boolean {
  return lines.every(({ state }) => state === 'over');
}

function withLine(round: Round, line: Line): Round {
  return { ...round, lines: round.lines.map((each) => (each.attemptId === line.attemptId ? line : each)) };
}
