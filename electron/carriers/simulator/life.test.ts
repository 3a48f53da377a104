import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { storyOf } from '../../../shared/domain/call.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { type Instant, after, instant } from '../../../shared/lib/instants.ts';
import type { CallAction } from '../carrier.ts';
import { ARRIVAL_MS_MAX, NO_FAULTS, arrivalsOf } from './faults.ts';
import { type Intervention, LIFE_MS_MAX, type PlacedCall, eventsUpTo, lifeOf } from './life.ts';
import {
  BUSY,
  FAILED,
  HUMAN,
  NO_ANSWER,
  PATIENT_HUMAN,
  SLOW_HUMAN,
  VOICEMAIL,
  VOICEMAIL_AT_ONCE,
  exactly,
  worldOf,
} from './outcomes.ts';
import { PRACTICE_NUMBERS, practiceWorld } from './practice-world.ts';

const PLACED_AT = instant(Date.UTC(2026, 10, 20, 15));

function aCall(about: Partial<PlacedCall> = {}): PlacedCall {
  return {
    callRef: 'SIM000000000000000000000001',
    placedAt: PLACED_AT,
    attemptId: '0199-attempt',
    to: '+12125550188' as E164,
    from: '+12125550100',
    ringMs: 30_000,
    record: true,
    detectMachine: true,
    ...about,
  };
}

const aSomeCall: fc.Arbitrary<PlacedCall> = fc
  .record({
    nth: fc.nat(1_000_000),
    line: fc.nat(99),
    ringMs: fc.integer({ min: 5_000, max: 600_000 }),
    record: fc.boolean(),
    detectMachine: fc.boolean(),
  })
  .map(({ nth, line, ...request }) =>
    aCall({ ...request, callRef: `SIM${nth}`, to: `+121255501${String(line).padStart(2, '0')}` as E164 }),
  );

const someAction: fc.Arbitrary<CallAction> = fc.oneof(
  { weight: 3, arbitrary: fc.boolean().map((on) => ({ kind: 'hold' as const, on })) },
  fc.boolean().map((on) => ({ kind: 'mute' as const, on })),
  fc.string().map((digits) => ({ kind: 'tones' as const, digits })),
  fc.string().map((sound) => ({ kind: 'drop-voicemail' as const, sound })),
  fc.constantFrom<CallAction>(
    { kind: 'transfer', to: '+12125550101' as E164, warm: false },
    { kind: 'transfer', warm: true },
    { kind: 'consult', to: '+12125550101' as E164 },
    { kind: 'consult-end' },
  ),
  fc.constant({ kind: 'hang-up' as const }),
);

/** Instants of the call's own events, or anywhere in its life: the edges are where mistakes are. */
function interventionsInto(call: PlacedCall): fc.Arbitrary<Intervention[]> {
  const { events } = lifeOf(practiceWorld, call, []);
  const someInstant = fc.oneof(
    fc.constantFrom(...events.map((event) => event.at)),
    fc.nat(240_000).map((ms) => after(PLACED_AT, ms)),
  );
  const one = fc.record({ at: someInstant, action: someAction });
  return fc.array(one, { maxLength: 6 }).map((some) => some.sort((a, b) => a.at - b.at));
}

const someMeddledCall = aSomeCall.chain((call) =>
  interventionsInto(call).map((interventions) => ({ call, interventions })),
);

test('the same reference lives the same life, byte for byte', () => {
  fc.assert(
    fc.property(someMeddledCall, ({ call, interventions }) => {
      const life = JSON.stringify(lifeOf(practiceWorld, call, interventions));
      expect(JSON.stringify(lifeOf(practiceWorld, { ...call }, [...interventions]))).toBe(life);
    }),
  );
});

test('what we do to a call never changes what it has told already', () => {
  fc.assert(
    fc.property(someMeddledCall, ({ call, interventions }) => {
      for (let known = 0; known < interventions.length; known++) {
        const before = lifeOf(practiceWorld, call, interventions.slice(0, known));
        const past = eventsUpTo(before, interventions[known]!.at);
        const later = lifeOf(practiceWorld, call, interventions.slice(0, known + 1));
        expect(later.events.slice(0, past.length)).toEqual(past);
      }
    }),
    { numRuns: 500 },
  );
});

test('its events tell how a call ended, in whatever order and however often they come', () => {
  const shuffled = someMeddledCall.chain(({ call, interventions }) => {
    const life = lifeOf(practiceWorld, call, interventions);
    const doubled = fc.shuffledSubarray([...life.events, ...life.events], {
      minLength: life.events.length * 2,
    });
    return doubled.map((events) => ({ life, events }));
  });
  fc.assert(
    fc.property(shuffled, ({ life, events }) => {
      const story = storyOf(events);
      expect(story).toEqual(storyOf(life.events));
      expect(story).toMatchObject({
        status: 'ended',
        end: life.end,
        answeredAt: life.answeredAt,
        endedAt: life.endedAt,
      });
      expect(story.transcript ?? []).toEqual(life.said);
    }),
    { numRuns: 500 },
  );
});

test('keys sort as their events do, and no words are told before they are said', () => {
  fc.assert(
    fc.property(someMeddledCall, ({ call, interventions }) => {
      const { events, answeredAt } = lifeOf(practiceWorld, call, interventions);
      const keys = events.map((event) => event.key);
      expect(keys).toEqual(keys.toSorted());
      for (const { at, facts } of events) {
        for (const { toMs } of facts.transcript ?? []) expect(answeredAt! + toMs).toBeLessThanOrEqual(at);
      }
    }),
    { numRuns: 300 },
  );
});

test('a message left too early, over a greeting, is told when it is over', () => {
  const world = worldOf({ ...VOICEMAIL_AT_ONCE, greeting: exactly(25_000) });
  const at = lifeOf(world, aCall(), []).answeredAt!;
  const { events, said } = lifeOf(world, aCall(), [
    { at: after(at, 100), action: { kind: 'drop-voicemail', sound: 'a' } },
    { at: after(at, 5_000), action: { kind: 'mute', on: true } },
  ]);
  expect(said.map(({ speaker }) => speaker)).toEqual(['agent']);
  expect(storyOf(events)).toMatchObject({ endedBy: 'us', transcript: said });
});

test('every life is over, bill and all, within the time the carrier looks back for calls', () => {
  fc.assert(
    fc.property(aSomeCall, (call) => {
      const always = { ...NO_FAULTS, late: 1, reorder: 1, duplicate: 1 };
      const { events } = lifeOf(practiceWorld, call, []);
      const arrivals = events.flatMap((event) => arrivalsOf(event, always).map((at) => at - event.at));
      expect(Math.max(...arrivals)).toBeLessThanOrEqual(ARRIVAL_MS_MAX);
      expect(events.at(-1)!.at + ARRIVAL_MS_MAX - PLACED_AT).toBeLessThan(LIFE_MS_MAX);
      expect(events.length).toBeLessThan(150);
    }),
    { numRuns: 300 },
  );
});

test('a person answers between 3 and 25 seconds after the first ring', () => {
  const waits = lives(200, HUMAN).map(({ events, answeredAt }) => answeredAt! - storyOf(events).ringingAt!);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(25_000);
  expect(new Set(waits).size).toBeGreaterThan(150);
});

test('a person who would answer after the ring limit is a no-answer at the limit', () => {
  const { events } = lifeOf(worldOf(SLOW_HUMAN), aCall({ ringMs: 20_000 }), []);
  const { end, ringingAt, endedAt, answeredAt } = storyOf(events);
  expect([end, answeredAt, endedAt! - ringingAt!]).toEqual(['no-answer', null, 20_000]);
});

test('busy, no answer and failed are told as such, cost nothing and leave no recording', () => {
  for (const fate of [BUSY, NO_ANSWER, FAILED]) {
    const story = storyOf(lifeOf(worldOf(fate), aCall(), []).events);
    expect(story).toMatchObject({ end: fate.end, endedBy: 'carrier', answeredAt: null, costMicros: 0 });
    expect(story).not.toHaveProperty('recordingRef');
  }
  expect(storyOf(lifeOf(worldOf(FAILED), aCall(), []).events).error?.sentence).toContain('not in service');
});

test('hanging up before the answer cancels, after it completes', () => {
  const world = worldOf(PATIENT_HUMAN);
  const { ringingAt, answeredAt } = storyOf(lifeOf(world, aCall(), []).events);
  const hungUpAt = (at: Instant) =>
    storyOf(lifeOf(world, aCall(), [{ at, action: { kind: 'hang-up' } }]).events);
  expect(hungUpAt(PLACED_AT)).toMatchObject({ end: 'canceled', endedBy: 'us', answeredAt: null });
  expect(hungUpAt(ringingAt!)).toMatchObject({ end: 'canceled', endedBy: 'us', answeredAt: null });
  expect(hungUpAt(answeredAt!)).toMatchObject({ end: 'completed', endedBy: 'us', seconds: 0 });
  expect(hungUpAt(after(answeredAt!, 12_400))).toMatchObject({
    end: 'completed',
    endedBy: 'us',
    seconds: 12,
  });
});

test('nothing but hanging up does anything before the answer', () => {
  const world = worldOf(PATIENT_HUMAN);
  const wishes: CallAction[] = [
    { kind: 'hold', on: true },
    { kind: 'mute', on: true },
    { kind: 'drop-voicemail', sound: 'a' },
  ];
  const early = wishes.map((action) => ({ at: PLACED_AT, action }));
  expect(lifeOf(world, aCall(), early)).toEqual(lifeOf(world, aCall(), []));
});

test('detection speaks only when asked, first of a machine, then of its beep', () => {
  const [asked, unasked] = [true, false].map((detectMachine) =>
    lifeOf(worldOf(VOICEMAIL_AT_ONCE), aCall({ detectMachine }), []).events.flatMap(
      ({ facts }) => facts.answeredBy ?? [],
    ),
  );
  expect(asked).toEqual(['machine_start', 'machine_end_beep']);
  expect(unasked).toEqual([]);
});

test('a few people are taken for machines, and a few machines for people', () => {
  expect(mistaken(HUMAN, 'machine_start')).toBeGreaterThan(10);
  expect(mistaken(HUMAN, 'machine_start')).toBeLessThan(60);
  expect(mistaken(VOICEMAIL, 'human')).toBeGreaterThan(10);
});

test('a message left on a voicemail is heard after the beep and then ends the call', () => {
  const world = worldOf(VOICEMAIL_AT_ONCE);
  const { answeredAt, beepMs } = lifeOf(world, aCall(), []);
  const at = after(answeredAt!, beepMs! + 500);
  const life = lifeOf(world, aCall(), [{ at, action: { kind: 'drop-voicemail', sound: 'short.wav' } }]);
  expect(life.said.map(({ speaker, fromMs }) => [speaker, fromMs > beepMs!])).toEqual([
    ['contact', false],
    ['agent', true],
  ]);
  expect(storyOf(life.events)).toMatchObject({
    end: 'completed',
    endedBy: 'us',
    endedAt: after(at, life.said[1]!.toMs - life.said[1]!.fromMs),
  });
});

test('nobody speaks on hold, and a muted agent is not heard', () => {
  const world = worldOf(PATIENT_HUMAN);
  const { answeredAt } = lifeOf(world, aCall(), []);
  const at = (ms: number) => after(answeredAt!, ms);
  const { said, events } = lifeOf(world, aCall(), [
    { at: at(30_000), action: { kind: 'hold', on: true } },
    { at: at(60_000), action: { kind: 'hold', on: false } },
    { at: at(90_000), action: { kind: 'mute', on: true } },
    { at: at(150_000), action: { kind: 'hang-up' } },
  ]);
  const begun = (fromMs: number, toMs: number) => said.filter((s) => s.fromMs >= fromMs && s.fromMs < toMs);
  expect(begun(0, 30_000).length).toBeGreaterThan(3);
  expect(begun(30_000, 60_000)).toEqual([]);
  expect(new Set(begun(60_000, 90_000).map((s) => s.speaker)).size).toBe(2);
  expect(new Set(begun(90_000, 150_000).map((s) => s.speaker))).toEqual(new Set(['contact']));
  expect(storyOf(eventsUpTo({ events } as never, at(40_000))).isHeld).toBe(true);
  expect(storyOf(events).isHeld).toBe(false);
});

test('the transcript grows while they talk, and the bill and recording come after the end', () => {
  const { events, endedAt } = lifeOf(worldOf(HUMAN), aCall(), []);
  const counts = events.flatMap(({ at, facts }) =>
    facts.transcript && at < endedAt ? facts.transcript.length : [],
  );
  expect(counts.length).toBeGreaterThan(4);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  const late = events.filter(({ at }) => at > endedAt).map(({ facts }) => Object.keys(facts)[0]);
  expect(new Set(late)).toEqual(new Set(['costMicros', 'recordingRef']));
});

test('a talk of 61 seconds costs two started minutes and the detection', () => {
  const world = worldOf(PATIENT_HUMAN);
  const at = after(lifeOf(world, aCall(), []).answeredAt!, 61_000);
  const { events } = lifeOf(world, aCall(), [{ at, action: { kind: 'hang-up' } }]);
  expect(storyOf(events)).toMatchObject({ costMicros: 35_500, currency: 'USD' });
});

test('every practice number does what its sentence says, in any area code', () => {
  expect(storyAt('02')).toMatchObject({ answeredBy: 'human', seconds: 1_800 });
  expect(storyAt('05').answeredBy).toBe('machine_start');
  expect(storyAt('06')).toMatchObject({ endedBy: 'carrier', seconds: 20 });
  expect(['10', '11', '12', '13', '14', '15'].map((digits) => storyAt(digits).answeredBy)).toEqual([
    'machine_end_beep',
    'machine_end_beep',
    'machine_end_silence',
    'machine_end_other',
    'fax',
    'unknown',
  ]);
  expect(['20', '21', '22'].map((digits) => storyAt(digits).end)).toEqual(['busy', 'no-answer', 'failed']);
  expect(Object.values(PRACTICE_NUMBERS).every(({ says }) => says.length > 3)).toBe(true);
});

function mistaken(fate: typeof HUMAN, as: string): number {
  return lives(1_000, fate, 0.03).filter(({ events }) => storyOf(events).answeredBy === as).length;
}

function storyAt(digits: string) {
  const world = { ...practiceWorld, misheardShare: 0 };
  return storyOf(lifeOf(world, aCall({ to: `+164655501${digits}` as E164 }), []).events);
}

function lives(count: number, fate: Parameters<typeof worldOf>[0], misheardShare = 0) {
  const world = { ...worldOf(fate), misheardShare };
  return Array.from({ length: count }, (_, nth) => lifeOf(world, aCall({ callRef: `SIM${nth}` }), []));
}
