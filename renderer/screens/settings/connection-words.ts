import type { Connection, TunnelPlanWish } from '../../../shared/contract/relay.ts';

/** The ways in, in the words of the settings. */
export const WAYS: Readonly<Record<TunnelPlanWish['kind'], string>> = {
  none: 'None: carriers are asked',
  'own-url': 'An address of my own',
  cloudflared: 'Cloudflare tunnel',
  ssh: 'A server, over SSH',
};

/** What is typed for a way in; every field of every way, so that changing one’s mind loses nothing. */
export interface Typed {
  readonly kind: TunnelPlanWish['kind'];
  readonly url: string;
  readonly binary: string;
  readonly token: string;
  readonly destination: string;
  readonly sshPort: string;
  readonly remote: string;
  readonly keyFile: string;
  readonly port: string;
}

export function typedFrom({ plan, port }: Connection): Typed {
  const ssh = plan.kind === 'ssh' ? plan : null;
  return {
    kind: plan.kind,
    url: 'url' in plan ? (plan.url ?? '') : '',
    binary: plan.kind === 'cloudflared' ? plan.binary : '',
    token: '',
    destination: ssh?.destination ?? '',
    sshPort: ssh?.port == null ? '' : String(ssh.port),
    remote: ssh?.remote ?? '80',
    keyFile: ssh?.keyFile ?? '',
    port: port === null ? '' : String(port),
  };
}

export function planOf(typed: Typed): TunnelPlanWish {
  const url = orNull(typed.url);
  switch (typed.kind) {
    case 'none':
      return { kind: 'none' };
    case 'own-url':
      return { kind: 'own-url', url: typed.url };
    case 'cloudflared':
      return { kind: 'cloudflared', binary: typed.binary, url };
    case 'ssh':
      return {
        kind: 'ssh',
        destination: typed.destination.trim(),
        port: portOf(typed.sshPort),
        remote: typed.remote.trim(),
        keyFile: orNull(typed.keyFile),
        url,
      };
  }
}

/** Null for nothing, and for what is no port: the complaint comes before. */
export function portOf(text: string): number | null {
  return isPort(text) && text.trim() !== '' ? Number(text) : null;
}

/** Why it cannot be saved yet; null when it can. */
export function whyNotSaved(typed: Typed): string | null {
  if (typed.kind === 'own-url' && typed.url.trim() === '') return 'The address is needed.';
  if (typed.kind === 'cloudflared' && typed.binary.trim() === '') return 'The program is needed.';
  if (typed.kind === 'ssh' && typed.destination.trim() === '') return 'The server is needed.';
  if (typed.kind === 'ssh' && !isPort(typed.sshPort)) return 'The port for SSH is a number up to 65535.';
  const own = portOf(typed.port);
  if (!isPort(typed.port) || (own !== null && own < 1_024))
    return 'The port on this computer is a number from 1024 to 65535.';
  return null;
}

function isPort(text: string): boolean {
  const typed = text.trim();
  return typed === '' || (/^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 65_535);
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
