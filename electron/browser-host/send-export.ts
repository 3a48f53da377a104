import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { sendSentence } from './pages.ts';

/** Hands over the file that a word stands for, once. */
export type GiveFile = (ticket: string) => { readonly path: string; readonly name: string } | null;

/** Streams a finished export to the browser, which keeps it where downloads go. */
export async function sendExport(give: GiveFile, ticket: string, response: ServerResponse): Promise<void> {
  const file = give(ticket);
  if (file === null) return sendSentence(response, 404, 'This file was fetched already. Export it again.');
  const { size } = await stat(file.path);
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${file.name}"`,
    'Content-Length': size,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  await pipeline(createReadStream(file.path), response);
}
