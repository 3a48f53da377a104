import type { z } from 'zod';
import type { effectShape } from '../../shared/contract/campaigns.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { titleOf } from '../../shared/domain/verdict-words.ts';
import { decide, verdictFrom } from '../../shared/domain/verdict.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { type Standing, type Weighed, weigher } from '../dialer/weigh.ts';
import type { Kernel } from '../kernel.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { type NamedContact, namedContacts } from '../store/contacts-named.ts';

export type Effect = z.output<typeof effectShape>;
export type Who = Effect['gainedWho'][number];

/** As many names as a person reads before saving. */
const NAMES_MAX = 20;

/**
 * What saving these rules would do to who may be rung, as if the campaign were running: before and after are
 * weighed by the same verdict at the same instant, so that the preview is the very set that saving leads to.
 */
export async function effectOf(
  kernel: Kernel,
  campaign: KeptCampaign,
  rules: CampaignRules,
): Promise<Effect> {
  const [before, after] = await Promise.all([
    kernel.standings.under(campaign.id, null),
    kernel.standings.under(campaign.id, rules),
  ]);
  if (before === null || after === null) return NOTHING;
  const [was, is] = [new Set(before.ring), new Set(after.ring)];
  const gained = after.ring.filter((id) => !was.has(id));
  const lost = before.ring.filter((id) => !is.has(id));
  return {
    before: before.ring.length,
    after: after.ring.length,
    gained: gained.length,
    lost: lost.length,
    gainedWho: whoOf(kernel, gained, () => ({ why: 'May be rung with the new rules.', at: null })),
    lostWho: whoOf(kernel, lost, whyLost(kernel, campaign.id, rules, after)),
    trouble: troubleIn(after),
    sentences: sentencesOn(before, after, campaign, rules),
  };
}

const NOTHING: Effect = {
  before: 0,
  after: 0,
  gained: 0,
  lost: 0,
  gainedWho: [],
  lostWho: [],
  trouble: null,
  sentences: [],
};

function whoOf(
  kernel: Kernel,
  ids: readonly number[],
  say: (id: number) => { why: string; at: Instant | null },
): Who[] {
  return namedContacts(kernel.db, ids.slice(0, NAMES_MAX)).map((contact) =>
    inWords(contact, say(contact.id)),
  );
}

export function inWords({ id, name, place }: NamedContact, said: { why: string; at: Instant | null }): Who {
  return { contactId: id, name, place, ...said };
}

/** What the new rules say of one contact, in the words of the rule that holds them back. */
function whyLost(
  kernel: Kernel,
  campaignId: number,
  rules: CampaignRules,
  { asOf }: Standing,
): (id: number) => { why: string; at: Instant | null } {
  const { db, law } = kernel;
  const carrier = kernel.carrierTrouble();
  const weigh = weigher(db, campaignId, asOf, { law, carrier, rules, asIfActive: true });
  return (id) => {
    const enrolment = enrolmentOf(db, campaignId, id);
    if (weigh === null || enrolment === null) return { why: '', at: null };
    return whyAndWhen(weigh(enrolment), asOf);
  };
}

/** Why somebody may not be rung at an instant, and until when. */
export function whyAndWhen(
  { subject }: Pick<Weighed, 'subject'>,
  now: Instant,
): { why: string; at: Instant | null } {
  const verdict = verdictFrom(decide(subject, now), subject, now);
  if (verdict.kind === 'ring') return { why: 'May be rung now.', at: null };
  return { why: verdict.because.sentence, at: verdict.kind === 'wait' ? verdict.until : null };
}

/** With people who are not finished and none of whom could be rung within two weeks, the rules ring nobody. */
function troubleIn({ total, withinSight, heldBack }: Standing): string | null {
  const finished = heldBack.find(({ rule }) => rule === 'finished')?.count ?? 0;
  if (withinSight > 0 || total - finished <= 0) return null;
  const counts = heldBack
    .filter(({ rule }) => rule !== 'finished')
    .map(({ rule, count }) => `${titleOf(rule)}: ${countText(count)}`);
  return `With these rules nobody could be rung within the next two weeks. ${counts.join('; ')}.`;
}

function sentencesOn(
  before: Standing,
  after: Standing,
  campaign: KeptCampaign,
  rules: CampaignRules,
): string[] {
  const [was, is] = [before.withinSight, after.withinSight];
  const change =
    was === is
      ? 'as many as now'
      : `${countText(Math.abs(is - was))} ${is > was ? 'more' : 'fewer'} than now`;
  const first =
    after.firstAt === null || after.firstAt <= after.asOf
      ? []
      : [
          `The first of them may be rung on ${dayAndTime(after.firstAt, rules.zone)} by the campaign’s clock.`,
        ];
  const draft = campaign.status === 'active' ? [] : ['Counted as if the campaign were running.'];
  return [
    `Within two weeks ${countText(is)} of ${countText(after.total)} may be rung at some time, ${change}.`,
    ...first,
    ...draft,
  ];
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function dayAndTime(at: Instant, zone: string): string {
  const { weekday, date, minute } = localTime(at, zone);
  return `${DAYS[weekday - 1]} ${date}, ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

export function countText(count: number): string {
  return count.toLocaleString('en-US');
}
