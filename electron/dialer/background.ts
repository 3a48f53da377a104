import { openingIn } from '../../shared/domain/calling-window.ts';
import { type Instant, MINUTE_MS, SECOND_MS, instant } from '../../shared/lib/instants.ts';
import { isZone } from '../../shared/lib/zoned-time.ts';
import { appendAudit } from '../store/audit.ts';
import { type KeptCampaign, campaignsOf } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { setSetting, setting } from '../store/settings.ts';
import {
  type BackgroundParts,
  type CampaignWait,
  LOOK_MS,
  isBackground,
  openBackgroundCalls,
} from './background-calls.ts';
import { MISSED } from './breaks.ts';
import { openNap } from './nap.ts';
import { unattendedNow } from './unattended.ts';

/** A look that comes this late was kept by sleep, or the clock was set. */
const GAP_MS = 2 * MINUTE_MS;
/** After a stumble, over a full disk perhaps. */
const STUMBLED_MS = 5 * SECOND_MS;
const FIRST_LOOK_MS = 1;
/** When we last looked is kept so often, so that a start knows what it slept through. */
const LOOKED_AT = 'background.looked-at';
const KEEP_EVERY_MS = MINUTE_MS;

/** Campaigns that need no agent, at work: an AI voice or a recorded message speaks, and Parley dials. */
export interface Background {
  /** Something changed, or time has passed unseen: looks at all campaigns at once. */
  wake(): void;
  campaignChanged(campaignId: number): void;
  learned(attemptIds: readonly string[]): void;
  isUnderWay(attemptId: string): boolean;
  /** Ends the calls of a campaign that the carrier has not named yet, once it has. */
  unwant(campaignId: number): void;
  /** What a campaign waits for, and until when; null while nothing holds it up. */
  waitOf(campaignId: number): CampaignWait | null;
  /** Whether a campaign runs, or a call: a closed window must not end it. */
  isBusy(): boolean;
  /** Looked at the clock not long ago, as it should. */
  isAlive(): boolean;
  close(): Promise<void>;
}

export function startBackground(parts: BackgroundParts): Background {
  const { db, clock } = parts;
  const nap = openNap(clock);
  const calls = openBackgroundCalls(parts, nap.wakeAll);
  let isStopped = false;
  let lookedAt: Instant | null = null;
  let keptAt: Instant | null = lastLook(parts);

  /** How long until there is something to do. */
  const look = (): number => {
    const now = clock.now();
    const before = lookedAt ?? keptAt;
    if (hasGap(lookedAt, now)) calls.look();
    if (before !== null && now - before > GAP_MS) noteMissed(parts, before, now);
    const waitMs = calls.run();
    lookedAt = clock.now();
    if (keptAt === null || Math.abs(lookedAt - keptAt) >= KEEP_EVERY_MS) keepLook(lookedAt);
    return waitMs;
  };

  const keepLook = (at: Instant) => {
    keptAt = at;
    if (running(parts).length > 0) setSetting(db, 'machine', LOOKED_AT, at);
  };

  const watching = (async () => {
    // What was told before a crash is acted on first; nobody is chosen before it.
    await nap.pause(FIRST_LOOK_MS);
    while (!isStopped) {
      let waitMs = STUMBLED_MS;
      try {
        waitMs = look();
      } catch (error) {
        if (!isStopped) parts.log('campaigns without an agent stumbled; they go on by themselves', error);
      }
      if (!isStopped) await nap.pause(waitMs);
    }
  })();

  return {
    wake() {
      calls.look();
      nap.wakeAll();
    },
    campaignChanged(campaignId) {
      calls.look(campaignId);
      nap.wakeAll();
    },
    learned: calls.learned,
    isUnderWay: calls.isUnderWay,
    unwant: calls.unwant,
    waitOf: calls.waitOf,
    isBusy: () =>
      unattendedNow(db).length > 0 || running(parts).some(({ id }) => enrolmentCounts(db, id).open > 0),
    isAlive: () => !isStopped && lookedAt !== null && !hasGap(lookedAt, clock.now()),
    async close() {
      isStopped = true;
      nap.wakeAll();
      await calls.close();
      await watching;
    },
  };
}

function running({ db }: BackgroundParts): KeptCampaign[] {
  return campaignsOf(db).filter((each) => each.status === 'active' && isBackground(each));
}

function lastLook({ db }: BackgroundParts): Instant | null {
  const kept = setting(db, 'machine', LOOKED_AT);
  return typeof kept === 'number' ? instant(kept) : null;
}

/** A first look, one that comes late, and one at a clock that was set back all find time unaccounted for. */
function hasGap(before: Instant | null, now: Instant): boolean {
  return before === null || now < before || now - before > GAP_MS + LOOK_MS;
}

/** Hours in which nobody was there to call are missed, and said to be: they are never made up for in a burst. */
function noteMissed(parts: BackgroundParts, from: Instant, to: Instant): void {
  for (const { id, name, rules, startedAt } of running(parts)) {
    if (!isZone(rules.zone) || startedAt === null || enrolmentCounts(parts.db, id).open === 0) continue;
    const since = instant(Math.max(from, startedAt));
    const opening = openingIn(rules.windows, rules.zone, since);
    const wasOpen = opening.open || (opening.opensAt !== null && opening.opensAt < to);
    if (to - since <= GAP_MS || !wasOpen) continue;
    parts.note(
      `“${name}” could not call from ${isoText(since)} to ${isoText(to)}: Parley was not running, or the computer slept.`,
    );
    appendAudit(parts.db, {
      at: to,
      agentId: null,
      action: MISSED,
      subject: 'campaign',
      subjectId: String(id),
      before: null,
      after: { from: since, to },
    });
  }
}

function isoText(at: Instant): string {
  return new Date(at).toISOString();
}
