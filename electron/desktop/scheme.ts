import { app, protocol } from 'electron';
import { contentPolicy, pageAt } from '../browser-host/pages.ts';

const SCHEME = 'app';

/** The only origin that is ours: its windows are heard, and pages of no other are ever shown. */
export const OUR_ORIGIN = `${SCHEME}://parley`;

/** Must run before the app is ready: afterwards Chromium has made up its mind about schemes. */
export function declareScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the built renderer. What is not one of its files is not there. */
export function serveScheme(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const page =
      url.host === 'parley' && request.method === 'GET' ? await pageAt(folder, url.pathname) : null;
    if (page === null) return new Response('There is no such page in Parley.', { status: 404 });
    return new Response(page.bytes, {
      headers: {
        'Content-Type': page.type,
        'Content-Security-Policy': contentPolicy("'self'"),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  });
}

/** Where the window begins. In development that is the server of `npm run dev`; never in a packaged Parley. */
export function homePage(env: NodeJS.ProcessEnv): string {
  const developed = app.isPackaged ? undefined : env.ELECTRON_RENDERER_URL;
  return developed ?? `${OUR_ORIGIN}/index.html`;
}
