import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../../shared/contract/wire.ts';
import { isOurOrigin } from './guards.ts';
import { sendSentence } from './pages.ts';

/** Takes the bytes of a file that a page of ours sends; the answer is what the contract says of a given file. */
export type TakeFile = (name: string, body: AsyncIterable<Uint8Array>) => Promise<Answer<unknown>>;

const NAME_MAX = 200;

/** The request has shown its pass. It must come from a page of ours: a form of another site could post, too. */
export async function takeFile(
  take: TakeFile,
  port: number,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOurOrigin(request, port))
    return sendSentence(response, 403, 'Parley only takes files from its own pages.');
  const answer = await take(name.slice(0, NAME_MAX) || 'Unnamed', request);
  // Whoever is refused may still be sending; nobody reads the rest.
  const headers: Record<string, string> = request.complete ? {} : { Connection: 'close' };
  response.writeHead(200, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(answer), () => {
    if (!request.complete) request.destroy();
  });
}
