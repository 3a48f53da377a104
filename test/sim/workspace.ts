import { addAgent } from '../../electron/store/agents.ts';
import { addCampaign } from '../../electron/store/campaigns.ts';
import { giveConsent } from '../../electron/store/consents.ts';
import { addContact, markNumberUnusable } from '../../electron/store/contacts.ts';
import { addDispositions } from '../../electron/store/dispositions.ts';
import { addDoNotCall } from '../../electron/store/do-not-call.ts';
import { enrol } from '../../electron/store/enrolments.ts';
import { type Db, closeStore, openStore } from '../../electron/store/open.ts';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../shared/lib/instants.ts';
import { type Random, between, pick } from '../../shared/lib/random.ts';

/** Area codes, each with all the zones its numbers may lie in. */
const PLACES: readonly (readonly [areaCode: string, zones: readonly string[]])[] = [
  ['212', ['America/New_York']],
  ['305', ['America/New_York']],
  ['312', ['America/Chicago']],
  ['303', ['America/Denver']],
  ['602', ['America/Phoenix']],
  ['503', ['America/Los_Angeles']],
  ['808', ['Pacific/Honolulu']],
  ['850', ['America/Chicago', 'America/New_York']],
];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export interface Seeded {
  readonly people: readonly Person[];
  /** Those that agents work in. */
  readonly campaignIds: readonly number[];
  readonly backgroundIds: readonly number[];
}

export interface Size {
  readonly contacts: number;
  readonly agents: number;
  /** With campaigns that need no agent, among the same people. */
  readonly background?: boolean;
}

/** A workspace at the start of a day: two campaigns that share contacts, and contacts that share numbers. */
export function seedWorkspace(file: string, random: Random, now: Instant, size: Size): Seeded {
  const opened = openStore(file, { now: () => now });
  assert(opened.ok, opened.ok ? '' : opened.error.sentence);
  const db = opened.value;
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const people = Array.from({ length: size.agents }, (_, nth) =>
    addAgent(db, { name: `Agent ${nth + 1}`, role: 'agent', createdAt: now }),
  );
  const campaignIds = [
    campaign(db, now, 'Office hours', { wrapUpMs: 30_000, attemptsMax: 2 }, [9 * 60, 19 * 60]),
    campaign(db, now, 'Round the clock', { wrapUpMs: 0, attemptsMax: 3, leadInMs: 1_000 }, [0, 24 * 60]),
  ];
  const contactIds = Array.from({ length: size.contacts }, (_, nth) => contact(db, nth, random, now));
  for (const campaignId of campaignIds)
    enrol(
      db,
      campaignId,
      contactIds.filter(() => random.next() < 0.75),
      { dueAt: now, priority: campaignId === campaignIds[0] ? 0 : 5 },
    );
  const backgroundIds = size.background === true ? addBackground(db, contactIds, random, now) : [];
  addDoNotCall(db, { kind: 'company', value: 'Quiet Ltd', reason: 'asked', since: now, byAgent: null });
  closeStore(db);
  return { people, campaignIds, backgroundIds };
}

/** A voice of an AI and a recorded one. Not everybody has agreed to be called by them. */
function addBackground(db: Db, contactIds: readonly number[], random: Random, now: Instant): number[] {
  const patient = {
    voice: 'ai',
    attemptsMax: 3,
    retryMs: { 'no-answer': HOUR_MS, busy: 10 * MINUTE_MS },
  } as const;
  const limited = { voice: 'recorded', attemptsMax: 2, dailyLimit: 12 } as const;
  const campaignIds = [
    campaign(db, now, 'An AI voice', patient, [9 * 60, 20 * 60]),
    campaign(db, now, 'A recorded voice', limited, [0, 24 * 60]),
  ];
  for (const contactId of contactIds.filter(() => random.next() < 0.8))
    giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt: now });
  for (const campaignId of campaignIds)
    enrol(
      db,
      campaignId,
      contactIds.filter(() => random.next() < 0.7),
      { dueAt: now },
    );
  return campaignIds;
}

function campaign(
  db: Db,
  now: Instant,
  name: string,
  rules: Partial<CampaignRules>,
  [from, to]: readonly [number, number],
): number {
  const windows = EVERY_DAY.map((weekday) => ({ weekday, from, to }));
  return addCampaign(db, {
    name,
    status: 'active',
    mode: 'power',
    rules: { ...usualRules('America/New_York'), windows, ...rules },
    callerId: '+12125550199',
    scriptId: null,
    createdAt: now,
  });
}

function contact(db: Db, nth: number, random: Random, now: Instant): number {
  const numbers = Array.from({ length: random.next() < 0.3 ? 2 : 1 }, (_, which) => {
    const [areaCode, zones] = pick(random, PLACES);
    const last = String(between(random, 0, 60)).padStart(2, '0');
    const e164 = `+1${areaCode}55501${last}` as E164;
    return { e164, kind: 'mobile' as const, zones, isStarred: which === 0 };
  });
  const id = addContact(db, {
    listId: null,
    name: `Contact ${nth + 1}`,
    company: random.next() < 0.05 ? 'Quiet Ltd' : 'Globex',
    title: '',
    place: '',
    email: '',
    fields: {},
    createdAt: now,
    numbers: numbers.filter((each, i) => numbers.findIndex((other) => other.e164 === each.e164) === i),
  });
  if (random.next() < 0.04) markNumberUnusable(db, numbers[0]!.e164, 'known to be wrong');
  return id;
}
