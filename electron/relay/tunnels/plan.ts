import { type Result, ok, refused } from '../../../shared/lib/result.ts';
import { baseFrom } from '../bases.ts';

/** How carriers reach this computer. */
export type TunnelPlan =
  /** Not at all: every call is asked about. */
  | { readonly kind: 'none' }
  /** By an address that somebody else keeps up: a reverse proxy, a VPN. */
  | { readonly kind: 'own-url'; readonly url: string }
  /** By Cloudflare’s program, which the user has: at once with a name for a day, or with a name of their own. */
  | { readonly kind: 'cloudflared'; readonly binary: string; readonly url: string | null }
  /** By a server that passes on to us what reaches it. */
  | {
      readonly kind: 'ssh';
      /** `name@server`, as for ssh itself. */
      readonly destination: string;
      readonly port: number | null;
      /** What the server listens on: `80`, or `name:80` where it takes a name. */
      readonly remote: string;
      /** A file with the key; null is what ssh uses by itself. */
      readonly keyFile: string | null;
      /** Null where the server says the address when it begins. */
      readonly url: string | null;
    };

export const NO_TUNNEL: TunnelPlan = { kind: 'none' };

/** A plan that can be followed, or what is wrong with it. A word that ssh would take for an option is none. */
export function soundPlan(plan: TunnelPlan): Result<TunnelPlan, string> {
  switch (plan.kind) {
    case 'none':
      return ok(plan);
    case 'own-url': {
      const url = baseFrom(plan.url);
      return url === null ? refused(NO_ADDRESS) : ok({ ...plan, url });
    }
    case 'cloudflared': {
      if (plan.binary.trim() === '') return refused('Choose where the program cloudflared lies.');
      return withUrl(plan);
    }
    case 'ssh': {
      if (!/^[a-z0-9_][\w.@-]*$/i.test(plan.destination))
        return refused('Enter the server as for ssh itself, such as name@server.example.');
      if (!/^([a-z0-9][\w.-]*:)?\d{1,5}$/i.test(plan.remote))
        return refused('Enter the port that the server listens on, such as 80 or 8080.');
      if (plan.keyFile?.startsWith('-')) return refused('The file with the key cannot begin with a dash.');
      return withUrl(plan);
    }
  }
}

function withUrl<P extends TunnelPlan & { readonly url: string | null }>(plan: P): Result<P, string> {
  if (plan.url === null || plan.url.trim() === '') return ok({ ...plan, url: null });
  const url = baseFrom(plan.url);
  return url === null ? refused(NO_ADDRESS) : ok({ ...plan, url });
}

const NO_ADDRESS = 'Enter the address under which carriers reach you, such as https://calls.example.com.';
