import type { Consult } from '../../../shared/domain/session.ts';
import { type Instant, after } from '../../../shared/lib/instants.ts';
import { between, seededRandom } from '../../../shared/lib/random.ts';
import type { CallAction, Done } from '../carrier.ts';
import type { Intervention } from './life.ts';
import { type World, provokedBy } from './outcomes.ts';

/** So long a colleague is rung before it is given up. */
const RINGS_MS = 30_000;

/** Where the colleague stands who was asked in a call. Colleagues wait for calls, so they soon pick up. */
export function colleagueAt(
  world: World,
  callRef: string,
  interventions: readonly Intervention[],
  now: Instant,
): Consult['colleague'] {
  const last = interventions.findLast(({ at, action }) => at <= now && isAboutColleague(action));
  if (last === undefined || last.action.kind !== 'consult') return 'gone';
  const fate = provokedBy(world, last.action.to)?.fate;
  const random = seededRandom(`${callRef}/colleague/${last.at}`);
  if (fate === undefined || (fate.kind === 'answered' && fate.by === 'human'))
    return now < after(last.at, between(random, 2_000, 6_000)) ? 'rung' : 'there';
  const givesUpMs = fate.kind === 'unanswered' && fate.end === 'no-answer' ? RINGS_MS : 1_500;
  return now < after(last.at, givesUpMs) ? 'rung' : 'gone';
}

/** Why it cannot be done as things stand between agent and colleague; null where it can. */
export function whyNotNow(action: CallAction, colleague: Consult['colleague']): Done | null {
  if (action.kind === 'consult' && colleague !== 'gone')
    return { kind: 'cannot', sentence: 'A colleague is being asked already.' };
  if (action.kind === 'transfer' && action.warm && colleague !== 'there')
    return { kind: 'cannot', sentence: 'The colleague is not on the line, so nobody was handed over.' };
  return null;
}

function isAboutColleague({ kind }: CallAction): boolean {
  return kind === 'consult' || kind === 'consult-end' || kind === 'transfer';
}
