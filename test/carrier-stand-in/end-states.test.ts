import { afterEach, expect, test } from 'vitest';
import { callOfAttempt } from '../../electron/store/calls.ts';
import { enrolmentCounts } from '../../electron/store/enrolments.ts';
import { outcomeOf } from '../../electron/store/outcomes.ts';
import type { CampaignRules } from '../../shared/domain/campaign.ts';
import { type StandIn, openStandIn } from './open.ts';
import { openTestOffice, tenOClock, valuesOf } from './testing-office.ts';
import { until } from './testing-until.ts';

/* The whole kernel calls through a carrier whose events are lost, doubled and overtaken, and then without any. */

const SPEED = 60;
const BILLING_SPEED = 2_000;
const PEOPLE = 12;
/** The machine may be busy with other tests. */
const PATIENCE_MS = 50_000;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

const MESSAGE =
  'Hello {{first name|there}}, this is Larkspur. Your boiler is due for its yearly check. Please ring us back when it suits you.';

interface Setting {
  readonly kind: 'twilio' | 'vapi';
  readonly events: 'honest' | 'faulty' | 'none';
}

const RULES: Readonly<Record<Setting['kind'], Partial<CampaignRules>>> = {
  twilio: { voice: 'recorded', message: MESSAGE, attemptsMax: 1 },
  vapi: { voice: 'ai', attemptsMax: 1 },
};

/** What becomes of events on their way. */
const OUTCOMES: Readonly<Record<Setting['events'], readonly string[]>> = {
  honest: ['delivered'],
  faulty: ['delivered', 'dropped'],
  none: [],
};

/** What each number came to in the end, as our own books have it. */
async function endStates({
  kind,
  events,
}: Setting): Promise<{ world: StandIn; ends: Record<string, unknown> }> {
  const clock = tenOClock(SPEED);
  const mix = { human: 4, machine: 2, 'no-answer': 2, busy: 1, failed: 1, 'invalid-number': 1 };
  const world = await openStandIn({ seed: 'end states', clock, mix });
  const office = await openTestOffice({
    clock,
    kind,
    values: valuesOf(world, kind),
    hasRelay: events !== 'none',
  });
  open.push(world, office);
  if (events === 'faulty')
    for (const trouble of ['drop', 'double', 'reorder'] as const) world.control.hooksGoWrong(trouble, 0.2);
  const callerId =
    kind === 'twilio' ? world.twilio.numbers[0]!.phoneNumber : world.vapi.phoneNumbers[0]!.number;
  const { id, numbers } = office.campaign(RULES[kind], callerId, PEOPLE);
  office.kernel.background.wake();
  const { db } = office.kernel;
  const callTo = (number: string) => {
    const [ring] = world.truth.toNumber(number);
    return ring?.attemptId == null ? null : callOfAttempt(db, ring.attemptId);
  };
  const calls = () => numbers.map(callTo);
  await until(
    calls,
    (all) => enrolmentCounts(db, id).open === 0 && all.every((call) => call?.status === 'ended'),
    PATIENCE_MS,
  );
  // Bills are asked for minutes later, a few at a time.
  clock.setSpeed(BILLING_SPEED);
  const billed = await until(calls, (all) => all.every((call) => call!.costMicros !== null), PATIENCE_MS);
  const ends = Object.fromEntries(
    billed.map((call) => {
      const { to, status, end, answeredBy, currency, costMicros } = call!;
      const outcome = outcomeOf(db, call!.attemptId!)?.dispositionId;
      // Vapi bills by the second, and no two runs are the same to the second.
      return [to, { status, end, answeredBy, currency, outcome, ...(kind === 'twilio' && { costMicros }) }];
    }),
  );
  expect(office.complaints).toEqual([]);
  return { world, ends };
}

test.each(['twilio', 'vapi'] as const)(
  '%s: whatever happens to events, nobody is called twice and the books end the same',
  async (kind) => {
    const settings = ['honest', 'faulty', 'none'] as const;
    const [honest, ...others] = await Promise.all(settings.map((events) => endStates({ kind, events })));
    for (const [nth, { world, ends }] of [honest!, ...others].entries()) {
      const events = settings[nth]!;
      expect([events, ends]).toEqual([events, honest!.ends]);
      expect(world.truth.rings).toHaveLength(PEOPLE);
      expect(world.truth.secondCalls()).toEqual([]);
      expect(world.truth.overlaps()).toEqual([]);
      expect(world.violations).toEqual([]);
      const outcomes = world.deliveries.map(({ outcome }) => outcome);
      expect(new Set(outcomes)).toEqual(new Set(OUTCOMES[events]));
    }
  },
);
