import { readCadence, readTime } from '../../shared/domain/cadence.ts';
import type { Cadence } from '../../shared/domain/cadence.ts';
import type { NumberKind } from '../../shared/domain/contact.ts';
import type { ColumnMapping, Field, Mapping } from '../../shared/domain/list-import.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { whyUnringable } from '../../shared/domain/phone.ts';
import { placesFrom } from '../../shared/domain/places/places.ts';
import type { ConsentKind } from '../../shared/domain/schedule.ts';
import { type Instant, instant } from '../../shared/lib/instants.ts';
import { type Zone, isZone } from '../../shared/lib/zoned-time.ts';
import { readDate } from './mapping.ts';
import { type CellTrouble, type PhoneReader, type Repair, droppedNumber, readCell } from './phones.ts';
import type { PlacesReader } from './placing.ts';

export interface MadeNumber {
  readonly e164: E164;
  readonly kind: NumberKind;
  /** Where it may be, as `placesText` writes it. */
  readonly places: string;
}

export interface MadeConsent {
  readonly kind: ConsentKind;
  readonly source: string;
  readonly givenAt: Instant;
}

/** A routine that came along with a row: the person’s zone, time and days. */
export interface MadeSchedule {
  readonly zone: Zone;
  readonly minute: number;
  readonly cadence: Cadence;
  readonly voice: string;
}

/** A contact as a row makes one. */
export interface MadeContact {
  readonly name: string;
  readonly company: string;
  readonly title: string;
  readonly place: string;
  readonly email: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly numbers: readonly MadeNumber[];
  readonly zone: Zone | null;
  readonly schedule: MadeSchedule | null;
  readonly consents: readonly MadeConsent[];
}

export interface Judged {
  readonly verdict: 'ready' | 'repaired' | 'bad-number' | 'no-zone';
  /** For people: why, or what was put right. Empty for a row with nothing to say about it. */
  readonly why: string;
  /** What it is grouped by in the report: `leading-zero`, `scientific`, `too-short`. */
  readonly reasons: readonly string[];
  /** The column that the reason is about; -1 for the row as a whole. */
  readonly column: number;
  /** Null where there is nothing to be made of the row. */
  readonly made: MadeContact | null;
}

export interface JudgeTools {
  readonly read: PhoneReader;
  readonly placesOf: PlacesReader;
  /** The name of the file: the source of a consent that has no other. */
  readonly source: string;
}

/** As long as a name or a field may be; a cell can hold a whole page by mistake. */
const TEXT_MAX = 2_000;

/** What one row is by itself, without a look at the other rows or the workspace. */
export function judgeRow(cells: readonly string[], mapping: Mapping, tools: JudgeTools): Judged {
  const row = rowOf(cells, mapping);
  const country = countryIn(row.text('country')) ?? mapping.country;
  const phones = phonesIn(row, country, tools.read);
  if (phones.numbers.length === 0) return badNumber(phones);

  const repairs = [...phones.repairs];
  const zone = zoneIn(row, mapping, repairs);
  const place = placeIn(row);
  const numbers = phones.numbers.map(({ e164, kind }) => ({
    e164,
    kind,
    places: tools.placesOf(e164, place, zone),
  }));
  const first = numbers[0]!;
  const zones = placesFrom(first.places).zones;
  if (row.extra > 0)
    repairs.push({
      what: 'extra-cells',
      sentence: `The row has ${row.extra} cells more than there are columns; they are left out.`,
    });
  if (row.isCleaned())
    repairs.push({ what: 'control-characters', sentence: 'Characters that cannot be shown were taken out.' });

  const company = row.text('company');
  const email = emailIn(row, repairs);
  const made: MadeContact = {
    name: nameIn(row) || company || email || first.e164,
    company,
    title: row.text('title'),
    place,
    email,
    fields: fieldsIn(row, mapping, repairs),
    numbers,
    zone,
    schedule: scheduleIn(row, zone ?? (zones.length === 1 ? zones[0]! : null), repairs),
    consents: consentsIn(row, mapping, tools.source, repairs),
  };
  if (zones.length === 0) {
    const why = `Nobody can tell what time it is for ${first.e164}, so it can never be called. Give the row a zone.`;
    return { verdict: 'no-zone', why, reasons: ['no-zone'], column: phones.column, made };
  }
  return {
    verdict: repairs.length === 0 ? 'ready' : 'repaired',
    why: repairs.map((each) => each.sentence).join(' '),
    reasons: repairs.length === 0 ? [] : [...new Set(repairs.map((each) => each.what))],
    column: repairs.length === 0 ? -1 : phones.column,
    made,
  };
}

interface Row {
  /** The cell of a field; empty where the row or the mapping has none. */
  text(field: Field): string;
  readonly columns: readonly (readonly [ColumnMapping, string, number])[];
  /** Cells beyond the columns that are not empty. */
  readonly extra: number;
  isCleaned(): boolean;
}

function rowOf(cells: readonly string[], { columns }: Mapping): Row {
  let isCleaned = false;
  const tidy = (cell: string) => {
    const plain = cell.trim();
    // oxlint-disable-next-line no-control-regex -- these are what it is for
    if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(plain) && plain.length <= TEXT_MAX)
      return plain;
    isCleaned = true;
    // oxlint-disable-next-line no-control-regex -- these are what it is for
    return plain.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').slice(0, TEXT_MAX);
  };
  const paired = columns.map((column, at) => [column, tidy(cells[at] ?? ''), at] as const);
  return {
    columns: paired,
    text: (field) => paired.find(([column]) => column.field === field)?.[1] ?? '',
    extra: cells.slice(columns.length).filter((cell) => cell.trim() !== '').length,
    isCleaned: () => isCleaned,
  };
}

interface Phones {
  readonly numbers: readonly { readonly e164: E164; readonly kind: NumberKind }[];
  readonly repairs: readonly Repair[];
  readonly trouble: CellTrouble | null;
  readonly column: number;
}

function phonesIn(row: Row, country: string, read: PhoneReader): Phones {
  const numbers = new Map<E164, NumberKind>();
  const repairs: Repair[] = [];
  const troubles: { trouble: CellTrouble; column: number }[] = [];
  let repairedAt = -1;
  for (const [column, cell, at] of row.columns) {
    if (column.field !== 'phone' || cell === '') continue;
    const found = readCell(cell, country, read);
    const spoilt = found.ok
      ? (found.value.numbers.map(unringable).find((each) => each !== null) ?? null)
      : found.error;
    if (found.ok) {
      for (const e164 of found.value.numbers) {
        if (unringable(e164) === null && !numbers.has(e164)) numbers.set(e164, column.kind);
      }
      repairs.push(...found.value.repairs);
      if (found.value.repairs.length > 0) repairedAt = at;
    }
    if (spoilt !== null) troubles.push({ trouble: spoilt, column: at });
  }
  const first = troubles[0];
  if (numbers.size > 0 && first !== undefined)
    repairs.push(...troubles.map(({ trouble }) => droppedNumber(trouble.sentence)));
  return {
    numbers: [...numbers].map(([e164, kind]) => ({ e164, kind })),
    repairs,
    trouble: first?.trouble ?? null,
    column: first?.column ?? repairedAt,
  };
}

/** Good numbers that must never be rung all the same. */
function unringable(e164: E164): CellTrouble | null {
  switch (whyUnringable(e164)) {
    case 'emergency':
      return {
        why: 'not-in-use',
        sentence: `${e164} reaches an emergency or service line, which is never called.`,
      };
    case 'premium':
      return { why: 'not-in-use', sentence: `${e164} costs whoever calls it, and is never called.` };
    case 'invalid':
      return { why: 'not-in-use', sentence: `${e164} is not a number in use.` };
    case null:
      return null;
  }
}

function badNumber({ trouble, column }: Phones): Judged {
  const why = trouble?.sentence ?? 'There is no number in this row.';
  return { verdict: 'bad-number', why, reasons: [trouble?.why ?? 'empty'], column, made: null };
}

function nameIn(row: Row): string {
  const full = row.text('name');
  if (full !== '') return full;
  return [row.text('first-name'), row.text('last-name')].filter((part) => part !== '').join(' ');
}

/** “Denver, CO 80202”: the way `addressIn` reads the state and the postal code back. */
function placeIn(row: Row): string {
  const written = row.text('place');
  const region = [row.text('state'), row.text('postal-code')].filter((part) => part !== '').join(' ');
  const parts = [row.text('city'), region].filter((part) => part !== '');
  if (written !== '')
    return [written, ...(parts.length > 0 && !written.includes(region) ? parts : [])].join(', ');
  // A comma must stand before the state, or nobody can tell it from the end of a town’s name.
  return region !== '' && parts.length === 1 ? `, ${region}` : parts.join(', ');
}

const NAMED_COUNTRIES: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states': 'US',
  'united states of america': 'US',
  canada: 'CA',
  uk: 'GB',
  'united kingdom': 'GB',
  england: 'GB',
  germany: 'DE',
  deutschland: 'DE',
  france: 'FR',
  spain: 'ES',
  espana: 'ES',
  italy: 'IT',
  italia: 'IT',
  mexico: 'MX',
  brazil: 'BR',
  brasil: 'BR',
  poland: 'PL',
  polska: 'PL',
  netherlands: 'NL',
  nederland: 'NL',
  austria: 'AT',
  switzerland: 'CH',
  ireland: 'IE',
  australia: 'AU',
  india: 'IN',
};

function countryIn(cell: string): string | null {
  if (/^[A-Za-z]{2}$/.test(cell)) {
    const code = cell.toUpperCase();
    return code === 'UK' ? 'GB' : code;
  }
  const plain = cell.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return Object.hasOwn(NAMED_COUNTRIES, plain) ? NAMED_COUNTRIES[plain]! : null;
}

function zoneIn(row: Row, mapping: Mapping, repairs: Repair[]): Zone | null {
  const cell = row.text('zone');
  if (cell !== '' && isZone(cell)) return cell;
  if (cell !== '') {
    const sentence = `“${cell.slice(0, 40)}” is not a time zone such as America/Chicago; the zones of the number are taken.`;
    repairs.push({ what: 'zone-dropped', sentence });
  }
  return mapping.zoneIfNone;
}

function emailIn(row: Row, repairs: Repair[]): string {
  const cell = row.text('email').replace(/^mailto:/i, '');
  if (cell === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell)) return cell;
  repairs.push({
    what: 'email-dropped',
    sentence: `“${cell.slice(0, 60)}” is not an e-mail address and is left out.`,
  });
  return '';
}

function fieldsIn(row: Row, mapping: Mapping, repairs: Repair[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [{ field, header, type }, cell, at] of row.columns) {
    if (field !== 'custom' || cell === '') continue;
    const value = typed(cell, type, mapping);
    if (value === null) {
      const sentence = `“${cell.slice(0, 40)}” is not a ${type === 'yes-no' ? 'yes or no' : type}; it is kept as it is written.`;
      repairs.push({ what: 'field-kept-as-text', sentence });
    }
    fields[header === '' ? `Column ${at + 1}` : header] = value ?? cell;
  }
  return fields;
}

/** The one way each type is written; null where the cell is not of that type. */
function typed(cell: string, type: ColumnMapping['type'], { dateOrder }: Mapping): string | null {
  switch (type) {
    case 'text':
      return cell;
    case 'number':
      return /^-?\d+(?:[.,]\d+)?$/.test(cell) ? cell.replace(',', '.') : null;
    case 'date':
      return readDate(cell, dateOrder);
    case 'yes-no': {
      const is = readYes(cell);
      return is === null ? null : is ? 'yes' : 'no';
    }
  }
}

function readYes(cell: string): boolean | null {
  if (/^(?:y|yes|true|1|x|ok|ja|oui|o|si|sí|s|sim|tak|да|opt-?in|granted|✓|✔)$/i.test(cell)) return true;
  return /^(?:n|no|false|0|nein|non|nao|não|nie|нет|opt-?out|revoked|-)$/i.test(cell) ? false : null;
}

function scheduleIn(row: Row, zone: Zone | null, repairs: Repair[]): MadeSchedule | null {
  const [time, days] = [row.text('call-time'), row.text('cadence')];
  if (time === '' && days === '') return null;
  const minute = readTime(time);
  const cadence = days === '' ? readCadence('daily') : readCadence(days);
  if (minute.ok && cadence.ok && zone !== null) {
    return { zone, minute: minute.value, cadence: cadence.value, voice: row.text('voice') };
  }
  const why = !minute.ok ? minute.error : !cadence.ok ? cadence.error : 'The number may be in several zones.';
  repairs.push({ what: 'schedule-dropped', sentence: `No daily call was planned. ${why}` });
  return null;
}

const CONSENT_FIELDS: readonly (readonly [Field, ConsentKind])[] = [
  ['consent-call', 'call'],
  ['consent-ai-voice', 'ai-voice'],
  ['consent-recording', 'recording'],
];

/** A consent counts with the day it was given and where that can be looked up; without a day it proves nothing. */
function consentsIn(row: Row, mapping: Mapping, source: string, repairs: Repair[]): MadeConsent[] {
  const given: MadeConsent[] = [];
  for (const [field, kind] of CONSENT_FIELDS) {
    const cell = row.text(field);
    if (cell === '' || readYes(cell) === false) continue;
    const date =
      readDate(cell, mapping.dateOrder) ??
      (readYes(cell) ? readDate(row.text('consent-date'), mapping.dateOrder) : null);
    if (date === null) {
      repairs.push({
        what: 'consent-dropped',
        sentence: `“${cell.slice(0, 40)}” is no consent that can be proved: it needs the day it was given.`,
      });
      continue;
    }
    given.push({
      kind,
      source: row.text('consent-source') || source,
      givenAt: instant(Date.parse(`${date}T00:00:00Z`)),
    });
  }
  return given;
}
