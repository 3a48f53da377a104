import type { DeskView } from '../shared/contract/desk.ts';
import { openPracticeHouse, percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * How long a click can find the main thread busy, through a practice session at ten times its pace with a
 * screen attached: a timer that should fire each millisecond says how late it was. The baseline is the same
 * timer with nothing else going on.
 */

const SESSION_MS = 15_000;
const IDLE_MS = 3_000;

/** Lateness of a one-millisecond timer, in milliseconds, until told to stop. */
function watchThread(): () => number[] {
  const lates: number[] = [];
  let isOver = false;
  let before = performance.now();
  const tick = () => {
    const now = performance.now();
    lates.push(Math.max(0, now - before - 1));
    before = now;
    if (!isOver) setTimeout(tick, 1);
  };
  setTimeout(tick, 1);
  return () => {
    isOver = true;
    return lates;
  };
}

const rest = (ms: number) => new Promise((go) => void setTimeout(go, ms));

const stopIdle = watchThread();
await rest(IDLE_MS);
const idle = stopIdle();

let bytes = 0;
const house = await openPracticeHouse({
  speed: 10,
  push: (frame) => void (bytes += JSON.stringify(frame).length),
});
const listed = await house.ask<{ campaigns?: { id: number }[] } | { id: number }[]>('campaigns.list');
const [campaign] = Array.isArray(listed) ? listed : (listed.campaigns ?? []);
await house.ask('desk.start', { campaignId: campaign!.id, mode: 'power' });

let outcomes = 0;
const deadline = performance.now() + SESSION_MS;
const stop = watchThread();
while (performance.now() < deadline) {
  const { session } = await house.ask<DeskView>('desk.view');
  const state = session!.state;
  if (state.kind === 'wrap-up') {
    const { attemptId } = state;
    const draft = { attemptId, note: 'typed while talking', dispositionId: null, callback: '' };
    await house.ask('desk.draft', draft);
    await house.ask('desk.file', {
      attemptId,
      dispositionId: 'no-answer',
      note: draft.note,
      callbackAt: null,
    });
    outcomes += 1;
  } else if (state.kind === 'connected') await house.ask('desk.hangUp');
  else if (state.kind === 'paused') await house.ask('desk.resume');
  await rest(100);
}
const lates = stop();
if (outcomes < 3 || bytes === 0) throw new Error(`only ${outcomes} calls came about`);
report({
  name: `main thread late during practice at 10×, p99 (${outcomes} calls)`,
  value: percentile(lates, 0.99),
  unit: 'ms',
  baseline: percentile(idle, 0.99),
  bar: { of: 'value', atMost: 20 },
});
report({ name: 'main thread late during practice at 10×, worst', value: Math.max(...lates), unit: 'ms' });
await house.close();
