import { type Clock, sleep } from '../../../shared/lib/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/instants.ts';
import { type Refused, UNREACHABLE_NUMBER, type Unreachable } from '../carrier.ts';
import type { Health } from '../health.ts';
import { type Reply, askOnce, fetchBytes, retryAfterMs } from '../http.ts';
import type { SoundAddress } from '../sound-over-http.ts';
import { errorShape } from './shapes.ts';

export interface ClientOptions {
  readonly token: string;
  /** Left out, VoIPStudio’s own. */
  readonly baseUrl?: string | undefined;
  readonly clock: Clock;
  readonly health: Health;
  /** Between one request and the next: VoIPStudio says of no limit, and shuts out whoever hurries. */
  readonly spacingMs?: number;
  readonly timeoutMs?: number;
  readonly trace?: ((line: string) => void) | undefined;
}

export type Told =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'no'; readonly status: number; readonly refusal: Refused }
  | Exclude<Reply, { kind: 'answer' }>;

/** Asks VoIPStudio, once each time and one request after the other. */
export interface VoipstudioClient {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Told>;
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, signal?: AbortSignal): Promise<Told>;
  sound(path: string): ReturnType<typeof fetchBytes>;
  soundAddress(path: string): SoundAddress;
}

const OWN_BASE = 'https://l7api.com/v1.2/voipstudio';
/** Making a call takes them five to ten seconds. */
const TIMEOUT_MS = 20 * SECOND_MS;
const SOUND_TIMEOUT_MS = 120 * SECOND_MS;

export function voipstudioClient(options: ClientOptions): VoipstudioClient {
  const { token, clock, health, spacingMs = SECOND_MS, timeoutMs = TIMEOUT_MS, trace } = options;
  const base = (options.baseUrl || OWN_BASE).replace(/\/+$/, '');
  let queue: Promise<void> = Promise.resolve();

  /** Keeps requests apart; the next one waits whether or not this one was answered. */
  const myTurn = (): Promise<void> => {
    const mine = queue;
    queue = mine.then(() => (spacingMs > 0 ? sleep(clock, spacingMs) : undefined));
    return mine;
  };

  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<Told> => {
    await myTurn();
    const headers = { 'x-auth-token': token, accept: 'application/json' };
    const sent =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const reply = await askOnce({ method, url: `${base}${path}`, timeoutMs, signal, ...sent });
    trace?.(
      `voipstudio ${method} ${path.replace(/\?.*$/, '')} ${reply.kind === 'answer' ? reply.status : reply.kind}`,
    );
    if (reply.kind === 'answer') return understood(reply, health);
    if (!signal?.aborted) health.unreachable(`VoIPStudio: ${reply.sentence} No calls are placed.`);
    return reply;
  };

  return {
    get: (path, query) =>
      ask('GET', query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`),
    send: (method, path, body, signal) => ask(method, path, body, signal),
    async sound(path) {
      await myTurn();
      const headers = { 'x-auth-token': token };
      return fetchBytes({ method: 'GET', url: `${base}${path}`, headers, timeoutMs: SOUND_TIMEOUT_MS });
    },
    soundAddress: (path) => ({
      url: `${base}${path}`,
      headers: { 'x-auth-token': token },
      waitMs: timeoutMs,
    }),
  };
}

export function unreachable(told: Exclude<Told, { kind: 'ok' }>): Unreachable {
  const sentence = told.kind === 'no' ? told.refusal.sentence : `VoIPStudio: ${told.sentence}`;
  return { kind: 'unreachable', sentence };
}

export const NONSENSE: Unreachable = {
  kind: 'unreachable',
  sentence: 'VoIPStudio’s answer could not be understood. It is asked again.',
};

/** Answers of which it is known that nothing was done. Of all others nobody knows. */
const CERTAIN: ReadonlySet<number> = new Set([400, 401, 403, 404, 412, 422, 429]);

function understood(reply: Extract<Reply, { kind: 'answer' }>, health: Health): Told {
  const { status, headers, body } = reply;
  if (status >= 200 && status < 300) {
    health.well();
    return { kind: 'ok', body };
  }
  if (!CERTAIN.has(status)) {
    health.unreachable(`VoIPStudio had an error of its own (HTTP ${status}). No calls are placed.`);
    return { kind: 'unclear', sentence: `It had an error of its own (HTTP ${status}).` };
  }
  const refusal = refusalOf(status, body, retryAfterMs(headers));
  if (status === 401) health.refusedUs(refusal.sentence);
  else health.well();
  return { kind: 'no', status, refusal };
}

function refusalOf(status: number, body: unknown, waitMs: number | null): Refused {
  const { message, errors } = errorShape.catch({ message: '', errors: [] }).parse(body ?? {});
  const said = [message, ...errors.map((each) => each.message ?? '')].join(' ');
  if (status === 401) return no('no-access', WRONG_TOKEN);
  if (status === 412) return no('no-phone', NO_PHONE);
  if (status === 429 || /per minute|rate exceeded|too many/i.test(said))
    return { ...no('too-many', TOO_MANY), retry: true, retryAfterMs: waitMs ?? MINUTE_MS };
  if (/CLI prefix|caller.?id/i.test(said)) return no('caller-id', NO_CALLER_ID);
  if (errors.some(({ field }) => field === 'to' || field === 'dst'))
    return no(UNREACHABLE_NUMBER, BAD_NUMBER);
  return no(
    `http-${status}`,
    `VoIPStudio said no (HTTP ${status}). Nobody was rung. Look into its dashboard.`,
  );
}

function no(code: string, sentence: string): Refused {
  return { kind: 'refused', code, sentence, retry: false };
}

const WRONG_TOKEN =
  'VoIPStudio does not accept the token: it is wrong, has expired, or was deleted. Make a new one in its dashboard and enter it in Settings › Carriers.';
const NO_PHONE =
  'Open your VoIPStudio phone first: no phone of yours is connected, so nobody was rung. Then resume.';
const TOO_MANY =
  'VoIPStudio takes no more calls in this minute, and did nothing. It is asked again in a while.';
const NO_CALLER_ID =
  'VoIPStudio has no number to show for you, so nobody was rung. Choose one of its numbers in the campaign, or give your user one in its dashboard.';
const BAD_NUMBER = 'VoIPStudio says that this number cannot be rung.';
