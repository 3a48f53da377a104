import { copyFileSync } from 'node:fs';
import { addAgent } from '../../electron/store/agents.ts';
import { addCampaign } from '../../electron/store/campaigns.ts';
import { giveConsent } from '../../electron/store/consents.ts';
import { addContact, markNumberUnusable, numbersOf } from '../../electron/store/contacts.ts';
import { addDispositions } from '../../electron/store/dispositions.ts';
import { addDoNotCall } from '../../electron/store/do-not-call.ts';
import { enrol } from '../../electron/store/enrolments.ts';
import { addImport } from '../../electron/store/imports.ts';
import { addList } from '../../electron/store/lists.ts';
import { type Db, closeStore, openStore, withTransaction } from '../../electron/store/open.ts';
import { addSchedule } from '../../electron/store/schedules.ts';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { STANDARD_DISPOSITIONS } from '../../shared/domain/disposition.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { assert } from '../../shared/lib/assert.ts';
import { HOUR_MS, type Instant, MINUTE_MS, instant } from '../../shared/lib/instants.ts';
import { type Random, between, pick } from '../../shared/lib/random.ts';
import { ask } from './laws/breach.ts';
import { minuteIn } from './laws/calendar.ts';
import type { Enrolled } from './laws/contacts.ts';
import { PLACES } from './places.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export interface Seeded {
  readonly people: readonly Person[];
  /** Those that agents work in. */
  readonly campaignIds: readonly number[];
  readonly backgroundIds: readonly number[];
  readonly enrolled: readonly Enrolled[];
  /** A list that somebody may take back. */
  readonly importId: number;
}

export interface Size {
  readonly contacts: number;
  readonly agents: number;
  /** With campaigns that need no agent, among the same people. */
  readonly background?: boolean;
  /** So many of them are called at a time of their own, day after day. */
  readonly schedules?: number;
}

/** Opens the file as somebody who only looks, and who has nothing to do with those who work in it. */
export function withStore<T>(file: string, look: (db: Db) => T): T {
  const db = opened(file, instant(0));
  try {
    return look(db);
  } finally {
    closeStore(db);
  }
}

function opened(file: string, now: Instant): Db {
  const store = openStore(file, { now: () => now });
  assert(store.ok, store.ok ? '' : store.error.sentence);
  return store.value;
}

/** Makes an empty workspace, so that many can begin as copies of it. */
export function blankWorkspace(file: string): string {
  closeStore(opened(file, instant(0)));
  return file;
}

/** A workspace at the start of a day: campaigns that share contacts, and contacts that share numbers. */
export function seedWorkspace(
  file: string,
  random: Random,
  now: Instant,
  size: Size,
  blank?: string,
): Seeded {
  if (blank !== undefined) copyFileSync(blank, file);
  const db = opened(file, now);
  try {
    return withTransaction(db, () => fill(db, random, now, size));
  } finally {
    closeStore(db);
  }
}

function fill(db: Db, random: Random, now: Instant, size: Size): Seeded {
  addDispositions(db, null, STANDARD_DISPOSITIONS);
  const people = Array.from({ length: size.agents }, (_, nth) =>
    addAgent(db, { name: `Agent ${nth + 1}`, role: 'agent', createdAt: now }),
  );
  const campaignIds = [
    campaign(db, now, 'Office hours', { wrapUpMs: 30_000, attemptsMax: 2 }, [9 * 60, 19 * 60]),
    campaign(
      db,
      now,
      'Round the clock',
      {
        wrapUpMs: 0,
        attemptsMax: 3,
        leadInMs: 1_000,
        numberPerDayMax: 3,
        retryMs: { 'no-answer': 5 * MINUTE_MS },
      },
      [0, 24 * 60],
    ),
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
  for (const contactId of contactIds.slice(0, size.schedules ?? 0)) schedule(db, contactId, random, now);
  const importId = importOf(db, contactIds.slice(-Math.ceil(size.contacts / 4)), now);
  const enrolled = ask<{ id: number; contactId: number; importId: number | null }>(
    db,
    `SELECT e.id, c.id AS contactId, c.import_id AS importId FROM enrolments e JOIN contacts c ON c.id = e.contact_id`,
  ).map((each) => ({ ...each, isImported: each.importId !== null }));
  return { people, campaignIds, backgroundIds, enrolled, importId };
}

/** As if the last of them had come with a file. */
function importOf(db: Db, contactIds: readonly number[], now: Instant): number {
  const listId = addList(db, { name: 'Spring', source: 'spring.csv', createdAt: now });
  const importId = addImport(db, { listId, fileName: 'spring.csv', settings: {}, createdAt: now });
  const given = db.$client.prepare('UPDATE contacts SET import_id = ?, list_id = ? WHERE id = ?');
  for (const id of contactIds) given.run(importId, listId, id);
  db.$client
    .prepare("UPDATE imports SET state = 'committed', committed_at = ? WHERE id = ?")
    .run(now, importId);
  return importId;
}

/** A voice of an AI and a recorded one. Not everybody has agreed to be called by them. */
function addBackground(db: Db, contactIds: readonly number[], random: Random, now: Instant): number[] {
  const patient = {
    voice: 'ai',
    attemptsMax: 3,
    retryMs: { 'no-answer': 20 * MINUTE_MS, busy: 10 * MINUTE_MS },
    coolDownMs: 5 * MINUTE_MS,
  } as const;
  const limited = { voice: 'recorded', attemptsMax: 2, dailyLimit: 8, retryMs: { failed: HOUR_MS } } as const;
  const campaignIds = [
    campaign(db, now, 'An AI voice', patient, [9 * 60, 20 * 60]),
    campaign(db, now, 'A recorded voice', limited, [0, 24 * 60]),
  ];
  for (const contactId of contactIds.filter(() => random.next() < 0.8)) agree(db, contactId, now);
  for (const campaignId of campaignIds)
    enrol(
      db,
      campaignId,
      contactIds.filter(() => random.next() < 0.7),
      { dueAt: now },
    );
  return campaignIds;
}

function agree(db: Db, contactId: number, givenAt: Instant): void {
  giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt });
}

/** Somebody who is called within the next hours. Nearly all of them agreed to it. */
function schedule(db: Db, contactId: number, random: Random, now: Instant): void {
  const number = numbersOf(db, contactId)[0]!;
  const zone = number.zones[0]!;
  if (random.next() < 0.9) agree(db, contactId, now);
  addSchedule(
    db,
    contactId,
    {
      numberId: number.id,
      zone,
      minute: (minuteIn(zone, now) + between(random, 3, 90)) % (24 * 60),
      cadence: { kind: 'daily' },
      voice: '',
      isActive: true,
    },
    now,
  );
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
    const { areaCode, zones } = pick(random, PLACES);
    const last = String(between(random, 0, 60)).padStart(2, '0');
    const e164 = `+1${areaCode}55501${last}` as E164;
    return { e164, kind: 'mobile' as const, zones, isStarred: which === 0 };
  });
  const id = addContact(db, {
    listId: null,
    name: `Contact ${nth + 1}`,
    company: random.next() < 0.05 ? 'Quiet Ltd' : pick(random, ['Globex', 'Initech', 'Umbra']),
    title: '',
    place: '',
    email: `contact${nth + 1}@${pick(random, ['globex', 'initech', 'umbra'])}.example`,
    fields: {},
    createdAt: now,
    numbers: numbers.filter((each, i) => numbers.findIndex((other) => other.e164 === each.e164) === i),
  });
  if (random.next() < 0.04) markNumberUnusable(db, numbers[0]!.e164, 'known to be wrong');
  return id;
}
