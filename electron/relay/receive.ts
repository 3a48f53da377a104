import type { IncomingMessage } from 'node:http';

/** A carrier’s longest report of a call is far shorter. */
const BODY_BYTES_MAX = 1024 * 1024;

/** The body as it came, byte for byte; null where whoever sent it hung up. */
export function bodyOf(request: IncomingMessage): Promise<Buffer | 'too-large' | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= BODY_BYTES_MAX) parts.push(part);
      else resolve('too-large');
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}
