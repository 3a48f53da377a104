import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { hearing } from '../shared/contract/hearing.ts';
import type { Line, PushFrame } from '../shared/contract/wire.ts';

// Filled in by the build from the contract: the names are all that a sandboxed window needs of it.
declare const __CALLS__: readonly string[];
declare const __TOPICS__: readonly string[];

const ears = hearing();
ipcRenderer.on('parley:tell', (_event, frame: PushFrame) => ears.take(frame));

const line: Line = {
  async ask(call, input) {
    if (!__CALLS__.includes(call))
      return {
        ok: false,
        error: { code: 'unknown-call', sentence: 'This Parley does not know that call. Reload the window.' },
      };
    return ipcRenderer.invoke('parley:ask', call, input);
  },
  listen(topic, listener) {
    if (!__TOPICS__.includes(topic)) throw new Error(`no such topic: ${topic}`);
    return ears.listen(topic, listener);
  },
};

contextBridge.exposeInMainWorld('parley', line);
// A page hands over the file itself. Its path is looked up here, so that no page can name one.
contextBridge.exposeInMainWorld('parleyFiles', {
  give: (file: File) => ipcRenderer.invoke('parley:file', webUtils.getPathForFile(file)),
});
