import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { PHONE_CALLS, PHONE_TOPICS } from '../../shared/contract/phone.ts';
import type { Answer, PushFrame } from '../../shared/contract/wire.ts';
import { refused } from '../../shared/lib/result.ts';

/** Answers the windows' calls. Only the main frame of a page of ours is heard, and the phone's for little. */
export function hearWindows(
  origin: string,
  answer: (call: string, input: unknown) => Promise<Answer<unknown>>,
  offerFile: (path: string) => Answer<unknown>,
): void {
  ipcMain.handle('parley:ask', (event, call: unknown, input: unknown) =>
    isOurs(event, origin) && typeof call === 'string' && maySay(event, call) ? answer(call, input) : STRANGER,
  );
  ipcMain.handle('parley:file', (event, path: unknown) =>
    isOurs(event, origin) && !isPhone(event.sender) && typeof path === 'string' && isAbsolute(path)
      ? offerFile(path)
      : STRANGER,
  );
}

export function tellWindows(frame: PushFrame): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (window.isDestroyed() || window.webContents.isCrashed()) continue;
    if (isPhone(window.webContents) && !PHONE_TOPICS.includes(frame.topic)) continue;
    window.webContents.send('parley:tell', frame);
  }
}

const phones = new Set<number>();

/** From here on this page is heard and told no more than a phone needs. */
export function treatAsPhone(contents: WebContents): void {
  phones.add(contents.id);
}

function isPhone({ id }: WebContents): boolean {
  return phones.has(id);
}

function maySay({ sender }: IpcMainInvokeEvent, call: string): boolean {
  return !isPhone(sender) || PHONE_CALLS.includes(call);
}

function isOurs({ senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  // Null when the frame was gone before its message arrived.
  return senderFrame !== null && senderFrame.origin === origin && senderFrame.parent === null;
}

const STRANGER = refused({
  code: 'not-allowed',
  sentence: 'This page is not Parley’s own, so it is not answered.',
});
