import type { Readable, Writable } from 'node:stream';

type Answer = { resolve(result: unknown): void; reject(error: Error): void };
type Message = {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
};
type Listener = (params: never) => void;

/** One conversation over the DevTools protocol: the browser's own, or one page's. */
export type CdpSession = {
  send<T = unknown>(method: string, params?: object): Promise<T>;
  on<T>(method: string, listener: (params: T) => void): void;
};

export type CdpConnection = CdpSession & {
  session(sessionId: string): CdpSession;
  forget(sessionId: string): void;
};

/**
 * Speaks the DevTools protocol over Chromium's two pipes (--remote-debugging-pipe): JSON, each message
 * closed by a zero byte. Pipes need no port, and Chromium goes away by itself when they close.
 */
export function connectCdp(toBrowser: Writable, fromBrowser: Readable): CdpConnection {
  let lastId = 0;
  const waiting = new Map<number, Answer & { sessionId: string }>();
  const listeners = new Map<string, Map<string, Listener[]>>();

  function send<T>(sessionId: string, method: string, params: object = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, {
        resolve,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
        sessionId,
      });
      const message = { id: lastId, method, params, ...(sessionId === '' ? {} : { sessionId }) };
      toBrowser.write(`${JSON.stringify(message)}\0`);
    });
  }

  function on<T>(sessionId: string, method: string, listener: (params: T) => void): void {
    const mine = listeners.get(sessionId) ?? new Map<string, Listener[]>();
    listeners.set(sessionId, mine);
    mine.set(method, [...(mine.get(method) ?? []), listener]);
  }

  function take(message: Message): void {
    if (message.id === undefined) {
      const heard = listeners.get(message.sessionId ?? '')?.get(message.method ?? '') ?? [];
      for (const listener of heard) listener((message.params ?? {}) as never);
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) answer?.reject(new Error(message.error.message));
    else answer?.resolve(message.result);
  }

  function forget(sessionId: string): void {
    listeners.delete(sessionId);
    for (const [id, answer] of waiting) {
      if (answer.sessionId !== sessionId) continue;
      waiting.delete(id);
      answer.reject(new Error('the page is gone'));
    }
  }

  readMessages(fromBrowser, take);
  // Writing to a browser that has just died is no error of its own; its end is told by the process.
  toBrowser.on('error', () => {});
  fromBrowser.on('error', () => {});
  return {
    send: (method, params) => send('', method, params),
    on: (method, listener) => on('', method, listener),
    session: (sessionId) => ({
      send: (method, params) => send(sessionId, method, params),
      on: (method, listener) => on(sessionId, method, listener),
    }),
    forget,
  };
}

function readMessages(stream: Readable, take: (message: Message) => void): void {
  let pending: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      const text = Buffer.concat([...pending, chunk.subarray(from, end)]).toString('utf8');
      pending = [];
      from = end + 1;
      take(JSON.parse(text) as Message);
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  });
}
