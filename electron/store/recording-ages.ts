import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** How long sounds are kept. Null is until somebody deletes them. */
export interface KeepingAges {
  readonly keptDays: number | null;
  /** At most so long where the other end is in a place whose law limits the keeping; null is no limit of its own. */
  readonly protectedDays: number | null;
  /** Campaigns that keep theirs for another while, by their number. */
  readonly ofCampaigns: Readonly<Record<number, number>>;
}

export interface AgedRecording {
  readonly callId: number;
  /** For how many days it was to be kept. */
  readonly days: number;
  readonly why: 'workspace' | 'campaign' | 'law';
}

/**
 * Country codes of the EU, the EEA and the United Kingdom (GDPR and UK GDPR, art. 5(1)(e): no longer than is necessary).
 * The law names no number of days; a workspace does.
 */
const PROTECTED = `(substr(number, 2, 2) IN ('30','31','32','33','34','36','39','40','43','44','45','46','47','48','49')
  OR substr(number, 2, 3) IN ('351','352','353','354','356','357','358','359','370','371','372','385','386','420','421','423'))`;

/** Each sound that is here with the instant at which it goes: the one question behind the preview and the deed. */
const GOING = `
  WITH own AS (SELECT CAST(key AS INTEGER) AS campaign_id, value AS days FROM json_each(:own)),
  kept AS (
    SELECT r.call_id, c.campaign_id, ifnull(r.bytes, 0) AS bytes, r.fetched_at, own.days AS own_days,
      ifnull(own.days, :usual) AS days, iif(c.direction = 'inbound', c.from_number, c.to_number) AS number
    FROM recordings r CROSS JOIN calls c ON c.id = r.call_id LEFT JOIN own ON own.campaign_id = c.campaign_id
    WHERE r.state = 'kept' AND r.fetched_at <= :latest),
  weighed AS (SELECT *, iif(${PROTECTED}, :law, NULL) AS law FROM kept),
  going AS (SELECT *, ifnull(min(days, law), ifnull(days, law)) AS stays FROM weighed)`;

const DAY = 86_400_000;

/** Sounds that are kept for longer than they may be, the oldest first. */
export function agedRecordings(db: ReadDb, ages: KeepingAges, now: Instant, limit: number): AgedRecording[] {
  const shortest = Math.min(
    ...[ages.keptDays, ages.protectedDays, ...Object.values(ages.ofCampaigns)].filter(
      (days) => days !== null,
    ),
  );
  if (!Number.isFinite(shortest)) return [];
  return aged(db).all({ ...bound(ages), latest: now - shortest * DAY, now, limit });
}

const aged = reading<AgedRecording>(`${GOING}
  SELECT call_id AS callId, stays AS days,
    CASE WHEN law = stays THEN 'law' WHEN own_days = stays THEN 'campaign' ELSE 'workspace' END AS why
  FROM going WHERE fetched_at + stays * ${DAY} <= +:now ORDER BY fetched_at LIMIT :limit`);

export interface GoingFigures {
  readonly recordings: number;
  readonly bytes: number;
  /** What goes at once, within a week, and within 30 days, each with what goes before it. */
  readonly now: number;
  readonly nowBytes: number;
  readonly week: number;
  readonly month: number;
  readonly monthBytes: number;
  /** When the first of the others goes; null where none ever does. */
  readonly nextAt: Instant | null;
}

/** What would go by these rules, and when. */
export function goingFigures(db: ReadDb, ages: KeepingAges, now: Instant): GoingFigures {
  return figures(db).get({ ...bound(ages), latest: Number.MAX_SAFE_INTEGER, now })!;
}

const by = (days: number) => `fetched_at + stays * ${DAY} <= :now + ${days * DAY}`;
const figures = reading<GoingFigures>(`${GOING}
  SELECT count(*) AS recordings, ifnull(sum(bytes), 0) AS bytes,
    count(*) FILTER (WHERE ${by(0)}) AS now, ifnull(sum(bytes) FILTER (WHERE ${by(0)}), 0) AS nowBytes,
    count(*) FILTER (WHERE ${by(7)}) AS week,
    count(*) FILTER (WHERE ${by(30)}) AS month, ifnull(sum(bytes) FILTER (WHERE ${by(30)}), 0) AS monthBytes,
    min(iif(${by(0)}, NULL, fetched_at + stays * ${DAY})) AS nextAt
  FROM going`);

export interface KeptOfCampaign {
  /** Null for calls of no campaign. */
  readonly campaignId: number | null;
  readonly recordings: number;
  readonly bytes: number;
  readonly oldestAt: Instant;
}

export function keptByCampaign(db: ReadDb): KeptOfCampaign[] {
  return ofCampaigns(db).all();
}

const ofCampaigns = reading<KeptOfCampaign>(`
  SELECT c.campaign_id AS campaignId, count(*) AS recordings, ifnull(sum(r.bytes), 0) AS bytes, min(r.fetched_at) AS oldestAt
  FROM recordings r CROSS JOIN calls c ON c.id = r.call_id WHERE r.state = 'kept' GROUP BY c.campaign_id`);

function bound({ keptDays, protectedDays, ofCampaigns: own }: KeepingAges) {
  return { own: JSON.stringify(own), usual: keptDays, law: protectedDays };
}
