import { aCampaign, aStore } from '../electron/store/testing.ts';
import type { Db } from '../electron/store/open.ts';
import type { CampaignRules } from '../shared/domain/campaign.ts';
import type { E164 } from '../shared/domain/phone.ts';
import { placesOf, placesText } from '../shared/domain/places/places.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../shared/lib/instants.ts';

/*
 * A workspace with a long list, made in bulk: one campaign, everybody due and ready, people all over the country,
 * and all that a verdict looks up has something in it.
 */

const AREA_CODES =
  '201 202 206 212 213 214 215 216 224 240 251 253 301 303 305 310 312 313 314 317 330 336 347 402 404 410 412 414 415 469 480 503 505 512 602 612 615 617 619 713 801 808 813 850'.split(
    ' ',
  );

export function longList(file: string, people: number, now: Instant, rules: CampaignRules): Db {
  const db = aStore(file);
  aCampaign(db, { rules });
  const client = db.$client;
  client.pragma('foreign_keys = OFF');
  client.pragma('synchronous = OFF');
  client.exec('CREATE TEMP TABLE areas (nth INTEGER PRIMARY KEY, code TEXT, places TEXT)');
  const area = client.prepare('INSERT INTO areas VALUES (?, ?, ?)');
  AREA_CODES.forEach((code, nth) =>
    area.run(nth, code, placesText(placesOf({ e164: `+1${code}5550100` as E164 }))),
  );
  client.exec(`BEGIN; ${peopleIn(people)} ${pastIn(people, now)} ${listedIn(people)} COMMIT;`);
  client.exec('DROP TABLE areas');
  client.pragma('synchronous = FULL');
  client.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

const counted = (people: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${people})`;

/** No exchange begins with a zero: these are numbers of nobody. One in ten is shared by two. */
const NTH = `i / ${AREA_CODES.length}`;
const E164_OF = `'+1' || a.code || '0' || printf('%06d', ${NTH} - (${NTH} % 20 = 1))`;
const WITH_AREA = `FROM n JOIN areas a ON a.nth = i % ${AREA_CODES.length}`;

function peopleIn(people: number): string {
  return `
    ${counted(people)} INSERT INTO contacts (id, name, company, title, place, email, fields, created_at)
      SELECT i, 'Person ' || i, 'Company ' || (i % 5000), '', '', 'p' || i || '@company' || (i % 5000) || '.example',
        '{}', 0 FROM n;
    ${counted(people)} INSERT INTO contact_numbers (contact_id, e164, kind, zones, is_starred, is_usable, places)
      SELECT i, ${E164_OF}, 'mobile', '[]', 1, i % 50 <> 0, a.places ${WITH_AREA};`;
}

/** One in ten was tried in the last days, and one in twenty is done. */
function pastIn(people: number, now: Instant): string {
  return `
    ${counted(people)} INSERT INTO enrolments
      (campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until, is_ready, rank)
      SELECT 1, i, iif(i % 20 = 0, 'done', 'open'), 0, a.places, i % 6, ${now - DAY_MS} - i, ${now - DAY_MS} - i, 1,
        (i * 7919) % ${people} ${WITH_AREA};
    ${counted(people / 10)} INSERT INTO attempts
      (id, campaign_id, contact_id, to_e164, from_number, carrier, mode, state, intended_at, closed_at)
      SELECT 'a' || i, 1, c, e164, '', 's', 'power', 'resolved', at, at
      FROM (SELECT i, i * 10 AS c, ${now} - (i % 7 * 10 + 1) * ${HOUR_MS} AS at FROM n)
      JOIN contact_numbers ON contact_id = c;
    ${counted(people / 10)} INSERT INTO calls
      (attempt_id, carrier, call_ref, direction, from_number, to_number, status, is_held, started_at)
      SELECT 'a' || i, 's', 'c' || i, 'outbound', '', '', 'ended', 0, ${now} - (i % 7 * 10 + 1) * ${HOUR_MS} FROM n;`;
}

/** One number in a hundred is to be left alone, and some companies, domains and exchanges are. */
function listedIn(people: number): string {
  return `
    ${counted(people / 100)} INSERT INTO do_not_call (kind, value, reason, since)
      SELECT DISTINCT 'number', e164, 'asked', 0 FROM n JOIN contact_numbers ON contact_id = i * 97 % ${people} + 1;
    ${counted(50)} INSERT INTO do_not_call (kind, value, reason, since) SELECT 'company', 'company ' || (i * 100), 'asked', 0 FROM n;
    ${counted(50)} INSERT INTO do_not_call (kind, value, reason, since)
      SELECT 'domain', 'company' || (i * 100 + 1) || '.example', 'asked', 0 FROM n;
    ${counted(50)} INSERT INTO do_not_call (kind, value, reason, since) SELECT 'area-code', '+1900' || i, 'asked', 0 FROM n;`;
}
