import type { z } from 'zod';
import type { Explanation, campaigns, whyNotShape } from '../../shared/contract/campaigns.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { showPhone } from '../../shared/domain/phone.ts';
import { explain } from '../../shared/domain/verdict-explain.ts';
import { titleOf } from '../../shared/domain/verdict-words.ts';
import { MINUTE_MS, type Instant, after, instant } from '../../shared/lib/instants.ts';
import { firstInstant, isZone, localTime } from '../../shared/lib/zoned-time.ts';
import { type Weighed, weigher } from '../dialer/weigh.ts';
import type { Kernel } from '../kernel.ts';
import { agentsOnCampaign, campaignDay, campaignMinutes } from '../store/campaign-figures.ts';
import type { KeptCampaign } from '../store/campaigns.ts';
import { type NamedContact, namedContacts } from '../store/contacts-named.ts';
import { enrolmentOf } from '../store/enrolments.ts';
import { inWords, whyAndWhen } from './campaign-effect.ts';
import { gone } from './campaign-edits.ts';
import { refuse } from './refusals.ts';

const PAGE = 100;

/** How everybody in a campaign stands, each in one segment. */
export async function whyNotOf(kernel: Kernel, id: number): Promise<Answer<z.output<typeof whyNotShape>>> {
  const standing = await kernel.standings.now(id);
  if (standing === null) return gone;
  const { asOf, total, ring, heldBack } = standing;
  const segments = heldBack.map(({ rule, count, sentence, firstAt }) => {
    return { rule, title: titleOf(rule), count, sentence, firstAt };
  });
  return { ok: true, value: { asOf, total, dialable: ring.length, segments } };
}

type WhoPage = z.output<(typeof campaigns)['whyNotWho']['output']>;

/** The contacts behind a segment, by their ids. The rule `ring` stands for those who may be rung. */
export async function whyNotWho(
  kernel: Kernel,
  id: number,
  rule: string,
  afterId: number | null,
): Promise<Answer<WhoPage>> {
  const standing = await kernel.standings.now(id);
  if (standing === null) return gone;
  const ids =
    rule === 'ring'
      ? standing.ring
      : (standing.heldBack.find((each) => each.rule === rule)?.contactIds ?? []);
  const from = afterId === null ? 0 : ids.findIndex((each) => each > afterId);
  const page = from === -1 ? [] : ids.slice(from, from + PAGE);
  const weigh = weigherOf(kernel, id, standing.asOf);
  const rows = namedContacts(kernel.db, page).map((contact) => {
    const weighed = weigh(contact.id);
    return inWords(contact, weighed === null ? NOTHING_KNOWN : whyAndWhen(weighed, standing.asOf));
  });
  const isMore = from !== -1 && from + PAGE < ids.length;
  return { ok: true, value: { rows, next: isMore ? page.at(-1)! : null } };
}

const NOTHING_KNOWN = { why: '', at: null };

/** Every rule on one contact, with what it looked at, when the answer changes and what would free them. */
export function explainContact(kernel: Kernel, { id }: KeptCampaign, contactId: number): Answer<Explanation> {
  const now = kernel.clock.now();
  const weighed = weigherOf(kernel, id, now)(contactId);
  const [contact] = namedContacts(kernel.db, [contactId]);
  if (weighed === null || contact === undefined)
    return refuse('not-found', 'This contact is not in this campaign.');
  return { ok: true, value: explanationOf(weighed, contact, kernel.home.country, now) };
}

export function explanationOf(
  { subject }: Pick<Weighed, 'subject'>,
  { id, name, e164 }: Pick<NamedContact, 'name' | 'e164'> & { readonly id: number | null },
  country: string,
  now: Instant,
): Explanation {
  const { verdict, findings, changesAt, remedy } = explain(subject, now);
  return {
    contactId: id,
    name,
    number: e164 === null ? '' : showPhone(e164, country),
    zones: [...subject.number.places.zones],
    verdict: {
      kind: verdict.kind,
      sentence: verdict.kind === 'ring' ? 'May be rung now.' : verdict.because.sentence,
      until: verdict.kind === 'wait' ? verdict.until : null,
    },
    findings: findings.map((each) => ({ ...each, values: { ...each.values }, law: [...each.law] })),
    changesAt,
    remedy: remedy?.sentence ?? null,
  };
}

/** Who is at work, what the day has come to, and the last hour minute by minute. */
export function liveOf({ db, clock }: Kernel, { id, rules }: KeptCampaign) {
  const now = clock.now();
  const zone = isZone(rules.zone) ? rules.zone : 'UTC';
  const midnight = firstInstant(localTime(now, zone).date, 0, zone);
  const thisMinute = Math.floor(now / MINUTE_MS);
  const since = instant((thisMinute - 59) * MINUTE_MS);
  const seen = new Map(campaignMinutes(db, id, since).map((each) => [each.minute, each]));
  const minutes = Array.from({ length: 60 }, (_, nth) => {
    const { attempts, reached } = seen.get(thisMinute - 59 + nth) ?? { attempts: 0, reached: 0 };
    return { at: after(since, nth * MINUTE_MS), attempts, reached };
  });
  return {
    agents: agentsOnCampaign(db, id),
    today: { ...campaignDay(db, id, midnight), limit: rules.dailyLimit },
    minutes,
  };
}

function weigherOf(kernel: Kernel, id: number, now: Instant): (contactId: number) => Weighed | null {
  const weigh = weigher(kernel.db, id, now, { law: kernel.law, carrier: kernel.carrierTrouble() });
  return (contactId) => {
    const enrolment = enrolmentOf(kernel.db, id, contactId);
    return weigh === null || enrolment === null ? null : weigh(enrolment);
  };
}
