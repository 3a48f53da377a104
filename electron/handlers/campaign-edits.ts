import type { CampaignSheet } from '../../shared/contract/campaigns.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { CAMPAIGN_TEMPLATES, templateNamed } from '../../shared/domain/campaign-templates.ts';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import { readPhone } from '../../shared/domain/phone.ts';
import type { ScriptBlock } from '../../shared/domain/script.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { uuidAt } from '../../shared/lib/uuid.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import type { Kernel } from '../kernel.ts';
import { auditOf } from '../store/audit.ts';
import {
  type CampaignChange,
  type KeptCampaign,
  addCampaign,
  callerIdsOf,
  campaignsOf,
  changeCampaign,
  keptCampaign,
} from '../store/campaigns.ts';
import { addScript } from '../store/scripts.ts';
import { effectOf } from './campaign-effect.ts';
import { addDispositions } from '../store/dispositions.ts';
import { ownDispositionsOf } from '../store/own-dispositions.ts';
import { audited } from './audited.ts';
import { campaignSheet, scriptSheet } from './campaign-sheets.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';

/** What a supervisor wishes to change; what is left out stays. */
export interface Wished {
  readonly id: number;
  readonly version: number;
  readonly name?: string | undefined;
  readonly mode?: KeptCampaign['mode'] | undefined;
  readonly rules?: CampaignRules | undefined;
  readonly callerId?: string | undefined;
  readonly script?: readonly ScriptBlock[] | undefined;
}

/** Makes a draft from a template, with the number that is shown as a rule. */
export async function createCampaign(
  rooms: Rooms,
  kernel: Kernel,
  { name, template }: { name: string; template: string },
): Promise<Answer<CampaignSheet>> {
  const from = templateNamed(template);
  if (from === null) {
    const known = CAMPAIGN_TEMPLATES.map((each) => each.id).join(', ');
    return refuse('not-found', `There is no template “${template}”. Choose one of ${known}.`);
  }
  const rules = from.rules(kernel.home.zone);
  const { mode, script } = from;
  const id = make(
    rooms,
    kernel,
    { name, mode, rules, script, callerId: usualCallerId(kernel) },
    { template },
  );
  return sheet(kernel, id);
}

/** The same rules and script once more, as a draft without people. */
export async function duplicateCampaign(
  rooms: Rooms,
  kernel: Kernel,
  campaign: KeptCampaign,
): Promise<Answer<CampaignSheet>> {
  const { mode, callerId } = campaign;
  const name = nameOfCopy(kernel, campaign.name);
  const scripts = scriptsOf(kernel, campaign);
  const { rules, outcomes } = outcomesCopied(kernel, campaign);
  const made = { name, mode, rules, callerId, outcomes, ...scripts };
  return sheet(kernel, make(rooms, kernel, made, { copyOf: campaign.id }));
}

/** The outcomes that are the campaign’s own, each under an id of its own, and the rules that speak of them. */
function outcomesCopied({ db, clock, random }: Kernel, { id, rules }: KeptCampaign) {
  const now = clock.now();
  const outcomes = ownDispositionsOf(db, id).map((kind) => ({
    from: kind.id,
    kind: { ...kind, id: uuidAt(now, random) },
  }));
  const renamed = new Map(outcomes.map(({ from, kind }) => [from, kind.id]));
  const retryMs = Object.fromEntries(
    Object.entries(rules.retryMs).map(([key, ms]) => [renamed.get(key) ?? key, ms]),
  );
  return { rules: { ...rules, retryMs }, outcomes: outcomes.map(({ kind }) => kind) };
}

/** Keeps a change, all of it or nothing. Whoever saves what somebody else changed meanwhile is told what. */
export async function changeCampaignAs(
  rooms: Rooms,
  kernel: Kernel,
  wished: Wished,
): Promise<Answer<CampaignSheet>> {
  const before = keptCampaign(kernel.db, wished.id);
  if (before === null || before.deletedAt !== null) return gone;
  if (before.version !== wished.version) return changedMeanwhile(kernel, before, wished.version);
  const trouble = whyNot(kernel, before, wished) ?? (await shutOut(kernel, before, wished));
  if (trouble !== null) return refuse('bad-arguments', trouble);

  const { db, clock } = kernel;
  // Weighing the rules took a moment, and somebody may have used it.
  const latest = keptCampaign(db, wished.id);
  if (latest === null || latest.deletedAt !== null) return gone;
  if (latest.version !== wished.version) return changedMeanwhile(kernel, latest, wished.version);
  const changes = changesOf(kernel, latest, wished);
  if (Object.keys(changes).length === 0) return sheet(kernel, latest.id);
  audited(
    rooms,
    {
      action: 'campaign.change',
      subject: 'campaign',
      subjectId: String(latest.id),
      before: { version: latest.version, ...kept(kernel, latest, changes) },
      after: { version: latest.version + 1, ...changes },
    },
    () => {
      const { script, otherScript, ...rest } = changes;
      const keep = (blocks: readonly ScriptBlock[], which: string) =>
        addScript(db, { name: scriptName(latest, which), blocks, createdAt: clock.now() });
      const change: CampaignChange = {
        ...rest,
        ...(script === undefined ? {} : { scriptId: keep(script, '') }),
        ...(otherScript === undefined
          ? {}
          : { otherScriptId: otherScript === null ? null : keep(otherScript, ' B') }),
      };
      changeCampaign(db, latest.id, change);
    },
  );
  kernel.campaignChanged(latest.id, changes.rules !== undefined);
  return sheet(kernel, latest.id);
}

type Changes = Partial<Pick<KeptCampaign, 'name' | 'mode' | 'callerId' | 'rules'>> & {
  readonly script?: readonly ScriptBlock[];
  readonly otherScript?: readonly ScriptBlock[] | null;
};

/** What is really another than it was. */
function changesOf(kernel: Kernel, before: KeptCampaign, wished: Wished): Changes {
  const was = kept(kernel, before, wished as unknown as Changes);
  const isNew = ([key, value]: [string, unknown]) =>
    value !== undefined && Object.hasOwn(was, key) && !isSame(value, was[key as keyof Changes]);
  return Object.fromEntries(Object.entries(wished).filter(isNew));
}

/** The same fields as they were before. */
function kept(kernel: Kernel, before: KeptCampaign, changes: Changes): Changes {
  const { name, mode, callerId, rules } = before;
  const all: Required<Changes> = { name, mode, callerId, rules, ...scriptsOf(kernel, before) };
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => changes[key as keyof Changes] !== undefined),
  );
}

/** Both scripts as an editor has them. */
function scriptsOf({ db }: Kernel, { scriptId, otherScriptId = null }: KeptCampaign) {
  const otherScript = otherScriptId === null ? null : scriptSheet(db, otherScriptId);
  return { script: scriptSheet(db, scriptId), otherScript };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** With the keys of every record in order, so that two of the same are written the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function whyNot({ home }: Kernel, before: KeptCampaign, wished: Wished): string | null {
  const { rules, callerId } = wished;
  if (callerId !== undefined && callerId.trim() !== '') {
    const phone = readPhone(callerId, home.country);
    if (!phone.ok) return `The number we show cannot be kept. ${phone.error.sentence}`;
  }
  if (rules === undefined) return null;
  if (rules.startsOn !== null && rules.endsOn !== null && rules.endsOn < rules.startsOn)
    return `The campaign would end on ${rules.endsOn}, before it begins on ${rules.startsOn}. Nothing was changed.`;
  if (before.status === 'active' && rules.windows.length === 0)
    return 'Without a single window a running campaign would ring nobody. Pause it instead, or leave a window open.';
  return null;
}

/** Rules that leave nobody to ring are refused, with how many each rule shuts out. */
async function shutOut(kernel: Kernel, before: KeptCampaign, { rules }: Wished): Promise<string | null> {
  if (rules === undefined || isSame(rules, before.rules)) return null;
  // A draft without windows is not finished yet; it cannot be started like that.
  if (before.status === 'draft' && rules.windows.length === 0) return null;
  const { trouble } = await effectOf(kernel, before, rules);
  return trouble === null ? null : `${trouble} So they were not saved.`;
}

/** Says who changed what since the version that was looked at. */
function changedMeanwhile({ db, home }: Kernel, campaign: KeptCampaign, seen: number): Refused {
  const later = auditOf(db, 'campaign', String(campaign.id), 20)
    .rows.filter(({ action, after }) => action === 'campaign.change' && versionIn(after) > seen)
    .toReversed();
  const told = later.map(
    ({ who, at, after }) => `${who ?? 'Parley'} changed ${fieldsIn(after)} at ${timeOf(at, home.zone)}`,
  );
  const what = told.length === 0 ? 'Somebody changed this campaign' : told.join('; ');
  return refuse(
    'conflict',
    `${what}, after you had opened it. Nothing of yours was saved. Look at the campaign as it is now, then make your change again.`,
  );
}

function versionIn(after: unknown): number {
  return (after as { version?: number } | null)?.version ?? 0;
}

const FIELDS: Readonly<Record<string, string>> = {
  name: 'the name',
  mode: 'the mode',
  callerId: 'the number we show',
  script: 'the script',
  otherScript: 'the other script',
  rules: 'the rules',
};

function fieldsIn(after: unknown): string {
  const named = Object.keys(after ?? {}).flatMap((key) => FIELDS[key] ?? []);
  return named.length < 2 ? (named[0] ?? 'it') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

function timeOf(at: Instant, zone: string): string {
  const { minute } = localTime(at, zone);
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

interface Made {
  /** Outcomes that are the campaign’s own. */
  readonly outcomes?: readonly DispositionKind[];
  readonly name: string;
  readonly mode: KeptCampaign['mode'];
  readonly rules: CampaignRules;
  readonly script: readonly ScriptBlock[];
  readonly otherScript?: readonly ScriptBlock[] | null;
  readonly callerId: string;
}

function make(
  rooms: Rooms,
  kernel: Kernel,
  { script, otherScript = null, outcomes = [], ...campaign }: Made,
  from: object,
): number {
  const { db, clock } = kernel;
  const createdAt = clock.now();
  let id = 0;
  const entry = { action: 'campaign.create', subject: 'campaign', subjectId: null };
  audited(rooms, { ...entry, before: null, after: { name: campaign.name, ...from } }, () => {
    const keep = (blocks: readonly ScriptBlock[] | null, which: string) =>
      blocks === null || blocks.length === 0
        ? null
        : addScript(db, { name: `${campaign.name}${which}`, blocks, createdAt });
    const [scriptId, otherScriptId] = [keep(script, ''), keep(otherScript, ' B')];
    const createdBy = rooms.seat.person?.id ?? null;
    id = addCampaign(db, { ...campaign, status: 'draft', scriptId, otherScriptId, createdAt, createdBy });
    if (outcomes.length > 0) addDispositions(db, id, outcomes);
  });
  kernel.campaignChanged(id, false);
  return id;
}

async function sheet(kernel: Kernel, id: number): Promise<Answer<CampaignSheet>> {
  return { ok: true, value: await campaignSheet(kernel, keptCampaign(kernel.db, id)!) };
}

/** The number other campaigns show, or one of those that are kept. */
function usualCallerId({ db }: Kernel): string {
  return (
    campaignsOf(db).findLast(({ callerId }) => callerId !== '')?.callerId ?? callerIdsOf(db)[0]?.number ?? ''
  );
}

function nameOfCopy({ db }: Kernel, name: string): string {
  const taken = new Set(campaignsOf(db).map((each) => each.name));
  const base = name.slice(0, 100).replace(/ \(copy( \d+)?\)$/, '');
  for (let nth = 1; ; nth++) {
    const wished = `${base} (copy${nth === 1 ? '' : ` ${nth}`})`;
    if (!taken.has(wished)) return wished;
  }
}

/** Every version of a script is kept under its name; a campaign's own go under the campaign's. */
function scriptName({ id, name }: KeptCampaign, which: string): string {
  return `${name} #${id}${which}`;
}

export const gone = refuse('not-found', 'This campaign is gone.');
