import { contextBridge, ipcRenderer } from 'electron';
import type { Line, PushFrame } from '../../shared/contract/wire.ts';

// Filled in by the build: the few names that the page of the phone may say. The main process holds it to them as well.
// Nothing of ours is imported but types, so that the build makes one file of it, as the sandbox wants.
declare const __PHONE_CALLS__: readonly string[];
declare const __PHONE_TOPICS__: readonly string[];

const ears = new Map<string, Set<(frame: PushFrame) => void>>();
ipcRenderer.on('parley:tell', (_event, frame: PushFrame) => {
  for (const hear of ears.get(frame.topic) ?? []) hear(frame);
});

const line: Line = {
  async ask(call, input) {
    if (!__PHONE_CALLS__.includes(call))
      return { ok: false, error: { code: 'unknown-call', sentence: 'The phone does not ask for that.' } };
    return ipcRenderer.invoke('parley:ask', call, input);
  },
  listen(topic, listener) {
    if (!__PHONE_TOPICS__.includes(topic)) throw new Error(`no such topic for the phone: ${topic}`);
    const heard = ears.get(topic) ?? new Set();
    ears.set(topic, heard.add(listener));
    return () => void heard.delete(listener);
  },
};

contextBridge.exposeInMainWorld('parley', line);
