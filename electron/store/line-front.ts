import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, reading } from './open.ts';

/*
 * In the morning half the country sleeps, and those in front of a campaign’s line with it. Whoever looks for the next
 * contact remembers how far everybody sleeps, and begins there: else each look would go past all of them again.
 *
 * A memory may be wrong, and here it would leave somebody waiting. So nobody has to think of it who writes: a trigger
 * of this connection tells of everybody who comes into the line, whatever statement put them there, and SQLite itself
 * tells when another connection has written.
 */

/** Everybody up to here in a line is asleep, at least until an instant. */
export interface Front {
  rank: number;
  id: number;
  until: Instant;
}

/** What must be the same for a front to hold: the law, and how the call would be made. */
export interface Looking {
  readonly law: object;
  readonly call: string;
  readonly now: Instant;
}

interface KeptFront {
  readonly front: Front;
  readonly call: string;
  readonly law: object;
  /** When somebody last looked: a clock set back behind it makes sleepers of those who were awake. */
  since: Instant;
}

interface Lines {
  version: number;
  readonly byCampaign: Map<number, KeptFront[]>;
}

const watched = new WeakMap<ReadDb, Lines>();

const EVER = Number.MIN_SAFE_INTEGER;
const ALWAYS = Number.MAX_SAFE_INTEGER as Instant;

/** Keeps fronts from here on. Outside a transaction: one that failed would take the trigger along. */
export function watchLines(db: Db): void {
  const lines: Lines = { version: -1, byCampaign: new Map() };
  db.$client.function('came_into_line', (campaignId, rank) => {
    cameIn(lines, Number(campaignId), Number(rank));
    return null;
  });
  for (const what of ['INSERT', 'UPDATE OF campaign_id, state, is_ready, rank, places'])
    db.$client.exec(`CREATE TEMP TRIGGER line_${what.slice(0, 6)} AFTER ${what} ON main.enrolments
      WHEN NEW.state = 'open' AND NEW.is_ready = 1 BEGIN SELECT came_into_line(NEW.campaign_id, NEW.rank); END`);
  watched.set(db, lines);
}

function cameIn({ byCampaign }: Lines, campaignId: number, rank: number): void {
  const kept = byCampaign.get(campaignId);
  if (kept?.some(({ front }) => rank <= front.rank))
    byCampaign.set(
      campaignId,
      kept.filter(({ front }) => rank > front.rank),
    );
}

/** Where to begin: the front that is known, or the very first. It is moved on by whoever looks. */
export function frontOf(db: ReadDb, campaignId: number, { law, call, now }: Looking): Front {
  const lines = watched.get(db);
  if (lines === undefined) return theVeryFirst();
  const version = versionOf(db).get()!.data_version;
  if (version !== lines.version) lines.byCampaign.clear();
  lines.version = version;
  const all = lines.byCampaign.get(campaignId) ?? [];
  const isOld = (kept: KeptFront) => kept.law !== law || now < kept.since || now >= kept.front.until;
  const known = all.find((kept) => kept.call === call && !isOld(kept));
  if (known !== undefined) {
    known.since = now;
    return known.front;
  }
  const front = theVeryFirst();
  const others = all.filter((kept) => kept.call !== call);
  lines.byCampaign.set(campaignId, [...others, { front, call, law, since: now }]);
  return front;
}

function theVeryFirst(): Front {
  return { rank: EVER, id: 0, until: ALWAYS };
}

const versionOf = reading<{ data_version: number }>('PRAGMA data_version');
