import type { Db } from '../../electron/store/open.ts';
import { type World, ask } from './laws/breach.ts';

/** All that is known of one number, by us and by the world, in the order it happened. */
export function storyOfNumber(db: Db, world: World, to: string): string {
  const lines: [at: number, text: string][] = [];
  const tell = (at: number | null, text: string) => void (at !== null && lines.push([at, text]));
  for (const each of world.requests().filter((request) => request.to === to)) {
    tell(
      each.at,
      `carrier  asked for attempt ${short(each.attemptId)}: ${each.answer}, call ${each.callRef ?? 'none'}`,
    );
    const life = each.callRef === null ? null : world.lifeOf(each.callRef);
    for (const { at, facts } of life?.events ?? [])
      tell(at, `carrier  ${JSON.stringify(facts).slice(0, 110)}`);
  }
  for (const each of ask<Attempt>(db, ATTEMPTS, [to])) {
    const who = each.agentId === null ? 'Parley' : `agent ${each.agentId}`;
    const what = `attempt ${short(each.id)} (${each.state}) of ${who}, campaign ${each.campaignId}`;
    tell(each.intendedAt, `Parley   intends ${what}`);
    tell(each.sentAt, `Parley   sends ${short(each.id)}`);
    tell(each.closedAt, `Parley   closes ${short(each.id)}: ${each.trouble ?? each.state}`);
    for (const event of ask<{ at: number; key: string }>(db, HEARD, [each.id]))
      tell(event.at, `Parley   hears ${event.key.slice(-24)}`);
    for (const outcome of ask<{ at: number; kind: string; undoneAt: number | null }>(db, OUTCOMES, [
      each.id,
    ])) {
      tell(outcome.at, `Parley   files ${short(each.id)} as ${outcome.kind}`);
      tell(outcome.undoneAt, `Parley   takes back ${outcome.kind}`);
    }
  }
  for (const each of ask<{ at: number; reason: string }>(db, LISTED, [to]))
    tell(each.at, `do-not-call  ${each.reason}`);
  const inOrder = lines.toSorted(([a], [b]) => a - b);
  return [
    `What happened to ${to}:`,
    ...inOrder.map(([at, text]) => `  ${new Date(at).toISOString()}  ${text}`),
  ].join('\n');
}

function short(id: string): string {
  return id.slice(-8);
}

interface Attempt {
  readonly id: string;
  readonly state: string;
  readonly agentId: number | null;
  readonly campaignId: number | null;
  readonly intendedAt: number;
  readonly sentAt: number | null;
  readonly closedAt: number | null;
  readonly trouble: string | null;
}

const ATTEMPTS = `SELECT id, state, agent_id AS agentId, campaign_id AS campaignId, intended_at AS intendedAt,
  sent_at AS sentAt, closed_at AS closedAt, trouble FROM attempts WHERE to_e164 = ? ORDER BY rowid`;
const HEARD = `SELECT e.received_at AS at, e.key FROM call_events e JOIN calls c ON c.id = e.call_id WHERE c.attempt_id = ?`;
const OUTCOMES = `SELECT filed_at AS at, disposition_id AS kind, undone_at AS undoneAt FROM outcomes WHERE attempt_id = ?`;
const LISTED = `SELECT since AS at, reason FROM do_not_call WHERE value = ?`;
