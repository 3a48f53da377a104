import type { Codec } from './codec.ts';

// What a window's page gets before its own scripts: ipcRenderer, contextBridge and the app's preload.
// `runInPage` is sent as source text, so it may use nothing but its arguments and the page.

/** From the page to the main process. */
export type FromPage =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'open'; url: string; frameName: string; features: string }
  | { kind: 'leave'; url: string }
  | { kind: 'close' }
  | { kind: 'title'; title: string }
  | { kind: 'key'; input: KeyInput }
  | { kind: 'preload-failed'; message: string; stack: string };

/** From the main process to the page. */
export type ToPage =
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; message: string }
  | { kind: 'message'; channel: string; args: unknown[] };

export type KeyInput = {
  type: 'keyDown' | 'keyUp';
  key: string;
  code: string;
  isAutoRepeat: boolean;
  shift: boolean;
  control: boolean;
  alt: boolean;
  meta: boolean;
};

export type PageConfig = {
  /** Random names, so that a page cannot find our door by guessing. */
  binding: string;
  deliver: string;
  platform: string;
  argv: string[];
  versions: Record<string, string>;
};

type KeyEvent = { key: string; code: string; repeat: boolean } & Record<
  'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'defaultPrevented',
  boolean
>;
type Anchor = { href: string; target: string; protocol: string };
type ClickEvent = { defaultPrevented: boolean; preventDefault(): void; composedPath(): unknown[] };
type Page = {
  [name: string]: unknown;
  top: unknown;
  location: { href: string };
  document: { title: string; head: object };
  MutationObserver: new (heard: () => void) => { observe(node: object, what: object): void };
  open(url?: string, name?: string, features?: string): null;
  close(): void;
  addEventListener(name: string, listener: (event: never) => void, capture?: boolean): void;
};
type Preload = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
) => void;

/** The text to put at the head of every document of a window. */
export function pageSource(config: PageConfig, makeCodec: () => Codec, preload: string): string {
  const preloadFunction = `function (require, module, exports, process) {\n${preload}\n}`;
  return `(${runInPage.toString()})(${JSON.stringify(config)}, (${makeCodec.toString()})(), ${preloadFunction});`;
}

function runInPage(config: PageConfig, codec: Codec, preload: Preload): void {
  const page = globalThis as unknown as Page;
  if (page.top !== page || page.location.href === 'about:blank') return;

  const post = page[config.binding] as (text: string) => void;
  delete page[config.binding];
  const tell = (message: FromPage) => post(codec.encode(message));

  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, { listener: (...args: unknown[]) => void; once: boolean }[]>();
  let lastId = 0;

  const ipcRenderer = {
    // Async, because Electron rejects with a clone error and never throws it.
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      tell({ kind: 'invoke', id, channel, args });
      return new Promise((resolve, reject) => asked.set(id, { resolve, reject }));
    },
    send(channel: string, ...args: unknown[]): void {
      tell({ kind: 'send', channel, args });
    },
    on: (channel: string, listener: (...args: unknown[]) => void) => listen(channel, listener, false),
    once: (channel: string, listener: (...args: unknown[]) => void) => listen(channel, listener, true),
    addListener: (channel: string, listener: (...args: unknown[]) => void) =>
      listen(channel, listener, false),
    off: unlisten,
    removeListener: unlisten,
    removeAllListeners(channel?: string): unknown {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  };

  function listen(channel: string, listener: (...args: unknown[]) => void, once: boolean): unknown {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  }

  function unlisten(channel: string, listener: (...args: unknown[]) => void): unknown {
    const mine = listeners.get(channel) ?? [];
    const at = mine.findLastIndex((each) => each.listener === listener);
    if (at >= 0) listeners.set(channel, mine.toSpliced(at, 1));
    return ipcRenderer;
  }

  function deliver(text: string): void {
    const message = codec.decode(text) as ToPage;
    if (message.kind === 'message') {
      for (const each of listeners.get(message.channel) ?? []) {
        if (each.once) unlisten(message.channel, each.listener);
        each.listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
      return;
    }
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }
  Object.defineProperty(page, config.deliver, { value: deliver });

  // What crosses the bridge is copied, functions are wrapped and the result is frozen, as Electron does between worlds.
  function cross(value: unknown, frozen: boolean, seen = new Map<unknown, unknown>()): unknown {
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'function') {
      const inner = value as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => crossCall(inner, args);
    }
    if (value === null || typeof value !== 'object') return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Promise) {
      return value.then(
        (result: unknown) => cross(result, false),
        (error: unknown) => Promise.reject(crossError(error)),
      );
    }
    if (value instanceof Error) return crossError(value);
    const plain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (!plain && !('nodeType' in value)) return codec.decode(codec.encode(value));
    if (!plain) return value;
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    seen.set(value, copy);
    for (const [key, part] of Object.entries(value)) {
      Object.defineProperty(copy, key, {
        value: cross(part, frozen, seen),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return frozen ? Object.freeze(copy) : copy;
  }

  function crossCall(inner: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    try {
      return cross(inner(...args.map((arg) => cross(arg, false))), false);
    } catch (error) {
      throw crossError(error);
    }
  }

  function crossError(error: unknown): unknown {
    return error instanceof Error ? new Error(error.message) : error;
  }

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (Object.hasOwn(page, name))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(page, name, { value: cross(api, true), enumerable: true });
    },
  };

  // The page-side twin of `strict`: the page has no module to import it from.
  const strictHere = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, member, receiver) {
        const harmless =
          typeof member === 'symbol' || member in object || member === 'then' || member === '__esModule';
        if (harmless) return Reflect.get(object, member, receiver) as unknown;
        throw new Error(`The Electron stand-in has no ${name}.${member} in a page.`);
      },
    });
  const electron = strictHere('electron', {
    ipcRenderer: strictHere('ipcRenderer', ipcRenderer),
    contextBridge: strictHere('contextBridge', contextBridge),
  });
  const requireHere = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const processHere = {
    type: 'renderer',
    platform: config.platform,
    argv: config.argv,
    versions: config.versions,
    env: {},
    sandboxed: true,
    contextIsolated: true,
  };
  const module = { exports: {} };
  try {
    preload(requireHere, module, module.exports, processHere);
  } catch (error) {
    const { message, stack } = error as Error;
    tell({ kind: 'preload-failed', message, stack: stack ?? '' });
  }

  // Refusing a popup after Chromium made it would hang the opener, so it is refused before.
  page.open = (url = '', frameName = '', features = '') => {
    tell({
      kind: 'open',
      url: url === '' ? 'about:blank' : new URL(url, page.location.href).href,
      frameName,
      features,
    });
    return null;
  };
  page.close = () => tell({ kind: 'close' });
  page.addEventListener('click', (event: ClickEvent) => {
    const anchor = event.composedPath().find((part) => (part as { tagName?: string }).tagName === 'A') as
      | Anchor
      | undefined;
    if (!anchor?.href || event.defaultPrevented) return;
    const leaves = !/^(https?|file|blob|data|javascript):$/.test(anchor.protocol);
    if (anchor.target !== '_blank' && !leaves) return;
    event.preventDefault();
    if (leaves && anchor.target !== '_blank') tell({ kind: 'leave', url: anchor.href });
    else tell({ kind: 'open', url: anchor.href, frameName: '', features: '' });
  });

  let title = '';
  const watchTitle = () => {
    if (page.document.title !== title) tell({ kind: 'title', title: page.document.title });
    title = page.document.title;
  };
  page.addEventListener('DOMContentLoaded', () => {
    watchTitle();
    const everything = { subtree: true, childList: true, characterData: true };
    new page.MutationObserver(watchTitle).observe(page.document.head, everything);
  });

  const key = (type: KeyInput['type']) => (event: KeyEvent) =>
    tell({
      kind: 'key',
      input: {
        type,
        key: event.key,
        code: event.code,
        isAutoRepeat: event.repeat,
        shift: event.shiftKey,
        control: event.ctrlKey,
        alt: event.altKey,
        meta: event.metaKey,
      },
    });
  page.addEventListener('keydown', key('keyDown'), true);
  page.addEventListener('keyup', key('keyUp'), true);
}
