import { expect, test } from 'vitest';
import type { Answer } from '../../../shared/contract/wire.ts';
import { type Instant, instant } from '../../../shared/lib/instants.ts';
import { createDraft, DRAFT_EVERY_MS, type Words } from './draft.ts';

type Saved = Answer<{ savedAt: Instant }>;
const LOST: Saved = { ok: false, error: { code: 'lost', sentence: 'The engine is not answering.' } };

/** A draft on a clock moved by hand. `fails` says whether saving fails at the moment. */
function bench() {
  let now = 0;
  let fails = false;
  const timers: { at: number; run: () => void }[] = [];
  const sent: { at: number; note: string }[] = [];
  const draft = createDraft({
    save: async ({ note }: Words): Promise<Saved> => {
      sent.push({ at: now, note });
      return fails ? LOST : { ok: true, value: { savedAt: instant(now) } };
    },
    later: (run, ms) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  });
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end; now += 1) {
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
      await Promise.resolve();
    }
  };
  return { draft, sent, pass, fail: (on: boolean) => (fails = on), now: () => now };
}

test('the first key is sent at once', () => {
  const { draft, sent } = bench();
  draft.edit({ note: 'a' });
  expect(sent).toEqual([{ at: 0, note: 'a' }]);
});

test('what is typed is sent within 150 ms, and again as long as typing goes on', async () => {
  const { draft, sent, pass } = bench();
  const typedAt = new Map<string, number>();
  for (let key = 0; key < 100; key += 1) {
    const note = 'x'.repeat(key + 1);
    typedAt.set(note, key * 17);
    draft.edit({ note });
    await pass(17);
  }
  await pass(500);
  expect(sent.at(-1)?.note).toHaveLength(100);
  for (const [note, at] of typedAt) {
    const reached = sent.find((each) => each.note.length >= note.length);
    expect(reached!.at - at).toBeLessThanOrEqual(DRAFT_EVERY_MS + 1);
  }
  expect(sent.length).toBeLessThan(20);
});

test('leaving the field sends what is not sent yet', async () => {
  const { draft, sent, pass } = bench();
  draft.edit({ note: 'a' });
  await pass(10);
  draft.edit({ note: 'ab' });
  draft.flush();
  expect(sent.map(({ note }) => note)).toEqual(['a', 'ab']);
});

test('a note that could not be saved says so and is sent again until it is', async () => {
  const { draft, sent, pass, fail } = bench();
  fail(true);
  draft.edit({ note: 'ring Tuesday' });
  await pass(3_000);
  expect(draft.view().trouble).toBe('The engine is not answering.');
  fail(false);
  await pass(4_000);
  expect(draft.view()).toMatchObject({ trouble: null, words: { note: 'ring Tuesday' } });
  expect(sent.length).toBeGreaterThan(2);
});

test('words kept before a reload come back', () => {
  const { draft, sent } = bench();
  draft.adopt({
    attemptId: 'a',
    note: 'kept',
    dispositionId: 'busy',
    callback: '',
    anyoneMayCall: false,
    answers: {},
    ticked: [],
    savedAt: instant(5),
  });
  expect(draft.view()).toMatchObject({ savedAt: 5, words: { note: 'kept', dispositionId: 'busy' } });
  expect(sent).toEqual([]);
});

test('a push never overwrites what is being typed', async () => {
  const { draft, pass } = bench();
  draft.edit({ note: 'mine' });
  await pass(300);
  draft.adopt({
    attemptId: 'a',
    note: 'older',
    dispositionId: null,
    callback: '',
    anyoneMayCall: false,
    answers: {},
    ticked: [],
    savedAt: instant(1),
  });
  expect(draft.view().words.note).toBe('mine');
});

test('a refused filing loses nothing of what was typed before it', async () => {
  const { draft, sent, pass } = bench();
  draft.edit({ note: 'a' });
  draft.edit({ note: 'ab' });
  draft.close();
  draft.reopen();
  await pass(200);
  expect(sent.at(-1)?.note).toBe('ab');
});

test('nothing is sent once the call is filed', async () => {
  const { draft, sent, pass } = bench();
  draft.edit({ note: 'a' });
  draft.edit({ note: 'ab' });
  draft.close();
  draft.flush();
  await pass(1_000);
  expect(sent).toHaveLength(1);
});
