import type { Running, Standing, Waiting } from '../../shared/contract/standing.ts';
import type { Attempt } from '../../shared/domain/attempt.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS, after } from '../../shared/lib/instants.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { openAttempts } from '../store/attempts.ts';
import { callbacksDue } from '../store/callbacks.ts';
import { type KeptCampaign, campaignsOf } from '../store/campaigns.ts';
import { nameOfContact } from '../store/contacts.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import { type Db, inOneReading } from '../store/open.ts';
import { nextJobAt } from '../store/schedule-jobs.ts';
import { openSessions } from '../store/sessions.ts';
import { callsSince, jobsWaiting } from '../store/standing-figures.ts';
import type { Background } from './background.ts';
import { isBackground } from './background-calls.ts';
import { breakNow } from './breaks.ts';
import { callsToday, startOfDay } from './day-counter.ts';
import { pauseOf } from './pause-all.ts';
import type { Scheduler } from './scheduler.ts';
import type { Home } from './work.ts';

export interface StandingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly carrier: Carrier;
  readonly home: Home;
  readonly background: Pick<Background, 'waitOf' | 'isAlive'>;
  readonly scheduler: Pick<Scheduler, 'isAlive'>;
  /** The request of this attempt is on the wire: its answer is on its way. */
  readonly isUnderWay: (attemptId: string) => boolean;
  /** What the disk does to us just now, in a sentence. */
  readonly storageTrouble: () => string | null;
}

/** A request without an answer, made by another process or before a crash, is in doubt after so long. */
const ANSWER_MS = 10 * SECOND_MS;
/** Nobody reads longer lists at a glance. */
const LISTED_MAX = 40;

const PAUSED = 'All calling is paused.';

/**
 * What this workspace does at this moment, what waits for when and why, and what is in doubt. Asked for about once
 * a second while something happens, so it reads what is open and a few kept figures, never what is over.
 */
export function openStanding(parts: StandingParts): () => Standing {
  const todayOf = (id: number) => callsToday(parts, id);
  const startedAt = parts.clock.now();
  // The loops look for the first time a moment after a start.
  const isStarting = () => Math.abs(parts.clock.now() - startedAt) < MINUTE_MS;
  return () => inOneReading(parts.db, () => standingNow(parts, todayOf, isStarting()));
}

function standingNow(parts: StandingParts, todayOf: (id: number) => number, isStarting: boolean): Standing {
  const { db, clock, home } = parts;
  const now = clock.now();
  const paused = pauseOf(db);
  const attempts = openAttempts(db);
  const inDoubt = attempts.filter((attempt) => isInDoubt(parts, attempt, now));
  const underWay = attempts.filter((attempt) => !inDoubt.includes(attempt));
  const campaigns = campaignsOf(db);
  const { running, waiting } = sortedOut(parts, campaigns, underWay, todayOf);
  const troubles = troublesNow(parts, campaigns, isStarting);
  const rests = running.length === 0 && underWay.length === 0;
  return {
    state: paused !== null ? 'paused' : troubles.length > 0 ? 'trouble' : rests ? 'resting' : 'running',
    paused,
    running,
    waiting: [...waiting, ...schedules(parts, paused !== null), ...promised(parts, now)]
      .sort((a, b) => (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER))
      .slice(0, LISTED_MAX),
    checking: inDoubt.slice(0, LISTED_MAX).map((attempt) => ({
      attemptId: attempt.id,
      since: attempt.sentAt ?? attempt.intendedAt,
      name: attempt.contactId === null ? 'Unknown' : nameOfContact(db, attempt.contactId),
      number: showPhone(attempt.to, home.country),
      campaign: campaigns.find(({ id }) => id === attempt.campaignId)?.name ?? '',
    })),
    troubles,
    underWay: underWay.length,
    today: callsSince(db, startOfDay(parts, now)),
    scheduled: jobsWaiting(db),
  };
}

/** No clear answer came, or whoever waited for it is gone. */
function isInDoubt({ isUnderWay }: StandingParts, attempt: Attempt, now: Instant): boolean {
  if (attempt.state === 'unknown') return true;
  if (attempt.state === 'accepted') return false;
  return !isUnderWay(attempt.id) && Math.abs(now - (attempt.sentAt ?? attempt.intendedAt)) > ANSWER_MS;
}

function sortedOut(
  parts: StandingParts,
  campaigns: readonly KeptCampaign[],
  underWay: readonly Attempt[],
  todayOf: (id: number) => number,
): { running: Running[]; waiting: Waiting[] } {
  const { db } = parts;
  const isPaused = pauseOf(db) !== null;
  const sessions = openSessions(db);
  const running: Running[] = [];
  const waiting: Waiting[] = [];
  for (const campaign of campaigns) {
    const { id, name, status, rules } = campaign;
    const calls = underWay.filter(({ campaignId }) => campaignId === id).length;
    const agents = sessions.filter(({ campaignId }) => campaignId === id).length;
    const why = status === 'active' ? whyWaiting(parts, campaign, agents, isPaused) : null;
    if (calls > 0 || (status === 'active' && why === null))
      running.push({ campaignId: id, name, voice: rules.voice, agents, underWay: calls, today: todayOf(id) });
    else if (why !== null)
      waiting.push({ what: 'campaign', campaignId: id, name, voice: rules.voice, ...why });
  }
  return {
    running: running.sort((a, b) => b.underWay - a.underWay).slice(0, LISTED_MAX),
    waiting: waiting.slice(0, LISTED_MAX),
  };
}

/** What an active campaign waits for; null where nothing holds it up. */
function whyWaiting(
  { db, background, clock }: StandingParts,
  campaign: KeptCampaign,
  agents: number,
  isPaused: boolean,
): { at: Instant | null; why: string } | null {
  const { open, 'in-hand': inHand } = enrolmentCounts(db, campaign.id);
  if (open + inHand === 0) return { at: null, why: 'Everybody in it has been reached or is finished.' };
  if (!isBackground(campaign)) return agents > 0 ? null : { at: null, why: 'No agent is at work on it.' };
  if (isPaused) return { at: null, why: PAUSED };
  const wait = background.waitOf(campaign.id);
  return wait === null || wait.at <= clock.now() ? null : { at: wait.until, why: wait.why };
}

function schedules({ db }: StandingParts, isPaused: boolean): Waiting[] {
  const at = nextJobAt(db);
  if (at === null) return [];
  const why = isPaused ? `${PAUSED} What it outlasts is missed.` : 'Each person is called at their own time.';
  return [{ what: 'schedules', campaignId: null, name: 'Scheduled calls', voice: null, at, why }];
}

/** The next promise of today. */
function promised({ db }: StandingParts, now: Instant): Waiting[] {
  const why = 'It comes before everybody else.';
  return callbacksDue(db, after(now, DAY_MS), 1).map(({ callback: { campaignId, dueAt } }) => ({
    what: 'callback',
    name: 'Promised callback',
    voice: null,
    at: dueAt,
    campaignId,
    why,
  }));
}

function troublesNow(
  { db, carrier, storageTrouble, background, scheduler }: StandingParts,
  campaigns: readonly KeptCampaign[],
  isStarting: boolean,
): Standing['troubles'] {
  const disk = storageTrouble();
  const line = carrier.readiness();
  const isAlive = isStarting || (background.isAlive() && scheduler.isAlive());
  return [
    ...(disk === null
      ? []
      : [
          {
            kind: 'storage' as const,
            title: 'Parley cannot save',
            sentence: disk,
            path: '/settings?section=storage',
          },
        ]),
    ...(line.kind === 'in-trouble'
      ? [
          {
            kind: 'carrier' as const,
            title: 'The carrier is in trouble',
            sentence: line.sentence,
            path: '/settings',
          },
        ]
      : []),
    ...(isAlive ? [] : [ENGINE]),
    ...campaigns.flatMap((campaign) => {
      const broken =
        campaign.status === 'paused' && isBackground(campaign) ? breakNow(db, campaign.id) : null;
      if (broken === null) return [];
      const title = `“${campaign.name}” paused itself`;
      const sentence = `${title}: too many of its calls failed. ${broken.reason}`;
      return [{ kind: 'campaign' as const, title, sentence, path: `/campaigns/${campaign.id}` }];
    }),
  ];
}

const ENGINE = {
  kind: 'engine',
  title: 'Parley does not call by itself',
  sentence: 'What calls by itself does not answer. What was saved is safe; restart Parley.',
  path: '/live',
} as const;
