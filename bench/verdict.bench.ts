import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aStore, aCampaign } from '../electron/store/testing.ts';
import { campaignById } from '../electron/store/campaigns.ts';
import { type Db, closeStore } from '../electron/store/open.ts';
import { subjectsOfCampaign } from '../electron/store/subjects.ts';
import { type CampaignRules, usualRules } from '../shared/domain/campaign.ts';
import { shippedLaw } from '../shared/domain/law/book.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { placesOf, placesText } from '../shared/domain/places/places.ts';
import { NOON, aCampaignOf, aNumberOf, aSubject, anEnrolmentOf } from '../shared/domain/testing-verdict.ts';
import { lawThere } from '../shared/domain/verdict-law.ts';
import { type Subject, verdictOn } from '../shared/domain/verdict.ts';
import { assert } from '../shared/lib/assert.ts';
import { DAY_MS, HOUR_MS, type Instant, after } from '../shared/lib/instants.ts';
import { report } from './report.ts';

/* What one verdict costs, and what explaining a whole list costs. */

const AREA_CODES =
  '201 202 206 212 213 214 215 216 224 240 251 253 301 303 305 310 312 313 314 317 330 336 347 402 404 410 412 414 415 469 480 503 505 512 602 612 615 617 619 713 801 808 813 850'.split(
    ' ',
  );
const call = { mode: 'automatic', purpose: 'sales', voice: 'agent' } as const;
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

/** Every rule has something to count, so that none of them is passed by. */
const RULES: CampaignRules = {
  ...usualRules('America/New_York'),
  startsOn: '2026-01-01',
  frequency: 'daily',
  attemptsPerDayMax: 3,
  numberPerDayMax: 3,
  numberPerWeekMax: 7,
  coolDownMs: HOUR_MS,
  dailyLimit: 100_000,
};

function verdicts(): void {
  const count = 1_000_000;
  const subjects = AREA_CODES.map((code) => {
    const e164 = `+1${code}5550100` as E164;
    const attemptsAt = [after(NOON, -30 * HOUR_MS), after(NOON, -5 * DAY_MS)];
    return aSubject({
      law: shippedLaw,
      campaign: aCampaignOf(RULES),
      number: aNumberOf({ e164, places: placesOf({ e164 }), attemptsAt }),
      enrolment: anEnrolmentOf({ attempts: 2, lastAttemptAt: attemptsAt[0]!, attemptsAt }),
    });
  });
  const bare = subjects.map(bareFacts);
  const times: [number[], number[]] = [[], []];
  let rings = [0, 0];
  for (let run = 0; run <= 5; run++) {
    rings = [0, 0];
    const ours = timed(() => {
      // Ten milliseconds go by between two of them: the clock is never quite the same.
      for (let i = 0; i < count; i++)
        if (verdictOn(subjects[i % subjects.length]!, after(NOON, i / 100)).kind === 'ring') rings[0]! += 1;
    });
    const theirs = timed(() => {
      for (let i = 0; i < count; i++) if (mayRing(bare[i % bare.length]!, NOON + i / 100)) rings[1]! += 1;
    });
    if (run > 0) times[0].push(ours);
    if (run > 0) times[1].push(theirs);
  }
  assert(rings[0] === rings[1] && rings[0]! > count / 2, `the two disagree: ${rings.join(' and ')}`);
  const perSecond = (ms: number) => Math.round(count / (ms / 1_000));
  const [value, baseline] = [perSecond(middle(times[0])), perSecond(middle(times[1]))];
  const bar = { of: 'value', atLeast: 300_000 } as const;
  report({ name: 'verdicts on one core, warm zones', value, unit: '/s', baseline, bar });
}

/** The same rules with all that can be known beforehand worked out: hours as two numbers, midnights as one. */
function bareFacts({ number, enrolment, campaign }: Subject) {
  const { isOpen, changesAt, caps } = lawThere(shippedLaw, number.places, NOON, call);
  const midnight = Date.UTC(2026, 10, 20, 5);
  return {
    isUsable: number.isUsable,
    state: enrolment!.state,
    attempts: enrolment!.attempts,
    restUntil: enrolment!.restUntil as number,
    lastAt: enrolment!.lastAttemptAt as number,
    attemptsAt: Float64Array.from(number.attemptsAt),
    caps: Float64Array.from(caps.flatMap((cap) => [cap.max, cap.windowMs])),
    rules: campaign!.rules,
    today: 0,
    law: isOpen ? [0, changesAt as number] : [changesAt as number, Number.POSITIVE_INFINITY],
    window: [midnight + 9 * HOUR_MS, midnight + 19 * HOUR_MS],
    dates: [0, Number.POSITIVE_INFINITY],
    midnight,
  };
}

function mayRing(facts: ReturnType<typeof bareFacts>, now: number): boolean {
  const { rules, attemptsAt, caps } = facts;
  if (!facts.isUsable || facts.state !== 'open' || facts.attempts >= rules.attemptsMax) return false;
  if (now < facts.law[0]! || now >= facts.law[1]!) return false;
  if (now < facts.window[0]! || now >= facts.window[1]!) return false;
  if (now < facts.dates[0]! || now >= facts.dates[1]! || facts.today >= rules.dailyLimit!) return false;
  if (now < facts.restUntil || now < facts.lastAt + rules.coolDownMs) return false;
  let [day, week, today] = [0, 0, 0];
  for (const at of attemptsAt) {
    if (at + DAY_MS > now) day++;
    if (at + 7 * DAY_MS > now) week++;
    if (at >= facts.midnight) today++;
  }
  if (day >= rules.numberPerDayMax! || week >= rules.numberPerWeekMax! || today > 0) return false;
  for (let i = 0; i < caps.length; i += 2) {
    let within = 0;
    for (const at of attemptsAt) if (at + caps[i + 1]! > now) within++;
    if (within >= caps[i]!) return false;
  }
  return true;
}

/** Why is nobody called? Asked of everybody in a campaign at once, in words. */
function explained(): void {
  const rows = 100_000;
  const db = filled('explained.db', rows);
  const campaign = campaignById(db, 1);
  assert(campaign !== null, 'the campaign is there');
  const value = middle(
    Array.from({ length: 4 }, () =>
      timed(() => {
        const counts = new Map<string, number>();
        for (let last: number | null = 0; last !== null; ) {
          const page = subjectsOfCampaign(db, campaign, NOON, { law: shippedLaw, after: last, limit: 500 });
          for (const { subject } of page) {
            const verdict = verdictOn(subject, NOON);
            const why = verdict.kind === 'ring' ? 'ring' : verdict.because.rule;
            counts.set(why, (counts.get(why) ?? 0) + 1);
          }
          last = page.at(-1)?.contactId ?? null;
        }
        assert(counts.size >= 4, `too few answers to mean anything: ${[...counts].join(' ')}`);
      }),
    ),
  );
  const baseline = middle(
    Array.from({ length: 4 }, () =>
      timed(() => {
        const all =
          db.$client.prepare(`SELECT e.*, c.name, c.company, c.email, n.e164, n.places FROM enrolments e
          JOIN contacts c ON c.id = e.contact_id JOIN contact_numbers n ON n.contact_id = c.id WHERE e.campaign_id = 1`);
        let seen = 0;
        for (const _ of all.iterate()) seen++;
        assert(seen === rows, `${seen} rows`);
      }),
    ),
  );
  const bar = { of: 'value', atMost: 2_000 } as const;
  report({ name: '100,000 contacts explained', value, unit: 'ms', baseline, bar });
  closeStore(db);
}

/** A campaign of so many contacts, one number each, in all those area codes; one in ten was tried yesterday. */
function filled(name: string, rows: number): Db {
  const db = aStore(join(folder, name));
  aCampaign(db, { rules: RULES });
  const client = db.$client;
  client.pragma('foreign_keys = OFF');
  client.pragma('synchronous = OFF');
  const insert = {
    contact: client.prepare(`INSERT INTO contacts (id, name, company, title, place, email, fields, created_at)
      VALUES (?, ?, 'Globex', '', '', ?, '{}', 0)`),
    number:
      client.prepare(`INSERT INTO contact_numbers (contact_id, e164, kind, zones, is_starred, is_usable, places)
      VALUES (?, ?, 'mobile', '[]', 1, ?, ?)`),
    enrolment: client.prepare(`INSERT INTO enrolments
      (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until, is_ready, rank)
      VALUES (1, ?, ?, 0, ?, ?, ?, ?, 1, ?)`),
    attempt: client.prepare(`INSERT INTO attempts
      (id, campaign_id, contact_id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
      VALUES (?, 1, ?, ?, '', 's', 'power', 'resolved', ?, ?)`),
    call: client.prepare(`INSERT INTO calls
      (attempt_id, carrier, call_ref, direction, from_number, to_number, status, is_held, started_at)
      VALUES (?, 's', ?, 'outbound', '', '', 'ended', 0, ?)`),
  };
  client.transaction(() => {
    for (let i = 1; i <= rows; i++) {
      const e164 = `+1${AREA_CODES[i % AREA_CODES.length]}555${String(i % 10_000).padStart(4, '0')}` as E164;
      const places = placesText(placesOf({ e164 }));
      const at: Instant = after(NOON, -((i % 7) * 10 + 1) * HOUR_MS);
      const dueAt = i % 5 === 0 ? after(NOON, HOUR_MS) : after(NOON, -i);
      insert.contact.run(i, `Person ${i}`, `p${i}@globex.example`);
      insert.number.run(i, e164, i % 50 === 0 ? 0 : 1, places);
      insert.enrolment.run(i, i % 20 === 0 ? 'done' : 'open', places, i % 8, dueAt, dueAt, (i * 7919) % rows);
      if (i % 10 !== 0) continue;
      insert.attempt.run(`a${i}`, i, e164, at, at);
      insert.call.run(`a${i}`, `c${i}`, at);
    }
  })();
  client.pragma('synchronous = FULL');
  client.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

try {
  verdicts();
  explained();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
