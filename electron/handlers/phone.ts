import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { PhoneView } from '../../shared/contract/phone.ts';
import { isInCall } from '../../shared/domain/session.ts';
import type { Softphone } from '../carriers/account.ts';
import { noWorkspace, refuse } from './refusals.ts';
import type { Rooms, Seat } from './rooms.ts';
import { ok } from './within.ts';

/** The phone of whoever sits here: it lives in a page of its own, and screens and page meet here. */
export function phoneHandlers({ seat, pushes, log }: Rooms): ParleyHandlers<unknown>['phone'] {
  let shown: PhoneView | null = null;
  return {
    view: () => ok(shown),
    report(view) {
      if (view?.state === 'idle' && shown?.state !== 'idle') ringAgain(seat, log);
      shown = view;
      pushes.tell('phone.changed', () => shown);
      return ok(null);
    },
    pass() {
      const { person } = seat;
      const softphone = softphoneAt(seat);
      if (person === null) return noWorkspace;
      if (softphone === null) return NO_SOFTPHONE;
      return ok({ pass: softphone.pass(person.id), edge: softphone.edge });
    },
    async expects({ callRef }) {
      const { person } = seat;
      const softphone = softphoneAt(seat);
      return ok(person !== null && softphone !== null && (await softphone.expects(person.id, callRef)));
    },
    level(levels) {
      pushes.tell('phone.levels', () => levels);
      return ok(null);
    },
    key({ digits }) {
      pushes.tell('phone.keyed', () => ({ digits }));
      return ok(null);
    },
  };
}

/** In mid-call a phone that is in no call has lost its own: after a reload of its page, or a lost network. */
function ringAgain(seat: Seat, log: Rooms['log']): void {
  const { kernel, person } = seat;
  const state = person === null ? null : (kernel?.desk.stateOf(person.id) ?? null);
  if (person === null || state === null || !isInCall(state)) return;
  softphoneAt(seat)
    ?.back(person.id)
    .catch((error: unknown) => log('ringing the agent’s phone again failed', error));
}

/** Of the first carrier that puts calls through to agents; null where they talk over phones of their own. */
export function softphoneAt({ carriers }: Pick<Seat, 'carriers'>): Softphone | null {
  const line = carriers?.lines.find(({ serves }) => serves.includes('agent'));
  return line?.carrier.softphone ?? null;
}

/** Where a phone page speaks to, besides us: nothing at all while no carrier has a softphone. */
export function phoneHosts(seat: Pick<Seat, 'carriers'>): readonly string[] {
  const softphone = softphoneAt(seat);
  if (softphone === null) return [];
  // Where Twilio chooses the edge itself it names the one it chose, and is met there from then on.
  return [softphone.edge === null ? 'wss://*.twilio.com' : `wss://voice-js.${softphone.edge}.twilio.com`];
}

const NO_SOFTPHONE = refuse(
  'not-now',
  'No carrier here puts calls through to this computer. Set up Twilio with an API key, in Settings › Carriers.',
);
