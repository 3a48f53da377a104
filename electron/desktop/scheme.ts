import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { app, protocol } from 'electron';
import { RECORDINGS_PATH } from '../../shared/contract/recordings.ts';
import { type PhoneHosts, pageAt, policyAt } from '../browser-host/pages.ts';
import { type SoundSource, soundAnswer } from '../browser-host/sound-answer.ts';

const SCHEME = 'app';

/** The only origin that is ours: its windows are heard, and pages of no other are ever shown. */
export const OUR_ORIGIN = `${SCHEME}://parley`;

/** Must run before the app is ready: afterwards Chromium has made up its mind about schemes. */
export function declareScheme(): void {
  // Sounds come in parts: without `stream` a player waits for all of one.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the built renderer and the sounds of calls. What is neither is not there. */
export function serveScheme(folder: string, sound: SoundSource, phoneHosts: PhoneHosts): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.host === 'parley' && request.method === 'GET' && url.pathname.startsWith(RECORDINGS_PATH))
      return soundResponse(sound, url.pathname, request.headers);
    const page =
      url.host === 'parley' && request.method === 'GET' ? await pageAt(folder, url.pathname) : null;
    if (page === null) return new Response('There is no such page in Parley.', { status: 404 });
    return new Response(page.bytes, {
      headers: {
        'Content-Type': page.type,
        'Content-Security-Policy': policyAt(url.pathname, "'self'", phoneHosts),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  });
}

function soundResponse(give: SoundSource, path: string, asked: Headers): Response {
  const sound = give(path);
  if (sound === null) return new Response('There is no recording of this call here.', { status: 404 });
  const { status, headers, part } = soundAnswer(sound, {
    range: asked.get('range') ?? undefined,
    'if-range': asked.get('if-range') ?? undefined,
  });
  if (part === null) return new Response(null, { status, headers });
  const bytes = createReadStream(sound.path, { start: part.from, end: part.to });
  return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array<ArrayBuffer>>, { status, headers });
}

/** Where the window begins. In development that is the server of `npm run dev`; never in a packaged Parley. */
export function homePage(env: NodeJS.ProcessEnv): string {
  const developed = app.isPackaged ? undefined : env.ELECTRON_RENDERER_URL;
  return developed ?? `${OUR_ORIGIN}/index.html`;
}
