import type { Spread } from '../carriers/simulator/outcomes.ts';
import {
  BUSY,
  FAILED,
  FAX,
  type Fate,
  HUMAN,
  NO_ANSWER,
  VOICEMAIL,
  type World,
} from '../carriers/simulator/outcomes.ts';
import { practiceWorld } from '../carriers/simulator/practice-world.ts';
import type { PastCall } from '../store/rehearsal-figures.ts';

/** From so many calls on a campaign's past says more than what people usually do. */
export const PAST_CALLS_MIN = 200;

/** Older calls say little about tomorrow. */
export const PAST_CALLS_MAX = 5_000;

/** With fewer than these a spread is a guess. */
const SPREAD_MIN = 20;

export interface RehearsalWorld {
  readonly world: World;
  readonly from: 'history' | 'usual';
  readonly calls: number;
}

/** The people at the other end: as they were so far, where enough is known of it, or as they usually are. */
export function rehearsalWorld(past: readonly PastCall[], isPractice: boolean): RehearsalWorld {
  const byNumber = isPractice ? practiceWorld.byNumber : {};
  // An agent on the line hears for themselves whether it is a machine.
  const usual = { ...practiceWorld, byNumber, misheardShare: 0, isWordless: true };
  // What we hung up on ourselves tells nothing of what they would have done.
  const told = past.filter(({ end }) => end !== 'canceled');
  if (told.length < PAST_CALLS_MIN) return { world: usual, from: 'usual', calls: told.length };
  return { world: { ...usual, mix: mixOf(told) }, from: 'history', calls: told.length };
}

function mixOf(past: readonly PastCall[]): World['mix'] {
  const kinds = Map.groupBy(past, kindOf);
  const of = (kind: Kind) => kinds.get(kind) ?? [];
  const human = { ...HUMAN, ring: ringOf(of('human'), HUMAN.ring), stay: talkOf(of('human'), HUMAN.stay) };
  const machine = { ...VOICEMAIL, ring: ringOf(of('machine'), VOICEMAIL.ring) };
  const fates: readonly (readonly [Kind, Fate])[] = [
    ['human', human],
    ['machine', machine],
    ['fax', FAX],
    ['no-answer', NO_ANSWER],
    ['busy', BUSY],
    ['failed', FAILED],
  ];
  return fates.map(([kind, fate]) => [of(kind).length, fate]);
}

type Kind = 'human' | 'machine' | 'fax' | 'no-answer' | 'busy' | 'failed';

function kindOf({ end, answeredBy, talkMs }: PastCall): Kind {
  if (talkMs === null) return end === 'busy' || end === 'failed' ? end : 'no-answer';
  if (answeredBy === 'fax') return 'fax';
  return answeredBy?.startsWith('machine') ? 'machine' : 'human';
}

function ringOf(calls: readonly PastCall[], usual: Spread): Spread {
  return spreadOf(
    calls.flatMap(({ ringMs }) => ringMs ?? []),
    usual,
  );
}

function talkOf(calls: readonly PastCall[], usual: Spread): Spread {
  return spreadOf(
    calls.flatMap(({ talkMs }) => talkMs ?? []),
    usual,
  );
}

/** A log-normal through what was seen: the median, and how far the logarithms stray from it. */
function spreadOf(spans: readonly number[], usual: Spread): Spread {
  const inOrder = spans.filter((ms) => ms > 0).toSorted((a, b) => a - b);
  if (inOrder.length < SPREAD_MIN) return usual;
  const at = (share: number) => inOrder[Math.floor((inOrder.length - 1) * share)]!;
  const medianMs = at(0.5);
  const strays = inOrder.map((ms) => Math.log(ms / medianMs) ** 2);
  const sigma = Math.sqrt(strays.reduce((sum, each) => sum + each, 0) / strays.length);
  return { medianMs, sigma, minMs: at(0.01), maxMs: at(0.99) };
}
