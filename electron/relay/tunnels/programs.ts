import type { Program } from './child.ts';
import type { TunnelPlan } from './plan.ts';

type RunPlan = Extract<TunnelPlan, { kind: 'cloudflared' | 'ssh' }>;

/** What is started for a plan. `token` is the secret of a named tunnel of Cloudflare. */
export function programFor(plan: RunPlan, port: number, token: string | null): Program {
  return plan.kind === 'ssh' ? sshFor(plan, port) : cloudflaredFor(plan, port, token);
}

function option(text: string): [string, string] {
  return ['-o', text];
}

function sshFor(plan: Extract<TunnelPlan, { kind: 'ssh' }>, port: number): Program {
  const args = [
    '-N',
    '-T',
    // Nobody is there to type a password or to say yes.
    ...option('BatchMode=yes'),
    ...option('StrictHostKeyChecking=accept-new'),
    ...option('ExitOnForwardFailure=yes'),
    ...option('ConnectTimeout=15'),
    ...option('ServerAliveInterval=15'),
    ...option('ServerAliveCountMax=3'),
    ...(plan.keyFile === null ? [] : ['-i', plan.keyFile, ...option('IdentitiesOnly=yes')]),
    ...(plan.port === null ? [] : ['-p', String(plan.port)]),
    '-R',
    `${plan.remote}:127.0.0.1:${port}`,
    plan.destination,
  ];
  return { command: 'ssh', args };
}

function cloudflaredFor(
  { binary, url }: Extract<TunnelPlan, { kind: 'cloudflared' }>,
  port: number,
  token: string | null,
): Program {
  if (url !== null && token !== null)
    return { command: binary, args: ['tunnel', '--no-autoupdate', 'run'], env: { TUNNEL_TOKEN: token } };
  // A configuration of the user’s own for something else would outweigh what we ask for.
  const none = process.platform === 'win32' ? 'NUL' : '/dev/null';
  const args = ['tunnel', '--no-autoupdate', '--config', none, '--url', `http://127.0.0.1:${port}`];
  return { command: binary, args };
}

/** The address a program prints when the tunnel stands; null for a line that holds none. */
export function addressIn(plan: RunPlan, line: string): string | null {
  const found = line.match(/https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(?=[\s|,;]|$)/gi) ?? [];
  const hosts = found.map((url) => new URL(url).hostname);
  const host = hosts.find((each) => (plan.kind === 'ssh' ? isTunnel(each) : isQuick(each)));
  return host === undefined ? null : `https://${host}`;
}

/** `api` is where it asks for an address, which error messages name. */
function isQuick(host: string): boolean {
  return host.endsWith('.trycloudflare.com') && !host.startsWith('api.');
}

/** Greetings of such servers name their own pages as well. */
function isTunnel(host: string): boolean {
  return host.split('.').length > 2 && !/^(www|admin|docs|api|console|dashboard|blog)\./.test(host);
}

/** What somebody can do about a program that ended, by what it said last. */
export function sentenceFor(plan: RunPlan, said: string): string {
  const name = plan.kind === 'ssh' ? 'ssh' : 'cloudflared';
  if (/ENOENT|not found|No such file/i.test(said))
    return `The program ${name} was not found on this computer. Install it, or choose another way in.`;
  if (/Permission denied/i.test(said))
    return 'The server does not let us in: it does not know the key. Add the key there, or choose the file that holds it.';
  if (/remote port forwarding failed/i.test(said))
    return 'The server does not give us this port: it is in use there, or not allowed. Choose another.';
  if (/Host key verification failed|IDENTIFICATION HAS CHANGED/i.test(said))
    return 'The server shows another key than before. Somebody may stand between you and it: look into it first.';
  if (/Could not resolve|Name or service not known|no such host/i.test(said))
    return 'The server’s name was not found. Check it, and the network.';
  if (/Connection refused|timed out|unreachable/i.test(said))
    return 'The server cannot be reached. Check the network; it is tried again by itself.';
  return `The tunnel ended by itself (${name}). It is begun again by itself.`;
}
