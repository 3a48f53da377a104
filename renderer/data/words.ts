import type { AttemptStatus } from '../../shared/domain/attempt-status.ts';
import type { CallRow } from '../../shared/contract/records.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { StateKind } from '../ui/StateShape.tsx';

// Times on these screens are the agent's own. Where a contact's clock is meant, the Dial screen says so.
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const COUNT = new Intl.NumberFormat();

export function timeText(at: Instant | number): string {
  return TIME.format(at);
}

/** Today only the time; another day says which. */
export function whenText(at: Instant, now: Instant | number): string {
  return DAY.format(at) === DAY.format(now) ? TIME.format(at) : DAY_AND_TIME.format(at);
}

export function exactText(at: Instant): string {
  return `${DAY.format(at)}, ${TIME.format(at)}`;
}

export function countText(count: number): string {
  return COUNT.format(count);
}

/** `1 call`, `2,000 calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}

/** What a call cost. Carriers bill in fractions of a cent, so small sums keep four places. */
export function moneyText(micros: number | null, currency: string | null): string {
  if (micros === null || currency === null) return '–';
  const amount = micros / 1_000_000;
  return moneyFormat(currency, amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2).format(amount);
}

// To make one takes longer than to draw the row that shows it.
const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
  const name = `${currency} ${digits}`;
  const known = moneyFormats.get(name);
  if (known !== undefined) return known;
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const made = new Intl.NumberFormat(undefined, { style: 'currency', currency, ...places });
  moneyFormats.set(name, made);
  return made;
}

/** How a call stands, in the six words that campaigns count by (row A5). */
export const STATUS_WORD: Readonly<Record<AttemptStatus, string>> = {
  scheduled: 'Scheduled',
  calling: 'Calling',
  'in-progress': 'In progress',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export interface CallFace {
  readonly state: StateKind;
  readonly word: string;
}

const ENDS: Readonly<Record<string, string>> = {
  completed: 'Answered',
  busy: 'Busy',
  'no-answer': 'No answer',
  failed: 'Failed',
  canceled: 'Called off',
};

/** How a call stands, for a row of a table. */
export function callFace({ status, end }: Pick<CallRow, 'status' | 'end'>): CallFace {
  switch (status) {
    case 'queued':
      return { state: 'dialing', word: 'Dialing' };
    case 'ringing':
      return { state: 'ringing', word: 'Ringing' };
    case 'in-progress':
      return { state: 'connected', word: 'Connected' };
    case 'ended':
      return { state: end === 'failed' ? 'trouble' : 'idle', word: ENDS[end ?? ''] ?? 'Ended' };
  }
}
