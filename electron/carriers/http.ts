import { SECOND_MS } from '../../shared/lib/instants.ts';

/** What became of one request. `not-sent` is proof that the carrier never saw it; `unclear` proves nothing. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** Parsed JSON, or null where the answer was none. */
      readonly body: unknown;
    }
  | { readonly kind: 'not-sent'; readonly sentence: string }
  | { readonly kind: 'unclear'; readonly sentence: string };

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the answer is waited for. Sockets live in real time, whatever clock the kernel has. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer longer than this is none of a carrier’s. */
const ANSWER_BYTES_MAX = 20_000_000;

/** Asks once. Never tries again by itself and follows no redirect: either could ring somebody twice. */
export async function askOnce(request: HttpRequest): Promise<Reply> {
  const { signal } = request;
  if (signal?.aborted) return { kind: 'not-sent', sentence: 'Stopped before the carrier was asked.' };
  const response = await sent(request);
  if ('kind' in response) return response;
  const text = await textOf(response);
  if (text === null) return { kind: 'unclear', sentence: 'The carrier’s answer broke off in the middle.' };
  return { kind: 'answer', status: response.status, headers: response.headers, body: jsonOf(text) };
}

/** Fetches a sound, from where the carrier sends us on to; our key does not go along to another host. */
export async function fetchBytes(request: HttpRequest): Promise<{
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
} | null> {
  const response = await sent(request, 'follow');
  if ('kind' in response) return null;
  try {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, mime: response.headers.get('content-type') ?? '' };
  } catch {
    return null;
  }
}

/** How long the carrier wants to be left alone, in milliseconds; null where it does not say. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * SECOND_MS : null;
}

async function sent(
  request: HttpRequest,
  redirect: 'manual' | 'follow' = 'manual',
): Promise<Response | Exclude<Reply, { kind: 'answer' }>> {
  const { method, url, headers, body, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(url, {
      method,
      headers,
      body: body ?? null,
      redirect,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
  } catch (error) {
    if (signal?.aborted) return { kind: 'unclear', sentence: 'We stopped waiting for the carrier.' };
    if (timeout.aborted) return { kind: 'unclear', sentence: 'The carrier did not answer in time.' };
    return brokenBy(error);
  }
}

async function textOf(response: Response): Promise<string | null> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > ANSWER_BYTES_MAX) {
    await response.body?.cancel();
    return null;
  }
  try {
    const text = await response.text();
    return text.length > ANSWER_BYTES_MAX ? null : text;
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function brokenBy(error: unknown): Exclude<Reply, { kind: 'answer' }> {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const causes = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause];
  if (causes.length > 0 && causes.every(isBeforeSending)) {
    return { kind: 'not-sent', sentence: sentenceFor(causes[0]) };
  }
  return { kind: 'unclear', sentence: 'The connection to the carrier broke while it was being asked.' };
}

interface NetworkError {
  readonly code?: string;
  readonly syscall?: string;
}

/** No connection was ever made, or none that is safe: not a byte of the request has left. */
function isBeforeSending(error: unknown): boolean {
  const { code = '', syscall = '' } = (error ?? {}) as NetworkError;
  return (
    syscall === 'connect' || syscall === 'getaddrinfo' || code === CONNECT_TIMEOUT || isCertificate(code)
  );
}

const CONNECT_TIMEOUT = 'UND_ERR_CONNECT_TIMEOUT';

function isCertificate(code: string): boolean {
  return /^(CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(VERIFY|GET_ISSUER))/.test(code);
}

function sentenceFor(error: unknown): string {
  const { code = '', syscall = '' } = (error ?? {}) as NetworkError;
  if (syscall === 'getaddrinfo')
    return 'The carrier’s address was not found. Check the network, and the address in Settings › Carriers.';
  if (isCertificate(code))
    return 'The carrier’s certificate cannot be trusted, so nothing was sent. Check the address in Settings › Carriers and the clock of this computer.';
  return 'The carrier cannot be reached. Check the network.';
}
