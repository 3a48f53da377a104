import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type SoundAnswer, type SoundSource, soundAnswer } from './sound-answer.ts';
import { isOurOrigin } from './guards.ts';
import { sendSentence } from './pages.ts';

/** Streams the sound of a call, or the part of it that is asked for, to a page of ours and to no other. */
export async function sendSound(
  give: SoundSource,
  path: string,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isFromOurPage(request, port))
    return sendSentence(response, 403, 'Recordings are only heard on Parley’s own pages.');
  const sound = give(path);
  if (sound === null) return sendSentence(response, 404, 'There is no recording of this call here.');
  const answer = soundAnswer(sound, request.headers);
  response.writeHead(answer.status, answer.headers);
  if (answer.part === null) {
    response.end();
    return undefined;
  }
  return stream(sound.path, answer.part, response);
}

async function stream(
  path: string,
  { from, to }: NonNullable<SoundAnswer['part']>,
  response: ServerResponse,
): Promise<void> {
  try {
    await pipeline(createReadStream(path, { start: from, end: to }), response);
  } catch {
    // A player that seeks hangs up in the middle of a portion, all the time.
    response.destroy();
  }
}

/** Browsers say where a request for a sound comes from; the pass alone would also open it to a page of another port. */
function isFromOurPage(request: IncomingMessage, port: number): boolean {
  if (request.headers.origin !== undefined) return isOurOrigin(request, port);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}
