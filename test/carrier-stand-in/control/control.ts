import type { FateWish, Mix } from '../fates.ts';
import type { Fault, HookFault, RequestFault } from '../faults.ts';
import type { Limits } from '../open.ts';
import type { CarrierName } from '../truth.ts';
import type { Twilio } from '../twilio/account.ts';
import { endCall as endTwilioCall } from '../twilio/life.ts';
import { endCall as endVapiCall } from '../vapi/life.ts';
import type { BodyShape, Vapi } from '../vapi/org.ts';
import { hangUp as hangUpLeg } from '../voipstudio/life.ts';
import type { VoipStudio } from '../voipstudio/office.ts';
import type { World } from '../world.ts';
import { type PastWish, writePast } from './past.ts';

/** How tests and hands steer the world. */
export interface Control {
  /** What becomes of the next calls to a number; the last one stays. */
  script(to: string, ...fates: readonly FateWish[]): void;
  /** What becomes of numbers that nothing was scripted for. */
  mix(mix: Mix): void;
  speed(speed: number): void;
  fault(fault: Fault): void;
  /** The next request that fits goes wrong once. */
  failOnce(fault: Omit<RequestFault, 'on' | 'times' | 'chance'>): void;
  /** This share of all events goes wrong. */
  hooksGoWrong(trouble: HookFault['trouble'], chance: number): void;
  clearFaults(): void;
  /** While it is down, no event reaches us. */
  tunnelDown(isDown: boolean): void;
  /** Requests to this public address go to a server of this machine. */
  tunnel(publicOrigin: string, localOrigin: string): void;
  /** The carriers’ clocks are this much ahead. */
  skew(ms: number): void;
  limits(limits: Limits): void;
  /** Twilio suspends the account, Vapi freezes the subscription, VoIPStudio revokes the token. */
  suspend(carrier: CarrierName, isSuspended: boolean): void;
  /** The other side hangs up. False where there is no such call any more. */
  hangUp(callRef: string): boolean;
  /** How the bodies of Vapi’s events look. */
  vapiBodies(shape: BodyShape): void;
  /** Where VoIPStudio’s dashboard sends events. */
  voipStudioHooks(...urls: readonly string[]): void;
  /** How far the clock of VoIPStudio’s account is ahead of UTC. */
  voipStudioZone(zoneMs: number): void;
  /** Whether an agent’s VoIPStudio phone is open, and when they pick up. */
  agentPhone(
    userId: number,
    phone: { readonly isOpen?: boolean | undefined; readonly answersAfterMs?: number | null | undefined },
  ): void;
  /** Writes calls of the past into a carrier’s books, as if they had been made once. How many there are. */
  past(wish: PastWish): number;
  /** No faults, scripts or violations any more; calls go on. */
  reset(): void;
}

export interface Carriers {
  readonly twilio: Twilio;
  readonly vapi: Vapi;
  readonly voipstudio: VoipStudio;
}

export function openControl(world: World, carriers: Carriers): Control {
  const { fates, faults, clock, hooks } = world;
  const { twilio, vapi, voipstudio } = carriers;
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
    limits(limits) {
      Object.assign(twilio.account.limits, limits.twilio);
      Object.assign(vapi.org.limits, limits.vapi);
      Object.assign(voipstudio.office.limits, limits.voipstudio);
    },
    suspend(carrier, isSuspended) {
      if (carrier === 'twilio') twilio.account.isSuspended = isSuspended;
      else if (carrier === 'vapi') vapi.org.isFrozen = isSuspended;
      else voipstudio.office.isTokenRevoked = isSuspended;
    },
    hangUp: (callRef) => hangUp(carriers, callRef),
    vapiBodies: (shape) => {
      vapi.org.bodyShape = shape;
    },
    voipStudioHooks: (...urls) => {
      voipstudio.office.webhooks = [...urls];
    },
    voipStudioZone: (zoneMs) => {
      voipstudio.office.zoneMs = zoneMs;
    },
    agentPhone(userId, { isOpen, answersAfterMs }) {
      const user = voipstudio.office.users.find(({ id }) => id === userId);
      if (user === undefined) return;
      if (isOpen !== undefined) user.hasPhone = isOpen;
      if (answersAfterMs !== undefined) user.answersAfterMs = answersAfterMs;
    },
    past: (wish) => writePast(carriers, wish),
    reset() {
      faults.clear();
      faults.isTunnelDown = false;
      faults.skewMs = 0;
      fates.forget();
      world.violations.clear();
    },
  };
}

function hangUp({ twilio, vapi, voipstudio }: Carriers, callRef: string): boolean {
  const call = twilio.account.calls.get(callRef);
  if (call !== undefined && ['queued', 'ringing', 'in-progress'].includes(call.status)) {
    endTwilioCall(twilio, call, call.answeredAt === null ? 'busy' : 'completed');
    return true;
  }
  const spoken = vapi.org.calls.get(callRef);
  if (spoken !== undefined && spoken.status !== 'ended') {
    endVapiCall(vapi, spoken, spoken.startedAt === null ? 'customer-busy' : 'customer-ended-call');
    return true;
  }
  const leg = voipstudio.office.legs.get(Number(callRef));
  if (leg === undefined || leg.state === 'HANGUP') return false;
  hangUpLeg(voipstudio, leg, 'BUSY', 'dst');
  return true;
}
