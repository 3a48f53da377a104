import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { E164 } from '../../shared/domain/phone.ts';
import { instant } from '../../shared/lib/instants.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import type { Carrier, CarrierEvent, Found, PlaceRequest, Placed, Readiness } from './carrier.ts';
import { type Line, type Purpose, eventAt, failOver } from './fail-over.ts';
import { simulatedCarrier } from './simulator/simulator.ts';

const NOON = instant(Date.UTC(2026, 8, 8, 12));
const READY: Readiness = { kind: 'ready' };
const BUSY: Placed = { kind: 'refused', code: 'busy', sentence: 'Busy.', retry: true };
const NEVER: Placed = { kind: 'refused', code: 'never', sentence: 'Never.', retry: false };
const UNCLEAR: Placed = { kind: 'unclear', sentence: 'Who knows.' };
const placedAs = (callRef: string): Placed => ({ kind: 'placed', callRef, at: NOON });

interface Given {
  readonly kind?: string;
  readonly serves?: readonly Purpose[];
  readonly numbers?: readonly string[];
  readonly readiness?: Readiness;
  readonly placed?: Placed;
  readonly found?: Found;
}

/** A line that answers as it is told, and keeps what it was asked. */
function aLine({ kind = 'one', serves = ['agent', 'message', 'voice'], numbers = [], ...given }: Given) {
  const asked: PlaceRequest[] = [];
  const sought: string[] = [];
  const simulator = simulatedCarrier({ file: ':memory:', clock: simulatedClock(NOON), seed: kind });
  const carrier: Carrier = {
    ...simulator,
    readiness: () => given.readiness ?? READY,
    async place(request) {
      asked.push(request);
      return given.placed ?? placedAs(`ref-${kind}`);
    },
    async find({ from }) {
      sought.push(from);
      return given.found ?? { kind: 'absent' };
    },
  };
  return { line: { kind, title: kind, carrier, serves, numbers } satisfies Line, asked, sought };
}

const request: PlaceRequest = {
  attemptId: '01990000-0000-7000-8000-000000000001',
  to: '+12125550123' as E164,
  from: '+12125550100',
  agentId: 1,
  ringMs: 25_000,
  record: false,
  detectMachine: false,
};
const going = () => new AbortController().signal;
const sought = { attemptId: request.attemptId, to: request.to, from: request.from, sentAt: NOON };

test('the next carrier is asked only with proof that the one before rang nobody', async () => {
  const cases: [Placed, string[]][] = [
    [placedAs('x'), ['one']],
    [BUSY, ['one', 'two']],
    [NEVER, ['one']],
    [UNCLEAR, ['one']],
  ];
  for (const [placed, expected] of cases) {
    const [one, two] = [aLine({ placed }), aLine({ kind: 'two' })];
    const answer = await failOver([one.line, two.line]).place(request, going());
    expect([one, two].filter(({ asked }) => asked.length === 1).map(({ line }) => line.kind)).toEqual(
      expected,
    );
    if (placed === BUSY) expect(answer).toMatchObject({ kind: 'placed', callRef: 'two:ref-two' });
    else if (placed.kind === 'placed') expect(answer).toMatchObject({ callRef: 'one:x' });
    else expect(answer).toEqual(placed);
  }
});

test('a carrier that throws or talks nonsense may have rung somebody: nobody else is asked', async () => {
  const [one, two] = [aLine({}), aLine({ kind: 'two' })];
  for (const place of [
    () => Promise.reject(new Error('broken')),
    async () => ({ kind: 'placed', callRef: '' }) as Placed,
  ]) {
    const line = { ...one.line, carrier: { ...one.line.carrier, place } };
    expect(await failOver([line, two.line]).place(request, going())).toMatchObject({ kind: 'unclear' });
  }
  expect(two.asked).toEqual([]);
});

const answerOf = fc.constantFrom(placedAs('x'), BUSY, NEVER, UNCLEAR);
const readinessOf = fc.constantFrom<Readiness>(READY, { kind: 'in-trouble', sentence: 'Down.', since: NOON });

test('whatever the carriers answer, at most one of them may have rung, and it was the last one asked', async () => {
  const wish = fc.record({ placed: answerOf, readiness: readinessOf });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 3 }), async (wishes) => {
      const lines = wishes.map((each, nth) => aLine({ kind: `n${nth}`, ...each }));
      const [first, ...rest] = lines.map(({ line }) => line);
      const answer = await failOver([first!, ...rest]).place(request, going());
      const askedOnes = lines.flatMap(({ asked }, nth) => (asked.length > 0 ? [wishes[nth]!] : []));
      const mayHaveRung = askedOnes.filter(({ placed }) => placed.kind !== 'refused');
      expect(mayHaveRung.length).toBeLessThanOrEqual(1);
      if (mayHaveRung.length === 1) expect(askedOnes.at(-1)).toBe(mayHaveRung[0]);
      expect(askedOnes.every(({ readiness }) => readiness.kind === 'ready')).toBe(true);
      expect(answer.kind === 'refused').toBe(mayHaveRung.length === 0);
    }),
    { numRuns: 60 },
  );
});

test('a session that stops between two carriers asks no second one', async () => {
  const stop = new AbortController();
  const two = aLine({ kind: 'two' });
  const one = aLine({ placed: BUSY });
  const place = async (): Promise<Placed> => {
    stop.abort();
    return BUSY;
  };
  const line = { ...one.line, carrier: { ...one.line.carrier, place } };
  expect(await failOver([line, two.line]).place(request, stop.signal)).toEqual(BUSY);
  expect(two.asked).toEqual([]);
});

test('each call goes to carriers that can do what it needs, with a number of their own', async () => {
  const click = aLine({ kind: 'click', serves: ['agent'], numbers: ['+12125550111'] });
  const ai = aLine({ kind: 'ai', serves: ['voice'] });
  const both = failOver([click.line, ai.line]);
  const { agentId: _agent, ...alone } = request;
  expect(await both.place(request, going())).toMatchObject({ callRef: 'click:ref-click' });
  expect(click.asked[0]).toMatchObject({ from: '+12125550111' });
  expect(await both.place(alone, going())).toMatchObject({ callRef: 'ai:ref-ai' });
  expect(ai.asked[0]).toMatchObject({ from: '+12125550100' });
  const message = { ...alone, say: { kind: 'words', text: 'Hello' } } as const;
  expect(await both.place(message, going())).toMatchObject({ code: 'no-carrier', retry: false });
});

test('“no such call” is believed only from all of them together', async () => {
  const absent = aLine({ numbers: ['+12125550111'] });
  const down = aLine({ kind: 'two', found: { kind: 'unreachable', sentence: 'Down.' } });
  const found = aLine({ kind: 'three', found: { kind: 'found', callRef: 'x', at: NOON } });
  expect(await failOver([absent.line]).find(sought)).toEqual({ kind: 'absent' });
  expect(await failOver([down.line, absent.line]).find(sought)).toMatchObject({ kind: 'unreachable' });
  expect(await failOver([down.line, absent.line, found.line]).find(sought)).toMatchObject({
    callRef: 'three:x',
  });
  // Looked for under the number that it would have shown.
  expect(absent.sought[0]).toBe('+12125550111');
});

test('every later question finds its carrier, and one whose carrier is gone is never taken for over', async () => {
  const clock = simulatedClock(NOON);
  const simulator = simulatedCarrier({ file: ':memory:', clock, seed: 's', latencyMs: [0, 0] });
  const line: Line = { kind: 'sim', title: 'Sim', carrier: simulator, serves: ['agent'], numbers: [] };
  const both = failOver([aLine({}).line, line]);
  const heard: CarrierEvent[] = [];
  both.listen((event) => heard.push(event));
  const only = failOver([line]);
  const answer = await only.place({ ...request, record: true }, going());
  expect(answer).toMatchObject({ kind: 'placed', callRef: expect.stringMatching(/^sim:SIM/) });
  const { callRef } = answer as Extract<Placed, { kind: 'placed' }>;
  expect(await both.fetch(callRef)).toEqual(await simulator.fetch(callRef.slice(4)));
  await clock.advance(600_000);
  expect(heard.length).toBeGreaterThan(2);
  expect(new Set(heard.map((event) => event.callRef))).toEqual(new Set([callRef]));
  expect(await both.fetch('gone:x')).toMatchObject({ kind: 'unreachable' });
  expect(await both.fetch('x')).toMatchObject({ kind: 'unreachable' });
  expect(await both.control('gone:x', { kind: 'hang-up' })).toMatchObject({ kind: 'unreachable' });
});

test('a recording is asked for where its call was', () => {
  const event = {
    callRef: 'CA1',
    attemptId: null,
    event: { key: 'k', at: NOON, facts: { recordingRef: 'RE1' } },
  };
  expect(eventAt('twilio', event)).toMatchObject({
    callRef: 'twilio:CA1',
    event: { key: 'k', facts: { recordingRef: 'twilio:RE1' } },
  });
});

const page = (callRef: string, next: string | null) => ({
  calls: [
    {
      callRef,
      attemptId: null,
      direction: 'outbound',
      from: '',
      to: '',
      startedAt: NOON,
      facts: {},
    } as const,
  ],
  next,
});

const history = async (_range: unknown, cursor: string | null) =>
  cursor === null ? page('a', '/next:1') : page('b', null);

test('history goes through one carrier after the other', async () => {
  const one = aLine({}).line;
  const two = aLine({ kind: 'two' }).line;
  const both = failOver([
    { ...one, carrier: { ...one.carrier, history } },
    { ...two, carrier: { ...two.carrier, history: async () => page('c', null) } },
  ]);
  const refs: string[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 5; pages++) {
    const told = await both.history({ from: NOON, to: NOON }, cursor);
    if ('kind' in told) throw new Error(told.sentence);
    refs.push(...told.calls.map((call) => call.callRef));
    cursor = told.next;
    if (cursor === null) break;
  }
  expect(refs).toEqual(['one:a', 'one:b', 'two:c']);
});

test('where calls go through an agent’s own phone, they never begin by themselves', () => {
  const { line } = aLine({ kind: 'click', serves: ['agent'] });
  const click = { ...line, carrier: { ...line.carrier, can: { ...line.carrier.can, onlyByHand: 'Why.' } } };
  const ai = aLine({ kind: 'ai', serves: ['voice'] }).line;
  expect(failOver([ai, click]).can.onlyByHand).toBe('Why.');
  expect(failOver([aLine({}).line, click]).can.onlyByHand).toBeUndefined();
});

test('together they are ready when one is, and say why when none is', async () => {
  const down = { kind: 'in-trouble', sentence: 'Down.', since: NOON } as const;
  const [one, two] = [aLine({ readiness: down }), aLine({ kind: 'two' })];
  expect(failOver([one.line, two.line]).readiness()).toEqual(READY);
  expect(failOver([one.line]).readiness()).toEqual(down);
  expect(await failOver([one.line]).place(request, going())).toMatchObject({
    code: 'not-ready',
    retry: true,
    sentence: 'Down. Nobody was rung.',
  });
  expect(one.asked).toEqual([]);
});
