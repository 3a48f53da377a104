import { campaignsHandlers } from '../../electron/handlers/campaigns.ts';
import { audited } from '../../electron/handlers/audited.ts';
import type { Rooms } from '../../electron/handlers/rooms.ts';
import { schedulesHandlers } from '../../electron/handlers/schedules.ts';
import type { Kernel } from '../../electron/kernel.ts';
import { changeCampaign, keptCampaign } from '../../electron/store/campaigns.ts';
import { addDoNotCall } from '../../electron/store/do-not-call.ts';
import { finishUndo, undoImported } from '../../electron/store/import-undo.ts';
import { importById, moveImport } from '../../electron/store/imports.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/instants.ts';
import { type Random, between, pick } from '../../shared/lib/random.ts';
import { ask } from './laws/breach.ts';
import { minuteIn } from './laws/calendar.ts';
import type { Seeded } from './workspace.ts';

/** What follows a deed some time later, on whichever kernel is alive then. */
export type Later = (afterMs: number, deed: (kernel: Kernel) => unknown) => void;

/** Somebody with every right, who changes things while calls are under way, by the handlers behind the screens. */
export interface Supervisor {
  readonly deeds: Readonly<Record<string, (kernel: Kernel) => unknown>>;
}

export function supervisor(seeded: Seeded, random: Random, later: Later): Supervisor {
  const campaignIds = [...seeded.campaignIds, ...seeded.backgroundIds];
  const anyCampaign = () => pick(random, campaignIds);
  const pause = () => between(random, 20, 15 * 60) * SECOND_MS;

  return {
    deeds: {
      'do not call': (kernel) => leaveAlone(kernel, random),
      'campaign edited': (kernel) => edit(kernel, anyCampaign(), random),
      async 'campaign paused'(kernel) {
        const id = anyCampaign();
        await campaigns(kernel).setStatus({ id, status: 'paused' }, null);
        later(pause(), (other) => campaigns(other).setStatus({ id, status: 'active' }, null));
      },
      async 'campaign stopped'(kernel) {
        const id = anyCampaign();
        later(pause(), (other) => campaigns(other).setStatus({ id, status: 'active' }, null));
        await campaigns(kernel).stop({ id, how: random.next() < 0.7 ? 'at-once' : 'after-calls' }, null);
      },
      async 'campaign deleted'(kernel) {
        const id = anyCampaign();
        later(pause(), async (other) => {
          await campaigns(other).restore({ id }, null);
          await campaigns(other).setStatus({ id, status: 'active' }, null);
        });
        await campaigns(kernel).remove({ id }, null);
      },
      'all calling paused'(kernel) {
        const who = { id: null, name: 'Sam' };
        later(pause(), (other) => other.resumeAll(who));
        kernel.pauseAll(who);
      },
      'list taken back': (kernel) => takeBack(kernel, seeded.importId, later),
      'consent revoked': (kernel) => revoke(kernel, random),
      'schedule changed': (kernel) => reschedule(kernel, random),
    },
  };
}

function roomsOf(kernel: Kernel): Rooms {
  const seat = { kernel, person: null, workspace: null, isLocked: false };
  return { seat, pushes: { tell() {} } } as unknown as Rooms;
}

function campaigns(kernel: Kernel) {
  return campaignsHandlers(roomsOf(kernel));
}

/** Mostly somebody who is being dialed or shown at this moment. */
function leaveAlone({ db, clock }: Kernel, random: Random): void {
  const inHand = ask<{ e164: string; company: string; email: string }>(
    db,
    `SELECT n.e164, c.company, c.email FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id
     WHERE EXISTS (SELECT 1 FROM enrolments e WHERE e.contact_id = c.id AND e.state = 'in-hand')`,
  );
  const all = ask<{ e164: string; company: string; email: string }>(
    db,
    'SELECT n.e164, c.company, c.email FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id',
  );
  if (all.length === 0) return;
  const { e164, company, email } = pick(random, inHand.length > 0 && random.next() < 0.7 ? inHand : all);
  const entry = { reason: 'asked by letter', since: clock.now(), byAgent: null };
  const chance = random.next();
  if (chance < 0.8) addDoNotCall(db, { ...entry, kind: 'number', value: e164 });
  else if (chance < 0.88) addDoNotCall(db, { ...entry, kind: 'company', value: company });
  else if (chance < 0.96) addDoNotCall(db, { ...entry, kind: 'domain', value: email.split('@')[1]! });
  else addDoNotCall(db, { ...entry, kind: 'area-code', value: e164.slice(0, 5) });
}

/** Other rules from one moment to the next, kept as the wizard keeps them. */
function edit(kernel: Kernel, id: number, random: Random): void {
  const { db, clock } = kernel;
  const campaign = keptCampaign(db, id);
  if (campaign === null || campaign.deletedAt !== null) return;
  const rules = otherRules(campaign.rules, minuteIn(campaign.rules.zone, clock.now()), random);
  const entry = { action: 'campaign.change', subject: 'campaign', subjectId: String(id), before: null };
  audited(roomsOf(kernel), { ...entry, after: { rules } }, () => changeCampaign(db, id, { rules }));
  kernel.campaignChanged(id, true);
}

function otherRules(rules: CampaignRules, minute: number, random: Random): CampaignRules {
  const hours = (from: number, to: number) => rules.windows.map((each) => ({ ...each, from, to }));
  switch (between(random, 0, 4)) {
    case 0:
      // It closes within minutes, or has closed already.
      return {
        ...rules,
        windows: hours(0, Math.max(1, Math.min(24 * 60, minute + between(random, -5, 10)))),
      };
    case 1:
      return { ...rules, windows: hours(0, 24 * 60) };
    case 2:
      return { ...rules, dailyLimit: between(random, 1, 12) };
    case 3:
      return { ...rules, attemptsMax: Math.max(1, rules.attemptsMax - 1), coolDownMs: 10 * MINUTE_MS };
    default:
      return {
        ...rules,
        numberPerDayMax: between(random, 1, 3),
        order: pick(random, ['fresh', 'oldest', 'random']),
      };
  }
}

/** A few at a time, as the thread that does it does; cut off by a crash it goes on with the next deed. */
function takeBack({ db }: Kernel, importId: number, later: Later): void {
  moveImport(db, importId, ['committed'], 'undoing');
  if (importById(db, importId)?.state !== 'undoing') return;
  const slice = (kernel: Kernel, from: number, stayed: number): void => {
    const undone = undoImported(kernel.db, importId, from, 2);
    const left = stayed + undone.stayed;
    if (undone.next === null) return finishUndo(kernel.db, importId, left, kernel.clock.now());
    later(SECOND_MS, (other) => slice(other, undone.next!, left));
  };
  later(SECOND_MS, (kernel) => slice(kernel, 0, 0));
}

function revoke(kernel: Kernel, random: Random): unknown {
  const given = ask<{ id: number }>(kernel.db, 'SELECT id FROM consents WHERE revoked_at IS NULL');
  if (given.length === 0) return null;
  return schedulesHandlers(roomsOf(kernel)).revokeConsent({ id: pick(random, given).id }, null);
}

function reschedule(kernel: Kernel, random: Random): unknown {
  const all = ask<{ id: number; contactId: number; numberId: number; zone: string; version: number }>(
    kernel.db,
    `SELECT id, contact_id AS contactId, number_id AS numberId, zone, version FROM schedules WHERE removed_at IS NULL`,
  );
  if (all.length === 0) return null;
  const { id, contactId, numberId, zone, version } = pick(random, all);
  const handlers = schedulesHandlers(roomsOf(kernel));
  const chance = random.next();
  if (chance < 0.25) return handlers.setActive({ id, active: false }, null);
  if (chance < 0.5) return handlers.setActive({ id, active: true }, null);
  if (chance < 0.65) return handlers.remove({ id }, null);
  const minute = (minuteIn(zone, kernel.clock.now()) + between(random, 1, 40)) % (24 * 60);
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return handlers.save({ contactId, numberId, version, cadence: 'daily', time, zone, voice: '' }, null);
}
