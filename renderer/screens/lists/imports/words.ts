import type { ImportGroup, ImportProgressTold, ImportRow } from '../../../../shared/contract/imports.ts';
import type {
  CustomType,
  DateOrder,
  DuplicatePolicy,
  Encoding,
  Field,
  HerePolicy,
  RowVerdict,
} from '../../../../shared/domain/list-import.ts';
import { countText, counted } from '../../../data/words.ts';
import type { Tone } from '../../../ui/Badge.tsx';

/* The words of the import screens. */

export const FIELD_WORD: Readonly<Record<Field, string>> = {
  name: 'Name',
  'first-name': 'First name',
  'last-name': 'Last name',
  company: 'Company',
  title: 'Job title',
  place: 'Address',
  city: 'City',
  state: 'State',
  'postal-code': 'ZIP or postal code',
  country: 'Country',
  email: 'E-mail',
  phone: 'Phone number',
  zone: 'Time zone',
  'call-time': 'Daily call: time',
  cadence: 'Daily call: days',
  voice: 'Daily call: voice',
  'consent-call': 'Consent to calls',
  'consent-ai-voice': 'Consent to an AI voice',
  'consent-recording': 'Consent to recording',
  'consent-source': 'Consent: where it is on record',
  'consent-date': 'Consent: the day',
  custom: 'A field of its own',
  ignore: 'Leave out',
};

export const ENCODING_WORD: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little end first',
  'utf-16be': 'UTF-16, big end first',
  'windows-1252': 'Windows, Western Europe',
  'windows-1250': 'Windows, Central Europe',
  'windows-1251': 'Windows, Cyrillic',
};

export const CERTAINTY_WORD = { sure: 'sure', likely: 'likely', assumed: 'assumed' } as const;

export const DELIMITER_WORD: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
};

export const TYPE_WORD: Readonly<Record<CustomType, string>> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  'yes-no': 'Yes or no',
};

export const KIND_WORD = { mobile: 'Mobile', office: 'Office', home: 'Home', other: 'Other' } as const;

export const DATE_ORDER_WORD: Readonly<Record<DateOrder, string>> = {
  mdy: 'Month, day, year: 12/24/2026',
  dmy: 'Day, month, year: 24.12.2026',
  ymd: 'Year, month, day: 2026-12-24',
};

export const HERE_WORD: Readonly<Record<HerePolicy, string>> = {
  skip: 'Leave the row out',
  update: 'Bring the contact up to date',
  'keep-both': 'Keep both',
};

export const DUPLICATE_WORD: Readonly<Record<DuplicatePolicy, string>> = {
  skip: 'Keep the first',
  'keep-both': 'Keep all of them',
};

export const VERDICT_WORD: Readonly<Record<RowVerdict, string>> = {
  ready: 'Ready',
  repaired: 'Repaired',
  duplicate: 'Twice in the file',
  'already-here': 'Already here',
  'do-not-call': 'On the do-not-call list',
  'bad-number': 'Bad number',
  'no-zone': 'No time zone',
};

export const VERDICT_TONE: Readonly<Record<RowVerdict, Tone>> = {
  ready: 'good',
  repaired: 'accent',
  duplicate: 'neutral',
  'already-here': 'neutral',
  'do-not-call': 'warn',
  'bad-number': 'bad',
  'no-zone': 'warn',
};

const REASON_WORD: Readonly<Record<string, string>> = {
  scientific: 'scientific notation',
  'leading-zero': 'leading zero put back',
  plus: '+ put back',
  wrapping: 'spreadsheet marks taken off',
  several: 'several numbers in one cell',
  extension: 'extension left out',
  'number-dropped': 'a second number was unusable',
  'email-dropped': 'e-mail left out',
  'zone-dropped': 'zone not understood',
  'field-kept-as-text': 'kept as written',
  'schedule-dropped': 'no daily call planned',
  'consent-dropped': 'consent without proof',
  'extra-cells': 'cells without a column',
  'control-characters': 'unprintable characters',
  'too-short': 'too short',
  'too-long': 'too long',
  'not-a-number': 'not a number',
  'not-in-use': 'not a number in use',
  'no-country': 'no country',
  empty: 'no number',
  number: 'the same number',
  email: 'the same e-mail',
};

/** Empty where the verdict says it all. */
export function reasonWord({ verdict, reason }: Pick<ImportGroup, 'verdict' | 'reason'>): string {
  if (reason === '' || reason === verdict) return '';
  return REASON_WORD[reason] ?? reason.replaceAll('-', ' ');
}

export function groupName(group: Pick<ImportGroup, 'verdict' | 'reason'>): string {
  const why = reasonWord(group);
  return why === '' ? VERDICT_WORD[group.verdict] : `${VERDICT_WORD[group.verdict]}: ${why}`;
}

/** Groups that a person can do something about: their rows are shown ready to be changed. */
export function canBeMended(verdict: RowVerdict): boolean {
  return verdict === 'bad-number' || verdict === 'no-zone';
}

const STEP_WORD: Readonly<Record<ImportProgressTold['step'], string>> = {
  reading: 'Reading and checking',
  fixing: 'Checking again',
  committing: 'Putting in',
  searching: 'All are in; making them findable',
  undoing: 'Taking back',
};

export function stepWord(step: ImportProgressTold['step']): string {
  return STEP_WORD[step];
}

/** `41,000 rows, 12,300 a second, about 2 minutes left`. */
export function progressText({ rows, rowsPerSecond, leftMs }: ImportProgressTold): string {
  const speed = rowsPerSecond > 0 ? `, ${countText(rowsPerSecond)} a second` : '';
  return `${counted(rows, 'row')}${speed}${leftMs === null ? '' : `, ${leftText(leftMs)} left`}`;
}

export function leftText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `about ${counted(seconds, 'second')}`;
  return `about ${counted(Math.round(seconds / 60), 'minute')}`;
}

export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** What became of an import, for its row in the list of them. */
export function standingText(row: ImportRow): string {
  if (row.isRunning) return row.progress === null ? 'Beginning…' : stepWord(row.progress.step);
  switch (row.state) {
    case 'checking':
      return 'Not finished';
    case 'checked':
      return 'Checked, waiting for you';
    case 'committing':
      return `Stopped: ${counted(row.added + row.updated, 'contact')} in so far`;
    case 'committed':
      return inText(row);
    case 'undoing':
      return 'Taking back was stopped';
    case 'undone':
      return row.stayed === 0 ? 'Taken back' : `Taken back, but for ${countText(row.stayed)} who were called`;
    case 'dropped':
      return 'Not imported';
  }
}

/** `812 contacts in, 14 brought up to date`. */
export function inText({ added, updated }: Pick<ImportRow, 'added' | 'updated'>): string {
  return updated === 0
    ? `${counted(added, 'contact')} in`
    : `${counted(added, 'contact')} in, ${countText(updated)} brought up to date`;
}

export type Sureness = 'sure' | 'likely' | 'a guess';

export function sureness(confidence: number): Sureness {
  return confidence >= 0.9 ? 'sure' : confidence >= 0.6 ? 'likely' : 'a guess';
}

/** A list is called by its file until somebody says otherwise. */
export function listNameFrom(fileName: string): string {
  return (
    fileName
      .replace(/\.[a-z0-9]{1,5}$/i, '')
      .replaceAll(/[_-]+/g, ' ')
      .trim()
      .slice(0, 120) || 'New list'
  );
}
