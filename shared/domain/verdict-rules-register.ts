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
      const until = goodUntil(asked);
      if (oldest === null || until < oldest.until) oldest = { asked, until };
    }
    return oldest === null || now < oldest.until ? null : wait('register', null, valuesOf(oldest.asked));
  },
  passes(subject, now) {
    const asked = registersAsked(subject, now);
    const [first] = asked.toSorted((a, b) => goodUntil(a) - goodUntil(b));
    if (first === undefined) return noChange({ list: null, comparedAt: null, daysMax: null, rule: null });
    return { values: valuesOf(first), changesAt: goodUntil(first) };
  },
};

/** Those of the places that matter for this call. Whoever has agreed to it is in no such register for us. */
function registersAsked({ number, law, call, consents, isBusiness }: Subject, now: Instant): ScrubAgeRule[] {
  if (call.purpose !== 'sales' || !isKnownPlace(number.places)) return [];
  if ((call.voice === 'agent' ? consents.call : consents.aiVoice) !== null) return [];
  return lawThere(law, number.places, now, call).registers.filter(
    ({ values }) => values.of === 'everyone' || isConsumer(isBusiness, call.mode),
  );
}

function goodUntil({ values: { comparedAt, daysMax } }: ScrubAgeRule): Instant {
  return comparedAt == null ? instant(0) : after(instant(comparedAt), daysMax * DAY_MS);
}

function valuesOf({ id, values: { list, daysMax, comparedAt = null } }: ScrubAgeRule) {
  return { list, comparedAt, daysMax, rule: id };
}
