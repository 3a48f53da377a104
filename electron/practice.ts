import type { NumberKind } from '../shared/domain/contact.ts';
import { usualRules } from '../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../shared/domain/disposition.ts';
import type { E164 } from '../shared/domain/phone.ts';
import type { ScriptBlock } from '../shared/domain/script.ts';
import type { Instant } from '../shared/lib/instants.ts';
import { addCampaign, campaignsOf } from './store/campaigns.ts';
import { addContact } from './store/contacts.ts';
import { addDispositions } from './store/dispositions.ts';
import { enrol } from './store/enrolments.ts';
import { addList } from './store/lists.ts';
import { type Db, withTransaction } from './store/open.ts';
import { addScript } from './store/scripts.ts';

/** Where practice is at home, whatever computer it runs on. */
export const PRACTICE_HOME = { country: 'US', zone: 'America/New_York' } as const;

interface Invented {
  readonly name: string;
  readonly title: string;
  readonly company: string;
  readonly place: keyof typeof PLACES;
  /** The last two digits say what happens: see the simulator's practice world. */
  readonly mobile?: string;
  readonly office?: string;
  readonly interest: string;
}

/** Area code and zone. The numbers 555-0100 to 555-0199 are set aside for fiction in each of them. */
const PLACES = {
  'Boston, MA': ['617', 'America/New_York'],
  'New York, NY': ['212', 'America/New_York'],
  'Atlanta, GA': ['404', 'America/New_York'],
  'Miami, FL': ['305', 'America/New_York'],
  'Chicago, IL': ['312', 'America/Chicago'],
  'Houston, TX': ['713', 'America/Chicago'],
  'Denver, CO': ['303', 'America/Denver'],
  'Phoenix, AZ': ['602', 'America/Phoenix'],
  'Portland, OR': ['503', 'America/Los_Angeles'],
  'Seattle, WA': ['206', 'America/Los_Angeles'],
  'San Diego, CA': ['619', 'America/Los_Angeles'],
  'Honolulu, HI': ['808', 'Pacific/Honolulu'],
} as const;

/** Twenty-five people nobody has met. The first few meet a beginner in the order of the tour. */
const PEOPLE: readonly Invented[] = [
  {
    name: 'Dana Whitfield',
    title: 'Office manager',
    company: 'Larkspur Dental',
    place: 'Boston, MA',
    mobile: '20',
    interest: 'new phone system',
  },
  {
    name: 'Maria Lopez',
    title: 'Buyer',
    company: 'Globex Supply',
    place: 'Portland, OR',
    mobile: '00',
    office: '21',
    interest: 'spring catalogue',
  },
  {
    name: 'Omar Kim',
    title: 'Owner',
    company: 'Kim & Daughters',
    place: 'Chicago, IL',
    mobile: '10',
    interest: 'delivery contract',
  },
  {
    name: 'Ben Çelik',
    title: 'Head of sales',
    company: 'Northgate Tools',
    place: 'Denver, CO',
    office: '04',
    interest: 'trade discount',
  },
  {
    name: 'Noelani Kahale',
    title: 'Director',
    company: 'Tidewater Hotels',
    place: 'Honolulu, HI',
    office: '00',
    interest: 'linen service',
  },
  {
    name: 'Priya Raman',
    title: 'Practice lead',
    company: 'Harbor Physio',
    place: 'Seattle, WA',
    mobile: '02',
    interest: 'booking software',
  },
  {
    name: 'Jonas Lindqvist',
    title: 'Facilities',
    company: 'Brightwater Schools',
    place: 'New York, NY',
    office: '21',
    mobile: '01',
    interest: 'energy audit',
  },
  {
    name: 'Amara Okafor',
    title: 'Founder',
    company: 'Okafor Catering',
    place: 'Atlanta, GA',
    mobile: '05',
    interest: 'card terminals',
  },
  {
    name: 'Tom Delgado',
    title: 'Foreman',
    company: 'Delgado Roofing',
    place: 'Houston, TX',
    mobile: '06',
    interest: 'van insurance',
  },
  {
    name: 'Ines Moreau',
    title: 'Buyer',
    company: 'Petite Fleur',
    place: 'Miami, FL',
    mobile: '11',
    interest: 'spring catalogue',
  },
  {
    name: 'Wei Zhang',
    title: 'Operations',
    company: 'Pacific Freight',
    place: 'San Diego, CA',
    office: '13',
    mobile: '00',
    interest: 'delivery contract',
  },
  {
    name: 'Ruth Abramson',
    title: 'Bursar',
    company: 'Elm Street Academy',
    place: 'Boston, MA',
    office: '03',
    interest: 'energy audit',
  },
  {
    name: 'Kofi Mensah',
    title: 'Owner',
    company: 'Mensah Motors',
    place: 'Phoenix, AZ',
    mobile: '22',
    office: '00',
    interest: 'van insurance',
  },
  {
    name: 'Lena Fischer',
    title: 'Events',
    company: 'Grand Hall',
    place: 'New York, NY',
    mobile: '12',
    interest: 'linen service',
  },
  {
    name: 'Samir Haddad',
    title: 'Pharmacist',
    company: 'Corner Pharmacy',
    place: 'Chicago, IL',
    mobile: '50',
    interest: 'card terminals',
  },
  {
    name: 'Grace Nakamura',
    title: 'Partner',
    company: 'Nakamura Law',
    place: 'Seattle, WA',
    office: '51',
    interest: 'new phone system',
  },
  {
    name: 'Pete Sandoval',
    title: 'Dispatcher',
    company: 'Sandoval Taxi',
    place: 'Houston, TX',
    mobile: '52',
    interest: 'booking software',
  },
  {
    name: 'Yara Costa',
    title: 'Manager',
    company: 'Casa Costa',
    place: 'Miami, FL',
    mobile: '53',
    interest: 'trade discount',
  },
  {
    name: 'Hugh Brannigan',
    title: 'Chair',
    company: 'Fairview Allotments',
    place: 'Portland, OR',
    mobile: '30',
    office: '01',
    interest: 'energy audit',
  },
  {
    name: 'Olivia Park',
    title: 'Designer',
    company: 'Parkside Studio',
    place: 'San Diego, CA',
    mobile: '40',
    interest: 'spring catalogue',
  },
  {
    name: 'Mateo Rossi',
    title: 'Chef',
    company: 'Trattoria Rossi',
    place: 'New York, NY',
    mobile: '41',
    interest: 'card terminals',
  },
  {
    name: 'Fatima Noor',
    title: 'Director',
    company: 'Noor Opticians',
    place: 'Atlanta, GA',
    office: '14',
    mobile: '04',
    interest: 'booking software',
  },
  {
    name: 'Carl Jensen',
    title: 'Owner',
    company: 'Jensen Cycles',
    place: 'Denver, CO',
    mobile: '15',
    interest: 'delivery contract',
  },
  {
    name: 'Sofia Petrova',
    title: 'Accounts',
    company: 'Petrova Partners',
    place: 'Phoenix, AZ',
    office: '54',
    interest: 'new phone system',
  },
  {
    name: 'Nia Campbell',
    title: 'Head teacher',
    company: 'Riverside School',
    place: 'Chicago, IL',
    office: '01',
    interest: 'energy audit',
  },
];

const SCRIPT: readonly ScriptBlock[] = [
  {
    key: 'opening',
    title: 'Opening',
    text: 'Hi {{first name|there}}, this is {{my name}} from Parley Supplies. Is this a good moment for two minutes?',
    branches: [
      { label: 'Not now', to: 'later' },
      { label: 'Wrong person', to: 'person' },
    ],
  },
  {
    key: 'reason',
    title: 'Why we ring',
    text: 'You asked us about our {{interest|offer}} for {{company|your company}}. What made you look into it now?',
  },
  {
    key: 'questions',
    title: 'Questions',
    text: 'How do you handle this today? Who else would decide with you? By when would you like it settled?',
    branches: [{ label: 'Not now', to: 'later' }],
  },
  {
    key: 'close',
    title: 'Close',
    text: 'Then I will send {{company|you}} the details today. Thank you, {{first name|and goodbye}}. Have a good day in {{place|your part of the world}}.',
  },
  {
    key: 'later',
    title: 'Not now',
    text: 'Of course. When would suit you better, {{first name|then}}? I will ring you exactly then, at this number.',
  },
  {
    key: 'person',
    title: 'Wrong person',
    text: 'I am sorry. Who at {{company|your company}} looks after this, and may I tell them that I spoke to you?',
  },
  {
    kind: 'objection',
    title: 'Too expensive',
    text: 'I understand. What do you pay today, all in? Most people find that the first year costs them less than staying.',
  },
  {
    kind: 'objection',
    title: 'We have a supplier already',
    text: 'Good. What would they have to get wrong for you to look elsewhere? Then you will know whom to ring.',
  },
  {
    kind: 'objection',
    title: 'Just send me an e-mail',
    text: 'Gladly. So that I send the right page: is it more about the price or about who looks after it?',
  },
  {
    kind: 'objection',
    title: 'Where did you get my number?',
    text: 'You left it with us when you asked about our {{interest|offer}}. If you would rather not be rung again I see to it now.',
  },
];

/** Fills an empty practice workspace. One that was filled before stays as the agent left it. */
export function fillPractice(db: Db, now: Instant): void {
  if (campaignsOf(db).length > 0) return;
  withTransaction(db, () => {
    const listId = addList(db, { name: 'Practice list', source: 'invented by Parley', createdAt: now });
    const contactIds = PEOPLE.map((person) => addInvented(db, person, listId, now));
    const scriptId = addScript(db, { name: 'Practice', blocks: SCRIPT, createdAt: now });
    addDispositions(db, null, STANDARD_DISPOSITIONS);
    const campaignId = addCampaign(db, {
      name: 'Practice',
      status: 'active',
      mode: 'power',
      // Every day from eight to eight: whoever may be rung is then up to the law alone.
      rules: {
        ...usualRules(PRACTICE_HOME.zone),
        windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 8 * 60, to: 20 * 60 })),
      },
      callerId: '+12125550100',
      scriptId,
      createdAt: now,
    });
    enrol(db, campaignId, contactIds, { dueAt: now });
  });
}

function addInvented(db: Db, person: Invented, listId: number, now: Instant): number {
  const [areaCode, zone] = PLACES[person.place];
  const numbers = (['mobile', 'office'] as const).flatMap(
    (kind: NumberKind & ('mobile' | 'office'), index) => {
      const digits = person[kind];
      if (digits === undefined) return [];
      const isStarred = index === 0 || person.mobile === undefined;
      return [{ e164: `+1${areaCode}55501${digits}` as E164, kind, zones: [zone], isStarred }];
    },
  );
  const { name, title, company, place, interest } = person;
  const email = `${name.split(' ')[0]!.toLowerCase()}@${company.toLowerCase().replace(/[^a-z]+/g, '-')}.example`;
  return addContact(db, {
    listId,
    name,
    title,
    company,
    place,
    email,
    fields: { Interest: interest },
    createdAt: now,
    numbers,
  });
}
