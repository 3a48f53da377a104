import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '../../shared/lib/instants.ts';

/** One value, or several where a key was repeated. */
export type Fields = Readonly<Record<string, string | string[]>>;

/** A request, read. `path` is what is left after the mount. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Fields;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as a form, where it is one. */
  readonly form: Fields;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  readonly at: Instant;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly mime?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const BODY_BYTES_MAX = 4 * 1024 * 1024;

export async function readAsked(request: IncomingMessage, mount: string, at: Instant): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const body = await bodyOf(request);
  const mime = request.headers['content-type'] ?? '';
  const text = body.toString('utf8');
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname.slice(mount.length)),
    query: fieldsOf(url.searchParams),
    headers: request.headers,
    body,
    form: mime.startsWith('application/x-www-form-urlencoded') ? fieldsOf(new URLSearchParams(text)) : {},
    json: mime.startsWith('application/json') ? parsed(text) : undefined,
    at,
  };
}

export function fieldsOf(params: URLSearchParams): Fields {
  const fields: Record<string, string | string[]> = {};
  for (const key of new Set(params.keys())) {
    const all = params.getAll(key);
    fields[key] = all.length > 1 ? all : all[0]!;
  }
  return fields;
}

/** The first value of a field; undefined where there is none. */
export function one(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return Array.isArray(value) ? value[0] : value;
}

export function many(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  return value === undefined ? [] : [value].flat();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) break;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function bytesOf({ json, bytes }: Answer): Buffer {
  if (bytes !== undefined) return Buffer.from(bytes);
  return json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
}

export function send(response: ServerResponse, answer: Answer, body: Buffer): void {
  const mime = answer.mime ?? (answer.json === undefined ? 'text/plain' : 'application/json');
  response.writeHead(answer.status, {
    'content-type': mime,
    'content-length': body.length,
    ...answer.headers,
  });
  response.end(body);
}

/** User name and password of HTTP Basic. */
export function basicOf(headers: IncomingHttpHeaders): { user: string; password: string } | null {
  const match = /^Basic (.+)$/i.exec(headers.authorization ?? '');
  if (match === null) return null;
  const text = Buffer.from(match[1]!, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
