import fc from 'fast-check';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualRules } from '../../shared/domain/campaign.ts';
import { type Instant, earlier } from '../../shared/lib/instants.ts';
import { dueInOrder } from './due.ts';
import { putBack, takeInHand } from './enrolments.ts';
import { frontOf, watchLines } from './line-front.ts';
import { makeReady, planEnrolment } from './list-order.ts';
import { type Db, closeStore, withTransaction } from './open.ts';
import { NOON, aCampaign, aStore, inFolder } from './testing.ts';

const PEOPLE = 40;
const PLACES = 5;
const LAW = {};
const HOUR = 1_000;

/** A place is open in every hour that its number divides: it wakes and falls asleep all the time. */
const isOpenAt = (place: number, now: Instant) => Math.floor((now - NOON) / HOUR) % (place + 1) === 0;

function nextInLine(db: Db, now: Instant, withFront: boolean): number | null {
  const front = withFront ? frontOf(db, 1, { law: LAW, call: 'power', now }) : null;
  const areOpen = ({ zones }: { zones: readonly string[] }) => {
    const isOpen = isOpenAt(Number(zones[0]!.slice(2)), now);
    if (!isOpen && front !== null)
      front.until = earlier(front.until, ((Math.floor(now / HOUR) + 1) * HOUR) as Instant);
    return isOpen;
  };
  for (const { id } of dueInOrder(db, 1, now, areOpen, front)) return id;
  return null;
}

const person = fc.integer({ min: 1, max: PEOPLE });
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('take' as const), fails: fc.boolean() }) },
    fc.record({ kind: fc.constant('put-back' as const), id: person }),
    fc.record({ kind: fc.constant('plan' as const), id: person, dueIn: fc.integer({ min: -50, max: 900 }) }),
    fc.record({ kind: fc.constant('ready' as const) }),
    fc.record({ kind: fc.constant('later' as const), ms: fc.integer({ min: -300, max: 1_500 }) }),
    fc.record({
      kind: fc.constant('moves' as const),
      id: person,
      place: fc.nat(PLACES - 1),
      elsewhere: fc.boolean(),
    }),
  ),
  { minLength: 20, maxLength: 80 },
);

test(
  'whoever remembers where the line begins takes whom a fresh look would take, whatever happens meanwhile',
  () =>
    inFolder((folder) => {
      let nth = 0;
      fc.assert(
        fc.property(steps, fc.infiniteStream(fc.nat(PLACES - 1)), (all, places) => {
          const file = join(folder, `${(nth += 1)}.db`);
          const [db, other] = [aStore(file), aStore(file)];
          watchLines(db);
          filled(db, places);
          let now = NOON;
          for (const step of all) {
            if (step.kind === 'later') now = (now + step.ms) as Instant;
            else if (step.kind === 'put-back') putBack(db, step.id);
            else if (step.kind === 'ready') makeReady(db, 1, 'priority', now, 10);
            else if (step.kind === 'plan')
              planEnrolment(db, 'priority', step.id, (now + step.dueIn) as Instant, now, now);
            else if (step.kind === 'moves')
              moved(step.elsewhere ? other : db).run(`Z/${step.place}||`, step.id);
            else takeOne(db, now, step.fails);
            expect(nextInLine(db, now, true)).toBe(nextInLine(db, now, false));
          }
          closeStore(other);
          closeStore(db);
        }),
        { numRuns: 40 },
      );
    }),
  60_000,
);

test('those who sleep in front are gone past once', () => {
  const db = aStore();
  watchLines(db);
  filled(db, Array.from({ length: PEOPLE }, (_, nth) => (nth < 20 ? 1 : 0))[Symbol.iterator]());
  const now = (NOON + HOUR) as Instant;
  for (let round = 0; round < 5; round++) nextInLine(db, now, true);
  const front = frontOf(db, 1, { law: LAW, call: 'power', now });
  expect(front.id).toBe(20);
  expect(frontOf(db, 1, { law: {}, call: 'power', now }).id).toBe(0);
  closeStore(db);
});

function takeOne(db: Db, now: Instant, fails: boolean): void {
  const work = () =>
    withTransaction(db, () => {
      const id = nextInLine(db, now, true);
      if (id !== null) takeInHand(db, id, 1);
      if (fails) throw new Error('taken back');
    });
  if (fails) expect(work).toThrow('taken back');
  else work();
}

function moved(db: Db) {
  return db.$client.prepare('UPDATE enrolments SET places = ? WHERE id = ?');
}

function filled(db: Db, places: Iterator<number>): void {
  aCampaign(db, { rules: { ...usualRules('America/New_York'), order: 'priority' } });
  db.$client.pragma('foreign_keys = OFF');
  const insert = db.$client.prepare(`INSERT INTO enrolments
    (id, campaign_id, contact_id, state, priority, places, attempts, due_at, rest_until, is_ready, rank)
    VALUES (?, 1, ?, 'open', 0, ?, 0, ?, 0, 1, ?)`);
  for (let id = 1; id <= PEOPLE; id++)
    insert.run(id, id, `Z/${places.next().value}||`, NOON - PEOPLE + id, id);
}
