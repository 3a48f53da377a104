import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { FollowUpPlans, FollowUpShown } from '../../shared/contract/follow-ups.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { PLANS_MAX, planTrouble } from '../../shared/domain/follow-up.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import type { Kernel } from '../kernel.ts';
import { campaignsOf } from '../store/campaigns.ts';
import { numbersOf } from '../store/contacts.ts';
import {
  type FollowUpRow,
  closeFollowUp,
  followUpCounts,
  followUpRows,
  filledIn,
  followUpsOfContact,
  plansOf,
  removePlan,
  reopenFollowUp,
  savePlan,
  whyLeftAlone,
} from '../store/follow-ups.ts';
import type { ReadDb } from '../store/open.ts';
import { outcomesKnown } from '../store/outlooks.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

type Handlers = ParleyHandlers<unknown>['followUps'];

const ROWS = 200;
const OF_CONTACT = 50;

/** What is to be done after outcomes: agents do it, supervisors say what it is. */
export function followUpsHandlers(rooms: Rooms): Handlers {
  return {
    list: ({ shown }) =>
      within(rooms, (kernel) =>
        ok({
          ...followUpCounts(kernel.db),
          rows: followUpRows(kernel.db, shown, ROWS).map((row) => rowShown(kernel, row)),
        }),
      ),
    ofContact: ({ id }) =>
      within(rooms, (kernel) =>
        ok(followUpsOfContact(kernel.db, id, OF_CONTACT).map((row) => rowShown(kernel, row))),
      ),
    counts: () => within(rooms, ({ db }) => ok(followUpCounts(db))),
    close: ({ id, as }) =>
      within(rooms, ({ db, clock }) => {
        const by = rooms.seat.person?.id ?? null;
        if (!closeFollowUp(db, id, { state: as, why: '', by, at: clock.now() }))
          return refuse('conflict', 'Somebody closed this already. Nothing was changed.');
        sayChanged(rooms, 'followUps');
        return ok(followUpCounts(db));
      }),
    reopen: ({ id }) =>
      within(rooms, ({ db, clock }) => {
        if (!reopenFollowUp(db, id, clock.now()))
          return refuse(
            'conflict',
            'This cannot be opened again: nobody closed it by hand. Nothing was changed.',
          );
        sayChanged(rooms, 'followUps');
        return ok(followUpCounts(db));
      }),
    plans: () => within(rooms, (kernel) => plansShown(kernel.db)),
    savePlan: (wish) => within(rooms, (kernel) => save(rooms, kernel, wish)),
    removePlan: ({ id }) =>
      within(rooms, ({ db, clock }) => {
        const plan = plansOf(db).find((each) => each.id === id);
        if (plan === undefined) return gone;
        const change = {
          subject: 'follow-ups',
          subjectId: String(id),
          before: { name: plan.name },
          after: null,
        };
        audited(rooms, { action: 'follow-ups.removed', ...change }, () => {
          removePlan(db, id, clock.now());
        });
        sayChanged(rooms, 'followUps');
        return plansShown(db);
      }),
  };
}

const gone = refuse('not-found', 'This sequence is gone. Nothing was changed.');

function save(
  rooms: Rooms,
  { db, clock }: Kernel,
  wish: Parameters<Handlers['savePlan']>[0],
): Answer<FollowUpPlans> {
  const trouble = planTrouble(wish);
  if (trouble !== null) return refuse('bad-arguments', trouble);
  const all = plansOf(db);
  const before = all.find(({ id }) => id === wish.id) ?? null;
  if (wish.id !== null && before === null) return gone;
  if (wish.id === null && all.length >= PLANS_MAX)
    return refuse('bad-arguments', `More than ${PLANS_MAX} sequences nobody reads. Remove one first.`);
  if (!outcomesKnown(db).some(({ id }) => id === wish.outcome))
    return refuse('bad-arguments', 'Choose the outcome that starts it. Nothing was saved.');
  if (wish.campaignId !== null && !campaignsOf(db).some(({ id }) => id === wish.campaignId))
    return refuse('bad-arguments', 'This campaign is gone. Choose another one. Nothing was saved.');
  const since = sinceOf(before, wish, clock.now());
  const change = {
    action: 'follow-ups.changed',
    subject: 'follow-ups',
    subjectId: wish.id === null ? null : String(wish.id),
    before: before === null ? null : facts(before),
    after: facts(wish),
  };
  audited(rooms, change, () => {
    savePlan(db, { ...wish, since });
  });
  sayChanged(rooms, 'followUps');
  return plansShown(db);
}

function facts({ name, isOn, steps }: { name: string; isOn: boolean; steps: readonly unknown[] }) {
  return { name, on: isOn, steps: steps.length };
}

/** Switched on, or started by something else, it begins with the outcomes from here on. */
function sinceOf(
  before: ReturnType<typeof plansOf>[number] | null,
  wish: Parameters<Handlers['savePlan']>[0],
  now: Instant,
): Instant {
  const isSame =
    before !== null &&
    before.isOn === wish.isOn &&
    before.outcome === wish.outcome &&
    before.campaignId === wish.campaignId &&
    before.sentiment === wish.sentiment;
  return isSame ? before.since : now;
}

function plansShown(db: ReadDb): Answer<FollowUpPlans> {
  return ok({
    plans: plansOf(db).map(({ since: _since, steps, ...plan }) => ({ ...plan, steps: [...steps] })),
    outcomes: outcomesKnown(db),
    campaigns: campaignsOf(db).map(({ id, name }) => ({ id, name })),
  });
}

function rowShown({ db, home }: Kernel, { email, hasConsent, ...kept }: FollowUpRow): FollowUpShown {
  // Until its time has come its fields are shown as they would be filled in today.
  const row = kept.state === 'waiting' ? { ...kept, ...filledIn(db, kept) } : kept;
  const isOpen = row.state === 'due' || row.state === 'waiting';
  const number = row.kind === 'sms' ? numbersOf(db, row.contactId).find((each) => each.isUsable) : undefined;
  const address =
    row.kind === 'email' ? email : number === undefined ? '' : showPhone(number.e164, home.country);
  return { ...row, address, caution: isOpen ? cautionFor(db, row, address, hasConsent === 1) : '' };
}

/** Parley sends nothing by itself; this is what whoever sends it has to look at. */
function cautionFor(
  db: ReadDb,
  { kind, contactId }: Pick<FollowUpRow, 'kind' | 'contactId'>,
  address: string,
  hasConsent: boolean,
): string {
  const why = whyLeftAlone(db, contactId);
  if (why !== null) return `${why} Leave it be.`;
  if (kind === 'email')
    return address === ''
      ? 'Nobody knows an e-mail address of theirs.'
      : 'Not sent by Parley: send it yourself, with a way to opt out.';
  if (kind !== 'sms') return '';
  if (address === '') return 'There is no number of theirs that may be used.';
  return hasConsent
    ? 'Not sent by Parley. They agreed to calls; a text message for sale needs consent of its own in most places.'
    : 'Not sent by Parley, and no consent is on record: a text message for sale needs one in most places.';
}
