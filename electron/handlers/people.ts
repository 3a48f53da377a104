import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { mayDo, type Person } from '../../shared/domain/people.ts';
import type { Rooms } from './rooms.ts';
import { hashPin, isPin } from '../pin.ts';
import { addAgent, agentById, agentsHere, changeAgent, pinOf, setPin } from '../store/agents.ts';
import { auditPage } from '../store/audit.ts';
import type { Db } from '../store/open.ts';
import { audited } from './audited.ts';
import { type Refused, noWorkspace } from './refusals.ts';

const AUDIT_PAGE = 100;

export function peopleHandlers(rooms: Rooms): ParleyHandlers<unknown>['people'] {
  const { seat, pushes } = rooms;
  const changed = (id: number) => {
    pushes.tell('app.changed', () => ({ changes: [{ entity: 'people', ids: [id] }] }));
    if (seat.kernel !== null && seat.person?.id === id) seat.person = agentById(seat.kernel.db, id);
    pushes.tell('app.helloChanged', () => null);
  };

  return {
    list: () => ({ ok: true, value: seat.kernel === null ? [] : agentsHere(seat.kernel.db) }),
    add: ({ name, role }) =>
      inWorkspace(rooms, (db) => {
        if (!mayDo(seat.person, role)) return aboveYou;
        let made: Person | null = null;
        audited(
          rooms,
          { action: 'person.add', subject: 'person', subjectId: null, before: null, after: { name, role } },
          () => {
            made = addAgent(db, { name, role, createdAt: seat.kernel!.clock.now() });
          },
        );
        changed(made!.id);
        return { ok: true, value: made! };
      }),
    change: ({ id, name, role }) =>
      inWorkspace(rooms, (db) => {
        const before = agentById(db, id);
        if (before === null) return gone;
        if (!mayDo(seat.person, role) || !mayDo(seat.person, before.role)) return aboveYou;
        const others = agentsHere(db).filter((each) => each.id !== id && each.role !== 'agent');
        if (role === 'agent' && others.length === 0) return lastSupervisor;
        audited(
          rooms,
          {
            action: 'person.change',
            subject: 'person',
            subjectId: String(id),
            before,
            after: { name, role },
          },
          () => changeAgent(db, id, { name, role }),
        );
        changed(id);
        return { ok: true, value: agentById(db, id)! };
      }),
    setPin: ({ id, pin }) =>
      inWorkspace(rooms, async (db) => {
        const isMine = seat.person?.id === id;
        if (!isMine && (pin !== null || !mayDo(seat.person, 'admin'))) return notYourPin;
        const hashed = pin === null ? null : await hashPin(pin);
        const action = pin === null ? 'person.pin-removed' : 'person.pin-set';
        audited(rooms, { action, subject: 'person', subjectId: String(id), before: null, after: null }, () =>
          setPin(db, id, hashed),
        );
        changed(id);
        return { ok: true, value: agentById(db, id)! };
      }),
    signIn: ({ id, pin }) =>
      inWorkspace(rooms, async (db) => {
        const person = agentById(db, id);
        if (person === null) return gone;
        if (seat.person !== null && seat.person.id !== id && seat.kernel!.desk.isBusy()) return busy;
        const wrong = await pinTrouble(rooms, db, id, pin);
        if (wrong !== null) return wrong;
        rooms.seatPerson(person);
        return { ok: true, value: person };
      }),
    signOut: () => {
      if (seat.kernel?.desk.isBusy()) return busy;
      rooms.seatPerson(null);
      return { ok: true, value: null };
    },
    lock: () => {
      if (!seat.person?.hasPin) return noPin;
      seat.isLocked = true;
      pushes.tell('app.helloChanged', () => null);
      return { ok: true, value: null };
    },
    unlock: ({ pin }) =>
      inWorkspace(rooms, async (db) => {
        if (seat.person === null) return gone;
        const wrong = await pinTrouble(rooms, db, seat.person.id, pin);
        if (wrong !== null) return wrong;
        seat.isLocked = false;
        pushes.tell('app.helloChanged', () => null);
        return { ok: true, value: seat.person };
      }),
    audit: ({ before }) =>
      inWorkspace(rooms, (db) => ({
        ok: true,
        value: auditPage(db, AUDIT_PAGE, before).rows.map((row) => ({ ...row, who: row.who ?? 'Parley' })),
      })),
  };
}

/** After five wrong PINs in a row each further try costs this long. */
const TRIES_FREE = 5;
const TRY_EVERY_MS = 10_000;
const tries = new WeakMap<Rooms, { wrong: number; lastAt: number }>();

/** Why a PIN does not open for this person; null where it does, or where they have none. */
export async function pinTrouble(
  rooms: Rooms,
  db: Db,
  id: number,
  pin: string | null,
): Promise<Refused | null> {
  const kept = pinOf(db, id);
  if (kept === null) return null;
  const now = rooms.clock.now();
  const { wrong, lastAt } = tries.get(rooms) ?? { wrong: 0, lastAt: 0 };
  if (wrong >= TRIES_FREE && now - lastAt < TRY_EVERY_MS) {
    return {
      ok: false,
      error: { code: 'not-now', sentence: 'Too many wrong PINs. Wait ten seconds, then try again.' },
    };
  }
  if (pin !== null && (await isPin(pin, kept))) {
    tries.delete(rooms);
    return null;
  }
  tries.set(rooms, { wrong: wrong + 1, lastAt: now });
  return {
    ok: false,
    error: {
      code: 'not-allowed',
      sentence: 'That is not the PIN. Try again, or ask an admin to take the PIN away.',
    },
  };
}

function inWorkspace<T>(
  { seat }: Rooms,
  run: (db: Db) => Answer<T> | Promise<Answer<T>>,
): Answer<T> | Promise<Answer<T>> {
  return seat.kernel === null ? noWorkspace : run(seat.kernel.db);
}

const gone: Refused = {
  ok: false,
  error: { code: 'not-found', sentence: 'This person is no longer here.' },
};
const busy: Refused = {
  ok: false,
  error: { code: 'not-now', sentence: 'A session is open. End it first, then change who works here.' },
};
const noPin: Refused = {
  ok: false,
  error: {
    code: 'not-now',
    sentence: 'Set a PIN first, in Settings under People. Without one the lock would open for anybody.',
  },
};
const aboveYou: Refused = {
  ok: false,
  error: { code: 'not-allowed', sentence: 'You can give and change roles up to your own, not above it.' },
};
const notYourPin: Refused = {
  ok: false,
  error: { code: 'not-allowed', sentence: 'People set their own PIN. An admin may take one away.' },
};
const lastSupervisor: Refused = {
  ok: false,
  error: { code: 'conflict', sentence: 'Nobody else here is a supervisor. Make somebody one first.' },
};
