import { openBackgroundCalls } from '../../electron/dialer/background-calls.ts';
import { openGate } from '../../electron/dialer/gate.ts';
import { openJobs } from '../../electron/dialer/jobs.ts';
import { planDay } from '../../electron/dialer/schedule-planner.ts';
import { applyPending, takeIn } from '../../electron/dialer/track.ts';
import { openAttempts } from '../../electron/store/attempts.ts';
import { type Db, openStore } from '../../electron/store/open.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import { assert } from '../../shared/lib/assert.ts';
import { sleep } from '../../shared/lib/clock.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import { owning } from './machine.ts';
import type { Mortal } from './mortal.ts';

/** The longest one tick takes; whoever looks next asks about what it left open. */
const TICK_MS_MAX = 90 * SECOND_MS;

export interface SecondParts {
  readonly file: string;
  readonly self: Pick<Mortal, 'clock' | 'carrier' | 'random' | 'commits'>;
  readonly law: LawBook;
  readonly log: (line: string, error?: unknown) => void;
}

/** A second process at work in the same workspace, as `parley process-calls` is: one tick, wired as it is there. */
export function openSecond({ file, self, law, log }: SecondParts) {
  const { clock, carrier, random } = self;
  const db = owning(self.commits, () => {
    const opened = openStore(file, { now: () => clock.now() });
    assert(opened.ok, opened.ok ? '' : opened.error.sentence);
    return opened.value;
  });
  const gate = openGate(clock, carrier);
  const shared = { db, carrier, clock, random, law, gate, log, changed() {} };

  const tick = async (): Promise<void> => {
    const background = openBackgroundCalls({ ...shared, note() {}, notify() {} }, () => {});
    const jobs = openJobs(shared);
    const stopListening = carrier.listen((event) => {
      if (takeIn(db, carrier.name, event, clock))
        background.learned(applyPending(db, clock).flatMap(({ attemptId }) => attemptId ?? []));
    });
    const isBusy = () => openAttempts(db).some(({ id }) => jobs.isUnderWay(id) || background.isUnderWay(id));
    await planDay(db, clock.now(), async () => true);
    await jobs.missOverdue(async () => true);
    jobs.run();
    for (let waitedMs = 0; waitedMs < TICK_MS_MAX; waitedMs += SECOND_MS) {
      const waitMs = background.run();
      if (waitMs > 2 * SECOND_MS && !isBusy()) break;
      await sleep(clock, SECOND_MS);
    }
    jobs.followAll();
    await Promise.all([jobs.close(), background.close()]);
    stopListening();
  };
  return { db, tick };
}

export function letGo(db: Db): void {
  if (db.$client.open) db.$client.close();
}
