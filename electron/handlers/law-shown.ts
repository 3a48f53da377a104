import type { Law, LawRule } from '../../shared/contract/law.ts';
import { type LawBook, shippedClosures } from '../../shared/domain/law/book.ts';
import {
  confidenceInWords,
  inReadingOrder,
  jurisdictionInWords,
  kindInWords,
  ruleInWords,
} from '../../shared/domain/law/in-words.ts';
import { type Override, mayOverride } from '../../shared/domain/law/overrides.ts';
import type { Rule, ScrubAgeRule } from '../../shared/domain/law/rule.ts';
import { EVERYWHERE } from '../../shared/domain/law/sentences.ts';
import { stateCodes, stateName } from '../../shared/domain/places/states.ts';
import { DAY_MS, instant } from '../../shared/lib/instants.ts';
import { isZone, localTime } from '../../shared/lib/zoned-time.ts';
import { zoneRelease } from '../../shared/lib/zones/table.ts';
import type { Kernel } from '../kernel.ts';
import { overridesOf } from '../store/law-overrides.ts';
import { type Comparisons, comparedOf, ownHoursOf, ruleFrom } from '../store/own-law.ts';
import { registriesOf } from '../store/registries.ts';
import { lawIn } from '../workspace-law.ts';

/** Every rule there is for this workspace, those that were taken out among them. */
export function wholeLaw(kernel: Pick<Kernel, 'db'>, folder: string): LawBook {
  return lawIn(folder, () => {});
}

/** The book of law as a supervisor reads it. */
export function lawShown(kernel: Kernel, folder: string): Law {
  const { db, home, kind } = kernel;
  const whole = wholeLaw(kernel, folder);
  const overrides = new Map(overridesOf(db).map((each) => [each.rule, each]));
  const own = ownHoursOf(db).map(ruleFrom);
  const byPlace = Map.groupBy([...own, ...whole.rules], ({ jurisdiction }) => jurisdiction);
  const shipped = new Set(shippedClosures.map(({ id }) => id));
  return {
    places: inReadingOrder([...byPlace.keys()]).map((jurisdiction) => ({
      jurisdiction,
      name: jurisdictionInWords(jurisdiction),
      rules: byPlace.get(jurisdiction)!.map((rule) => ruleShown(kernel, whole, rule, overrides)),
    })),
    choices: inReadingOrder([EVERYWHERE, ...new Set([...whole.byJurisdiction.keys(), ...stateCodes])])
      .filter((jurisdiction) => jurisdiction !== '*')
      .map((jurisdiction) => ({ jurisdiction, name: jurisdictionInWords(jurisdiction) })),
    closures: whole.closures.map((closure) => ({
      ...closure,
      place: closure.jurisdiction === '*' ? 'Everywhere' : jurisdictionInWords(closure.jurisdiction),
      isShipped: shipped.has(closure.id),
    })),
    registers: whole.rules
      .filter((rule): rule is ScrubAgeRule => rule.kind === 'scrub-age' && rule.values.daysMax > 0)
      .map((rule) => registerShown(kernel, rule, comparedOf(db))),
    asksRegisters: kind === 'live',
    today: dateOf(kernel, kernel.clock.now()),
    home: { country: home.country, state: home.state ?? null },
    states: stateCodes
      .filter((code) => code.startsWith(`${home.country}-`))
      .map((code) => ({ code, name: stateName(code) })),
    zones: { release: zoneRelease(), doubt: whole.doubt },
  };
}

function ruleShown(
  kernel: Kernel,
  whole: LawBook,
  rule: Rule,
  overrides: ReadonlyMap<string, Override>,
): LawRule {
  const { id, jurisdiction, kind, citation, asOf, confidence, effectiveFrom, effectiveUntil, note } = rule;
  const isOwn = rule.isOwn === true;
  const may = isOwn ? null : mayOverride(whole, id, 'any');
  const override = overrides.get(id);
  return {
    id,
    jurisdiction,
    kind,
    citation,
    asOf,
    effectiveFrom,
    effectiveUntil,
    note,
    isOwn,
    title: kindInWords(kind),
    sentence: ruleInWords(rule),
    confidence: isOwn ? 'Your own rule.' : confidenceInWords(confidence),
    whyKept: may === null || may.ok ? null : may.error,
    override:
      override === undefined
        ? null
        : { by: override.by, reason: override.reason, on: dateOf(kernel, override.at) },
  };
}

function registerShown(kernel: Kernel, rule: ScrubAgeRule, all: Comparisons): Law['registers'][number] {
  const { list, daysMax } = rule.values;
  const compared = latest(all[rule.id] ?? null, readIn(kernel, rule.jurisdiction));
  const age = compared === null ? null : Math.floor((kernel.clock.now() - compared.at) / DAY_MS);
  return {
    rule: rule.id,
    list,
    place: jurisdictionInWords(rule.jurisdiction),
    daysMax,
    comparedOn: compared === null ? null : dateOf(kernel, compared.at),
    by: compared?.by ?? null,
    daysLeft: age === null ? null : Math.max(0, daysMax - age),
  };
}

type Compared = Comparisons[string];

/** The oldest copy in use that speaks for all numbers of a place: those of some beginnings stand on Do not call. */
function readIn({ db }: Kernel, jurisdiction: string): Compared | null {
  const copies = registriesOf(db).filter(
    (each) => each.state === 'in-use' && each.jurisdiction === jurisdiction && each.covers.length === 0,
  );
  const oldest = copies.toSorted((a, b) => a.asOf - b.asOf)[0];
  return oldest === undefined ? null : { at: oldest.asOf, by: `the file ${oldest.fileName}` };
}

function latest(a: Compared | null, b: Compared | null): Compared | null {
  if (a === null || b === null) return a ?? b;
  return a.at >= b.at ? a : b;
}

function dateOf({ home }: Kernel, at: number): string {
  return localTime(instant(at), isZone(home.zone) ? home.zone : 'UTC').date;
}
