import { DAY_MS, type Instant, after, instant } from '../lib/instants.ts';
import type { ScrubAgeRule } from './law/rule.ts';
import { isKnownPlace, lawThere } from './verdict-law.ts';
import { type Rule, noChange, wait } from './verdict-rule.ts';
import { isConsumer } from './verdict-rules-number.ts';
import type { Subject } from './verdict.ts';

/**
 * A register of people who want no calls, kept by an authority. Somebody compares the lists of the workspace
 * with a copy of it, and says when; a copy that is too old, or that nobody has spoken of, stops the calls (gate 4).
 */
export const register: Rule = {
  id: 'register',
  inTheWay(subject, now) {
    let oldest: { readonly asked: ScrubAgeRule; readonly until: Instant } | null = null;
    for (const asked of registersAsked(subject, now)) {
      const until = goodUntil(asked, subject);
      if (oldest === null || until < oldest.until) oldest = { asked, until };
    }
    if (oldest === null || now < oldest.until) return null;
    return wait('register', null, valuesOf(oldest.asked, subject));
  },
  passes(subject, now) {
    const asked = registersAsked(subject, now);
    const [first] = asked.toSorted((a, b) => goodUntil(a, subject) - goodUntil(b, subject));
    if (first === undefined) return noChange({ list: null, comparedAt: null, daysMax: null, rule: null });
    return { values: valuesOf(first, subject), changesAt: goodUntil(first, subject) };
  },
};

/** Those of the places that matter for this call. Whoever has agreed to it is in no such register for us. */
function registersAsked(
  { number, law, call, consents, isBusiness }: Subject,
  now: Instant,
): readonly ScrubAgeRule[] {
  if (call.purpose !== 'sales' || !isKnownPlace(number.places)) return NONE;
  if ((call.voice === 'agent' ? consents.call : consents.aiVoice) !== null) return NONE;
  const { registers } = lawThere(law, number.places, now, call);
  if (registers.length === 0) return registers;
  return registers.filter(({ values }) => values.of === 'everyone' || isConsumer(isBusiness, call.mode));
}

const NONE: readonly ScrubAgeRule[] = [];

function goodUntil(asked: ScrubAgeRule, subject: Subject): Instant {
  const comparedAt = comparedFor(asked, subject);
  return comparedAt === null ? instant(0) : after(instant(comparedAt), asked.values.daysMax * DAY_MS);
}

/** The copies that speak for this number, of which the oldest counts; or else what somebody said of the whole. */
function comparedFor({ values }: ScrubAgeRule, { number: { e164 } }: Subject): number | null {
  const { comparedAt = null, copies = [] } = values;
  const speaking = copies.filter(
    ({ covers }) => covers.length === 0 || covers.some((beginning) => e164?.startsWith(beginning)),
  );
  const read = speaking.length === 0 ? null : Math.min(...speaking.map(({ asOf }) => asOf));
  return comparedAt === null || read === null ? (comparedAt ?? read) : Math.max(comparedAt, read);
}

function valuesOf(asked: ScrubAgeRule, subject: Subject) {
  const { list, daysMax } = asked.values;
  return { list, comparedAt: comparedFor(asked, subject), daysMax, rule: asked.id };
}
