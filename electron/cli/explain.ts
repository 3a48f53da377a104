import { titleOf } from '../../shared/domain/verdict-words.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { type Standing, type Yardstick, weigher, weighing } from '../dialer/weigh.ts';
import { explanationOf } from '../handlers/campaign-why.ts';
import { type KeptCampaign, campaignsOf } from '../store/campaigns.ts';
import { contactsLike } from '../store/contacts-named.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { type ReadDb, closeStore, openStore } from '../store/open.ts';
import type { Workspace } from '../workspaces.ts';
import {
  type Asked,
  type Command,
  DATA_OPTION,
  JSON_OPTION,
  type Told,
  WORKSPACE_OPTION,
  isoText,
  readInstant,
  shownIn,
} from './command.ts';
import { lawHere } from './law-here.ts';
import { workspaceMeant } from './open-workspace.ts';

/** Why the contacts of a campaign are rung or not: all of them by reason, or one in full. */
export const explainCampaign: Command = {
  name: 'explain',
  usage: '--campaign C [--contact X] [--workspace W] [--data DIR]',
  about: 'why the contacts of a campaign are not rung: by reason with counts, or one contact in full',
  options: [
    { name: 'campaign', value: 'C', about: 'the campaign, by its number or its name' },
    { name: 'contact', value: 'X', about: 'one contact, by their number here, name or phone' },
    { name: 'at', value: 'INSTANT', about: 'another moment than now, with its offset or Z' },
    WORKSPACE_OPTION,
    DATA_OPTION,
    JSON_OPTION,
  ],
  async run(asked, surroundings) {
    const workspace = workspaceMeant(asked, surroundings);
    if (!workspace.ok) return workspace;
    const at = asked.value('at');
    const now = at === null ? ok(surroundings.clock.now()) : readInstant(at);
    if (!now.ok) return now;
    const opened = openStore(workspace.value.file, { now: () => now.value, readonly: true });
    if (!opened.ok) return refused(opened.error.sentence);
    try {
      return answer(opened.value, workspace.value, asked, now.value);
    } finally {
      closeStore(opened.value);
    }
  },
};

function answer(db: ReadDb, workspace: Workspace, asked: Asked, now: Instant): Result<Told, string> {
  const campaign = campaignMeant(db, asked.value('campaign'));
  if (!campaign.ok) return campaign;
  const wanted = asked.value('contact');
  const yardstick: Yardstick = { law: lawHere(db, workspace), carrier: null };
  if (wanted !== null) return oneContact(db, workspace, campaign.value, wanted, now, yardstick);
  const run = weighing(db, campaign.value.id, now, yardstick);
  for (let step = run.next(); ; step = run.next()) {
    if (step.done !== true) continue;
    return step.value === null ? refused('This campaign is gone.') : ok(allOf(campaign.value, step.value));
  }
}

export function campaignMeant(db: ReadDb, wanted: string | null): Result<KeptCampaign, string> {
  const all = campaignsOf(db);
  const names = all.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (wanted === null)
    return refused(`Say which campaign: --campaign takes one of ${names || 'none, for there is none'}.`);
  const same = (name: string) => name.toLowerCase() === wanted.trim().toLowerCase();
  const found = all.filter(({ id, name }) => String(id) === wanted || same(name));
  if (found.length > 1)
    return refused(
      `There are ${found.length} campaigns called “${wanted}”. Take the number: ${found.map(({ id }) => id).join(', ')}.`,
    );
  const [only] = found;
  return only === undefined
    ? refused(`There is no campaign “${wanted.slice(0, 40)}”. There are: ${names || 'none'}.`)
    : ok(only);
}

function allOf({ id, name, rules }: KeptCampaign, { asOf, total, ring, heldBack, nextAt }: Standing): Told {
  const reasons = heldBack.map(({ rule, count, sentence, firstAt }) => {
    return { rule, title: titleOf(rule), count, example: sentence, firstAt: isoText(firstAt) };
  });
  return {
    json: {
      campaign: { id, name },
      asOf: isoText(asOf),
      total,
      mayBeRung: ring.length,
      reasons,
      nextAt: isoText(nextAt),
    },
    lines: [
      `${name}: ${ring.length} of ${total} may be rung at ${isoText(asOf)}`,
      ...heldBack.map(({ rule, count: n, sentence, firstAt }) => {
        const first = firstAt === null ? '' : ` First: ${shownIn(firstAt, rules.zone)} (${rules.zone}).`;
        return `${String(n).padStart(9)}  ${titleOf(rule)}. ${sentence}${first}`;
      }),
      ...(nextAt === null ? [] : [`Next: ${shownIn(nextAt, rules.zone)} (${rules.zone})`]),
    ],
  };
}

function oneContact(
  db: ReadDb,
  { home }: Workspace,
  { id, rules }: KeptCampaign,
  wanted: string,
  now: Instant,
  yardstick: Yardstick,
): Result<Told, string> {
  const found = contactsLike(db, id, wanted);
  const [contact] = found;
  if (contact === undefined) return refused(`Nobody in this campaign is “${wanted.slice(0, 40)}”.`);
  if (found.length > 1)
    return refused(
      `“${wanted}” fits more than one: ${found.map((each) => `${each.id} (${each.name})`).join(', ')}. Take the number before the name.`,
    );
  const enrolment = enrolmentOf(db, id, contact.id);
  const weigh = weigher(db, id, now, yardstick);
  if (enrolment === null || weigh === null) return refused('This contact is not in this campaign.');
  const told = explanationOf(weigh(enrolment), contact, home.country, now);
  const findings = told.findings.map((each) => ({ ...each, changesAt: isoText(each.changesAt) }));
  const verdict = { ...told.verdict, until: isoText(told.verdict.until) };
  return ok({
    json: { ...told, findings, verdict, changesAt: isoText(told.changesAt) },
    lines: [
      `${told.name}, ${told.number}: ${told.verdict.sentence}`,
      `Where they may be: ${told.zones.join(', ') || 'nobody knows'}`,
      '',
      ...told.findings.flatMap(({ passed, title, sentence, law }) => [
        `  ${passed ? 'pass' : 'FAIL'}  ${title}: ${sentence}`,
        ...law.map((ref) => `        ${ref.citation} (${ref.id})`),
      ]),
      '',
      ...(told.changesAt === null
        ? []
        : [`This changes at ${shownIn(told.changesAt, rules.zone)} (${rules.zone}).`]),
      ...(told.remedy === null ? [] : [`What would free them: ${told.remedy}`]),
    ],
  });
}
