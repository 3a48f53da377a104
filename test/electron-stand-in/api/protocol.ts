import type * as Electron from 'electron';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toAppHeader, toAppUrl, toBrowserHeader } from '../addresses.ts';
import { complain, runtime } from '../runtime.ts';
import { strict } from '../strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;
export type PausedRequest = {
  url: string;
  method: string;
  headers: Record<string, string>;
  postDataEntries?: { bytes?: string }[];
};
type Answer = { responseCode: number; responseHeaders: { name: string; value: string }[]; body: string };

const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  _privileged: [] as Electron.CustomScheme[],
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (runtime.chromium !== null) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    protocol._privileged = schemes;
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
});

/** True for the addresses that stand for a custom scheme, handled or not: none of them may reach the network. */
export function handlesUrl(browserUrl: string): boolean {
  return toAppUrl(browserUrl) !== browserUrl;
}

/** What the app's own handler answers, in DevTools words; null when there is no handler or it threw. */
export async function answerRequest(paused: PausedRequest): Promise<Answer | null> {
  const url = toAppUrl(paused.url);
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) return null;
  try {
    return await inDevToolsWords(await handler(asRequest(url, paused)));
  } catch (error) {
    complain(`protocol handler failed for ${url}: ${String(error)}`);
    return null;
  }
}

function asRequest(url: string, { method, headers, postDataEntries = [] }: PausedRequest): Request {
  const body = Buffer.concat(postDataEntries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
  const seen = Object.entries(headers).map(([name, value]): [string, string] => [name, toAppHeader(value)]);
  return new Request(url, { method, headers: seen, ...(body.length === 0 ? {} : { body }) });
}

async function inDevToolsWords(response: Response): Promise<Answer> {
  const schemes = [...handlers.keys()];
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  const responseHeaders = [...response.headers].map(([name, value]) => ({
    name,
    value:
      name === 'location' || name.startsWith('content-security-policy')
        ? toBrowserHeader(value, schemes)
        : value,
  }));
  return { responseCode: response.status, responseHeaders, body };
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

export const net = strict('net', {
  online: true,
  isOnline: (): boolean => true,
  /** Files as well as the network: the usual way to answer a custom scheme is net.fetch of a file URL. */
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.startsWith('file:')) return fetch(input, init);
    const path = fileURLToPath(url);
    const body = await readFile(path);
    return new Response(body, {
      headers: { 'content-type': types[extname(path)] ?? 'application/octet-stream' },
    });
  },
});
