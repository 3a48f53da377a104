import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain, withRules } from '../../shared/domain/verdict-explain.ts';
import { remedyFor } from '../../shared/domain/verdict-remedy.ts';
import { RULE_IDS } from '../../shared/domain/verdict-rule.ts';
import { decide, verdictOn } from '../../shared/domain/verdict.ts';
import { instant } from '../../shared/lib/instants.ts';
import { localIn } from './verdict-oracle.ts';
import { HOUR, cases as anyCase, subjectFrom } from './cases.ts';

/** Subjects are read at the instant they are judged, so what they know of a day is of that one. */
const cases = anyCase.map(({ contact, law, now }) => {
  const today = { ...contact.today, date: localIn(contact.zone, now).date };
  return { contact: { ...contact, today }, law, now };
});

test('an explanation comes to the same verdict, and its findings bear it out', () => {
  fc.assert(
    fc.property(cases, ({ contact, law, now }) => {
      const subject = subjectFrom(contact, law);
      const { verdict, findings } = explain(subject, now);
      expect(verdict).toEqual(verdictOn(subject, now));
      const failed = findings.filter((each) => !each.passed);
      expect(verdict.kind === 'ring').toBe(failed.length === 0);
      if (verdict.kind === 'ring') return;
      const told = failed.find((each) => each.rule === verdict.because.rule);
      expect(told).toMatchObject({ sentence: verdict.because.sentence, values: verdict.because.values });
      if (verdict.kind === 'wait') expect(told?.changesAt).toBe(verdict.until);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('every rule is in every explanation of a contact in a campaign, in the order of the gate, each in words', () => {
  fc.assert(
    fc.property(cases, ({ contact, law, now }) => {
      const { findings } = explain(subjectFrom(contact, law), now);
      expect(findings.map((each) => each.rule)).toEqual(RULE_IDS);
      for (const { title, sentence } of findings) {
        expect(title).toMatch(/^\p{Lu}/u);
        expect(sentence).toMatch(/^(?!.*(undefined|null|NaN))[\p{Lu}\d“].*\.$/u);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('the answer stays as it is until the instant that is told, and then it is another', () => {
  let seen = 0;
  fc.assert(
    fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ contact, law, now }, part) => {
      const subject = subjectFrom(contact, law);
      const answerAt = (at: number) => {
        const decision = decide(subject, instant(at));
        return decision.kind === 'ring' ? 'ring' : `${decision.kind} ${decision.rule}`;
      };
      const { changesAt } = explain(subject, now);
      const end = changesAt ?? now + 48 * HOUR;
      expect(answerAt(now + Math.floor((end - 1 - now) * part))).toBe(answerAt(now));
      if (changesAt === null) return;
      seen++;
      expect(answerAt(changesAt - 1)).toBe(answerAt(now));
      expect(answerAt(changesAt)).not.toBe(answerAt(now));
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(60);
}, 60_000);

test('the first instant at which they may be rung is told, and there is none before it', () => {
  let seen = 0;
  fc.assert(
    fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ contact, law, now }, part) => {
      const subject = subjectFrom(contact, law);
      const { ringsAt } = explain(subject, now);
      if (ringsAt === null) {
        for (let hour = 0; hour < 72; hour++)
          expect(decide(subject, instant(now + hour * HOUR + Math.floor(part * HOUR))).kind).not.toBe('ring');
        return;
      }
      seen++;
      expect(decide(subject, ringsAt).kind).toBe('ring');
      if (ringsAt > now)
        expect(decide(subject, instant(now + Math.floor((ringsAt - 1 - now) * part))).kind).not.toBe('ring');
    }),
    { numRuns: 250 },
  );
  expect(seen).toBeGreaterThan(60);
}, 60_000);

test('a remedy that changes the rules frees the contact at once, and is one change', () => {
  const freed = new Set<string>();
  fc.assert(
    fc.property(cases, ({ contact, law, now }) => {
      const subject = subjectFrom(contact, law);
      const remedy = remedyFor(subject, now);
      if (decide(subject, now).kind === 'ring') expect(remedy).toBeNull();
      if (remedy?.rules == null) return;
      freed.add(remedy.rule);
      expect(Object.keys(remedy.rules)).toHaveLength(1);
      expect(remedy.sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(decide(withRules(subject, remedy.rules), now)).toEqual({ kind: 'ring' });
    }),
    { numRuns: 1500 },
  );
  expect([...freed].sort()).toEqual(
    expect.arrayContaining(['attempts-spent', 'campaign-hours', 'daily-limit', 'number-caps']),
  );
}, 120_000);
