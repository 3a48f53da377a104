import type { CampaignRow, CampaignSheet } from '../../shared/contract/campaigns.ts';
import { hoursInWords } from '../../shared/domain/campaign.ts';
import type { Tally } from '../../shared/domain/comparison.ts';
import { stepsOf } from '../../shared/domain/script.ts';
import { breathe } from '../dialer/breathe.ts';
import { callsToday } from '../dialer/day-counter.ts';
import type { Kernel } from '../kernel.ts';
import { campaignFigures } from '../store/campaign-figures.ts';
import { type PeopleSource, sourcesAmong } from '../store/campaign-people.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { enrolmentCounts } from '../store/enrolments.ts';
import type { ReadDb } from '../store/open.ts';
import { scriptById, scriptFigures } from '../store/scripts.ts';
import { agentsAtWorkOn } from '../store/sessions.ts';

/** Contacts looked at in one go while they are counted by list. */
const SLICE_ROWS = 5_000;

/** A campaign as the list of campaigns shows it, with what was last counted of it. */
export function campaignRow({ db, standings, clock, home }: Kernel, campaign: KeptCampaign): CampaignRow {
  const { id, name, status, mode, rules } = campaign;
  const counts = enrolmentCounts(db, id);
  const { attempts, reached } = campaignFigures(db, id);
  const standing = standings.known(id);
  const isCurrent = standing !== null && standing.version === campaign.version;
  // Asked for the next look: whoever is told that it was counted comes back for it.
  if (!isCurrent || clock.now() - standing.asOf >= 60_000) void standings.now(id).catch(() => {});
  return {
    id,
    name,
    status,
    mode,
    voice: rules.voice,
    contacts: counts.open + counts['in-hand'] + counts.done + counts.never,
    open: counts.open + counts['in-hand'],
    done: counts.done + counts.never,
    agents: agentsAtWorkOn(db, id),
    hours: hoursInWords(rules),
    zone: rules.zone,
    dialableNow: isCurrent ? standing.ring.length : null,
    nextAt: isCurrent ? standing.nextAt : null,
    attempts,
    today: callsToday({ db, clock, home }, id),
    reached,
  };
}

/** A campaign as its wizard edits it. */
export async function campaignSheet({ db }: Kernel, campaign: KeptCampaign): Promise<CampaignSheet> {
  const { id, version, name, status, mode, rules, callerId, scriptId, otherScriptId = null } = campaign;
  const sources = await sourcesOf(db, id);
  return {
    id,
    version,
    name,
    status,
    mode,
    rules: { ...rules, windows: [...rules.windows] },
    callerId,
    scriptId,
    script: scriptSheet(db, scriptId),
    otherScript: otherScriptId === null ? null : scriptSheet(db, otherScriptId),
    sources,
    contacts: sources.reduce((sum, source) => sum + source.contacts, 0),
  };
}

/** A script as its editor shows it; no script is one without steps. */
export function scriptSheet(db: ReadDb, id: number | null): CampaignSheet['script'] {
  const script = id === null ? null : scriptById(db, id);
  return stepsOf(script?.blocks ?? []).map((step) => ({ ...step, branches: [...step.branches] }));
}

/** How its two scripts do, each as it stands now. */
export function scriptTallies({ db }: Kernel, { scriptId, otherScriptId = null }: KeptCampaign) {
  const ids = [scriptId, otherScriptId].filter((id) => id !== null);
  const figures = scriptFigures(db, ids);
  const tallyOf = (id: number | null): Tally => {
    const found = figures.find((each) => each.scriptId === id);
    return { tries: found?.talks ?? 0, successes: found?.successes ?? 0 };
  };
  return { first: tallyOf(scriptId), second: otherScriptId === null ? null : tallyOf(otherScriptId) };
}

async function sourcesOf(db: Kernel['db'], campaignId: number): Promise<PeopleSource[]> {
  const byList = new Map<number | null, PeopleSource>();
  for (let after: number | null = 0; after !== null; ) {
    const page: ReturnType<typeof sourcesAmong> = sourcesAmong(db, campaignId, after, SLICE_ROWS);
    for (const source of page.sources) {
      const known = byList.get(source.listId)?.contacts ?? 0;
      byList.set(source.listId, { ...source, contacts: known + source.contacts });
    }
    after = page.last;
    if (after !== null) await breathe();
  }
  return [...byList.values()];
}
