import { type Attempt, isOpen } from '../../shared/domain/attempt.ts';
import { attemptStatus } from '../../shared/domain/attempt-status.ts';
import { openFairShare } from '../../shared/domain/fair-share.ts';
import { maskPhone } from '../../shared/domain/phone.ts';
import { type Instant, SECOND_MS, earlier } from '../../shared/lib/instants.ts';
import { type Placed, UNREACHABLE_NUMBER } from '../carriers/carrier.ts';
import { attemptById } from '../store/attempts.ts';
import { callOfAttempt } from '../store/calls.ts';
import { type KeptCampaign, campaignById, campaignsOf } from '../store/campaigns.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { storeTrouble } from '../store/trouble.ts';
import { type SendOptions, sendAttempt } from './attempts.ts';
import { type TurnParts, concurrentIn, takeTurn } from './background-one.ts';
import { openBreaks } from './breaks.ts';
import { type Rest, carrierTroubleNow, restAfterRefusal } from './carrier-rest.ts';
import type { Gate } from './gate.ts';
import { answerMachine, hangUpCall } from './machine-answer.ts';
import { isUnattended, unattendedNow } from './unattended.ts';

export interface BackgroundParts extends TurnParts {
  readonly gate: Gate;
  /** Something went wrong that is ours to mend. */
  readonly log: (line: string, error?: unknown) => void;
  /** A readable line for each attempt, success and failure. Numbers in it are masked. */
  readonly note: (line: string) => void;
  /** For people who do not look at the window just now. */
  readonly notify: (notice: { readonly title: string; readonly body: string; readonly path: string }) => void;
  /** Told after calls, people or the status of a campaign changed. */
  readonly changed: (campaignId: number) => void;
}

/** The calls that campaigns make by themselves, from the choice of a contact to the end of the call. */
export interface BackgroundCalls {
  /** Begins what may begin now. Returns in how many ms to look again. */
  run(): number;
  /** Looks at these campaigns anew, or at all: something about them has changed. */
  look(campaignId?: number): void;
  learned(attemptIds: readonly string[]): void;
  /** Ends the calls of a campaign that have no name yet as soon as they have one. */
  unwant(campaignId: number): void;
  isUnderWay(attemptId: string): boolean;
  /** What a campaign waits for, and until when; null while nothing holds it up. */
  waitOf(campaignId: number): CampaignWait | null;
  close(): Promise<void>;
}

export interface CampaignWait {
  /** When it is looked at again. */
  readonly at: Instant;
  /** When it may go on, where anybody knows. */
  readonly until: Instant | null;
  readonly why: string;
}

/** The longest without a look. */
export const LOOK_MS = 30 * SECOND_MS;
/** Turns without a call in one go; then others have theirs. */
const FRUITLESS_MAX = 2;
const GO_ON_MS = 1;

/** Whether Parley dials this campaign by itself. */
export function isBackground({ rules }: Pick<KeptCampaign, 'rules'>): boolean {
  return rules.voice !== 'agent';
}

/** `freed` is told when there may be something to begin. */
export function openBackgroundCalls(parts: BackgroundParts, freed: () => void): BackgroundCalls {
  const { db, carrier, clock, gate } = parts;
  const breaks = openBreaks(db);
  const share = openFairShare();
  /** When each campaign is looked at next; those left out are looked at now. */
  const waits = new Map<number, CampaignWait>();
  const underWay = new Map<string, Promise<void>>();
  const following = new Set(unattendedNow(db).map(({ id }) => id));
  const unwanted = new Set<string>();
  /** Calls that somebody answered: calling works, however long they talk. */
  const answered = new Set<string>();
  const stopping = new AbortController();
  let rest: Rest | null = null;
  let seen = versionOf(parts);

  const nameOf = (attempt: Attempt) => `“${campaignById(db, attempt.campaignId ?? 0)?.name ?? '?'}”`;

  const send = (attempt: Attempt, options: SendOptions) => {
    following.add(attempt.id);
    parts.note(`${nameOf(attempt)}: calling ${maskPhone(attempt.to)}${countOf(attempt)}.`);
    const sent = sendAttempt(db, carrier, attempt, options, clock, stopping.signal)
      .catch((error: unknown): Placed | null => {
        parts.log(`asking the carrier about attempt ${attempt.id} failed`, error);
        return null;
      })
      .then((placed) => {
        underWay.delete(attempt.id);
        if (placed?.kind === 'placed') rest = null;
        if (placed?.kind === 'refused' && placed.retry) rest = restAfterRefusal(rest, placed, clock.now());
        followOrFail([attempt.id], placed);
      });
    underWay.set(attempt.id, sent);
  };

  const countOf = ({ enrolmentId, campaignId }: Attempt): string => {
    const count = enrolmentId === null ? undefined : enrolmentById(db, enrolmentId)?.attempts;
    const max = campaignById(db, campaignId ?? 0)?.rules.attemptsMax;
    return count === undefined ? '' : `, attempt ${count} of ${max}`;
  };

  const followOrFail = (attemptIds: readonly string[], placed: Placed | null = null) => {
    if (stopping.signal.aborted) return;
    try {
      const moved = attemptIds.filter((id) => follow(id, placed));
      if (moved.length > 0) freed();
    } catch (error) {
      parts.log('a call without an agent could not be followed; it is looked at again', error);
    }
  };

  /** True when the attempt has come to its end. */
  const follow = (id: string, placed: Placed | null): boolean => {
    const attempt = attemptById(db, id);
    if (attempt === null || !isUnattended(attempt)) return false;
    if (isOpen(attempt.state)) {
      following.add(id);
      if (placed?.kind === 'unclear') tell(attempt, placed.sentence, false);
      tend(attempt);
      return false;
    }
    if (!following.delete(id)) return false;
    unwanted.delete(id);
    finish(attempt, placed);
    return true;
  };

  /** What is to be done while it lasts: hang up where it is not wanted any more, leave a message on a machine. */
  const tend = (attempt: Attempt) => {
    const call = callOfAttempt(db, attempt.id);
    if (call === null || call.status === 'ended') return;
    if (call.status === 'in-progress' && !answered.has(attempt.id)) {
      answered.add(attempt.id);
      tell(attempt, null, false);
      freed();
    }
    const deed = unwanted.delete(attempt.id)
      ? hangUpCall(carrier, call)
      : answerMachine(parts, call, nameOf(attempt));
    deed.catch((error: unknown) => parts.log(`call ${call.callRef} could not be tended to`, error));
  };

  const finish = (attempt: Attempt, placed: Placed | null) => {
    const call = callOfAttempt(db, attempt.id);
    const status = attemptStatus(attempt, call);
    const isNumber = placed?.kind === 'refused' && placed.code === UNREACHABLE_NUMBER;
    const isHopeless = placed?.kind === 'refused' && !placed.retry && !isNumber;
    const failed = call === null ? (attempt.trouble ?? 'It was not placed.') : (call.errorSentence ?? null);
    const isFailure = call === null ? !isNumber : call.end === 'failed' || call.end === null;
    const why = failed ?? (call?.end === 'completed' ? `${call.seconds ?? 0} s` : (call?.end ?? ''));
    parts.note(`${nameOf(attempt)}: ${maskPhone(attempt.to)} ${status} (${why}).`);
    if (!answered.delete(attempt.id) || isFailure)
      tell(attempt, isFailure ? (failed ?? 'The call failed.') : null, isHopeless);
    if (attempt.campaignId === null) return;
    waits.delete(attempt.campaignId);
    parts.changed(attempt.campaignId);
  };

  /** Tells the breaker; when it trips, people are told. */
  const tell = (attempt: Attempt, trouble: string | null, isHopeless: boolean) => {
    const { campaignId } = attempt;
    if (campaignId === null) return;
    const reason = breaks.told(campaignId, { at: clock.now(), trouble, isHopeless });
    if (reason === null) return;
    parts.note(`${nameOf(attempt)} was paused after a burst of failures: ${reason}`);
    parts.notify({
      title: `${nameOf(attempt)} was paused`,
      body: `Too many of its calls failed. ${reason} One call is tried again later; you can also start it by hand.`,
      path: `/campaigns/${campaignId}`,
    });
    parts.changed(campaignId);
  };

  /** Those that run, the ones that get another try among them. */
  const running = (now: Instant): KeptCampaign[] => {
    const all = campaignsOf(db).filter(isBackground);
    const probing = breaks.probe(all, now);
    for (const id of probing) {
      waits.delete(id);
      parts.note(`“${campaignById(db, id)?.name}” tries one call, after a burst of failures.`);
      parts.changed(id);
    }
    return all.filter(({ id, status }) => status === 'active' || probing.includes(id));
  };

  /** One campaign that we stumble over must not hold up all others. */
  const turnOf = (campaign: KeptCampaign, now: Instant) => {
    try {
      return takeTurn(parts, campaign, carrierTroubleNow(carrier, rest, now));
    } catch (error) {
      // A full disk is no fault of the campaign.
      if (storeTrouble('', error) !== null) throw error;
      parts.log(`nobody could be chosen in campaign ${campaign.id}`, error);
      const why = 'Parley stumbled over it, and looks again in a moment.';
      return { kind: 'later', at: (now + LOOK_MS) as Instant, until: null, why } as const;
    }
  };

  return {
    run() {
      if (stopping.signal.aborted) return LOOK_MS;
      const now = clock.now();
      const version = versionOf(parts);
      if (version !== seen) waits.clear();
      seen = version;
      const campaigns = running(now);
      const byId = new Map(campaigns.map((each) => [each.id, each]));
      for (let fruitless = 0; fruitless < FRUITLESS_MAX; ) {
        const live = unattendedNow(db);
        if (live.length >= concurrentIn(db)) return LOOK_MS;
        const liveOf = (id: number) => live.filter(({ campaignId }) => campaignId === id).length;
        const wanting = [...byId.keys()].filter(
          (id) => (waits.get(id)?.at ?? now) <= now && breaks.lets(id, liveOf(id)),
        );
        const id = share.next(wanting, liveOf);
        if (id === null) return untilNext(byId, now);
        const waitMs = gate.waitMs();
        if (waitMs > 0) return waitMs;
        const turn = turnOf(byId.get(id)!, now);
        if (turn.kind === 'full') return LOOK_MS;
        if (turn.kind === 'later') waits.set(id, turn);
        if (turn.kind !== 'begun') {
          fruitless += 1;
          continue;
        }
        gate.passed();
        share.served(id);
        send(turn.attempt, turn.options);
        parts.changed(id);
      }
      return GO_ON_MS;
    },
    look(campaignId) {
      if (campaignId === undefined) waits.clear();
      else waits.delete(campaignId);
    },
    learned: (attemptIds) => followOrFail(attemptIds),
    unwant(campaignId) {
      for (const attempt of unattendedNow(db))
        if (attempt.campaignId === campaignId && callOfAttempt(db, attempt.id) === null)
          unwanted.add(attempt.id);
    },
    isUnderWay: (attemptId) => underWay.has(attemptId),
    waitOf: (campaignId) => waits.get(campaignId) ?? null,
    async close() {
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };

  function untilNext(byId: ReadonlyMap<number, unknown>, now: Instant): number {
    const times = [...waits].flatMap(([id, { at }]) => (byId.has(id) && at > now ? [at] : []));
    const next = [...times, breaks.nextProbeAt() ?? Number.POSITIVE_INFINITY].reduce((a, b) =>
      earlier(a as Instant, b as Instant),
    );
    return Math.max(GO_ON_MS, Math.min(LOOK_MS, next - now));
  }
}

/** Rises when another process has written: what it changed is not told to us. */
function versionOf({ db }: TurnParts): number {
  return db.$client.pragma('data_version', { simple: true }) as number;
}
