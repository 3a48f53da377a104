import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { assert } from '../../shared/lib/assert.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type Instant, SECOND_MS } from '../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import type { Db } from '../store/open.ts';
import { openBases } from './bases.ts';
import { openBucket } from './bucket.ts';
import type { Hook, HookAnswer, Posted } from './hook.ts';
import { openMailroom } from './mailroom.ts';
import { bodyOf } from './receive.ts';
import { type Addressed, type HookPath, hookPath, pathOf, soundPath } from './paths.ts';
import { attemptKey, isSame, keyFor } from './signatures.ts';

export interface RelayParts {
  readonly db: Db;
  readonly clock: Clock;
  /** Known to this installation alone: addresses and secrets of hooks are made from it. */
  readonly secret: string;
  readonly hooks: Readonly<Record<string, Hook>>;
  /** Acts on events; what `also` does is part of the same commit. */
  readonly take: (events: readonly CarrierEvent[], also: () => void) => void;
  /** The sound behind an id, while somebody may fetch it; left out, there are none. */
  readonly sound?: (soundId: string) => RelayedSound | null;
  readonly log: (line: string, error?: unknown) => void;
  /** Where something else leads to, such as a proxy of the user’s own; left out, any port that is free. */
  readonly port?: number | undefined;
  /** Requests it takes a second, from whoever. */
  readonly perSecondMax?: number;
}

export interface RelayedSound {
  readonly path: string;
  readonly mime: string;
  readonly bytes: number;
}

export interface Relay {
  readonly port: number;
  /** The port that was wished for is another program’s: then another was taken. */
  readonly isElsewhere: boolean;
  /** Where a carrier posts to about an attempt, by way of `base`. */
  addressOf(base: string, carrier: string, kind: string, attemptId: string | null): string;
  /** Where a carrier fetches a sound, by way of `base`. */
  soundAddress(base: string, soundId: string): string;
  /** What the requests about an attempt carry in a header, where a carrier signs nothing. */
  secretFor(attemptId: string): string;
  /** What `/health` has to answer to a nonce: nobody else knows. */
  proofOf(nonce: string): string;
  /** Reads what nobody has read yet. */
  readOn(): Promise<void>;
  figures(): RelayFigures;
  close(): Promise<void>;
}

export interface RelayFigures {
  readonly kept: number;
  readonly lastAt: Instant | null;
  /** Requests that were turned away since the start, by reason. */
  readonly refused: Readonly<Partial<Record<Refused, number>>>;
}

export type Refused = 'no-such-hook' | 'not-genuine' | 'too-large' | 'too-many' | 'not-kept';

const STATUS: Readonly<Record<Refused, number>> = {
  'no-such-hook': 404,
  'not-genuine': 403,
  'too-large': 413,
  'too-many': 429,
  'not-kept': 503,
};

const PER_SECOND_MAX = 4_000;
const HEADER_BYTES_MAX = 16 * 1024;
const HEADERS_MAX = 100;
const CONNECTIONS_MAX = 512;

/**
 * Hears what carriers tell by themselves: a server on this computer alone, which a tunnel may lead to. Whatever is
 * genuine is written down before it is answered, and acted on afterwards (law 5).
 */
export async function openRelay(parts: RelayParts): Promise<Relay> {
  const { clock, secret, hooks, log } = parts;
  const bases = openBases(parts.db);
  const mailroom = openMailroom(parts);
  const bucket = openBucket(clock, parts.perSecondMax ?? PER_SECOND_MAX);
  const pathKeys = new Map(Object.keys(hooks).map((carrier) => [carrier, keyFor(secret, `path ${carrier}`)]));
  const secretFor = (attemptId: string) => attemptKey(secret, attemptId);
  const proofOf = (nonce: string) => keyFor(secret, `health ${nonce}`);
  const soundKey = (soundId: string) => keyFor(secret, `sound ${soundId}`);
  const refused: Partial<Record<Refused, number>> = {};
  let kept = 0;
  let lastAt: Instant | null = null;

  const refuse = (response: ServerResponse, why: Refused) => {
    refused[why] = (refused[why] ?? 0) + 1;
    answer(response, STATUS[why], null);
  };

  const postedAt = (path: HookPath, request: IncomingMessage, body: Buffer): Posted | null => {
    const base = bases.at(path.base);
    if (base === null) return null;
    const mime = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
    const { kind, attemptId } = path;
    return { kind, attemptId, url: `${base}${path.target}`, mime, headers: request.headers, body };
  };

  const take = async (request: IncomingMessage, response: ServerResponse, path: HookPath) => {
    const { carrier, kind, attemptId } = path;
    const hook = Object.hasOwn(hooks, carrier) ? hooks[carrier]! : null;
    if (hook === null || !isSame(path.key, pathKeys.get(carrier) ?? ''))
      return refuse(response, 'no-such-hook');
    const body = await bodyOf(request);
    if (body === 'too-large') return refuse(response, 'too-large');
    // Whoever hung up in the middle waits for no answer.
    if (body === null) return;
    const posted = postedAt(path, request, body);
    if (posted === null) return refuse(response, 'no-such-hook');
    if (!hook.isGenuine(posted)) return refuse(response, 'not-genuine');
    const receivedAt = clock.now();
    const content = createHash('sha256')
      .update(path.target)
      .update('\n')
      .update(posted.body)
      .digest('base64');
    const token = hook.tokenOf?.(request.headers) ?? null;
    const { mime } = posted;
    try {
      await mailroom.keep({
        carrier,
        kind,
        attemptId,
        mime,
        body: posted.body,
        receivedAt,
        content,
        token,
      });
    } catch (error) {
      log('a carrier’s request could not be written down; it is asked to try again', error);
      return refuse(response, 'not-kept');
    }
    kept += 1;
    lastAt = receivedAt;
    const said = hook.answer?.(posted) ?? null;
    answer(response, said === null ? 204 : 200, said);
  };

  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: 10 * SECOND_MS, requestTimeout: 20 * SECOND_MS },
    (request, response) => {
      if (!bucket.takes()) return refuse(response, 'too-many');
      const path: Addressed = pathOf(request.method ?? '', request.url ?? '');
      if (path.kind === 'health')
        return answer(response, 200, { mime: 'text/plain', text: proofOf(path.nonce) });
      if (path.kind === 'sound') {
        const sound = isSame(path.key, soundKey(path.soundId)) ? parts.sound?.(path.soundId) : null;
        return sound == null ? refuse(response, 'no-such-hook') : void sendSound(response, sound);
      }
      if (path.kind === 'nothing') return refuse(response, 'no-such-hook');
      take(request, response, path.hook).catch((error) => {
        log('the relay stumbled over a request', error);
        response.destroy();
      });
    },
  );
  server.maxHeadersCount = HEADERS_MAX;
  server.maxConnections = CONNECTIONS_MAX;
  server.keepAliveTimeout = 65 * SECOND_MS;
  const isElsewhere = !(await listenWhere(server, parts.port ?? 0));
  // What was written down and not read before a crash comes first.
  void mailroom.readOn();

  return {
    port: (server.address() as AddressInfo).port,
    isElsewhere,
    addressOf(base, carrier, kind, attemptId) {
      const key = pathKeys.get(carrier);
      assert(key !== undefined, `the relay has no hook for ${carrier}`);
      return `${base}${hookPath({ carrier, key, kind, base: bases.numberOf(base), attemptId })}`;
    },
    soundAddress: (base, soundId) => `${base}${soundPath(soundKey(soundId), soundId)}`,
    secretFor,
    proofOf,
    readOn: () => mailroom.readOn(),
    figures: () => ({ kept, lastAt, refused: { ...refused } }),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await mailroom.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Said {
  readonly mime: HookAnswer['mime'] | 'text/plain';
  readonly text: string;
}

function answer(response: ServerResponse, status: number, said: Said | null): void {
  if (response.headersSent || response.destroyed) return;
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' };
  if (said !== null) headers['Content-Type'] = `${said.mime}; charset=utf-8`;
  // Whoever still sends what was refused is not listened to any further.
  if (status === 413 || status === 429) headers.Connection = 'close';
  response.writeHead(status, headers).end(said?.text ?? '');
}

/** Whoever hangs up in the middle of it has heard enough. */
async function sendSound(response: ServerResponse, { path, mime, bytes }: RelayedSound): Promise<void> {
  const headers = { 'Content-Type': mime, 'Content-Length': bytes, 'Cache-Control': 'no-store' };
  try {
    response.writeHead(200, headers);
    await pipeline(createReadStream(path, { end: bytes - 1 }), response);
  } catch {
    response.destroy();
  }
}

/** False where the port was taken, and another one was. */
async function listenWhere(server: Server, port: number): Promise<boolean> {
  try {
    await listen(server, port);
    return true;
  } catch (error) {
    if (port === 0) throw error;
    await listen(server, 0);
    return false;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // On this computer only: from outside there is no way but the tunnel.
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
