import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../shared/lib/clock.ts';
import type { Random } from '../shared/lib/random.ts';
import type { Secrets } from './host.ts';
import { hooksFor } from './hooks.ts';
import type { Kernel } from './kernel.ts';
import { type Relay, type RelayFigures, openRelay } from './relay/relay.ts';
import { NO_TUNNEL, type TunnelPlan } from './relay/tunnels/plan.ts';
import { type Tunnel, type TunnelState, openTunnel } from './relay/tunnels/tunnel.ts';
import { tokensThatCount } from './rotated-tokens.ts';
import type { Db, ReadDb } from './store/open.ts';
import { setSetting, setting } from './store/settings.ts';
import type { HookBook, WorkspaceCarriers } from './workspace-carriers.ts';

/** How a live workspace hears its carriers: the relay, and the way in from outside. */
export interface Connection {
  state(): ConnectionState;
  /** Goes another way from the next call on. A token that is left out stays as it is; null forgets it. */
  change(kept: KeptConnection, token?: string | null): Promise<void>;
  /** Looks whether the way in carries: after sleep, or when somebody asks. */
  check(): Promise<void>;
  /** Reads again what was set aside. */
  readOn(): Promise<void>;
  /** Where a carrier posts to that is told by hand; null without an address from outside. */
  addressFor(carrier: string): string | null;
  close(): Promise<void>;
}

export interface ConnectionState {
  readonly kept: KeptConnection;
  readonly tunnel: TunnelState;
  readonly port: number;
  readonly isElsewhere: boolean;
  readonly figures: RelayFigures;
  readonly hasToken: boolean;
}

export interface KeptConnection {
  readonly plan: TunnelPlan;
  /** Where something of the user’s own leads to; null is any port that is free. */
  readonly port: number | null;
}

const url = z.string().nullable().catch(null);
const planShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('own-url'), url: z.string() }),
  z.object({ kind: z.literal('cloudflared'), binary: z.string(), url }),
  z.object({
    kind: z.literal('ssh'),
    destination: z.string(),
    port: z.number().nullable().catch(null),
    remote: z.string(),
    keyFile: z.string().nullable().catch(null),
    url,
  }),
]);

const keptShape = z.object({ plan: planShape.catch(NO_TUNNEL), port: z.number().nullable().catch(null) });

export function keptConnection(db: ReadDb): KeptConnection {
  return keptShape.safeParse(setting(db, 'workspace', 'connection')).data ?? { plan: NO_TUNNEL, port: null };
}

function keepConnection(db: Db, kept: KeptConnection): void {
  setSetting(db, 'workspace', 'connection', kept);
}

export interface ConnectionParts {
  readonly kernel: Kernel;
  readonly workspaceId: string;
  readonly carriers: WorkspaceCarriers | null;
  readonly secrets: Secrets;
  /** Where its carriers learn of our address. */
  readonly book: HookBook;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string, error?: unknown) => void;
  readonly changed: () => void;
}

/** Opens the relay of a live workspace, and the way in that was chosen for it. */
export async function openConnection(parts: ConnectionParts): Promise<Connection> {
  const { kernel, workspaceId, carriers, secrets, book, clock, random, log, changed } = parts;
  const { db } = kernel;
  const secret = await secretOf(secrets, `workspace.${workspaceId}.relay`);
  const twilioTokens = await tokensThatCount(
    secrets,
    `workspace.${workspaceId}.twilio-tokens`,
    carriers?.valuesOf('twilio')?.['authToken'] ?? '',
    clock.now(),
  );
  const tokenName = `workspace.${workspaceId}.tunnel-token`;
  let token = await secrets.get(tokenName);
  let kept = keptConnection(db);
  const relayWith = (port: number | null): Promise<Relay> =>
    openRelay({
      db,
      clock,
      secret,
      hooks: hooksFor({ carriers, secret, twilioTokens, clock }),
      sound: (soundId) => kernel.messages.soundForCall(soundId),
      take: (events, also) => kernel.intake.together(events, also),
      log,
      port: port ?? undefined,
    });
  let relay = await relayWith(kept.port);
  const tunnelFor = (): Tunnel =>
    openTunnel({
      plan: kept.plan,
      port: relay.port,
      token,
      proofOf: (nonce) => relay.proofOf(nonce),
      clock,
      random,
      changed,
    });
  let tunnel = tunnelFor();

  book.current = {
    urlFor(carrier, kind, attemptId) {
      const base = tunnel.base();
      if (base === null) return null;
      // Sounds are fetched and not posted; the id names the call, and the address dies with it.
      if (kind === 'sound') return relay.soundAddress(base, attemptId);
      try {
        return relay.addressOf(base, carrier, kind, attemptId);
      } catch (error) {
        // Where it cannot be written down which address was told, nobody is told one: the call is asked about.
        log('a new address could not be written down; calls are asked about instead', error);
        return null;
      }
    },
    secretFor: (attemptId) => relay.secretFor(attemptId),
  };

  return {
    state: () => ({
      kept,
      tunnel: tunnel.state(),
      port: relay.port,
      isElsewhere: relay.isElsewhere,
      figures: relay.figures(),
      hasToken: token !== null,
    }),
    async change(next, newToken) {
      if (newToken !== undefined) {
        await secrets.set(tokenName, newToken);
        token = newToken;
      }
      await tunnel.close();
      if (next.port !== kept.port) {
        await relay.close();
        relay = await relayWith(next.port);
      }
      kept = next;
      keepConnection(db, kept);
      tunnel = tunnelFor();
      changed();
    },
    check: () => tunnel.check(),
    readOn: () => relay.readOn(),
    addressFor(carrier) {
      const base = tunnel.base();
      return base === null ? null : relay.addressOf(base, carrier, 'call', null);
    },
    async close() {
      book.current = null;
      await tunnel.close();
      await relay.close();
    },
  };
}

/** Made once. Where secrets do not outlast Parley, the hooks of before a restart are nobody’s, and calls are asked about. */
async function secretOf(secrets: Secrets, name: string): Promise<string> {
  const known = await secrets.get(name);
  if (known !== null) return known;
  const made = randomBytes(32).toString('hex');
  await secrets.set(name, made);
  return made;
}
