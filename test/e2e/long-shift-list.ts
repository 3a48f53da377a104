import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { usualRules } from '../../shared/domain/campaign.ts';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { ScriptBlock } from '../../shared/domain/script.ts';
import { MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { PRACTICE_HOME } from '../../electron/practice.ts';
import { addCampaign } from '../../electron/store/campaigns.ts';
import { addContact } from '../../electron/store/contacts.ts';
import { addDispositions } from '../../electron/store/dispositions.ts';
import { enrol } from '../../electron/store/enrolments.ts';
import { type Db, closeStore, openStore } from '../../electron/store/open.ts';
import { addScript } from '../../electron/store/scripts.ts';

/* A day's work prepared before Parley is started: forty people to dial in power mode, twenty to look at first. */

export const POWER = 'Spring round';
export const PREVIEW = 'Renewals';

/** The last two digits of a number say what happens at the other end: see the simulator's practice world. */
const QUICK = '04';
const PATIENT = '02';
const VOICEMAIL = '11';
const BUSY = '20';
const FAILED = '22';

export interface Person {
  readonly name: string;
  /** The first is the one that is rung unless another is chosen. */
  readonly ends: readonly string[];
}

const FIRST = ['Ada', 'Ben', 'Cleo', 'Dario', 'Edith', 'Femi', 'Greta', 'Hugo', 'Ines', 'Jamal'];
const LAST = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elder', 'Fir'];
/** New York, Massachusetts, New Jersey: one clock, and one set of hours. */
const AREAS = (
  '212 315 332 347 516 518 585 607 631 646 716 718 845 914 917 929 ' +
  '617 508 978 781 413 774 857 339 351 201 551 609 732 848 856 862 908 973'
).split(' ');

/** The first of them, each for a thing that has to be done by hand once. */
const SPECIAL: readonly (readonly string[])[] = [
  [QUICK],
  [BUSY],
  [PATIENT],
  [PATIENT],
  [BUSY, QUICK],
  [PATIENT],
  [VOICEMAIL],
];
const USUAL = [QUICK, BUSY, QUICK, VOICEMAIL, QUICK, BUSY, FAILED];

const ALL: readonly Person[] = LAST.flatMap((last, row) =>
  FIRST.map((first, column) => {
    const nth = row * FIRST.length + column;
    return { name: `${first} ${last}`, ends: SPECIAL[nth] ?? [USUAL[nth % USUAL.length]!] };
  }),
);

export const POWER_PEOPLE = ALL.slice(0, 40);
export const PREVIEW_PEOPLE: readonly Person[] = ALL.slice(40).map(({ name }, nth) => ({
  name,
  ends: nth === 1 ? [QUICK, PATIENT] : [nth % 3 === 2 ? BUSY : QUICK],
}));

/** Everybody’s phones, by name. No two are the same: where an end is used again the area code is another. */
export const PHONES: Readonly<Record<string, readonly E164[]>> = phonesOf([
  ...POWER_PEOPLE,
  ...PREVIEW_PEOPLE,
]);

const SCRIPT: readonly ScriptBlock[] = [
  {
    key: 'opening',
    title: 'Opening',
    text: 'Hello {{first name|there}}, this is {{my name}}. Do you have two minutes?',
    branches: [{ label: 'Wrong moment', to: 'later' }],
  },
  { key: 'visit', kind: 'consent', title: 'Agreed to a visit', text: 'May I put you down for a visit?' },
  { key: 'later', title: 'Wrong moment', text: 'When would suit you better?' },
  { key: 'price', kind: 'objection', title: 'The price is too high', text: 'It is the same as last year.' },
  { key: 'mail', kind: 'objection', title: 'Send me an e-mail', text: 'Gladly. About the price?' },
];

/** An outcome of the first campaign’s own, which asks before it is filed. */
const VISIT: DispositionKind = {
  id: 'visit',
  label: 'Visit agreed',
  digit: '7',
  group: 'reached',
  consequence: { kind: 'done' },
  needsConfirm: false,
  needsNote: false,
  form: [
    { key: 'rooms', label: 'How many rooms', kind: 'number', isRequired: true, options: [] },
    { key: 'door', label: 'At which door', kind: 'text', isRequired: false, options: [] },
  ],
  isSuccess: false,
};

/** Puts the practice workspace into the folder as if it had been worked in before. */
export function prepareShift(dataDir: string): void {
  const folder = join(dataDir, 'workspaces/practice');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'workspace.json'),
    JSON.stringify({ name: 'Practice', kind: 'practice', home: PRACTICE_HOME }),
  );
  const opened = openStore(join(folder, 'parley.db'), { now: () => instant(Date.now()) });
  if (!opened.ok) throw new Error(opened.error.sentence);
  fill(opened.value);
  closeStore(opened.value);
}

function fill(db: Db): void {
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const scriptId = addScript(db, { name: 'Visits', blocks: SCRIPT, createdAt: instant(0) });
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  // Under a clock in a hurry ten minutes are half a minute for the hand.
  const rules = { ...usualRules(PRACTICE_HOME.zone), windows: always, wrapUpMs: 10 * MINUTE_MS };
  const shared = { status: 'active', callerId: '+12125550199', scriptId, createdAt: instant(0) } as const;
  const power = addCampaign(db, { ...shared, name: POWER, mode: 'power', rules });
  const preview = addCampaign(db, { ...shared, name: PREVIEW, mode: 'preview', rules });
  addDispositions(db, power, [VISIT]);
  let nth = 0;
  for (const [campaignId, people] of [
    [power, POWER_PEOPLE],
    [preview, PREVIEW_PEOPLE],
  ] as const)
    for (const { name } of people) {
      const contactId = addContact(db, { ...NOBODY, name, numbers: numbersOf(name) });
      enrol(db, campaignId, [contactId], { dueAt: instant(nth++) });
    }
}

const NOBODY = {
  listId: null,
  company: '',
  title: '',
  place: '',
  email: '',
  fields: {},
  createdAt: instant(0),
};

function phonesOf(people: readonly Person[]): Record<string, E164[]> {
  const uses = new Map<string, number>();
  const phone = (end: string) => {
    const nth = uses.get(end) ?? 0;
    uses.set(end, nth + 1);
    const area = AREAS[nth];
    if (area === undefined) throw new Error(`more than ${AREAS.length} numbers end in ${end}`);
    return `+1${area}55501${end}` as E164;
  };
  return Object.fromEntries(people.map(({ name, ends }) => [name, ends.map(phone)]));
}

function numbersOf(name: string) {
  return PHONES[name]!.map((e164, at) => ({
    e164,
    kind: at === 0 ? ('mobile' as const) : ('office' as const),
    zones: [PRACTICE_HOME.zone],
    isStarred: at === 0,
  }));
}
