import type { Clock } from '../../../shared/lib/clock.ts';
import { SECOND_MS } from '../../../shared/lib/instants.ts';
import type { Unreachable } from '../carrier.ts';
import type { Health } from '../health.ts';
import { type Reply, askOnce, fetchBytes } from '../http.ts';
import type { SoundAddress } from '../sound-over-http.ts';
import { type TwilioTrouble, isAboutUs, twilioTrouble } from './errors.ts';
import { errorCodeOf } from './shapes.ts';

export interface TwilioCredentials {
  /** `AC…`, which is in every path. */
  readonly accountSid: string;
  /** `SK…` with its secret, or the account SID with its auth token. */
  readonly keySid: string;
  readonly secret: string;
}

export interface TwilioPlace {
  /** Left out, Twilio’s own, for the edge and region given. */
  readonly baseUrl?: string | undefined;
  readonly edge?: string | undefined;
  readonly region?: string | undefined;
}

export interface ClientOptions extends TwilioPlace {
  readonly credentials: TwilioCredentials;
  readonly clock: Clock;
  readonly health: Health;
  readonly timeoutMs?: number;
  /** Takes a line for each request, without anything secret or anybody’s number. */
  readonly trace?: ((line: string) => void) | undefined;
}

/** What Twilio made of a request. */
export type Told =
  | { readonly kind: 'ok'; readonly body: unknown }
  | {
      readonly kind: 'no';
      readonly trouble: TwilioTrouble;
      readonly status: number;
      readonly headers: Headers;
    }
  | Exclude<Reply, { kind: 'answer' }>;

/** Form fields in the order in which they are sent; a field with several values is sent several times. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Asks Twilio, once each time. Not a line in here tries anything again. */
export interface TwilioClient {
  get(path: string, query?: Form): Promise<Told>;
  post(path: string, form: Form, signal?: AbortSignal): Promise<Told>;
  delete(path: string): Promise<Told>;
  /** A page whose address Twilio gave. */
  page(uri: string): Promise<Told>;
  sound(path: string): ReturnType<typeof fetchBytes>;
  /** Where a sound lies, and what opens it. */
  soundAddress(path: string): SoundAddress;
  /** How far Twilio’s clock is ahead of ours, by its last answer, in milliseconds. */
  skewMs(): number;
}

const TIMEOUT_MS = 15 * SECOND_MS;
const SOUND_TIMEOUT_MS = 120 * SECOND_MS;

export function twilioClient(options: ClientOptions): TwilioClient {
  const { credentials, clock, health, timeoutMs = TIMEOUT_MS, trace } = options;
  const origin = baseOf(options);
  const account = `${origin}/2010-04-01/Accounts/${credentials.accountSid}`;
  const authorization = `Basic ${Buffer.from(`${credentials.keySid}:${credentials.secret}`).toString('base64')}`;
  const plain = { authorization, accept: 'application/json' };
  let skewMs = 0;

  const ask = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    form?: Form,
    signal?: AbortSignal,
  ): Promise<Told> => {
    const body = form === undefined ? {} : { body: formOf(form) };
    const headers =
      form === undefined ? plain : { ...plain, 'content-type': 'application/x-www-form-urlencoded' };
    const begunAt = clock.now();
    const reply = await askOnce({ method, url, headers, timeoutMs, signal, ...body });
    trace?.(
      `twilio ${method} ${traced(url, account)} ${reply.kind === 'answer' ? reply.status : reply.kind} ${clock.now() - begunAt} ms`,
    );
    if (reply.kind !== 'answer') {
      if (!signal?.aborted) health.unreachable(`Twilio: ${reply.sentence} No calls are placed.`);
      return reply;
    }
    skewMs = skewOf(reply.headers, clock) ?? skewMs;
    return told(reply, health);
  };

  return {
    get: (path, query) => ask('GET', `${account}${path}${queryOf(query)}`),
    post: (path, form, signal) => ask('POST', `${account}${path}`, form, signal),
    delete: (path) => ask('DELETE', `${account}${path}`),
    page: (uri) => ask('GET', pageUrl(origin, uri)),
    sound: (path) =>
      fetchBytes({
        method: 'GET',
        url: `${account}${path}`,
        headers: { authorization },
        timeoutMs: SOUND_TIMEOUT_MS,
      }),
    soundAddress: (path) => ({ url: `${account}${path}`, headers: { authorization }, waitMs: timeoutMs }),
    skewMs: () => skewMs,
  };
}

/** Why something could not be learned. */
export function unreachable(reply: Exclude<Told, { kind: 'ok' }>): Unreachable {
  const sentence = reply.kind === 'no' ? reply.trouble.sentence : `Twilio: ${reply.sentence}`;
  return { kind: 'unreachable', sentence };
}

export const NONSENSE: Unreachable = {
  kind: 'unreachable',
  sentence: 'Twilio’s answer could not be understood. It is asked again.',
};

/** Twilio’s own address. With an edge or a region it is another name for the same. */
function baseOf({ baseUrl, edge, region }: TwilioPlace): string {
  if (baseUrl !== undefined && baseUrl !== '') return baseUrl.replace(/\/+$/, '');
  const place = edge ? `${edge}.${region || 'us1'}.` : region ? `${region}.` : '';
  return `https://api.${place}twilio.com`;
}

/** Only what lies at Twilio is asked for with our key, whatever a page says. */
function pageUrl(origin: string, uri: string): string {
  const base = new URL(origin);
  const path = new URL(uri, base);
  const prefix = base.pathname === '/' || path.pathname.startsWith(base.pathname) ? '' : base.pathname;
  return `${base.origin}${prefix}${path.pathname}${path.search}`;
}

function told(reply: Extract<Reply, { kind: 'answer' }>, health: Health): Told {
  const { status, headers, body } = reply;
  if (status >= 200 && status < 300) {
    health.well();
    return { kind: 'ok', body };
  }
  const code = errorCodeOf(body);
  const trouble = twilioTrouble(code, status);
  if (isMaybeDone(status, code)) {
    health.unreachable(`Twilio: it had an error of its own (HTTP ${status}). No calls are placed.`);
    return { kind: 'unclear', sentence: `Twilio had an error of its own (HTTP ${status}).` };
  }
  if (isAboutUs(trouble) || status === 401) health.refusedUs(trouble.sentence);
  else health.well();
  return { kind: 'no', trouble, status, headers };
}

/** Twilio itself says of 503 with its code that nothing was done; of all other errors of its own nobody knows. */
function isMaybeDone(status: number, code: number | null): boolean {
  if (status === 503 && code === 20503) return false;
  return status >= 500 || status < 400 || status === 408;
}

export function formOf(form: Form): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    if (value === undefined) continue;
    for (const each of typeof value === 'string' ? [value] : value) fields.append(name, each);
  }
  return fields.toString();
}

function queryOf(query: Form | undefined): string {
  const text = query === undefined ? '' : formOf(query);
  return text === '' ? '' : `?${text}`;
}

/** The path without its query, which holds numbers, and without the account. */
function traced(url: string, account: string): string {
  const path = url.startsWith(account) ? url.slice(account.length) : new URL(url).pathname;
  return path.replace(/\?.*$/, '').replace(/([A-Z]{2}[0-9a-f]{6})[0-9a-f]{26}/gi, '$1…');
}

function skewOf(headers: Headers, clock: Clock): number | null {
  const at = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at)) return null;
  const ms = at - clock.now();
  return Math.abs(ms) < SKEW_MS_MIN ? 0 : ms;
}

/** An answer’s time is told in whole seconds and was on its way for a while: less than this is no difference. */
const SKEW_MS_MIN = 3 * SECOND_MS;
