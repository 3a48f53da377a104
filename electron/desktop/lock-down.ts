import { app, session, shell } from 'electron';

/** Sites that a link may open, in the system's own browser. None yet: nothing in Parley leads outside. */
const OUTSIDE: ReadonlySet<string> = new Set([]);

/**
 * Keeps every page where it is. The renderer shows what strangers wrote (names, notes, fields), so a hole in
 * it must not become a way to another page, another window or another device.
 */
export function lockDown(origin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (mayLeadOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      if (!isOf(origin, event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOf(origin, event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** The microphone, and copying text out; everything else that Chromium could grant is denied. */
export function grantLittle(origin: string): void {
  const { defaultSession } = session;
  defaultSession.setPermissionCheckHandler((_contents, permission, asker, details) => {
    if (!isOf(origin, asker)) return false;
    return permission === 'media' ? details.mediaType === 'audio' : permission === COPYING;
  });
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const isMicrophone = permission === 'media' && mediaTypes.length === 1 && mediaTypes[0] === 'audio';
    answer(isOf(origin, details.requestingUrl) && (isMicrophone || permission === COPYING));
  });
  defaultSession.setDevicePermissionHandler(() => false);
}

/** Needed by "copy details"; it writes plain text and reads nothing. */
const COPYING = 'clipboard-sanitized-write';

function mayLeadOutside(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === 'https:' && OUTSIDE.has(parsed.hostname);
}

/** `URL.origin` says "null" for schemes it does not know, so the parts are compared. */
function isOf(origin: string, url: string): boolean {
  const [ours, theirs] = [URL.parse(origin), URL.parse(url)];
  return theirs !== null && ours?.protocol === theirs.protocol && ours.host === theirs.host;
}
