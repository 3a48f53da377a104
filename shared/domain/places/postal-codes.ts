import type { Zone } from '../../lib/zoned-time.ts';
import { type StateCode, zonesOfState } from './states.ts';

/** What a postal code says: the states it may lie in, and the clocks there. */
export interface PostalPlace {
  readonly states: readonly StateCode[];
  readonly zones: readonly Zone[];
}

/** The first three digits of ZIP codes by state, from–to. */
const ZIPS: Readonly<Record<string, string>> = {
  AK: '995-999',
  AL: '350-352 354-369',
  AR: '716-729',
  AZ: '850-853 855-857 859-860 863-865',
  CA: '900-908 910-928 930-961',
  CO: '800-816',
  CT: '060-069',
  DC: '200 202-205 569',
  DE: '197-199',
  FL: '320-339 341-342 344 346-347 349',
  GA: '300-319 398-399',
  GU: '969',
  HI: '967-968',
  IA: '500-516 520-528',
  ID: '832-838',
  IL: '600-620 622-629',
  IN: '460-479',
  KS: '660-662 664-679',
  KY: '400-418 420-427',
  LA: '700-701 703-708 710-714',
  MA: '010-027 055',
  MD: '206-212 214-219',
  ME: '039-049',
  MI: '480-499',
  MN: '550-551 553-567',
  MO: '630-631 633-641 644-658',
  MP: '969',
  MS: '386-397',
  MT: '590-599',
  NC: '270-289',
  ND: '580-588',
  NE: '680-681 683-693',
  NH: '030-038',
  NJ: '070-089',
  NM: '870-871 873-875 877-884',
  NV: '889-891 893-895 897-898',
  // 063 is Connecticut and Fishers Island, which is New York.
  NY: '005 063 100-149',
  OH: '430-459',
  OK: '730-731 734-741 743-749',
  OR: '970-979',
  PA: '150-196',
  PR: '006-007 009',
  RI: '028-029',
  SC: '290-299',
  SD: '570-577',
  TN: '370-385',
  TX: '733 750-770 772-799 885',
  UT: '840-847',
  VA: '201 220-246',
  VI: '008',
  VT: '050-054 056-059',
  WA: '980-986 988-994',
  WI: '530-532 534-535 537-549',
  WV: '247-268',
  WY: '820-831',
};

/**
 * Where a state has two clocks, the three digits that surely keep the first of them, then those that surely
 * keep the second. All others may keep either.
 */
const SURE: Readonly<Record<string, readonly [string, string]>> = {
  AK: ['997-999', ''],
  AZ: ['850-857 863-864', ''],
  FL: ['320-323 326-349', '325'],
  ID: ['832-834 836-837', '838'],
  IN: ['460-462 466-474 478-479', '464 477'],
  KS: ['660-676 679', ''],
  KY: ['402-418', '420-421 423-424'],
  MI: ['480-497', ''],
  ND: ['580-584', ''],
  NE: ['680-689', ''],
  NV: ['889-897', ''],
  OR: ['970-978', ''],
  SD: ['570-574', '577'],
  TN: ['370-372 380-384', '374 376-379'],
  TX: ['733 750-797', '799 885'],
};

/** Canada writes the province in the first letter. */
const LETTERS: Readonly<Record<string, readonly StateCode[]>> = {
  A: ['CA-NL'],
  B: ['CA-NS'],
  C: ['CA-PE'],
  E: ['CA-NB'],
  G: ['CA-QC'],
  H: ['CA-QC'],
  J: ['CA-QC'],
  K: ['CA-ON'],
  L: ['CA-ON'],
  M: ['CA-ON'],
  N: ['CA-ON'],
  P: ['CA-ON'],
  R: ['CA-MB'],
  S: ['CA-SK'],
  T: ['CA-AB'],
  V: ['CA-BC'],
  X: ['CA-NT', 'CA-NU'],
  Y: ['CA-YT'],
};

/** Letters, with the digit after them where that matters, which keep only the first clock of the province. */
const ONE_CLOCK = /^(A1|H|J|K|L|M|N|V[3-9])/;

/** Where a postal code of the United States or Canada lies; null for one that is neither. */
export function placeOfPostalCode(text: string): PostalPlace | null {
  const typed = text.trim().toUpperCase();
  if (/^\d{5}(-?\d{4})?$/.test(typed)) return zipPlace(typed.slice(0, 3));
  // Spreadsheets eat the zero in front of New England.
  if (/^\d{4}$/.test(typed)) return zipPlace(`0${typed.slice(0, 2)}`);
  if (/^[A-Z]\d[A-Z] ?(\d[A-Z]\d)?$/.test(typed)) return canadianPlace(typed);
  return null;
}

function zipPlace(digits: string): PostalPlace | null {
  const states = Object.keys(ZIPS).filter((state) => isIn(ZIPS[state]!, digits));
  if (states.length === 0) return null;
  return {
    states: states.map((state) => `US-${state}`),
    zones: states.flatMap((state) => zonesIn(state, digits)),
  };
}

function zonesIn(state: string, digits: string): readonly Zone[] {
  const zones = zonesOfState(`US-${state}`);
  const sure = SURE[state];
  if (sure === undefined) return zones;
  if (isIn(sure[0], digits)) return zones.slice(0, 1);
  return isIn(sure[1], digits) ? zones.slice(1, 2) : zones;
}

function canadianPlace(code: string): PostalPlace | null {
  const states = LETTERS[code.slice(0, 1)];
  if (states === undefined) return null;
  const zones = states.flatMap(zonesOfState);
  return { states, zones: ONE_CLOCK.test(code) ? zones.slice(0, 1) : zones };
}

function isIn(ranges: string, digits: string): boolean {
  return ranges.split(' ').some((range) => {
    const [from = '', to = from] = range.split('-');
    return from !== '' && from <= digits && digits <= to;
  });
}
