import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { ASSISTANT_PAGE } from '../../shared/contract/pages.ts';
import { PHONE_PAGE } from '../../shared/contract/pages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Whom the page of the phone may speak to, besides us. */
export type PhoneHosts = () => readonly string[];

/** The policy of the page at a path: the one of the phone may speak to its carrier, and be shown in a page of ours. */
export function policyAt(path: string, connect: string, phoneHosts: PhoneHosts | undefined): string {
  if (path === ASSISTANT_PAGE) return ASSISTANT_POLICY;
  return path === PHONE_PAGE
    ? contentPolicy([connect, ...(phoneHosts?.() ?? [])].join(' '), "'self'")
    : contentPolicy(connect);
}

/**
 * The page of a test call to an assistant. Vapi’s web calls run over Daily, whose engine comes from its own address: no
 * other page may load it, and this one may not speak to Parley.
 */
const ASSISTANT_POLICY = [
  "default-src 'none'",
  "script-src 'self' https://c.daily.co",
  'connect-src https://api.vapi.ai https://*.daily.co wss://*.daily.co',
  "img-src 'self' data:",
  'media-src blob:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** What a page of ours may do. No inline script, no other site; style attributes are the one exception. */
export function contentPolicy(connect: string, ancestors = "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');
}

/** Reads a file of the built renderer. Null for anything that is not there or not below its folder. */
export async function pageAt(
  folder: string,
  path: string,
): Promise<{ type: string; bytes: Buffer<ArrayBuffer> } | null> {
  try {
    const root = resolve(folder);
    // Decoding throws at a broken `%`, reading at a file that is not there.
    const file = join(root, decodeURIComponent(path === '/' ? '/index.html' : path));
    const type = TYPES[extname(file)];
    if (!file.startsWith(root + sep) || type === undefined) return null;
    return { type, bytes: await readFile(file) };
  } catch {
    return null;
  }
}

export function sendPage(
  response: ServerResponse,
  page: { type: string; bytes: Uint8Array },
  policy: string,
): void {
  response.writeHead(200, {
    'Content-Type': page.type,
    'Content-Length': page.bytes.byteLength,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': page.type.startsWith('text/html') ? 'no-store' : 'private, max-age=600',
  });
  response.end(page.bytes);
}

export function sendSentence(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${sentence}\n`);
}
