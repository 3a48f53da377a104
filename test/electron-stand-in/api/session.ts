import type * as Electron from 'electron';
import { originOf, toBrowserUrl } from '../addresses.ts';
import { chromium } from '../runtime.ts';
import { type Shape, StrictEmitter, strict } from '../strict.ts';
import { protocol } from './protocol.ts';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

class Session extends StrictEmitter implements Shape<Electron.Session, 'protocol' | 'webRequest'> {
  readonly protocol = protocol;
  readonly webRequest = strict('session.webRequest', webRequest());
  _requestHandler: RequestHandler = null;
  _checkHandler: CheckHandler = null;
  readonly _record: Record<string, unknown> = {};

  constructor() {
    super('session');
  }
  setPermissionRequestHandler(handler: RequestHandler): void {
    this._requestHandler = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this._checkHandler = handler;
  }
  setDevicePermissionHandler(handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {
    this._record.devicePermissionHandler = handler;
  }
  setDisplayMediaRequestHandler(
    handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0],
  ): void {
    this._record.displayMediaRequestHandler = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this._record.spellChecker = enable;
  }
  isSpellCheckerEnabled(): boolean {
    return this._record.spellChecker !== false;
  }
  setSpellCheckerLanguages(languages: string[]): void {
    this._record.spellCheckerLanguages = languages;
  }
  setUserAgent(userAgent: string): void {
    this._record.userAgent = userAgent;
  }
  setCertificateVerifyProc(): void {}
  async setProxy(): Promise<void> {}
  async clearCache(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
  flushStorageData(): void {}
}

/** Kept, never called: what the app would do to requests has to be looked at in `_record`. */
function webRequest() {
  const record: Record<string, unknown[]> = {};
  const keep =
    (name: string) =>
    (...args: unknown[]): void => {
      record[name] = args;
    };
  const names = [
    'onBeforeRequest',
    'onBeforeSendHeaders',
    'onHeadersReceived',
    'onCompleted',
    'onErrorOccurred',
  ] as const;
  const listeners = Object.fromEntries(names.map((name) => [name, keep(name)]));
  return { _record: record, ...(listeners as Record<(typeof names)[number], (...args: unknown[]) => void>) };
}

export const session = strict('session', { defaultSession: new Session() });

type Asked = { permission: string; devTools: string; mediaTypes?: ('audio' | 'video')[] };
const asked: Asked[] = [
  { permission: 'media', devTools: 'microphone', mediaTypes: ['audio'] },
  { permission: 'media', devTools: 'camera', mediaTypes: ['video'] },
  { permission: 'notifications', devTools: 'notifications' },
  { permission: 'clipboard-read', devTools: 'clipboard-read' },
  { permission: 'geolocation', devTools: 'geolocation' },
];

/**
 * Asks the app's handlers about each permission before a page is loaded, and tells Chromium the answers.
 * Electron asks when the page does; over the DevTools protocol nobody can be asked at that moment.
 */
export async function applyPermissions(contents: Electron.WebContents, url: string): Promise<void> {
  const origin = originOf(toBrowserUrl(url));
  const browserOrigin = new URL(toBrowserUrl(url)).origin;
  if (origin === 'null' || browserOrigin === 'null') return;
  const settings = await Promise.all(
    asked.map(async (each) => ({ each, granted: await isGranted(contents, url, each) })),
  );
  const tell = ({ each, granted }: { each: Asked; granted: boolean }) =>
    chromium().cdp.send('Browser.setPermission', {
      permission: { name: each.devTools },
      setting: granted ? 'granted' : 'denied',
      origin: browserOrigin,
    });
  await Promise.all(settings.map(tell));
}

function isGranted(
  contents: Electron.WebContents,
  url: string,
  { permission, mediaTypes }: Asked,
): Promise<boolean> {
  const { _requestHandler: request, _checkHandler: check } = session.defaultSession;
  const checkDetails = {
    isMainFrame: true,
    requestingUrl: url,
    securityOrigin: originOf(url),
    mediaType: mediaTypes?.[0] ?? 'unknown',
  };
  const checked = check?.(contents, permission as never, originOf(url), checkDetails as never) ?? true;
  if (!checked || request === null) return Promise.resolve(checked);
  const details = {
    isMainFrame: true,
    requestingUrl: url,
    ...(mediaTypes ? { mediaTypes, securityOrigin: originOf(url) } : {}),
  };
  return new Promise((resolve) => request(contents, permission as never, resolve, details));
}
