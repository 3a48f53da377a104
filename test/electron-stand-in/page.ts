import { randomUUID } from 'node:crypto';
import vm from 'node:vm';
import { answerRequest, handlesUrl, type PausedRequest } from './api/protocol.ts';
import { toAppUrl } from './addresses.ts';
import type { CdpSession } from './cdp.ts';
import { makeCodec } from './codec.ts';
import { type FromPage, pageSource, type ToPage } from './page-script.ts';
import { chromium, complain } from './runtime.ts';

// One page of Chromium that plays a window's contents: made over the DevTools protocol, with our
// script at the head of each of its documents and our answers to its requests.

export type PageEvents = {
  message(message: FromPage): void;
  /** False keeps the page where it is. Asked only when the page itself wants to leave. */
  mayNavigate(url: string, redirected: boolean): boolean;
  navigated(url: string, failed: boolean): void;
  navigatedWithin(url: string): void;
  domReady(): void;
  loaded(): void;
  log(level: string, text: string, line: number, source: string): void;
  crashed(): void;
  gone(): void;
};

export type PageWish = {
  width: number;
  height: number;
  preload: string | null;
  argv: string[];
  events: PageEvents;
};

export type Page = {
  targetId: string;
  session: CdpSession;
  /** Leaves for an address on the app's own wish; the error text of Chromium, or null. */
  navigate(url: string): Promise<string | null>;
  deliver(message: ToPage): void;
  close(): void;
};

const codec = makeCodec();
const pages = new Map<string, { events: PageEvents; sessionId: string }>();
let watching = false;

export async function openPage(wish: PageWish): Promise<Page> {
  const { cdp, headful } = chromium();
  watchTargets();
  const place = { url: 'about:blank', newWindow: true, width: wish.width, height: wish.height };
  const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', place);
  const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  pages.set(targetId, { events: wish.events, sessionId });
  const session = cdp.session(sessionId);
  const page = makePage(targetId, session, wish);
  if (!headful) void resizePage(session, wish.width, wish.height, 1);
  return page;
}

function makePage(targetId: string, session: CdpSession, wish: PageWish): Page {
  const binding = `_${randomUUID().replaceAll('-', '')}`;
  const deliverName = `_${randomUUID().replaceAll('-', '')}`;
  const own = { url: '', current: 'about:blank' };
  listen(targetId, session, wish.events, own, binding);
  intercept(targetId, session, wish.events, own);

  const config = { binding, deliver: deliverName, platform: process.platform, argv: wish.argv };
  const versions = {
    electron: process.versions.electron,
    chrome: chromium().version,
    node: process.versions.node,
  };
  const source = pageSource(
    { ...config, versions },
    makeCodec,
    readablePreload(wish.preload ?? '', wish.events),
  );
  // Sent in one go and in this order; Chromium keeps the order, so only the last needs waiting for.
  const ready = Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Runtime.addBinding', { name: binding }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source }),
    session.send('Fetch.enable', {
      patterns: [{ urlPattern: 'https://*.standin/*' }, { urlPattern: '*', resourceType: 'Document' }],
    }),
  ]);

  return {
    targetId,
    session,
    async navigate(url) {
      await ready;
      own.url = url;
      const { errorText } = await session.send<{ errorText?: string }>('Page.navigate', { url });
      return errorText ?? null;
    },
    deliver(message) {
      const text = JSON.stringify(codec.encode(message));
      // A page between two documents has no door; Electron drops such messages too.
      const expression = `globalThis[${JSON.stringify(deliverName)}]?.(${text})`;
      session.send('Runtime.evaluate', { expression }).catch(() => {});
    },
    close() {
      forgetPage(targetId);
      chromium()
        .cdp.send('Target.closeTarget', { targetId })
        .catch(() => {});
    },
  };
}

type Frame = { id: string; parentId?: string; url: string; urlFragment?: string; unreachableUrl?: string };
type ConsoleCall = {
  type: string;
  args: { value?: string | number | boolean | null; description?: string }[];
  stackTrace?: { callFrames: { url: string; lineNumber: number }[] };
};

function listen(
  targetId: string,
  session: CdpSession,
  events: PageEvents,
  own: { current: string },
  binding: string,
): void {
  session.on<{ name: string; payload: string }>('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === binding) events.message(codec.decode(payload) as FromPage);
  });
  session.on<{ frame: Frame }>('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return;
    own.current = frame.url;
    events.navigated(
      toAppUrl((frame.unreachableUrl ?? frame.url) + (frame.urlFragment ?? '')),
      frame.unreachableUrl !== undefined,
    );
  });
  session.on<{ frameId: string; url: string }>('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === targetId) events.navigatedWithin(toAppUrl(url));
  });
  session.on('Page.domContentEventFired', () => events.domReady());
  session.on('Page.loadEventFired', () => events.loaded());
  session.on<ConsoleCall>('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const text = args.map((arg) => String(arg.value ?? arg.description ?? '')).join(' ');
    const at = stackTrace?.callFrames[0];
    events.log(type, text, (at?.lineNumber ?? -1) + 1, toAppUrl(at?.url ?? ''));
  });
}

type Paused = {
  requestId: string;
  frameId: string;
  resourceType: string;
  redirectedRequestId?: string;
  request: PausedRequest;
};

function intercept(
  targetId: string,
  session: CdpSession,
  events: PageEvents,
  own: { url: string; current: string },
): void {
  const withoutHash = (url: string) => url.split('#')[0]!;
  const mayPass = ({ resourceType, frameId, request, redirectedRequestId }: Paused): boolean => {
    if (resourceType !== 'Document' || frameId !== targetId) return true;
    const ours = [own.url, own.current].some((url) => withoutHash(url) === withoutHash(request.url));
    own.url = '';
    return ours || events.mayNavigate(toAppUrl(request.url), redirectedRequestId !== undefined);
  };
  const decide = async (paused: Paused): Promise<void> => {
    const { requestId, request, resourceType } = paused;
    if (!mayPass(paused)) return session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    // Electron's windows have no tab, and so never ask for its icon.
    const isTabIcon = resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico';
    if (isTabIcon) return session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
    if (!handlesUrl(request.url)) return session.send('Fetch.continueRequest', { requestId });
    const answer = await answerRequest(request);
    if (answer === null) return session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    return session.send('Fetch.fulfillRequest', { requestId, ...answer });
  };
  // A request whose page is gone can no longer be answered, and needs no answer.
  session.on<Paused>('Fetch.requestPaused', (paused) => void decide(paused).catch(() => {}));
}

/** A preload that cannot even be parsed would take our own script down with it. */
function readablePreload(text: string, events: PageEvents): string {
  try {
    vm.compileFunction(text);
    return text;
  } catch (error) {
    const { message, stack } = error as Error;
    events.message({ kind: 'preload-failed', message, stack: stack ?? '' });
    return '';
  }
}

function watchTargets(): void {
  if (watching) return;
  watching = true;
  const { cdp } = chromium();
  cdp.on<{ targetId: string }>('Target.targetCrashed', ({ targetId }) =>
    pages.get(targetId)?.events.crashed(),
  );
  cdp.on<{ targetId: string }>('Target.targetDestroyed', ({ targetId }) => {
    const page = pages.get(targetId);
    forgetPage(targetId);
    page?.events.gone();
  });
  cdp.send('Target.setDiscoverTargets', { discover: true }).catch((error: Error) => complain(error.message));
}

function forgetPage(targetId: string): void {
  const page = pages.get(targetId);
  pages.delete(targetId);
  if (page) chromium().cdp.forget(page.sessionId);
}

/** Headless windows have no frame to drag, so their size and zoom are told to the page directly. */
export async function resizePage(
  session: CdpSession,
  width: number,
  height: number,
  zoom: number,
): Promise<void> {
  const size = { width: Math.round(width / zoom), height: Math.round(height / zoom) };
  const metrics = { ...size, deviceScaleFactor: zoom === 1 ? 0 : zoom, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics).catch(() => {});
}
