import type { Mode, Purpose } from '../../shared/domain/law/rule.ts';
import { type E164, countryOf, readPhone, showPhone, whyUnringable } from '../../shared/domain/phone.ts';
import { placesFrom, placesText } from '../../shared/domain/places/places.ts';
import { explain } from '../../shared/domain/verdict-explain.ts';
import type { Subject } from '../../shared/domain/verdict.ts';
import { type Whereabouts, whereaboutsOf } from '../../shared/domain/whereabouts.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { zoneRelease, zonesInUse } from '../../shared/lib/zones/table.ts';
import { lawIn } from '../workspace-law.ts';
import {
  type Asked,
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Surroundings,
  WORKSPACE_OPTION,
  isoText,
  readInstant,
  shownIn,
} from './command.ts';
import { lawOf } from './law-here.ts';
import { workspaceMeant } from './open-workspace.ts';

const MODES: readonly string[] = ['manual', 'automatic', 'recorded'] satisfies Mode[];
const PURPOSES: readonly string[] = ['sales', 'debt'] satisfies Purpose[];

/** What the law says of a call to one number: no contact, no campaign and no list is looked at. */
export const canICall: Command = {
  name: 'can-i-call',
  usage: '<number> [--at 2026-11-20T14:30:00-05:00] [--state FL] [--postal 32401] [--workspace W]',
  about: 'where a number may be, what the law there says now, and when it may be rung next',
  options: [
    { name: 'at', value: 'INSTANT', about: 'another moment than now, with its offset or Z' },
    { name: 'state', value: 'XX', about: 'the state or province of the person’s address' },
    { name: 'postal', value: 'CODE', about: 'the postal code of the person’s address' },
    { name: 'country', value: 'XX', about: 'what a number without + means; left out, US' },
    { name: 'mode', value: 'MODE', about: `how the call is made: ${MODES.join(', ')}; left out, automatic` },
    { name: 'purpose', value: 'WHAT', about: `what for: ${PURPOSES.join(', ')}; left out, sales` },
    {
      ...WORKSPACE_OPTION,
      about: 'whose closed days and overrides count; left out, the one that was open last',
    },
    DATA_OPTION,
    JSON_OPTION,
  ],
  async run(asked, surroundings) {
    const { words, value } = asked;
    const { clock } = surroundings;
    const [typed, extra] = words;
    if (typed === undefined) return refused('Say which number: `parley can-i-call "+1 212 555 0100"`.');
    if (extra !== undefined)
      return refused(`“${extra}” is too much. Put a number with blanks in quotes: "${words.join(' ')}".`);
    const country = (value('country') ?? 'US').toUpperCase();
    if (!/^[A-Z]{2}$/.test(country)) return refused('--country takes two letters, such as US or GB.');
    const mode = value('mode') ?? 'automatic';
    if (!MODES.includes(mode)) return refused(`--mode is one of ${MODES.join(', ')}.`);
    const purpose = value('purpose') ?? 'sales';
    if (!PURPOSES.includes(purpose)) return refused(`--purpose is one of ${PURPOSES.join(', ')}.`);
    const phone = readPhone(typed, country);
    if (!phone.ok) return refused(phone.error.sentence);
    const at = value('at');
    const now = at === null ? ok(clock.now()) : readInstant(at);
    if (!now.ok) return now;
    const where = whereaboutsOf({
      e164: phone.value,
      address: addressFrom(value('state'), value('postal'), countryOf(phone.value)),
    });
    const law = lawMeant(asked, surroundings);
    if (!law.ok) return law;
    const subject = subjectOf(phone.value, where, law.value, mode as Mode, purpose as Purpose);
    return ok(told(subject, where, now.value));
  },
};

/** The law of a workspace where there is one, and else the one that came with Parley. */
function lawMeant(asked: Asked, surroundings: Surroundings): Result<LawBook, string> {
  const workspace = workspaceMeant(asked, surroundings);
  if (workspace.ok) return ok(lawOf(workspace.value, surroundings));
  return asked.value('workspace') === null ? ok(lawIn('', () => {})) : workspace;
}

function addressFrom(state: string | null, postalCode: string | null, country: string | null) {
  return state === null && postalCode === null ? null : { state, postalCode, country };
}

function told(subject: Subject, where: Whereabouts, now: Instant) {
  const { mode, purpose } = subject.call;
  const e164 = subject.number.e164 as E164;
  const { verdict, findings, ringsAt } = explain(subject, now);
  const [first] = where.zones;
  const sentence = verdict.kind === 'ring' ? 'It may be rung.' : verdict.because.sentence;
  const rules = findings.map(({ rule, title, passed, sentence: said, law, values, changesAt }) => {
    const citations = law.map(({ id, citation, sentence: text }) => ({ id, citation, sentence: text }));
    return { rule, title, passed, sentence: said, law: citations, values, changesAt: isoText(changesAt) };
  });
  const next = ringsAt !== null && ringsAt > now ? ringsAt : null;
  return {
    json: {
      number: e164,
      shown: showPhone(e164, ''),
      at: isoText(now),
      zones: where.zones.map((zone) => ({ zone, there: shownIn(now, zone) })),
      countries: where.countries,
      states: where.states,
      provenance: where.provenance,
      mode,
      purpose,
      verdict: { kind: verdict.kind, sentence },
      rules,
      nextAt: isoText(next),
      zoneData: { release: zoneRelease(), doubt: zonesInUse().doubt },
    },
    lines: [
      `${verdict.kind === 'ring' ? 'Yes' : 'No'}. ${sentence}`,
      `${showPhone(e164, '')} at ${isoText(now)}, ${mode} call, ${purpose}, time zones ${zoneRelease()}`,
      '',
      'Where it may be (all of these have to be open):',
      ...where.zones.map((zone) => `  ${zone}, ${shownIn(now, zone)} there`),
      ...where.provenance.map(({ from, value: looked, zones, states }) => {
        const says = [...states, `${zones.length} ${zones.length === 1 ? 'zone' : 'zones'}`].join(', ');
        return `  by ${from.replace('-', ' ')}${looked === '' ? '' : ` ${looked}`}: ${says}`;
      }),
      '',
      'What was asked:',
      ...rules.flatMap(({ passed, title, sentence: said, law }) => [
        `  ${passed ? 'pass' : 'FAIL'}  ${title}: ${said}`,
        ...law.map(({ id, citation }) => `        ${citation} (${id})`),
      ]),
      ...(next === null || first === undefined
        ? []
        : ['', `Next legal instant: ${isoText(next)}, ${shownIn(next, first)} in ${first}`]),
    ],
  };
}

/** A number that nobody here has, and that was never rung. */
function subjectOf(e164: E164, where: Whereabouts, law: LawBook, mode: Mode, purpose: Purpose): Subject {
  return {
    number: {
      e164,
      isUsable: true,
      unringable: whyUnringable(e164),
      places: placesFrom(placesText(where)),
      attemptsAt: [],
      conversationAt: null,
      refusalAt: null,
      abandonedAt: null,
    },
    doNotCall: null,
    consents: { call: null, aiVoice: null },
    isBusiness: null,
    heldSince: null,
    enrolment: null,
    campaign: null,
    call: { mode, purpose, voice: mode === 'recorded' ? 'ai' : 'agent' },
    law,
    carrier: null,
  };
}
