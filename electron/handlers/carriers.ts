import type { CarrierRow, Carriers } from '../../shared/contract/carriers.ts';
import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type E164, readPhone, showPhone } from '../../shared/domain/phone.ts';
import type { AccountCarrier } from '../carriers/account.ts';
import { CARRIER_KINDS, type KnownCarrier, type Values, knownCarrier } from '../carriers/known.ts';
import type { Kernel } from '../kernel.ts';
import { saveCallerId } from '../store/campaigns.ts';
import { type AccountLine, type KeptCarriers, keepCarriers, keptCarriers } from '../workspace-carriers.ts';
import { audited } from './audited.ts';
import { forgetCarrier, setCarrier } from './carrier-credentials.ts';
import { type LiveCarriers, remake } from './carrier-remake.ts';
import { pastHandlers } from './carrier-past.ts';
import { testCall } from './carrier-test-call.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok } from './within.ts';

type Handlers = ParleyHandlers<unknown>['carriers'];

/** Who carries calls: credentials, numbers, order, and a test call. */
export function carriersHandlers(rooms: Rooms): Handlers {
  const { seat } = rooms;
  const live = <T>(
    run: (here: LiveCarriers) => Answer<T> | Promise<Answer<T>>,
  ): Answer<T> | Promise<Answer<T>> => {
    const { kernel, workspace } = seat;
    if (kernel === null || workspace === null) return noWorkspace;
    if (kernel.kind === 'practice') return PRACTICE;
    return run({ kernel, workspace, kept: keptCarriers(kernel.db) });
  };
  const atLine = <T>(
    kind: string,
    run: (line: AccountLine, here: LiveCarriers) => Answer<T> | Promise<Answer<T>>,
  ) =>
    live((here) => {
      const line = seat.carriers?.lines.find((each) => each.kind === kind);
      return line === undefined ? NOT_SET_UP : run(line, here);
    });

  return {
    async list() {
      const { kernel } = seat;
      return kernel === null ? noWorkspace : ok(await listed(rooms, kernel));
    },
    set: (wish) => live((here) => setCarrier(rooms, here, wish)),
    forget: ({ kind }) => live((here) => forgetCarrier(rooms, here, kind)),
    check: ({ kind }) => atLine(kind, async ({ carrier }) => ok(await carrier.check())),
    numbers: ({ kind }) =>
      atLine(kind, async (line, { kernel, kept }) => {
        const found = await line.carrier.numbers();
        if (found === null)
          return refuse('carrier', `${line.title} could not be asked for its numbers. Try again.`);
        const used = new Set(kept.numbers[kind]);
        return ok(
          found.map(({ number, label }) => ({
            number,
            label,
            shown: showPhone(number as E164, kernel.home.country),
            isUsed: used.has(number),
          })),
        );
      }),
    chooseNumbers: ({ kind, numbers }) =>
      atLine(kind, (line, here) => chooseNumbers(rooms, here, line, numbers)),
    balance: ({ kind }) => atLine(kind, async ({ carrier }) => ok(await balanceOf(carrier))),
    testCall: ({ kind, to }) => atLine(kind, (line, here) => testCall(rooms, here, line, to)),
    ...pastHandlers(rooms),
    order: ({ kinds }) => live((here) => order(rooms, here, kinds)),
  };
}

async function listed(rooms: Rooms, kernel: Kernel): Promise<Carriers> {
  const { seat, secrets } = rooms;
  const kept = keptCarriers(kernel.db);
  const others = CARRIER_KINDS.filter((kind) => !kept.order.includes(kind));
  const isPractice = kernel.kind === 'practice';
  const rows = isPractice
    ? []
    : [...kept.order, ...others].flatMap((kind) => {
        const known = knownCarrier(kind);
        const line = seat.carriers?.lines.find((each) => each.kind === kind) ?? null;
        return known === null
          ? []
          : [rowOf(kernel, kept, kind, known, line, seat.carriers?.valuesOf(kind) ?? null)];
      });
  return {
    isPractice,
    isSimulated: isPractice || seat.carriers?.carrier == null,
    secrets: (await secrets.state()).sentence,
    rows,
  };
}

function rowOf(
  { home }: Kernel,
  kept: KeptCarriers,
  kind: string,
  known: KnownCarrier,
  line: AccountLine | null,
  typed: Values | null,
): CarrierRow {
  const { title, about, cannot, hasNumbers, hasBalance } = known;
  const place = kept.order.indexOf(kind);
  return {
    kind,
    title,
    about,
    ...stateOf(known, line),
    lastWellAt: line?.carrier.lastWellAt() ?? null,
    place: place < 0 ? null : place + 1,
    fields: known.fields.map(({ key, label, hint, isSecret, isRequired, isRare = false }) => ({
      key,
      label,
      hint,
      isSecret,
      isRequired,
      isRare,
      value: isSecret ? null : (kept.values[kind]?.[key] ?? ''),
      isKept: (typed?.[key] ?? '') !== '',
    })),
    numbers: (kept.numbers[kind] ?? []).map((number) => ({
      number,
      shown: showPhone(number as E164, home.country),
    })),
    cannot: [...cannot],
    hasNumbers,
    hasBalance,
  };
}

function stateOf({ title }: KnownCarrier, line: AccountLine | null): Pick<CarrierRow, 'state' | 'sentence'> {
  if (line === null) return { state: 'not-set-up', sentence: `${title} is not set up in this workspace.` };
  const state = line.carrier.readiness();
  if (state.kind !== 'ready') return { state: state.kind, sentence: state.sentence };
  const sentence =
    line.carrier.lastWellAt() === null
      ? 'It was not asked for anything yet since Parley was opened.'
      : 'It answers.';
  return { state: 'ready', sentence };
}

async function balanceOf(carrier: AccountCarrier): Promise<string | null> {
  const left = await carrier.balance();
  return left === null ? null : `${left.amount.toFixed(2)} ${left.currency}`;
}

function chooseNumbers(
  rooms: Rooms,
  { kernel, kept }: LiveCarriers,
  { kind }: AccountLine,
  wished: readonly string[],
): Answer<null> | Promise<Answer<null>> {
  const { db, home } = kernel;
  const numbers: string[] = [];
  for (const text of wished) {
    const phone = readPhone(text, home.country);
    if (!phone.ok) return refuse('bad-arguments', `${phone.error.sentence} Nothing was changed.`);
    if (!numbers.includes(phone.value)) numbers.push(phone.value);
  }
  const before = kept.numbers[kind] ?? [];
  const entry = { action: 'carrier.numbers', subject: 'carrier', subjectId: kind, before, after: numbers };
  return remake(rooms, () =>
    audited(rooms, entry, () => {
      keepCarriers(db, { ...kept, numbers: { ...kept.numbers, [kind]: numbers } });
      for (const number of numbers) saveCallerId(db, number, showPhone(number as E164, home.country));
    }),
  );
}

function order(
  rooms: Rooms,
  { kernel, kept }: LiveCarriers,
  kinds: readonly string[],
): Answer<null> | Promise<Answer<null>> {
  const isSame = kinds.length === kept.order.length && kept.order.every((kind) => kinds.includes(kind));
  if (!isSame)
    return refuse(
      'conflict',
      'The carriers were changed meanwhile. Look at them again; nothing was changed.',
    );
  const entry = {
    action: 'carrier.order',
    subject: 'carrier',
    subjectId: null,
    before: kept.order,
    after: kinds,
  };
  return remake(rooms, () => audited(rooms, entry, () => keepCarriers(kernel.db, { ...kept, order: kinds })));
}

const PRACTICE = refuse(
  'not-now',
  'This is practice: its calls reach nobody. Make a workspace of your own, and set up a carrier there.',
);
const NOT_SET_UP = refuse('not-found', 'This carrier is not set up in this workspace.');
