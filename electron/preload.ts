import { contextBridge, ipcRenderer } from 'electron';
import type { Line, PushFrame } from '../shared/contract/wire.ts';

// Filled in by the build from the contract: the names are all that a sandboxed window needs of it.
declare const __CALLS__: readonly string[];
declare const __TOPICS__: readonly string[];

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
    const heard = (_event: unknown, frame: PushFrame) => {
      if (frame.topic === topic) listener(frame);
    };
    ipcRenderer.on('parley:tell', heard);
    return () => void ipcRenderer.off('parley:tell', heard);
  },
};

contextBridge.exposeInMainWorld('parley', line);
