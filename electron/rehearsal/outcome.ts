import type { AnsweredBy, CallEnd } from '../../shared/domain/call.ts';
import type { DispositionKind } from '../../shared/domain/disposition.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Random } from '../../shared/lib/random.ts';
import type { PastCall } from '../store/rehearsal-figures.ts';

/** What an agent sees of a call that is over. */
export interface SeenCall {
  readonly end: CallEnd | null;
  readonly answeredAt: number | null;
  readonly answeredBy: AnsweredBy | null;
}

/** What talks lead to, by the outcome's id. Weights, of any sum. */
export type TalkOutcomes = ReadonlyMap<string, number>;

/** What talks lead to where nothing is known of the campaign's own. */
const USUAL: TalkOutcomes = new Map([
  ['not-interested', 44],
  ['callback', 16],
  ['interested', 14],
  ['qualified', 12],
  ['not-qualified', 10],
  ['wrong-number', 2],
  ['do-not-call', 2],
]);

/** As many talks as it takes before a campaign's own outcomes count. */
const TALKS_MIN = 50;

/** What the campaign's own talks led to, where there were enough. */
export function talkOutcomesOf(past: readonly PastCall[]): TalkOutcomes {
  const found = new Map<string, number>();
  let talks = 0;
  for (const { dispositionId, talkMs, answeredBy } of past) {
    if (dispositionId === null || talkMs === null) continue;
    if (answeredBy === 'fax' || answeredBy?.startsWith('machine')) continue;
    found.set(dispositionId, (found.get(dispositionId) ?? 0) + 1);
    talks += 1;
  }
  return talks < TALKS_MIN ? USUAL : found;
}

/** The outcome an agent files, by what became of the call. One draw where somebody talked, none otherwise. */
export function outcomeFor(
  call: SeenCall | null,
  kinds: readonly DispositionKind[],
  talks: TalkOutcomes,
  random: Random,
): DispositionKind {
  const [first] = kinds;
  assert(first !== undefined, 'a campaign offers at least one outcome');
  const named = (id: string) => kinds.find((kind) => kind.id === id);
  const unreached = () => kinds.find(({ group }) => group === 'not-reached') ?? first;
  if (call === null || call.answeredAt === null) {
    if (call?.end === 'busy') return named('busy') ?? unreached();
    if (call?.end === 'failed')
      return kinds.find(({ consequence }) => consequence.kind === 'bad-number') ?? unreached();
    return named('no-answer') ?? unreached();
  }
  if (call.answeredBy?.startsWith('machine')) return named('voicemail') ?? unreached();
  if (call.answeredBy === 'fax')
    return kinds.find(({ consequence }) => consequence.kind === 'bad-number') ?? unreached();
  return drawn(kinds, talks, random);
}

/** Outcomes a campaign made for itself come as often as each other, until its own past tells. */
function drawn(kinds: readonly DispositionKind[], talks: TalkOutcomes, random: Random): DispositionKind {
  const known = kinds.filter((kind) => (talks.get(kind.id) ?? 0) > 0);
  const offered = known.length > 0 ? known : kinds.filter(({ group }) => group === 'reached');
  const from = offered.length > 0 ? offered : kinds;
  const weightOf = (kind: DispositionKind) => talks.get(kind.id) ?? 1;
  let chance = random.next() * from.reduce((sum, kind) => sum + weightOf(kind), 0);
  return from.find((kind) => (chance -= weightOf(kind)) < 0) ?? from[from.length - 1]!;
}
