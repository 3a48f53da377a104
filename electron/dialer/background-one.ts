import type { Attempt } from '../../shared/domain/attempt.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { type Subject, verdictOnAll } from '../../shared/domain/verdict.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, MINUTE_MS, after } from '../../shared/lib/instants.ts';
import type { Random } from '../../shared/lib/random.ts';
import type { Carrier } from '../carriers/carrier.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { NO_SESSION, postponeEnrolment, takeInHand } from '../store/enrolments.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { setting } from '../store/settings.ts';
import { campaignToday, chosenNumber, subjectOfEnrolment } from '../store/subjects.ts';
import { whoTalks } from './assistant.ts';
import { type SendOptions, beginAttempt } from './attempts.ts';
import { chooseNext, nextLook } from './choose.ts';
import { pauseInTheWay } from './pause-all.ts';
import { messageTo, noteGiven } from './recorded-message.ts';
import { unattendedNow } from './unattended.ts';

/** What one turn of a campaign needs. */
export interface TurnParts {
  readonly db: Db;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly random: Random;
  /** The law that every call goes by. */
  readonly law: LawBook;
}

/** What became of a campaign’s turn. */
export type Turn =
  | { readonly kind: 'begun'; readonly attempt: Attempt; readonly options: SendOptions }
  /** Those looked at may not be rung; there are others. */
  | { readonly kind: 'look-on' }
  /** Nobody may be rung before. */
  | { readonly kind: 'later'; readonly at: Instant; readonly until: Instant | null; readonly why: string }
  /** As many calls are under way as there may be. */
  | { readonly kind: 'full' };

/** Setting of a workspace: calls without an agent at a time. */
export const CONCURRENT = 'background.concurrent';
export const USUAL_CONCURRENT = 5;

/** Contacts weighed in one turn. */
const WEIGH_MAX = 25;
/** Where nobody can say when a reason lifts. */
const LOOK_AGAIN_MS = MINUTE_MS;
/** Nothing is left to do; a change of the campaign wakes it before. */
const NOBODY_LEFT_MS = 10 * MINUTE_MS;
const NOBODY_LEFT = 'Everybody in it has been reached or is finished.';
const RESTING = 'Everybody in it rests after their last call, or waits for a callback.';

export function concurrentIn(db: Db): number {
  const set = setting(db, 'workspace', CONCURRENT);
  return typeof set === 'number' && set >= 0 ? Math.floor(set) : USUAL_CONCURRENT;
}

/**
 * One turn of a campaign: whoever may be rung is in hand, and the intent is on disk, all in one transaction. How
 * many calls are under way is counted in it as well, so that two processes keep the limit together.
 */
export function takeTurn(parts: TurnParts, campaign: KeptCampaign, trouble: Subject['carrier']): Turn {
  const { db, clock, law } = parts;
  return withTransaction(db, (): Turn => {
    const now = clock.now();
    if (unattendedNow(db).length >= concurrentIn(db)) return { kind: 'full' };
    const today = campaignToday(db, campaign.id, now);
    if (today === null) return later(now, null, NOBODY_LEFT);
    if (!parts.carrier.can.speaks) return later(now, null, 'The carrier cannot speak by itself.');
    const verdict = verdictOnAll(today, pauseInTheWay(db) ?? trouble, law, now);
    if (verdict.kind !== 'ring')
      return later(now, verdict.kind === 'wait' ? verdict.until : null, verdict.because.sentence);
    const { take, weighed } = chooseNext(parts, { campaign, mode: campaign.mode }, now, WEIGH_MAX);
    if (take !== null) return begin(parts, campaign, take.id);
    if (weighed === WEIGH_MAX) return { kind: 'look-on' };
    const { at, asleep } = nextLook(parts, { campaign, mode: campaign.mode }, now);
    if (at === null) return { kind: 'later', at: after(now, NOBODY_LEFT_MS), until: null, why: NOBODY_LEFT };
    return later(now, at, asleep ?? RESTING);
  });
}

function begin(parts: TurnParts, campaign: KeptCampaign, enrolmentId: number): Turn {
  const { db, carrier, clock, random, law } = parts;
  const number = chosenNumber(db, enrolmentId, null);
  if (number === null || !takeInHand(db, enrolmentId, NO_SESSION)) return { kind: 'look-on' };
  const wish = {
    campaignId: campaign.id,
    enrolmentId,
    contactId: number.contactId,
    agentId: null,
    sessionId: null,
    to: number.e164,
    from: campaign.callerId,
    carrier: carrier.name,
  };
  const subject = (now: Instant) =>
    subjectOfEnrolment(db, enrolmentId, number.id, { law, now, mode: campaign.mode });
  const begun = beginAttempt(db, wish, subject, clock, random);
  if (!begun.ok) {
    postponeEnrolment(db, enrolmentId, after(clock.now(), LOOK_AGAIN_MS));
    return { kind: 'look-on' };
  }
  const { contactId } = number;
  const say = messageTo(db, campaign.rules, { contactId, attemptId: begun.value.id });
  noteGiven(db, say, 'played', clock.now());
  const options = {
    ringMs: campaign.rules.ringMs,
    record: begun.value.mayRecord,
    ...(say === null ? {} : { say }),
    ...(campaign.rules.voice === 'ai' ? whoTalks(db, campaign.rules, number.contactId) : {}),
  };
  return { kind: 'begun', attempt: begun.value, options };
}

/** An instant that has come, or that nobody knows, is looked for again a little later. */
function later(now: Instant, at: Instant | null, why: string): Turn {
  const until = at !== null && at > now ? at : null;
  return { kind: 'later', at: until ?? after(now, LOOK_AGAIN_MS), until, why };
}
