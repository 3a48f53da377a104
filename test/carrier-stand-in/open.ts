import type { AddressInfo } from 'node:net';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Control, openControl } from './control/control.ts';
import { controlDoor } from './control/door.ts';
import type { Mix } from './fates.ts';
import type { Delivery } from './hooks.ts';
import { type Seen, openServer } from './server.ts';
import type { Truth } from './truth.ts';
import { type TwilioAccount, type TwilioLimits, openTwilio } from './twilio/account.ts';
import { twilioMount } from './twilio/mount.ts';
import { storageMount, vapiMount } from './vapi/mount.ts';
import { type VapiLimits, type VapiOrg, openVapi } from './vapi/org.ts';
import type { Violation } from './violations.ts';
import { voipStudioMount } from './voipstudio/mount.ts';
import { type Office, type VoipStudioLimits, openVoipStudio } from './voipstudio/office.ts';
import { openWorld } from './world.ts';

export interface Limits {
  readonly twilio?: Partial<TwilioLimits> | undefined;
  readonly vapi?: Partial<VapiLimits> | undefined;
  readonly voipstudio?: Partial<VoipStudioLimits> | undefined;
}

export interface StandInOptions {
  /** The same seed leads to the same answers, faults and SIDs. */
  readonly seed: string;
  /** Left out, the machine’s own. */
  readonly clock?: Clock;
  /** How much faster than the clock the world runs. */
  readonly speed?: number;
  /** What becomes of numbers that nothing was scripted for; left out, a human answers. */
  readonly mix?: Mix;
  readonly limits?: Limits;
  /** Zero, or left out, is any that is free. */
  readonly port?: number;
}

export interface StandIn {
  readonly url: string;
  /** Credentials, numbers and state of each carrier; `baseUrl` is what the app’s settings want. */
  readonly twilio: TwilioAccount & { readonly baseUrl: string };
  readonly vapi: VapiOrg & { readonly baseUrl: string };
  readonly voipstudio: Office & { readonly baseUrl: string };
  readonly control: Control;
  readonly truth: Truth;
  /** What came in, in its order. */
  readonly requests: readonly Seen[];
  /** What went out. */
  readonly deliveries: readonly Delivery[];
  /** What was said in a way the carriers’ APIs do not know. */
  readonly violations: readonly Violation[];
  /** Resolves once no event is on its way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Three carriers on this machine, with people behind the numbers, and a door to script them by. */
export async function openStandIn(options: StandInOptions): Promise<StandIn> {
  const world = openWorld(options);
  const twilio = openTwilio(world, options.limits?.twilio);
  const vapi = openVapi(world, options.limits?.vapi);
  const voipstudio = openVoipStudio(world, options.limits?.voipstudio);
  const requests: Seen[] = [];
  const control = openControl(world, { twilio, vapi, voipstudio });
  const mounts = {
    '/twilio': twilioMount(twilio),
    '/vapi': vapiMount(vapi),
    '/vapi-storage': storageMount(vapi),
    '/voipstudio': voipStudioMount(voipstudio),
  };
  const server = openServer(world, mounts, controlDoor(control, world, requests), requests);
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', done);
  });
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: world.url,
    twilio: Object.assign(twilio.account, { baseUrl: `${world.url}/twilio` }),
    vapi: Object.assign(vapi.org, { baseUrl: `${world.url}/vapi` }),
    voipstudio: Object.assign(voipstudio.office, { baseUrl: `${world.url}/voipstudio` }),
    control,
    truth: world.truth,
    requests,
    deliveries: world.hooks.deliveries,
    violations: world.violations.all,
    settled: () => world.hooks.settled(),
    async close() {
      world.clock.stop();
      world.hooks.close();
      server.closeAllConnections();
      await new Promise<void>((done) => void server.close(() => done()));
    },
  };
}
