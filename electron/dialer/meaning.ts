import type { Clock } from '../../shared/lib/clock.ts';
import { MINUTE_MS, type Instant, after } from '../../shared/lib/instants.ts';
import { keptCampaign } from '../store/campaigns.ts';
import { enrol, enrolmentOf, handOf, settleEnrolment } from '../store/enrolments.ts';
import {
  type FollowUp,
  becomeDue,
  closeFollowUp,
  dueAfter,
  putOff,
  followOutcome,
  plansOf,
  waitingUntil,
  whyLeftAlone,
} from '../store/follow-ups.ts';
import { noLongerNoted, noted, outcomeMeant, workOutCall } from '../store/meanings.ts';
import { type Db, withTransaction } from '../store/open.ts';
import { moveByOutcome, outlookRules } from '../store/outlooks.ts';
import { reopenCampaign } from './completion.ts';

/*
 * What calls mean is worked out after them, by the engine’s clock: whatever was noted is looked at once, in the
 * transaction that forgets the note, so that a crash leaves it to be looked at again and a second Parley does not.
 */

export interface MeaningParts {
  readonly db: Db;
  readonly clock: Clock;
  /** Told after contacts moved or follow-ups changed. */
  readonly changed: () => void;
  /** Told after somebody came back into a campaign’s line. */
  readonly campaignChanged: (campaignId: number) => void;
}

/** Looked at in one transaction: some milliseconds. */
const AT_ONCE = 10;
/** With more to do the next handful waits this long, so that calls come first. */
const BREATH_MS = 50;
const CHECKED_AT_ONCE = 50;
/** Whoever is in somebody’s hand is asked about again then. */
const IN_HAND_MS = MINUTE_MS;

export interface Meaning {
  look(): void;
  close(): void;
}

export function openMeaning({ db, clock, changed, campaignChanged }: MeaningParts): Meaning {
  let cancelNext: (() => void) | null = null;
  let isClosed = false;
  let checkedTo = 0;

  const look = () => {
    cancelNext?.();
    cancelNext = null;
    if (isClosed) return;
    const now = clock.now();
    const told = workOut(db, now);
    const fallen = fallDue(db, now);
    const checked = checkDue(db, checkedTo, now);
    checkedTo = checked.to;
    for (const id of fallen.campaignIds) campaignChanged(id);
    if (told.isChanged || fallen.count > 0 || checked.isChanged) changed();
    if (told.isMore || fallen.count === AT_ONCE) cancelNext = clock.after(BREATH_MS, look);
  };

  return {
    look,
    close() {
      isClosed = true;
      cancelNext?.();
    },
  };
}

/** Looks at a handful of what was noted. */
export function workOut(db: Db, now: Instant): { readonly isMore: boolean; readonly isChanged: boolean } {
  if (noted(db, 1).length === 0) return { isMore: false, isChanged: false };
  return withTransaction(db, () => {
    const all = noted(db, AT_ONCE);
    const [rules, plans] = [outlookRules(db), plansOf(db)];
    let isChanged = false;
    for (const each of all) {
      noLongerNoted(db, each);
      if (each.kind === 'call') workOutCall(db, each.id, now);
      const meant = each.kind === 'call' ? null : outcomeMeant(db, each.id);
      if (meant === null) continue;
      const isMoved = moveByOutcome(db, meant, rules, now);
      isChanged = followOutcome(db, meant, plans, now) || isMoved || isChanged;
    }
    return {
      isMore: all.length === AT_ONCE,
      isChanged: isChanged || all.some(({ kind }) => kind === 'call'),
    };
  });
}

/** Carries out the steps whose time has come: calls go back into the line, the others onto the list. */
export function fallDue(
  db: Db,
  now: Instant,
): { readonly count: number; readonly campaignIds: ReadonlySet<number> } {
  const campaignIds = new Set<number>();
  if (waitingUntil(db, now, 1).length === 0) return { count: 0, campaignIds };
  return withTransaction(db, () => {
    const all = waitingUntil(db, now, AT_ONCE);
    for (const each of all) if (carryOut(db, each, now)) campaignIds.add(each.campaignId!);
    return { count: all.length, campaignIds };
  });
}

/** True where somebody came back into their campaign’s line. */
function carryOut(db: Db, followUp: FollowUp, now: Instant): boolean {
  const { id, kind, contactId, campaignId } = followUp;
  const why = whyLeftAlone(db, contactId);
  if (why !== null) {
    closeFollowUp(db, id, { state: 'stopped', why, by: null, at: now });
    return false;
  }
  const campaign = campaignId === null ? null : keptCampaign(db, campaignId);
  const hasLine = campaign !== null && campaign.deletedAt === null && campaign.status !== 'archived';
  // Without a line to go back into a person has to think of it.
  if (kind !== 'call' || !hasLine) {
    becomeDue(db, followUp);
    return false;
  }
  return backInLine(db, followUp, campaign.id, now);
}

/** Nobody is dialed here: they may be rung when it is their turn, and every rule says so then. */
function backInLine(db: Db, { id, contactId }: FollowUp, campaignId: number, now: Instant): boolean {
  const enrolment = enrolmentOf(db, campaignId, contactId);
  if (enrolment !== null && handOf(db, enrolment.id) !== null) {
    putOff(db, id, after(now, IN_HAND_MS));
    return false;
  }
  if (enrolment?.state === 'never') {
    const why = 'The campaign gave them up for good, so they are not rung again.';
    closeFollowUp(db, id, { state: 'stopped', why, by: null, at: now });
    return false;
  }
  if (enrolment === null) enrol(db, campaignId, [contactId], { dueAt: now });
  else settleEnrolment(db, enrolment.id, { state: 'open', dueAt: now });
  const isReopened = reopenCampaign(db, campaignId, null, now);
  const more = isReopened ? ' The campaign was completed; it is open again, paused.' : '';
  const why = `They are in the campaign’s line again.${more}`;
  closeFollowUp(db, id, { state: 'done', why, by: null, at: now });
  return true;
}

/** What people have on their list is taken off it once somebody is not to be called any more. */
function checkDue(db: Db, from: number, now: Instant): { readonly to: number; readonly isChanged: boolean } {
  const some = dueAfter(db, from, CHECKED_AT_ONCE);
  let isChanged = false;
  for (const { id, contactId } of some) {
    const why = whyLeftAlone(db, contactId);
    if (why !== null)
      isChanged = closeFollowUp(db, id, { state: 'stopped', why, by: null, at: now }) || isChanged;
  }
  return { to: some.length < CHECKED_AT_ONCE ? 0 : some.at(-1)!.id, isChanged };
}
