import type { NumberKind } from '../../shared/domain/contact.ts';
import {
  COLUMN_NAME_MAX,
  type ColumnMapping,
  type CustomType,
  type DateOrder,
  type Field,
  type Mapping,
} from '../../shared/domain/list-import.ts';

/** Guesses from the header, where there is one, and from what the cells look like. */
export function guessMapping(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  country: string,
): Mapping {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length), 0);
  const taken = new Set<Field>();
  const columns = Array.from({ length: width }, (_, at) => {
    const cells = rows.map((row) => row[at]?.trim() ?? '').filter((cell) => cell !== '');
    const guess = guessColumn(header?.[at] ?? '', cells);
    // Several columns may be numbers or fields of the list’s own; of everything else there is one.
    const isSecond = taken.has(guess.field) && guess.field !== 'phone' && guess.field !== 'custom';
    taken.add(guess.field);
    return isSecond ? { ...guess, field: 'custom' as const, confidence: 0.3 } : guess;
  });
  return { columns, country, dateOrder: guessDateOrder(rows, country), zoneIfNone: null };
}

/** The same header has the same signature, whatever its case and spacing: what mappings are remembered by. */
export function headerSignature(header: readonly string[]): string {
  return header
    .map((name) => plainWords(name.slice(0, COLUMN_NAME_MAX)).slice(0, COLUMN_NAME_MAX))
    .join('\u001f');
}

/** The names of the columns; one that has none, or another’s, is told apart by its place. */
export function columnNames(header: readonly string[] | null, width: number): string[] {
  const seen = new Set<string>();
  return Array.from({ length: width }, (_, at) => {
    const given = (header?.[at]?.trim() ?? '').slice(0, COLUMN_NAME_MAX);
    const name = given === '' ? `Column ${at + 1}` : given;
    const own = seen.has(name.toLowerCase()) ? `${name} (${at + 1})` : name;
    seen.add(own.toLowerCase());
    return own;
  });
}

/** The words of several languages, as `plainWords` writes them. The first that fits counts, so order matters. */
const WORDS: readonly (readonly [field: Field, words: string])[] = [
  ['consent-ai-voice', 'ai consent|ai voice consent|consent ai|ai voice|robocall consent'],
  ['consent-recording', 'recording consent|consent recording|record ok|aufnahme'],
  [
    'consent-date',
    'consent date|opt in date|consent at|optin date|einwilligung am|date consentement|fecha consentimiento',
  ],
  [
    'consent-source',
    'consent source|opt in source|einwilligung quelle|source consentement|fuente consentimiento',
  ],
  [
    'consent-call',
    'consent|opt in|optin|call consent|einwilligung|consentement|consentimiento|consenso|zgoda|toestemming',
  ],
  [
    'first-name',
    'first name|firstname|given name|forename|vorname|prenom|nombre de pila|primer nombre|nome proprio|voornaam|imie|fname|jmeno|имя',
  ],
  [
    'last-name',
    'last name|lastname|surname|family name|nachname|nom de famille|apellido|apellidos|sobrenome|cognome|achternaam|nazwisko|lname|prijmeni|фамилия',
  ],
  [
    'company',
    'company|company name|organisation|organization|account name|employer|business|business name|firma|firmenname|unternehmen|entreprise|societe|empresa|azienda|societa|bedrijf|компания',
  ],
  [
    'email',
    'email|e mail|mail|email address|e mail address|courriel|correo|correo electronico|posta elettronica|почта',
  ],
  [
    'title',
    'title|job title|position|role|jobtitle|funktion|poste|fonction|cargo|puesto|qualifica|functie|stanowisko',
  ],
  [
    'call-time',
    'call time|time of day|time to call|call at|best time|uhrzeit|anrufzeit|heure|hora|ora|tijd|godzina',
  ],
  ['cadence', 'cadence|frequency|call days|weekdays|days|tage|jours|dias|giorni|dagen|dni'],
  ['voice', 'voice|stimme|voix|voz|voce|stem'],
  [
    'zone',
    'time zone|timezone|tz|zone|iana|zeitzone|fuseau horaire|fuseau|zona horaria|fuso orario|fuso horario|tijdzone|strefa czasowa',
  ],
  [
    'postal-code',
    'zip|zip code|zipcode|postal code|postcode|post code|plz|postleitzahl|code postal|codigo postal|cap|kod pocztowy|cep|psc',
  ],
  ['city', 'city|town|stadt|ort|ville|ciudad|cidade|citta|comune|stad|plaats|miasto|mesto|город'],
  ['state', 'state|province|region|bundesland|provincia|estado|etat|provincie|wojewodztwo'],
  ['country', 'country|country code|land|pays|pais|paese|kraj|zeme|страна'],
  ['place', 'place|location|address|full address|adresse|anschrift|direccion|indirizzo|endereco|adres'],
  [
    'name',
    'name|full name|fullname|contact|contact name|customer|customer name|client|lead|kunde|nom|nom complet|nombre|nombre completo|nome|nome completo|naam|klant|nazwa|фио',
  ],
];

const PHONE_WORDS =
  'phone|phone number|telephone|tel|telefon|telefonnummer|rufnummer|telefono|telefone|telephone number|telefoon|numero|number|mobile|mobile phone|cell|cell phone|cellphone|handy|mobil|mobiltelefon|portable|movil|celular|cellulare|mobiel|komorka|gsm|whatsapp|home phone|work phone|office phone|direct|direct dial|landline|festnetz|fixe|fijo|fisso|telefonu|телефон';

const KIND_WORDS: readonly (readonly [kind: NumberKind, words: RegExp])[] = [
  [
    'mobile',
    /\b(mobile|mobil|cell|cellphone|handy|portable|movil|celular|cellulare|mobiel|gsm|whatsapp|komorka|mobiltelefon)\b/,
  ],
  ['home', /\b(home|privat|private|domicile|casa|thuis|landline|festnetz)\b/],
  [
    'office',
    /\b(work|office|business|direct|company|geschaftlich|buro|bureau|oficina|trabajo|ufficio|werk)\b/,
  ],
];

/** Never kept as numbers to ring, though the word for a number is in their name. */
const NOT_A_PHONE = /\b(fax|extension|ext|id|type|status|customer number|account number|kundennummer)\b/;

/** A number of something, not the thing itself. */
const IS_A_CODE = /\b(no|nr|id|number|code|num)\b/;

const FIELD_BY_WORD = new Map(
  WORDS.flatMap(([field, words]) => words.split('|').map((word) => [word, field] as const)),
);
const PHONE_NAMES = new Set(PHONE_WORDS.split('|'));

function guessColumn(header: string, cells: readonly string[]): ColumnMapping {
  const words = plainWords(header);
  const made = (field: Field, confidence: number): ColumnMapping => ({
    header: header.trim(),
    field,
    kind: kindIn(words),
    type: field === 'custom' ? guessType(cells) : 'text',
    confidence,
  });
  const looks = looksLike(cells);
  const isNumbered = words.replace(/\s*\d+$/, '');
  if (!NOT_A_PHONE.test(words)) {
    if (PHONE_NAMES.has(isNumbered)) return made('phone', looks === 'phone' || cells.length === 0 ? 1 : 0.6);
    const isPhoneWord = words
      .split(' ')
      .some((word) => PHONE_NAMES.has(word) && word !== 'number' && word !== 'numero');
    if (isPhoneWord && looks !== 'email') return made('phone', looks === 'phone' ? 0.9 : 0.5);
  }
  const exact = FIELD_BY_WORD.get(isNumbered);
  if (exact !== undefined)
    return made(exact, exact === 'email' && looks !== 'email' && cells.length > 0 ? 0.5 : 0.95);
  if (looks === 'email') return made('email', 0.8);
  if (looks === 'phone' && words === '') return made('phone', 0.7);
  if (looks === 'zone') return made('zone', 0.8);
  const within = IS_A_CODE.test(words)
    ? undefined
    : WORDS.find(([, list]) =>
        list.split('|').some((word) => word.length > 3 && ` ${words} `.includes(` ${word} `)),
      );
  if (within !== undefined) return made(within[0], 0.5);
  if (words === '' && cells.length === 0) return made('ignore', 0.9);
  return made(words === '' && looks === 'words' ? 'name' : 'custom', 0.4);
}

function kindIn(words: string): NumberKind {
  return KIND_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
}

function looksLike(cells: readonly string[]): 'phone' | 'email' | 'zone' | 'words' | 'other' {
  const share = (test: (cell: string) => boolean) => cells.filter(test).length / Math.max(1, cells.length);
  if (cells.length === 0) return 'other';
  if (share((cell) => /^\S+@\S+\.\S+$/.test(cell)) > 0.6) return 'email';
  if (share((cell) => /^[A-Z][A-Za-z]+\/[A-Za-z_/]+$/.test(cell)) > 0.6) return 'zone';
  if (
    share(
      (cell) =>
        /^[+(]?[\d\s().+/-]{7,20}$/.test(cell) && cell.replace(/\D/g, '').length >= 7 && !isDateLike(cell),
    ) > 0.6
  )
    return 'phone';
  return share((cell) => /^\p{L}[\p{L}\s.'’-]+$/u.test(cell)) > 0.6 ? 'words' : 'other';
}

function isDateLike(cell: string): boolean {
  return /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(cell);
}

function guessType(cells: readonly string[]): CustomType {
  if (cells.length === 0) return 'text';
  if (cells.every((cell) => /^(yes|no|y|n|true|false|ja|nein|oui|non|si|no)$/i.test(cell))) return 'yes-no';
  if (cells.every(isDateLike)) return 'date';
  // A leading zero says that it is a code, and codes lose it as numbers.
  return cells.every((cell) => /^-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/.test(cell)) ? 'number' : 'text';
}

/** A day above twelve decides; where none is, the country’s habit does. */
function guessDateOrder(rows: readonly (readonly string[])[], country: string): DateOrder {
  for (const cell of rows.flat()) {
    const found = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/.exec(cell.trim());
    if (found === null) continue;
    if (found[1]!.length === 4) return 'ymd';
    if (Number(found[1]) > 12) return 'dmy';
    if (Number(found[2]) > 12) return 'mdy';
  }
  return country === 'US' ? 'mdy' : 'dmy';
}

/** Reads a date the way the file writes them: `YYYY-MM-DD`, or null where it is none. */
export function readDate(text: string, order: DateOrder): string | null {
  const found = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:$|[\sT])/.exec(text.trim());
  if (found === null) return null;
  const [, a, b, c] = found.map(Number) as [number, number, number, number];
  const [year, month, day] = found[1]!.length === 4 ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
  const full = year < 100 ? 2000 + year : year;
  const date = `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return full >= 1900 && !Number.isNaN(at) && new Date(at).getUTCDate() === day ? date : null;
}

/** Small letters without accents or punctuation: `E-Mail Adresse` and `e_mail adresse` are the same words. */
function plainWords(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
