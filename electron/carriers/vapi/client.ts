import type { Clock } from '../../../shared/lib/clock.ts';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Unreachable } from '../carrier.ts';
import type { Health } from '../health.ts';
import { type Reply, askOnce } from '../http.ts';
import { openPace } from './pace.ts';
import { errorShape } from './shapes.ts';

export interface VapiPlace {
  /** Left out, Vapi’s own. */
  readonly baseUrl?: string | undefined;
}

export interface ClientOptions extends VapiPlace {
  /** The private key of the account. */
  readonly key: string;
  readonly clock: Clock;
  readonly health: Health;
  readonly timeoutMs?: number;
  /** Requests in any minute that the account takes. Only what may take its time waits for it. */
  readonly requestsPerMinute?: number | undefined;
  /** Takes a line for each request, without anything secret or anybody’s number. */
  readonly trace?: ((line: string) => void) | undefined;
}

/** What Vapi made of a request. */
export type Told =
  | { readonly kind: 'ok'; readonly body: unknown }
  | { readonly kind: 'no'; readonly status: number; readonly message: string; readonly headers: Headers }
  | Exclude<Reply, { kind: 'answer' }>;

/** Asks Vapi, once each time. Its own library would try a call again by itself. */
export interface VapiClient {
  get(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<Told>;
  post(path: string, body: unknown, signal?: AbortSignal): Promise<Told>;
  /** A word to a call under way, at the address that came with it. Our key stays here. */
  command(controlUrl: string, body: unknown): Promise<Told>;
  /** Where something of a call lies, and what opens it. */
  at(path: string): { readonly url: string; readonly headers: Record<string, string> };
  /** Waits until one more request leaves room for those that cannot wait: for work that may take its time. */
  turn(): Promise<void>;
  /** How far Vapi’s clock is ahead of ours, by its last answer, in milliseconds. */
  skewMs(): number;
}

const TIMEOUT_MS = 20 * SECOND_MS;
export const REQUESTS_PER_MINUTE = 100;

export function vapiClient({
  key,
  baseUrl,
  clock,
  health,
  timeoutMs = TIMEOUT_MS,
  requestsPerMinute = REQUESTS_PER_MINUTE,
  trace,
}: ClientOptions): VapiClient {
  const origin = (baseUrl || 'https://api.vapi.ai').replace(/\/+$/, '');
  const authorization = `Bearer ${key}`;
  let skewMs = 0;
  const pace = openPace(clock, requestsPerMinute);

  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Told> => {
    const begunAt = clock.now();
    pace.asked();
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization, accept: 'application/json', ...type };
    const reply = await askOnce({ method, url: `${origin}${path}`, headers, timeoutMs, signal, ...sent });
    const came = reply.kind === 'answer' ? reply.status : reply.kind;
    trace?.(`vapi ${method} ${path.replace(/\?.*$/, '')} ${came} ${clock.now() - begunAt} ms`);
    if (reply.kind !== 'answer') {
      if (!signal?.aborted) health.unreachable(`Vapi: ${reply.sentence} No calls are placed.`);
      return reply;
    }
    skewMs = skewOf(reply.headers, clock) ?? skewMs;
    return toldOf(reply, health);
  };

  return {
    get: (path, query = {}) => ask('GET', `${path}${queryOf(query)}`),
    post: (path, body, signal) => ask('POST', path, body, signal),
    async command(url, body) {
      const headers = { 'content-type': 'application/json' };
      const reply = await askOnce({ method: 'POST', url, headers, timeoutMs, body: JSON.stringify(body) });
      return reply.kind === 'answer' ? plainly(reply) : reply;
    },
    at: (path) => ({ url: `${origin}${path}`, headers: { authorization } }),
    turn: () => pace.turn(),
    skewMs: () => skewMs,
  };
}

/** Why something could not be learned. */
export function unreachable(told: Exclude<Told, { kind: 'ok' }>): Unreachable {
  const sentence = told.kind === 'no' ? refusalOf(told.status, told.message) : `Vapi: ${told.sentence}`;
  return { kind: 'unreachable', sentence };
}

export const NONSENSE: Unreachable = {
  kind: 'unreachable',
  sentence: 'Vapi’s answer could not be understood. It is asked again.',
};

/** What Vapi means by a refusal, and what to do about it. */
export function refusalOf(status: number, message: string): string {
  if (status === 401 || status === 403)
    return 'Vapi does not accept the key: it is wrong, was revoked, or is the public one. Enter the private key in Settings › Carriers.';
  if (status === 402)
    return 'Vapi wants to be paid before it calls: look at the plan and credit of your account.';
  if (status === 404) return 'Vapi knows nothing of this. Look whether it was deleted there.';
  if (status === 429) return 'Vapi has had enough requests for now. It is asked again in a while.';
  return `Vapi did not accept this${message === '' ? '' : `: ${message.replace(/\.$/, '')}`}. Nobody was rung by it.`;
}

type Answered = Extract<Reply, { kind: 'answer' }>;

function toldOf(reply: Answered, health: Health): Told {
  const told = plainly(reply);
  if (told.kind === 'ok') health.well();
  if (told.kind === 'unclear') health.unreachable(`${told.sentence} No calls are placed.`);
  if (told.kind !== 'no') return told;
  if ([401, 402, 403].includes(told.status)) health.refusedUs(refusalOf(told.status, told.message));
  else health.well();
  return told;
}

function plainly({ status, headers, body }: Answered): Told {
  if (status >= 200 && status < 300) return { kind: 'ok', body };
  const { message, statusCode } = errorShape.safeParse(body).data ?? { message: '', statusCode: null };
  // Somebody between us and Vapi may say 429 after the request went through; Vapi itself gives its own error with it.
  const isVapis = status !== 429 || statusCode === 429;
  if (status < 400 || status >= 500 || status === 408 || !isVapis)
    return { kind: 'unclear', sentence: `Vapi had an error of its own (HTTP ${status}).` };
  return { kind: 'no', status, message: [message].flat().join(', ').slice(0, 300), headers };
}

function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) fields.append(name, value);
  return fields.size === 0 ? '' : `?${fields.toString()}`;
}

/** An answer’s time is told in whole seconds and was on its way for a while: less than this is no difference. */
const SKEW_MS_MIN = 3 * SECOND_MS;

function skewOf(headers: Headers, clock: Clock): number | null {
  const ms = Date.parse(headers.get('date') ?? '') - clock.now();
  if (Number.isNaN(ms)) return null;
  return Math.abs(ms) < SKEW_MS_MIN ? 0 : ms;
}
