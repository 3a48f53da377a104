import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The one address this server answers to. Anything else in `Host` is a rebinding trick. */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host ?? '';
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** A page of ours, and no other site, opens the socket. Browsers always send `Origin` on a WebSocket. */
export function isOurOrigin(request: IncomingMessage, port: number): boolean {
  const origin = request.headers.origin ?? '';
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
}

/** Compared in constant time, so that a token cannot be felt out byte by byte. */
export function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
