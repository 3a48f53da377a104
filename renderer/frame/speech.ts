import type { DeskView } from '../../shared/contract/desk.ts';
import { consultIn } from '../../shared/domain/session.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Urgency } from '../ui/announcer.ts';
import { spokenDuration } from '../ui/time-text.ts';
import { faceOf } from './desk-face.ts';

export type Cue = 'connected' | 'ended' | 'due' | 'trouble';

export interface Said {
  readonly text: string;
  readonly urgency: Urgency;
  /** The sound that belongs to it, for those who have sounds on. */
  readonly cue?: Cue;
}

/**
 * What is said when the desk turned from one into the other, or null when nothing a listener needs has changed.
 * Never a tick of a timer; the name comes before the number.
 */
export function speechOf(before: DeskView, after: DeskView, now: Instant): Said | null {
  const was = before.session?.state;
  const is = after.session?.state;
  if (was?.kind === is?.kind && attempt(before) === attempt(after))
    return lineTurned(before, after) ?? colleagueTurned(was, is) ?? pauseAsked(before, after);
  if (is === undefined) return was === undefined ? null : polite('Session ended');

  const name = after.contact?.name ?? after.call?.number ?? 'the number';
  switch (is.kind) {
    case 'dialing':
      return polite(`Dialing ${name}${nthOf(after)}`);
    case 'ringing':
      return polite(`Ringing, ${name}`);
    case 'connected':
      if (is.consult?.colleague === 'there') return polite(`All three: you, ${name} and ${is.consult.to}`);
      return was?.kind === 'on-hold'
        ? polite('Off hold')
        : { text: `Connected, ${name}`, urgency: 'assertive', cue: 'connected' };
    case 'on-hold':
      return polite('On hold');
    case 'wrap-up':
      return wrapUp(after, now);
    case 'paused':
      return polite(`Paused: ${is.reason}`);
    case 'trouble':
      return { text: `Trouble, dialing stopped. ${is.what}`, urgency: 'assertive', cue: 'trouble' };
    case 'previewing':
      return saved(before, after) ?? polite(`Next: ${name}`);
    case 'ready':
      return saved(before, after) ?? (was === undefined ? polite('Session started') : null);
  }
}

/** The whole state in one go, for the key that asks for it. */
export function wholeState(desk: DeskView, now: Instant): string {
  const { session, call } = desk;
  if (session === null) return 'Not started. No session is running.';
  const { word, name } = faceOf(desk);
  const since = call?.answeredAt ?? session.since;
  const isTalking = session.state.kind === 'connected' || session.state.kind === 'on-hold';
  const parts = [
    name === null ? word : `${word}, ${name}`,
    `for ${spokenDuration(Math.max(0, now - since))}`,
    isTalking && (call?.isRecorded === true ? 'recording' : 'not recording'),
    isTalking && (call?.isMuted === true ? 'muted' : 'not muted'),
    session.state.kind === 'wrap-up' && timeLeft(desk, now),
    session.pauseAfter !== null && `pausing after this call: ${session.pauseAfter}`,
    desk.waiting?.sentence,
    `Campaign ${session.campaign}`,
  ];
  return `${parts.filter((part) => typeof part === 'string' && part !== '').join(', ')}.`;
}

function wrapUp(desk: DeskView, now: Instant): Said {
  const { call } = desk;
  const state = desk.session?.state;
  const handedTo = state?.kind === 'wrap-up' ? state.transferredTo : undefined;
  if (handedTo !== undefined)
    return polite(`Handed over to ${handedTo}. Wrap-up${timeLeft(desk, now, ', ')}`);
  const byThem = call?.endedBy === 'them' ? 'Call ended by the other side. ' : '';
  return {
    text: `${byThem}Wrap-up${timeLeft(desk, now, ', ')}`,
    urgency: byThem === '' ? 'polite' : 'assertive',
    cue: 'ended',
  };
}

function timeLeft({ session }: DeskView, now: Instant, lead = ''): string {
  if (session?.wrapUpEndsAt == null) return '';
  return `${lead}${Math.max(0, Math.round((session.wrapUpEndsAt - now) / 1000))} seconds`;
}

/** An outcome was just filed: that is the news, and who comes next belongs to it. */
function saved(before: DeskView, after: DeskView): Said | null {
  if (after.undo === null || after.undo.attemptId === before.undo?.attemptId) return null;
  const next = after.session?.state.kind === 'previewing' ? `. Next: ${after.contact?.name ?? ''}` : '';
  return polite(`Saved, ${after.undo.label}${next}`);
}

/** The carrier was lost in a call, is back, or is asked about it after sleep. */
function lineTurned({ line: was }: DeskView, { line: is }: DeskView): Said | null {
  if (was?.kind === is?.kind) return null;
  if (is === null) return was?.kind === 'lost' ? polite('The carrier is back') : null;
  if (is.kind === 'asking') return polite(is.sentence);
  return { text: `Carrier lost, dialing stopped. ${is.sentence}`, urgency: 'assertive', cue: 'trouble' };
}

type State = NonNullable<DeskView['session']>['state'];

/** A colleague who is asked before somebody is handed over: rung, on the line, or gone. */
function colleagueTurned(before: State | undefined, after: State | undefined): Said | null {
  const was = before === undefined ? null : consultIn(before);
  const is = after === undefined ? null : consultIn(after);
  if (was?.colleague === is?.colleague && was?.to === is?.to) return null;
  if (is === null) return polite(`${was?.to} was let go`);
  if (is.colleague === 'rung') return polite(`Ringing ${is.to}`);
  if (is.colleague === 'there')
    return { text: `${is.to} is on the line`, urgency: 'assertive', cue: 'connected' };
  const then = after?.kind === 'on-hold' ? '. The contact is on hold' : '';
  return { text: `${is.to} is not on the line${then}`, urgency: 'assertive', cue: 'ended' };
}

function pauseAsked(before: DeskView, after: DeskView): Said | null {
  const reason = after.session?.pauseAfter ?? null;
  if (reason === (before.session?.pauseAfter ?? null)) return null;
  return polite(reason === null ? 'No longer pausing after this call' : `Pausing after this call: ${reason}`);
}

function nthOf({ call, contact }: DeskView): string {
  if (call === null || contact === null) return '';
  return `, attempt ${call.nth} of ${contact.attemptsMax}`;
}

function attempt({ session }: DeskView): string | null {
  return session !== null && 'attemptId' in session.state ? session.state.attemptId : null;
}

function polite(text: string): Said {
  return { text, urgency: 'polite' };
}
