import type * as Electron from 'electron';
import type { FromPage } from '../page-script.ts';
import { complain } from '../runtime.ts';
import { anEvent } from '../strict.ts';
import { app } from './app.ts';
import { ipcMain } from './ipc-main.ts';
import type { WebContents } from './web-contents.ts';

/** What a page said, brought to whoever in the main process listens for it. */
export function answerPage(contents: WebContents, message: FromPage): void {
  if (contents._destroyed) return;
  if (message.kind === 'invoke') void invoke(contents, message);
  else if (message.kind === 'send') send(contents, message.channel, message.args);
  else if (message.kind === 'open') open(contents, message.url, message.frameName, message.features);
  else if (message.kind === 'leave') contents._mayLeave(message.url, false);
  else if (message.kind === 'close') contents._owner?.close();
  else if (message.kind === 'title') contents._titled(message.title);
  else if (message.kind === 'key')
    contents.emit('before-input-event', anEvent({}), { ...message.input, modifiers: [], location: 0 });
  else preloadFailed(contents, message.message, message.stack);
}

async function invoke(
  contents: WebContents,
  { id, channel, args }: FromPage & { kind: 'invoke' },
): Promise<void> {
  try {
    const value = await ipcMain._answer(
      anIpcEvent(contents) as unknown as Electron.IpcMainInvokeEvent,
      channel,
      args,
    );
    if (!contents._destroyed) contents._answer({ kind: 'answer', id, value });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    const text = `Error invoking remote method '${channel}': ${String(error)}`;
    if (!contents._destroyed) contents._answer({ kind: 'refusal', id, message: text });
  }
}

function send(contents: WebContents, channel: string, args: unknown[]): void {
  const reply = (to: string, ...more: unknown[]) => contents.send(to, ...more);
  const event = { ...anIpcEvent(contents), reply, ports: [], returnValue: undefined };
  contents.emit('ipc-message', event, channel, ...args);
  ipcMain.emit(channel, event, ...args);
}

function anIpcEvent(contents: WebContents) {
  const senderFrame = contents.mainFrame;
  return anEvent({ type: 'frame', sender: contents, senderFrame, processId: contents.id, frameId: 1 });
}

function open(contents: WebContents, url: string, frameName: string, features: string): void {
  const referrer = { url: contents.getURL(), policy: 'strict-origin-when-cross-origin' as const };
  const disposition = features === '' ? 'foreground-tab' : 'new-window';
  const answer = contents._openHandler?.({ url, frameName, features, disposition, referrer });
  if (answer?.action === 'deny') return;
  complain(`window.open of ${url} was allowed by the app, but this stand-in shows no child windows`);
}

function preloadFailed(contents: WebContents, message: string, stack: string): void {
  console.error(`Unable to load preload script: ${stack}`);
  contents.emit('preload-error', anEvent({}), '', Object.assign(new Error(message), { stack }));
  app.emit('preload-error', anEvent({}), contents, message);
}
