import type { DeskView, OwnDay } from '../../shared/contract/desk.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { DialMode } from '../../shared/domain/campaign.ts';
import type { Person } from '../../shared/domain/people.ts';
import { type SessionState, attemptIn, consultIn, isInCall } from '../../shared/domain/session.ts';
import { moreTime } from '../../shared/domain/wrap-up.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import { keepAudioAt } from '../store/call-audio.ts';
import { campaignById } from '../store/campaigns.ts';
import { dispositionsOf, offeredToAgents } from '../store/dispositions.ts';
import type { NewDraft } from '../store/drafts.ts';
import { putBack, releaseHeldBy, releaseHeldByEndedSessions } from '../store/enrolments.ts';
import { withTransaction } from '../store/open.ts';
import { endSession, openSession, openSessions } from '../store/sessions.ts';
import type { Begun } from './attempts.ts';
import { type Filing, file, keepDraft, undo } from './filing.ts';
import {
  type Override,
  dialNextNumber,
  dialStaged,
  dialTyped,
  send,
  skipStaged,
  weighTyped,
} from './dialing.ts';
import { colleagueNow, consult, followColleague, handOverToColleague, takeBack } from './desk-consult.ts';
import { isTimeToDial, nextAlarmMs } from './desk-alarm.ts';
import { follow } from './desk-follow.ts';
import { openCarrierLine } from './desk-line.ts';
import { openWork, recover } from './desk-open.ts';
import {
  type TransferTarget,
  type TransferWish,
  forgetTransferTarget,
  transfer,
  transferTargets,
} from './desk-transfer.ts';
import { viewOf } from './desk-view.ts';
import { dropVoicemail, hangUp, hangUpUnheld, hold, mute, tones } from './in-call.ts';
import { noted } from './noted.ts';
import { ownDayOf } from './own-day.ts';
import { pauseOf } from './pause-all.ts';
import { type WeighedPromise, weighPromise } from './promise.ts';
import { stageNext } from './stage.ts';
import { type DeskParts, type Work, cannot, done, together, turn } from './work.ts';

/** A contact who was skipped comes back after this long. */
const SKIP_REST_MS = 30 * MINUTE_MS;

/** A session that stumbled, over a full disk perhaps, tries again after this long. */
const STUMBLED_MS = 5 * SECOND_MS;

/**
 * The agents' sessions. Screens send wishes and are told what changed; a screen may close, reload or crash
 * and no session notices.
 */
export interface Desk {
  view(person: Person): DeskView;
  /** Where an agent's session stands; null where they have none. */
  stateOf(agentId: number): SessionState | null;
  ownDay(person: Person): OwnDay;
  start(person: Person, campaignId: number, mode: DialMode): Answer<null>;
  stop(person: Person): Answer<null>;
  dial(person: Person, numberId: number | null): Answer<null>;
  /** With `override` a supervisor, who gave their PIN, lets a call through that only our own rules hold up. */
  dialNumber(person: Person, text: string, override?: Override | null): Answer<null>;
  weigh(text: string): ReturnType<typeof weighTyped>;
  skip(person: Person, reason: string): Answer<null>;
  hangUp(person: Person): Promise<Answer<null>>;
  hold(person: Person, on: boolean): Promise<Answer<null>>;
  mute(person: Person, on: boolean): Promise<Answer<null>>;
  tones(person: Person, digits: string): Promise<Answer<null>>;
  dropVoicemail(person: Person): Promise<Answer<null>>;
  /** The agent’s phone carries sound both ways: kept for the latency ledger of the call in hand. */
  heard(person: Person, attemptId: string): Answer<null>;
  transfer(person: Person, wish: TransferWish): Promise<Answer<null>>;
  /** Rings a colleague, to ask them before the contact is handed over; then hands over, or takes back. */
  consult(person: Person, wish: TransferWish): Promise<Answer<null>>;
  handOver(person: Person): Promise<Answer<null>>;
  takeBack(person: Person): Promise<Answer<null>>;
  transferTargets(): TransferTarget[];
  forgetTransferTarget(person: Person, number: string): Answer<null>;
  draft(person: Person, draft: Omit<NewDraft, 'savedAt'>): Answer<{ savedAt: Instant }>;
  file(person: Person, filing: Filing): Answer<null>;
  weighPromise(person: Person, attemptId: string, at: Instant): Answer<WeighedPromise>;
  undo(person: Person): Answer<null>;
  moreTime(person: Person): Answer<null>;
  pause(person: Person, reason: string): Answer<null>;
  resume(person: Person): Answer<null>;
  /** What became of these attempts was learned: by an event, by asking, or by an answer. */
  learned(attemptIds: readonly string[]): void;
  /** Attempts whose request is on the wire in this process. */
  isUnderWay(attemptId: string): boolean;
  /** A supervisor changed a campaign: its rules and its status hold from the next contact on. */
  campaignChanged(campaignId: number): void;
  /** Hangs up every call of a campaign. What could not be hung up is told, a sentence for each. */
  hangUpCampaign(campaignId: number): Promise<string[]>;
  /**
   * Somebody looked whether the carrier can be reached: desks are told, and hang-ups that were wanted tried again.
   * True where it is lost, or is back, since the last look.
   */
  lineLookedAt(): boolean;
  /** The computer woke up and the carrier is being asked about every call, or has been. */
  asksCarrier(is: boolean): void;
  isBusy(): boolean;
  /** All calling was paused, or resumed: power mode goes by it at once. */
  callingPaused(): void;
  pauseAll(reason: string): void;
  close(): Promise<void>;
}

/** Brings back the sessions that a crash or a restart left open, paused, and starts serving wishes. */
export function openDesk(parts: DeskParts): Desk {
  const works = new Map<number, Work>();
  const underWay = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const line = openCarrierLine(parts.carrier, parts.clock);

  const settleDown = (work: Work) => {
    // The session may have ended while the carrier was asked something on its behalf.
    if (works.get(work.agentId) !== work) return;
    follow(parts, work);
    stageNext(parts, work);
    setAlarm(work);
    parts.changed(work.agentId);
  };

  const setAlarm = (work: Work) => {
    work.cancelAlarm?.();
    const inMs = nextAlarmMs(work, parts.clock.now());
    work.cancelAlarm = inMs === null ? null : parts.clock.after(inMs, () => ring(work));
  };

  /** For what no wish is answered by: a failure is told to the log, and the session goes on a little later. */
  const bySelf = (work: Work, run: () => void) => {
    if (stopping.signal.aborted || works.get(work.agentId) !== work) return;
    try {
      run();
    } catch (error) {
      parts.log(`the session of agent ${work.agentId} stumbled; it goes on by itself`, error);
      work.cancelAlarm?.();
      work.cancelAlarm = parts.clock.after(STUMBLED_MS, () => ring(work));
    }
  };

  const ring = (work: Work) => bySelf(work, () => onAlarm(work));

  const onAlarm = (work: Work) => {
    work.cancelAlarm = null;
    const now = parts.clock.now();
    if (work.undo !== null && now > work.undo.until) work.undo = null;
    const { state } = work.face;
    if (state.kind === 'previewing' && isTimeToDial(state.dialAt, work, now) && !heldByPause(parts, work))
      startDial(work, dialStaged(parts, work, null));
    if (state.kind === 'wrap-up' && work.timer !== null && now >= work.timer.endsAt) runOut(parts, work);
    if (consultIn(state) !== null) lookAtColleague(work);
    settleDown(work);
  };

  const lookAtColleague = (work: Work) => {
    const attemptId = attemptIn(work.face.state)!;
    colleagueNow(parts, work)
      .then((colleague) =>
        bySelf(work, () => {
          if (followColleague(parts, work, attemptId, colleague)) settleDown(work);
        }),
      )
      .catch((error: unknown) => parts.log('asking about a colleague failed', error));
  };

  /** The intent is on disk; from here the carrier is asked, and whoever pressed the key is answered at once. */
  const startDial = (work: Work, begun: Answer<Begun>): Answer<null> => {
    if (!begun.ok) {
      // The verdict changed since the contact was staged: back into the queue, on to the next.
      const { state } = work.face;
      if (state.kind === 'previewing' && state.dialAt !== null)
        skipStaged(parts, work, MINUTE_MS, begun.error.sentence);
      return begun;
    }
    const attempt = begun.value;
    const sent = send(parts, work, attempt, stopping.signal)
      .catch((error: unknown) => parts.log(`asking the carrier about attempt ${attempt.id} failed`, error))
      .then(() => {
        underWay.delete(attempt.id);
        bySelf(work, () => settleDown(work));
      });
    underWay.set(attempt.id, sent);
    return done;
  };

  const withWork = <T>(person: Person, wish: (work: Work) => Answer<T>): Answer<T> => {
    const work = works.get(person.id);
    if (work === undefined) return noSession;
    const answer = wish(work);
    settleDown(work);
    return answer;
  };

  const withCall = async (
    person: Person,
    wish: (work: Work) => Promise<Answer<null>>,
  ): Promise<Answer<null>> => {
    const work = works.get(person.id);
    if (work === undefined) return noSession;
    const answer = await wish(work);
    settleDown(work);
    return answer;
  };

  releaseHeldByEndedSessions(parts.db);
  for (const row of openSessions(parts.db)) {
    const work = recover(parts, row);
    if (work !== null) works.set(work.agentId, work);
  }
  for (const work of works.values()) settleDown(work);

  return {
    view: (person) => viewOf(parts, person, works.get(person.id) ?? null, line.now()),
    stateOf: (agentId) => works.get(agentId)?.face.state ?? null,
    ownDay: (person) => ownDayOf(parts, person),
    start(person, campaignId, mode) {
      if (works.has(person.id)) return cannot('You are in a session already. End it first.');
      const campaign = campaignById(parts.db, campaignId);
      if (campaign === null) return cannot('This campaign is gone.', 'not-found');
      if (campaign.status !== 'active')
        return cannot(`“${campaign.name}” is ${campaign.status}. A supervisor can start it.`);
      if (campaign.rules.voice !== 'agent')
        return cannot(`“${campaign.name}” needs no agent: Parley dials it. Choose another campaign.`);
      const { onlyByHand } = parts.carrier.can;
      if (mode === 'power' && onlyByHand !== undefined) return cannot(onlyByHand);
      const work = withTransaction(parts.db, () => {
        const row = openSession(parts.db, { agentId: person.id, campaignId, mode, at: parts.clock.now() });
        noteSession(parts, person, 'session.start', row.id, { campaign: campaign.name, mode });
        return openWork(parts, row);
      });
      if (work === null) return cannot('This campaign is gone.', 'not-found');
      works.set(person.id, work);
      settleDown(work);
      return done;
    },
    stop(person) {
      const work = works.get(person.id);
      if (work === undefined) return noSession;
      if (isInCall(work.face.state))
        return cannot('A call is under way. Hang up first, then end the session.');
      if (work.face.state.kind === 'wrap-up')
        return cannot('The last call has no outcome yet. File it, then end the session.');
      withTransaction(parts.db, () => {
        releaseHeldBy(parts.db, work.id);
        endSession(parts.db, work.id, parts.clock.now());
        noteSession(parts, person, 'session.end', work.id, { campaign: work.campaign.name });
      });
      work.cancelAlarm?.();
      works.delete(person.id);
      parts.carrier.agentLeft?.(person.id);
      parts.changed(person.id);
      return done;
    },
    dial: (person, numberId) =>
      withWork(person, (work) => startDial(work, dialStaged(parts, work, numberId))),
    dialNumber: (person, text, override) =>
      withWork(person, (work) => startDial(work, dialTyped(parts, work, text, override))),
    weigh: (text) => weighTyped(parts, text),
    skip: (person, reason) => withWork(person, (work) => skipStaged(parts, work, SKIP_REST_MS, reason)),
    hangUp: (person) => withCall(person, (work) => hangUp(parts, work)),
    hold: (person, on) => withCall(person, (work) => hold(parts, work, on)),
    mute: (person, on) => withCall(person, (work) => mute(parts, work, on)),
    tones: (person, digits) => withCall(person, (work) => tones(parts, work, digits)),
    dropVoicemail: (person) => withCall(person, (work) => dropVoicemail(parts, work)),
    heard(person, attemptId) {
      const work = works.get(person.id);
      if (work === undefined) return noSession;
      if (attemptIn(work.face.state) === attemptId) keepAudioAt(parts.db, attemptId, parts.clock.now());
      return done;
    },
    transfer: (person, wish) => withCall(person, (work) => transfer(parts, work, wish)),
    consult: (person, wish) => withCall(person, (work) => consult(parts, work, wish)),
    handOver: (person) => withCall(person, (work) => handOverToColleague(parts, work)),
    takeBack: (person) => withCall(person, (work) => takeBack(parts, work)),
    transferTargets: () => transferTargets(parts),
    forgetTransferTarget: (person, number) => forgetTransferTarget(parts, person, number),
    draft(person, draft) {
      const work = works.get(person.id);
      return work === undefined ? noSession : keepDraft(parts, work, draft);
    },
    // The outcome and the next contact are one commit: the disk is waited for once before the next dial.
    file: (person, filing) =>
      withWork(person, (work) => {
        const ringsNext = filing.ringsNextNumber === true;
        const filed = together(parts, work, () => {
          const filed = file(parts, work, filing);
          if (!ringsNext) stageNext(parts, work);
          return filed;
        });
        return filed.ok && ringsNext ? startDial(work, dialNextNumber(parts, work, filing.attemptId)) : filed;
      }),
    weighPromise(person, attemptId, at) {
      const work = works.get(person.id);
      return work === undefined ? noSession : weighPromise(parts, work, attemptId, at);
    },
    undo: (person) => withWork(person, (work) => undo(parts, work)),
    moreTime: (person) =>
      withWork(person, (work) => {
        if (work.timer === null) return cannot('No wrap-up timer is running.');
        work.timer = moreTime(work.timer, parts.clock.now());
        return done;
      }),
    pause: (person, reason) =>
      withWork(person, (work) => {
        pauseWork(parts, work, reason);
        return done;
      }),
    resume: (person) =>
      withWork(person, (work) =>
        turn(parts, work, { kind: 'resumed' }) ? done : cannot('You are not paused.'),
      ),
    learned(attemptIds) {
      for (const work of works.values()) {
        const attemptId = attemptIn(work.face.state);
        const isNews = attemptId !== null && attemptIds.includes(attemptId);
        if (isNews || work.hangUpWanted) bySelf(work, () => settleDown(work));
      }
    },
    isUnderWay: (attemptId) => underWay.has(attemptId),
    campaignChanged(campaignId) {
      const campaign = campaignById(parts.db, campaignId);
      for (const work of works.values()) {
        if (work.campaign.id !== campaignId || campaign === null) continue;
        work.campaign = campaign;
        work.dispositions = offeredToAgents(dispositionsOf(parts.db, campaignId));
        if (campaign.status !== 'active') pauseWork(parts, work, `the campaign is ${campaign.status}`);
        settleDown(work);
      }
    },
    async hangUpCampaign(campaignId) {
      const sentences = await Promise.all(
        [...works.values()]
          .filter((work) => work.campaign.id === campaignId && isInCall(work.face.state))
          .map(async (work) => {
            const answer = await hangUp(parts, work);
            settleDown(work);
            return answer.ok ? [] : [answer.error.sentence];
          }),
      );
      // Calls that nobody here has on the line: made without an agent, or left over from before.
      return [...sentences.flat(), ...(await hangUpUnheld(parts, campaignId))];
    },
    lineLookedAt() {
      const hasTurned = line.hasTurned();
      for (const work of works.values()) {
        if (work.hangUpWanted) bySelf(work, () => settleDown(work));
        else if (hasTurned) parts.changed(work.agentId);
      }
      return hasTurned;
    },
    asksCarrier(is) {
      line.asks(is);
      for (const work of works.values()) parts.changed(work.agentId);
    },
    isBusy: () => works.size > 0,
    callingPaused() {
      for (const work of works.values())
        bySelf(work, () => {
          heldByPause(parts, work);
          settleDown(work);
        });
    },
    pauseAll(reason) {
      for (const work of works.values()) {
        pauseWork(parts, work, reason);
        settleDown(work);
      }
    },
    async close() {
      stopping.abort();
      for (const work of works.values()) work.cancelAlarm?.();
      works.clear();
      // Each request on the wire writes down how it ended: the file has to stay open for it.
      await Promise.all(underWay.values());
    },
  };
}

function noteSession(
  parts: DeskParts,
  person: Person,
  action: string,
  sessionId: number,
  after: unknown,
): void {
  noted(parts, person.id, { action, subject: 'session', subjectId: String(sessionId), before: null, after });
}

const noSession = {
  ok: false,
  error: { code: 'not-now', sentence: 'You have no session. Start one first.' },
} as const;

/** Away: whoever was in hand goes back. In a call or in wrap-up the pause begins once the outcome is filed. */
function pauseWork(parts: DeskParts, work: Work, reason: string): void {
  together(parts, work, () => {
    if (work.face.state.kind === 'previewing') putBack(parts.db, work.face.state.enrolmentId);
    turn(parts, work, { kind: 'pause-asked', reason });
  });
  work.waiting = null;
}

/** While all calling is paused nobody is dialed without a press: whoever was next goes back. True when it was so. */
function heldByPause(parts: DeskParts, work: Work): boolean {
  const { state } = work.face;
  if (state.kind !== 'previewing' || state.dialAt === null || pauseOf(parts.db) === null) return false;
  together(parts, work, () => {
    putBack(parts.db, state.enrolmentId);
    turn(parts, work, { kind: 'put-back' });
  });
  return true;
}

/** The timer ran out: nothing is filed in the agent's name, and nothing rings until they are back. */
function runOut(parts: DeskParts, work: Work): void {
  work.timer = null;
  turn(parts, work, { kind: 'pause-asked', reason: 'wrap-up time ran out' });
}
