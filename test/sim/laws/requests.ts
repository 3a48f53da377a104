import type { Db } from '../../../electron/store/open.ts';
import { type Breach, type World, askOne, breach } from './breach.ts';

/** Nobody is rung twice for one intent, and no call is there without one. */
export function oneRequestPerIntent(db: Db, world: World): Breach[] {
  const found: Breach[] = [];
  for (const [attemptId, requests] of Map.groupBy(world.requests(), (each) => each.attemptId)) {
    const { to } = requests[0]!;
    if (requests.length > 1)
      found.push(
        breach('one request per intent', `attempt ${attemptId} was sent ${requests.length} times`, to),
      );
    if (askOne(db, 'SELECT 1 FROM attempts WHERE id = ?', [attemptId]) === undefined)
      found.push(
        breach(
          'intent before request',
          `the carrier heard of attempt ${attemptId}, which nobody remembers`,
          to,
        ),
      );
  }
  return found;
}

/** No two calls to one number overlap, and no agent is in two calls. */
export function noOverlaps(db: Db, world: World): Breach[] {
  const found: Breach[] = [];
  const calls = world.requests().flatMap((each) => {
    if (each.callRef === null) return [];
    const owner = askOne<{ id: number | null }>(db, 'SELECT agent_id AS id FROM attempts WHERE id = ?', [
      each.attemptId,
    ]);
    const { endedAt } = world.lifeOf(each.callRef)!;
    const handedAt = world.interventionsIn(each.callRef).find(({ action }) => action.kind === 'transfer')?.at;
    return [{ ...each, agent: owner?.id ?? null, endedAt, leftAt: handedAt ?? endedAt }];
  });
  for (const by of ['to', 'agent'] as const) {
    for (const [who, group] of Map.groupBy(calls, (each) => each[by])) {
      if (who === null) continue;
      const inOrder = group.sort((a, b) => a.at - b.at);
      for (const [nth, call] of inOrder.entries()) {
        const before = inOrder[nth - 1];
        // Whoever was handed over is on the line still, and the agent is not.
        const overAt = by === 'to' ? before?.endedAt : before?.leftAt;
        if (before === undefined || overAt === undefined || overAt <= call.at) continue;
        const law = by === 'to' ? 'one call per number' : 'one call per agent';
        const what = `calls of attempts ${before.attemptId} and ${call.attemptId} were live at once`;
        found.push(breach(law, `${by} ${who}: ${what}`, call.to));
      }
    }
  }
  return found;
}
