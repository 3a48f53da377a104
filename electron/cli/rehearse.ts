import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../shared/contract/rehearsal.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import type { RehearsalOrder } from '../rehearsal/order.ts';
import { runRehearsal } from '../rehearsal/run.ts';
import { rehearsalStart } from '../rehearsal/start.ts';
import { spanText } from '../rehearsal/words.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { closeStore, openStore } from '../store/open.ts';
import {
  type Asked,
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Told,
  WORKSPACE_OPTION,
  isoText,
  readCount,
  readInstant,
  shownIn,
} from './command.ts';
import { campaignMeant } from './explain.ts';
import { lawOf } from './law-here.ts';
import { workspaceMeant } from './open-workspace.ts';

const SEED_MAX = 40;

/** Lives hours of a campaign on a copy of its workspace. Nobody is rung, and the workspace stays as it is. */
export const rehearse: Command = {
  name: 'rehearse',
  usage: '--campaign C --agents N [--hours H] [--seed S] [--at INSTANT] [--workspace W] [--data DIR]',
  about: 'what hours of a campaign would come to, without ringing anybody and without changing anything',
  options: [
    { name: 'campaign', value: 'C', about: 'the campaign, by its number or its name' },
    { name: 'agents', value: 'N', about: 'how many agents are at work, 1 to 200' },
    { name: 'hours', value: 'H', about: 'how many hours, 1 to 72; left out, 8' },
    { name: 'seed', value: 'S', about: 'the same seed gives the same rehearsal; left out, 1' },
    {
      name: 'at',
      value: 'INSTANT',
      about: 'when it begins, with its offset or Z; left out, when hours are open',
    },
    WORKSPACE_OPTION,
    DATA_OPTION,
    JSON_OPTION,
  ],
  async run(asked, surroundings) {
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    const { file, home, kind } = workspace.value;
    const size = sizeFrom(asked);
    if (!size.ok) return size;
    const at = asked.value('at');
    const named = at === null ? null : readInstant(at);
    if (named !== null && !named.ok) return named;

    const now = surroundings.clock.now();
    const campaign = campaignIn(file, asked.value('campaign'), now);
    if (!campaign.ok) return campaign;
    const { id, rules, name } = campaign.value;
    const law = lawOf(workspace.value, surroundings);
    const order = {
      ...size.value,
      file,
      home,
      campaignId: id,
      isPractice: kind === 'practice',
      from: named === null ? rehearsalStart(rules, now) : named.value,
      rules: law.rules,
      closures: law.closures,
    };
    const rehearsed = await onStage(order);
    return rehearsed.ok ? ok(told(name, rehearsed.value)) : rehearsed;
  },
};

function sizeFrom({ value }: Asked): Result<Pick<RehearsalOrder, 'agents' | 'hours' | 'seed'>, string> {
  const wanted = value('agents');
  if (wanted === null) return refused('Say how many agents: --agents takes a number such as 4.');
  const agents = readCount(wanted, '--agents', 200);
  if (!agents.ok) return agents;
  const hours = readCount(value('hours') ?? '8', '--hours', 72);
  if (!hours.ok) return hours;
  const seed = (value('seed') ?? '1').trim();
  if (seed === '' || seed.length > SEED_MAX)
    return refused(`--seed takes a word of 1 to ${SEED_MAX} letters or digits.`);
  return ok({ agents: agents.value, hours: hours.value, seed });
}

function campaignIn(
  file: string,
  wanted: string | null,
  now: RehearsalOrder['from'],
): Result<KeptCampaign, string> {
  const opened = openStore(file, { now: () => now, readonly: true });
  if (!opened.ok) return refused(opened.error.sentence);
  try {
    return campaignMeant(opened.value, wanted);
  } finally {
    closeStore(opened.value);
  }
}

async function onStage(order: Omit<RehearsalOrder, 'folder'>): Promise<Result<Rehearsal, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-rehearsal-'));
  try {
    return await runRehearsal({ ...order, folder }, {}, new AbortController().signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told(name: string, rehearsed: Rehearsal): Told {
  const { sentences, byHour, neverReached, logHash, logLines, seed, zone } = rehearsed;
  return {
    json: {
      campaign: name,
      ...rehearsed,
      from: isoText(rehearsed.from),
      to: isoText(rehearsed.to),
      finishedAt: isoText(rehearsed.finishedAt),
      byHour: byHour.map((hour) => ({ ...hour, at: isoText(hour.at) })),
    },
    lines: [
      `${name}, rehearsed. Nobody was rung.`,
      ...sentences.map((sentence) => `  ${sentence}`),
      '',
      `${`From (${zone})`.padEnd(26)}calls   talks       talking       waiting`,
      ...byHour.map(({ at, dials, talks, talkMs, idleMs }) =>
        [
          `  ${shownIn(at, zone)}`.padEnd(24),
          String(dials).padStart(7),
          String(talks).padStart(8),
          spanText(talkMs).padStart(14),
          spanText(idleMs).padStart(14),
        ].join(''),
      ),
      ...(neverReached.length === 0 ? [] : ['', 'Not reached:']),
      ...neverReached.map(
        ({ count, title, sentence }) => `${String(count).padStart(9)}  ${title}. ${sentence}`,
      ),
      '',
      `Seed ${seed}: ${logLines} lines, SHA-256 ${logHash}`,
    ],
  };
}
