import type { FateWish, Mix } from '../fates.ts';
import type { Fault, HookFault, RequestFault } from '../faults.ts';
import type { Twilio, TwilioLimits } from '../twilio/account.ts';
import { isLive } from '../twilio/call.ts';
import { endCall } from '../twilio/life.ts';
import type { World } from '../world.ts';

/** How tests and hands steer the world. */
export interface Control {
  /** What becomes of the next calls to a number; the last one stays. */
  script(to: string, ...fates: readonly FateWish[]): void;
  mix(mix: Mix): void;
  speed(speed: number): void;
  fault(fault: Fault): void;
  /** The next request that fits goes wrong once. */
  failOnce(fault: Omit<RequestFault, 'on' | 'times' | 'chance'>): void;
  /** This share of all events goes wrong. */
  hooksGoWrong(trouble: HookFault['trouble'], chance: number): void;
  clearFaults(): void;
  tunnelDown(isDown: boolean): void;
  /** Requests to this public address go to a server of this machine. */
  tunnel(publicOrigin: string, localOrigin: string): void;
  /** The carriers’ clocks are this much ahead. */
  skew(ms: number): void;
  limits(limits: { readonly twilio?: Partial<TwilioLimits> }): void;
  suspend(carrier: 'twilio', isSuspended: boolean): void;
  /** The other side hangs up. */
  hangUp(callRef: string): boolean;
  /** As if nothing had ever been scripted; calls go on. */
  reset(): void;
}

export function openControl(world: World, { twilio }: { twilio: Twilio }): Control {
  const { fates, faults, clock, hooks } = world;
  return {
    script: (to, ...wishes) => fates.script(to, ...wishes),
    mix: (mix) => fates.setMix(mix),
    speed: (speed) => clock.setSpeed(speed),
    fault: (fault) => faults.add(fault),
    failOnce: (fault) => faults.add({ ...fault, on: 'request', times: 1 }),
    hooksGoWrong: (trouble, chance) => faults.add({ on: 'hook', trouble, chance }),
    clearFaults: () => faults.clear(),
    tunnelDown: (isDown) => {
      faults.isTunnelDown = isDown;
    },
    tunnel: (publicOrigin, localOrigin) => hooks.tunnel(publicOrigin, localOrigin),
    skew: (ms) => {
      faults.skewMs = ms;
    },
    limits: (limits) => void Object.assign(twilio.account.limits, limits.twilio),
    suspend: (_carrier, isSuspended) => {
      twilio.account.isSuspended = isSuspended;
    },
    hangUp(callRef) {
      const call = twilio.account.calls.get(callRef);
      if (call === undefined || !isLive(call)) return false;
      endCall(twilio, call, call.answeredAt === null ? 'busy' : 'completed');
      return true;
    },
    reset() {
      faults.clear();
      faults.isTunnelDown = false;
      faults.skewMs = 0;
      fates.forget();
      world.violations.clear();
    },
  };
}
