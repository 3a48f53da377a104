import { contextBridge, ipcRenderer } from 'electron';
import type { Line, PushFrame } from '../shared/contract/wire.ts';

// Filled in by the build from the contract: the names are all that a sandboxed window needs of it.
declare const __CALLS__: readonly string[];
declare const __TOPICS__: readonly string[];

const listeners = new Map<string, Set<(frame: PushFrame) => void>>();
// A wish of the desktop may come before its screen is there, as at a start by a `tel:` link: the last one waits.
const WISHES = ['app.goTo', 'app.dialBox', 'app.showKeys'];
const unheard = new Map<string, PushFrame>();

ipcRenderer.on('parley:tell', (_event, frame: PushFrame) => {
  const heard = listeners.get(frame.topic);
  if (heard !== undefined && heard.size > 0) for (const listener of heard) listener(frame);
  else if (WISHES.includes(frame.topic)) unheard.set(frame.topic, frame);
});

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
    const heard = listeners.get(topic) ?? new Set();
    listeners.set(topic, heard.add(listener));
    const waiting = unheard.get(topic);
    unheard.delete(topic);
    if (waiting !== undefined) listener(waiting);
    return () => void heard.delete(listener);
  },
};

contextBridge.exposeInMainWorld('parley', line);
