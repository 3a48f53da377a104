import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Answer, PushFrame } from '../../shared/contract/wire.ts';
import { refused } from '../../shared/lib/result.ts';

/** Answers the windows' calls. Only the main frame of a page of ours is heard. */
export function hearWindows(
  origin: string,
  answer: (call: string, input: unknown) => Promise<Answer<unknown>>,
  offerFile: (path: string) => Answer<unknown>,
): void {
  ipcMain.handle('parley:ask', (event, call: unknown, input: unknown) =>
    isOurs(event, origin) && typeof call === 'string' ? answer(call, input) : STRANGER,
  );
  ipcMain.handle('parley:file', (event, path: unknown) =>
    isOurs(event, origin) && typeof path === 'string' && isAbsolute(path) ? offerFile(path) : STRANGER,
  );
}

export function tellWindows(frame: PushFrame): void {
  for (const window of BrowserWindow.getAllWindows())
    if (!window.isDestroyed() && !window.webContents.isCrashed())
      window.webContents.send('parley:tell', frame);
}

function isOurs({ senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  // Null when the frame was gone before its message arrived.
  return senderFrame !== null && senderFrame.origin === origin && senderFrame.parent === null;
}

const STRANGER = refused({
  code: 'not-allowed',
  sentence: 'This page is not Parley’s own, so it is not answered.',
});
