import type { Answer } from '../../shared/contract/wire.ts';
import { LINES, parted } from '../carriers/fail-over.ts';
import { type KnownCarrier, type Values, complaintAbout, knownCarrier } from '../carriers/known.ts';
import type { Kernel } from '../kernel.ts';
import { attemptsInDoubt } from '../store/attempts.ts';
import { callsUnderWay } from '../store/calls.ts';
import { type KeptCarriers, keepCarriers, keepSecrets, secretsOf } from '../workspace-carriers.ts';
import { audited } from './audited.ts';
import { BUSY, type LiveCarriers, remake } from './carrier-remake.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok } from './within.ts';

interface Wish {
  readonly kind: string;
  readonly values: Values;
  readonly evenUnchecked: boolean;
}

interface Saved {
  readonly kind: 'saved' | 'wrong' | 'not-reached';
  readonly sentence: string;
}

/** Tries out what was typed, and keeps it if the carrier takes it. Secrets go into the keyring and nowhere else. */
export async function setCarrier(rooms: Rooms, here: LiveCarriers, wish: Wish): Promise<Answer<Saved>> {
  const { kernel, workspace, kept } = here;
  const { kind, evenUnchecked } = wish;
  const known = knownCarrier(kind);
  if (known === null) return UNKNOWN;
  if (kernel.desk.isBusy()) return BUSY;
  const secret = await secretsOf(rooms.secrets, workspace.id, kind);
  const values = merged(known, wish.values, { ...kept.values[kind], ...secret });
  const complaint = complaintAbout(known, values);
  if (complaint !== null) return refuse('bad-arguments', `${complaint} Nothing was saved.`);
  const trouble = whyNotAnother(kernel, kept, kind, known, values);
  if (trouble !== null) return trouble;

  const trial = known.make(values, { clock: kernel.clock, hooks: null });
  const checked = await trial.check();
  await trial.close();
  if (checked.kind === 'wrong')
    return ok({ kind: 'wrong', sentence: `${checked.sentence} Nothing was saved.` });
  if (checked.kind === 'not-reached' && !evenUnchecked)
    return ok({ kind: 'not-reached', sentence: checked.sentence });
  // Whoever looked at the answer for a while may have begun to work meanwhile.
  if (rooms.seat.kernel !== kernel) return MEANWHILE;

  const next = withCarrier(kept, kind, known, values);
  const done = await remake(rooms, async () => {
    await keepSecrets(rooms.secrets, workspace.id, kind, part(known, values, true));
    const entry = {
      action: 'carrier.set',
      subject: 'carrier',
      subjectId: kind,
      before: kept.values[kind] ?? null,
      after: next.values[kind],
    };
    audited(rooms, entry, () => keepCarriers(kernel.db, next));
  });
  if (!done.ok) return done;
  const { state } = await rooms.secrets.state();
  const until =
    state === 'keyring'
      ? ''
      : ' The credentials are forgotten when Parley is closed: there is no keyring here.';
  return ok({ kind: 'saved', sentence: `${checked.sentence}${until}` });
}

/** Forgets a carrier. Its calls could be asked about by nobody then, so it may have none that are open. */
export async function forgetCarrier(rooms: Rooms, here: LiveCarriers, kind: string): Promise<Answer<null>> {
  const { kernel, workspace, kept } = here;
  if (!kept.order.includes(kind)) return refuse('not-found', 'This carrier is not set up in this workspace.');
  const open = openCalls(kernel, kind);
  if (open !== null) return open;
  return remake(rooms, async () => {
    await keepSecrets(rooms.secrets, workspace.id, kind, null);
    const entry = {
      action: 'carrier.forget',
      subject: 'carrier',
      subjectId: kind,
      before: kept.values[kind] ?? null,
      after: null,
    };
    audited(rooms, entry, () => keepCarriers(kernel.db, without(kept, kind)));
  });
}

/** Null where nothing of a carrier is under way or in doubt; otherwise why it may not be taken away. */
function openCalls({ db }: Kernel, kind: string): Refused | null {
  const underWay = callsUnderWay(db, LINES).filter(({ callRef }) => parted(callRef)[0] === kind).length;
  // Of an attempt in doubt nobody knows which carrier has it: that is the doubt.
  const doubtful = attemptsInDoubt(db, LINES).length;
  if (underWay + doubtful === 0) return null;
  const calls = underWay + doubtful === 1 ? 'One call is' : `${underWay + doubtful} calls are`;
  return refuse('not-now', `${calls} under way or in doubt. Wait until they are over; nothing was changed.`);
}

/** The first carrier takes the simulator’s place, and another account its predecessor’s: neither knows the other’s calls. */
function whyNotAnother(
  kernel: Kernel,
  kept: KeptCarriers,
  kind: string,
  { identity }: KnownCarrier,
  values: Values,
): Refused | null {
  if (kept.order.length === 0) {
    const made =
      callsUnderWay(kernel.db, 'simulator').length + attemptsInDoubt(kernel.db, 'simulator').length;
    if (made > 0)
      return refuse(
        'not-now',
        'A simulated call is still under way here. End it first; then set up the carrier.',
      );
  }
  const before = kept.values[kind];
  const isAnother = before !== undefined && identity.some((key) => before[key] !== values[key]);
  return isAnother ? openCalls(kernel, kind) : null;
}

/** What was typed, over what was there. An empty secret was not typed; an empty setting was emptied. */
function merged({ fields }: KnownCarrier, typed: Values, before: Values): Values {
  const values: Record<string, string> = {};
  for (const { key, isSecret } of fields) {
    const value = (typed[key] ?? (isSecret ? '' : before[key]) ?? '').trim();
    values[key] = value === '' && isSecret ? (before[key] ?? '') : value;
  }
  // Whoever takes the key away takes its secret away too.
  if ('keySid' in values && values['keySid'] === '' && (typed['keySecret'] ?? '') === '')
    values['keySecret'] = '';
  return values;
}

function part({ fields }: KnownCarrier, values: Values, isSecret: boolean): Values {
  const keys = fields.filter((field) => field.isSecret === isSecret).map(({ key }) => key);
  return Object.fromEntries(keys.flatMap((key) => (values[key] ? [[key, values[key]]] : [])));
}

function withCarrier(kept: KeptCarriers, kind: string, known: KnownCarrier, values: Values): KeptCarriers {
  return {
    ...kept,
    order: kept.order.includes(kind) ? kept.order : [...kept.order, kind],
    values: { ...kept.values, [kind]: part(known, values, false) },
  };
}

function without({ order, values, numbers }: KeptCarriers, kind: string): KeptCarriers {
  const { [kind]: _values, ...otherValues } = values;
  const { [kind]: _numbers, ...otherNumbers } = numbers;
  return { order: order.filter((each) => each !== kind), values: otherValues, numbers: otherNumbers };
}

const UNKNOWN = refuse('not-found', 'This Parley knows no such carrier.');
const MEANWHILE = refuse('conflict', 'Another workspace was opened meanwhile. Nothing was saved.');
