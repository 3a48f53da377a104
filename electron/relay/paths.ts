/** Which hook of which carrier, about which attempt, and by way of which address from outside. */
export interface HookPath {
  readonly carrier: string;
  /** Nobody guesses it: whoever does not know it is turned away before anything is computed. */
  readonly key: string;
  readonly kind: string;
  readonly base: number;
  readonly attemptId: string | null;
  /** Path and question as they were asked, which is what a carrier signs. */
  readonly target: string;
}

export type Addressed =
  | { readonly kind: 'hook'; readonly hook: HookPath }
  | { readonly kind: 'health'; readonly nonce: string }
  | { readonly kind: 'sound'; readonly key: string; readonly soundId: string }
  | { readonly kind: 'nothing' };

const TARGET_MAX = 2_000;
const HOOK = /\/hooks\/([a-z]{1,20})\/([0-9a-f]{1,80})\/([a-z-]{1,30})$/;
const ATTEMPT = /^[\w-]{1,64}$/;
const SOUND = /\/sounds\/([0-9a-f]{1,80})\/([\w.-]{1,90})\.wav$/;
const NONCE = /^[\w-]{8,64}$/;

export function hookPath({ carrier, key, kind, base, attemptId }: Omit<HookPath, 'target'>): string {
  const about = attemptId === null ? '' : `&attempt=${encodeURIComponent(attemptId)}`;
  return `/hooks/${carrier}/${key}/${kind}?b=${base}${about}`;
}

/** Where a carrier fetches a sound for one call. Nobody guesses it. */
export function soundPath(key: string, soundId: string): string {
  return `/sounds/${key}/${soundId}.wav`;
}

/** What a request asks for. A proxy in front of us may or may not have taken its own path off. */
export function pathOf(method: string, url: string): Addressed {
  if (url.length > TARGET_MAX || !url.startsWith('/')) return { kind: 'nothing' };
  const [path = '', query = ''] = url.split('?', 2);
  const asked = new URLSearchParams(query);
  if (method === 'GET' && path.endsWith('/health')) {
    const nonce = asked.get('n') ?? '';
    return NONCE.test(nonce) ? { kind: 'health', nonce } : { kind: 'nothing' };
  }
  const [, soundKey, soundId] = (method === 'GET' && SOUND.exec(path)) || [];
  if (soundKey !== undefined && soundId !== undefined) return { kind: 'sound', key: soundKey, soundId };
  const found = method === 'POST' ? HOOK.exec(path) : null;
  const base = Number(asked.get('b') ?? Number.NaN);
  if (found === null || !Number.isSafeInteger(base)) return { kind: 'nothing' };
  const attemptId = asked.get('attempt');
  if (attemptId !== null && !ATTEMPT.test(attemptId)) return { kind: 'nothing' };
  const [, carrier = '', key = '', kind = ''] = found;
  const target = url.slice(found.index);
  return { kind: 'hook', hook: { carrier, key, kind, base, attemptId, target } };
}
