import { holidays } from './holidays.ts';
import { EVERYWHERE, placeName } from './sentences.ts';
import type { HoursRule, Mode, Rule, RuleKind } from './rule.ts';

/* The book of law as somebody reads it: each rule a title and a sentence. */

const TITLES: Readonly<Record<RuleKind, string>> = {
  hours: 'Hours',
  'closed-days': 'Closed days',
  cap: 'How often',
  consent: 'Consent',
  ring: 'Ringing',
  abandonment: 'Abandoned calls',
  recording: 'Recording',
  'scrub-age': 'Do-not-call register',
  'answered-inside': 'Last moments of the hours',
};

/** How sure we are of a rule, for whoever thinks of taking it out. */
const CONFIDENCE: Readonly<Record<Rule['confidence'], string>> = {
  A: 'The text was read.',
  B: 'Several sources agree.',
  C: 'Sources differ, and the strictest was taken.',
  K: 'Known for long, and not read again.',
  policy: 'Our own policy.',
};

const MODES: Readonly<Record<Mode, string>> = {
  manual: 'calls dialed by hand',
  automatic: 'calls dialed automatically',
  recorded: 'AI and recorded voices',
};

export function kindInWords(kind: RuleKind): string {
  return TITLES[kind];
}

export function confidenceInWords(confidence: Rule['confidence']): string {
  return CONFIDENCE[confidence];
}

/** What a rule says, in one sentence that stands alone. */
export function ruleInWords(rule: Rule): string {
  const { modes, purposes } = rule;
  const only = [...(modes ?? []).map((mode) => MODES[mode]), ...(purposes ?? []).map(purposeInWords)];
  const narrowed = only.length === 0 ? '' : ` For ${only.join(', ')} only.`;
  return `${sentenceOf(rule)}${narrowed}`;
}

function sentenceOf(rule: Rule): string {
  switch (rule.kind) {
    case 'hours':
      return `${calls(rule)} ${daysInWords(rule.values.days)}.`;
    case 'closed-days':
      return `No calls on ${rule.values.holidays.map((id) => holidays[id]?.name ?? id).join(', ')}.`;
    case 'cap':
      return capInWords(rule.values);
    case 'consent':
      return `Calls to ${rule.values.of === 'consumers' ? 'consumers' : 'anybody'} need ${rule.values.needs === 'written' ? 'written' : 'express'} consent.`;
    case 'ring':
      return `An unanswered call rings ${rule.values.secondsMin} seconds at least${rule.values.ringsMin === null ? '' : `, or ${rule.values.ringsMin} times`}.`;
    case 'abandonment':
      return `At most ${rule.values.percentMax} % of the answered calls in ${PERIODS[rule.values.per]} may have no agent within ${rule.values.connectMs / 1000} seconds.`;
    case 'recording':
      return RECORDING[rule.values.manner];
    case 'scrub-age':
      return rule.values.daysMax === 0
        ? `${upper(rule.values.list)} are obeyed at once and kept.`
        : `Lists are compared with ${rule.values.list}, with a copy ${rule.values.daysMax} days old at most.`;
    case 'answered-inside':
      return 'A call that might be answered after the hours is not begun.';
  }
}

function calls({ isOwn }: HoursRule): string {
  return isOwn === true ? 'Your own rule: calls' : 'Calls';
}

const PERIODS = { '24-hours': '24 hours', '30-days': '30 days', 'calendar-month': 'a month' } as const;
const RECORDING = {
  free: 'One party to a call may record it.',
  announce: 'Recording is announced before it begins.',
  ask: 'Recording needs the agreement of everybody on the call.',
} as const;
const EVENTS = {
  abandoned: 'a call that was answered and abandoned',
  refusal: 'a refusal',
  conversation: 'a conversation',
} as const;

function capInWords({ max, hours, after: event }: Extract<Rule, { kind: 'cap' }>['values']): string {
  const span = hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`;
  const number = max === 0 ? 'No call' : max === 1 ? 'One call' : `${max} calls`;
  return event === null
    ? `${number} at most in ${span}.`
    : `${number} in the ${span} after ${EVENTS[event]}.`;
}

const DAY_NAMES: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** “8:00–21:00 from Monday to Saturday; none on Sunday”. */
function daysInWords(days: HoursRule['values']['days']): string {
  const said = Object.entries(days).map(([run, times = []]) => {
    const [first = '', last] = run.split('-');
    const when =
      run === 'mon-sun'
        ? 'every day'
        : last === undefined
          ? `on ${DAY_NAMES[first]}`
          : `from ${DAY_NAMES[first]} to ${DAY_NAMES[last]}`;
    return times.length === 0 ? `none ${when}` : `${times.map(shortTimes).join(' and ')} ${when}`;
  });
  return said.join('; ');
}

/** “9:00–21:30” for `09:00-21:30`. */
function shortTimes(times: string): string {
  return times
    .split('-')
    .map((time) => time.replace(/^0(?=\d:)/, ''))
    .join('–');
}

function purposeInWords(purpose: 'sales' | 'debt'): string {
  return purpose === 'debt' ? 'debt collection' : 'sales';
}

/** The place a rule holds in, as a heading: “Florida”, “the United States”, “Everywhere”. */
export function jurisdictionInWords(jurisdiction: string): string {
  return upper(placeName(jurisdiction));
}

/** Places in the order in which somebody looks for them: everywhere, countries, then their states by name. */
export function inReadingOrder(jurisdictions: readonly string[]): string[] {
  const rank = (each: string) => (each === EVERYWHERE ? 0 : each === '*' ? 3 : each.length === 2 ? 1 : 2);
  return jurisdictions.toSorted((a, b) => rank(a) - rank(b) || (placeName(a) < placeName(b) ? -1 : 1));
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
