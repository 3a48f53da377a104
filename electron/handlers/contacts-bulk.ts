import type { BulkAct, BulkJob, BulkPreview, Target } from '../../shared/contract/contacts.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { never } from '../../shared/lib/assert.ts';
import { troubleWith } from '../contacts/acts.ts';
import { idsIn } from '../contacts/bulk.ts';
import type { Kernel } from '../kernel.ts';
import { campaignById } from '../store/campaigns.ts';
import { type KeptJob, jobById, latestJobs } from '../store/contact-bulk.ts';
import type { ReadDb } from '../store/open.ts';
import { letGo, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, within } from './within.ts';

type Group = ParleyHandlers<unknown>['contacts'];

const JOBS_SHOWN = 10;

/** Changes to many contacts: what would happen, doing it, stopping it, taking it back. */
export function bulkHandlers(rooms: Rooms): Pick<Group, 'preview' | 'act' | 'stopJob' | 'undoJob' | 'jobs'> {
  // A further preview of the same screen makes the one before it pointless.
  let asking = new AbortController();
  return {
    preview: ({ target, act }) =>
      within(rooms, async (kernel) => {
        asking.abort();
        asking = new AbortController();
        return preview(kernel, target, act, asking.signal);
      }),
    act: ({ target, act }) =>
      within(rooms, (kernel) => {
        const ids = idsOf(kernel, target);
        if (ids === null) return letGo;
        const trouble = troubleWith(kernel.db, act);
        if (trouble !== null) return refuse('not-now', `${trouble} Nothing was changed.`);
        const byAgent = rooms.seat.person?.id ?? null;
        return ok(jobRow(kernel.db, kernel.contacts.bulk.start(act, ids, byAgent)));
      }),
    stopJob: ({ id }) =>
      within(rooms, ({ db, contacts }) => {
        contacts.bulk.stop(id);
        return jobAnswer(db, id);
      }),
    undoJob: ({ id }) =>
      within(rooms, ({ db, contacts }) => {
        if (jobById(db, id) === null) return goneJob;
        if (!contacts.bulk.undo(id)) return notNow;
        return jobAnswer(db, id);
      }),
    jobs: () => within(rooms, ({ db }) => ok(latestJobs(db, JOBS_SHOWN).map((job) => jobRow(db, job)))),
  };
}

const goneJob = refuse('not-found', 'This change is no longer on record, so it cannot be taken back.');
const notNow = refuse('not-now', 'This change still runs, or was taken back already.');

async function preview(
  kernel: Kernel,
  target: Target,
  act: BulkAct,
  signal: AbortSignal,
): Promise<Answer<BulkPreview>> {
  const ids = idsOf(kernel, target);
  if (ids === null) return letGo;
  const trouble = troubleWith(kernel.db, act);
  if (trouble !== null) {
    return ok({ total: ids.length, sentence: trouble, changes: 0, stays: [], trouble });
  }
  const sorted = await kernel.contacts.bulk.weigh(act, ids, signal);
  if (sorted === null) return refuse('not-now', 'Something else was asked meanwhile.');
  const changes = sorted.go.length;
  return ok({
    total: ids.length,
    sentence: inWords(kernel.db, act, changes, 'will'),
    changes,
    stays: staysOf(sorted.stay),
    trouble: null,
  });
}

function idsOf({ contacts }: Kernel, { resultId, ranges }: Target): Int32Array | null {
  const result = contacts.results.get(resultId);
  return result === null ? null : idsIn(result.ids, ranges);
}

function jobAnswer(db: ReadDb, id: number): Answer<BulkJob> {
  const job = jobById(db, id);
  return job === null ? goneJob : ok(jobRow(db, job));
}

function jobRow(db: ReadDb, { act, by, stayed, ...job }: KeptJob): BulkJob {
  return {
    ...job,
    by: by ?? 'Parley',
    stays: staysOf(stayed),
    sentence: inWords(db, act as BulkAct, job.changed, 'was'),
  };
}

function staysOf(stay: Readonly<Record<string, number>>): BulkJob['stays'] {
  return Object.entries(stay)
    .map(([why, count]) => ({ why, count }))
    .toSorted((a, b) => b.count - a.count);
}

/** What happens to whom: `1,204 contacts will join Spring.` */
function inWords(db: ReadDb, act: BulkAct, count: number, when: 'will' | 'was'): string {
  const who = count === 1 ? '1 contact' : `${count.toLocaleString('en')} contacts`;
  const [will, did] = verbs(db, act);
  return when === 'will' ? `${who} will ${will}.` : `${who} ${did}.`;
}

function verbs(db: ReadDb, act: BulkAct): readonly [string, string] {
  switch (act.kind) {
    case 'enrol':
      return [`join ${campaignName(db, act.campaignId)}`, `joined ${campaignName(db, act.campaignId)}`];
    case 'leave':
      return [`leave ${campaignName(db, act.campaignId)}`, `left ${campaignName(db, act.campaignId)}`];
    case 'tag':
      return [`get the tag ${act.tag}`, `got the tag ${act.tag}`];
    case 'untag':
      return [`lose the tag ${act.tag}`, `lost the tag ${act.tag}`];
    case 'do-not-call':
      return ['never be called again, by any campaign', 'went on your do-not-call list'];
    case 'schedule':
      return [`be called at ${act.time} their time, by schedule`, `got a schedule at ${act.time} their time`];
    case 'delete':
      return ['be deleted', 'were deleted'];
    default:
      return never(act);
  }
}

function campaignName(db: ReadDb, id: number): string {
  return campaignById(db, id)?.name ?? 'a campaign';
}
