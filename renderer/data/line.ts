import { hearing } from '../../shared/contract/hearing.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answer, AnswerFrame, Line, PushFrame, Refusal } from '../../shared/contract/wire.ts';
import { refused } from '../../shared/lib/result.ts';

declare global {
  interface Window {
    /** Put there by the preload in Electron; a browser has none and speaks over a socket. */
    parley?: Line;
  }
}

/** How the conversation with the engine stands. `failures` counts tries in a row that came to nothing. */
export interface LineStatus {
  readonly state: 'opening' | 'up' | 'lost';
  readonly failures: number;
}

export interface OpenLine extends Line {
  readonly status: StoreApi<LineStatus>;
}

export const LOST: Refusal = {
  code: 'lost',
  sentence: 'Parley’s engine is not answering. Nothing was changed; it is being asked again by itself.',
};

/** The line this page has: the desktop's bridge, or a socket to the address the page came from. */
export function openLine(): OpenLine {
  if (window.parley !== undefined) return bridgeLine(window.parley);
  return socketLine({
    connect: () => new WebSocket(`ws://${window.location.host}/wire`),
    later: (ms, run) => void setTimeout(run, ms),
  });
}

/** In Electron the engine lives and dies with the window, so the line is always up. */
export function bridgeLine(bridge: Line): OpenLine {
  return {
    status: createStore<LineStatus>(() => ({ state: 'up', failures: 0 })),
    ask: (call, input) => bridge.ask(call, input).catch(() => refused(LOST)),
    listen: (topic, listener) => bridge.listen(topic, listener),
  };
}

/** The little we need of a WebSocket; a real one has it. */
export interface Socket {
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  send(text: string): void;
}

export interface SocketLineParts {
  connect(): Socket;
  later(ms: number, run: () => void): void;
}

const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 5_000;

/**
 * A line over a socket that comes back by itself. What was asked and not answered when it broke is refused as
 * lost, because nobody can say whether it was heard.
 */
export function socketLine({ connect, later }: SocketLineParts): OpenLine {
  const status = createStore<LineStatus>(() => ({ state: 'opening', failures: 0 }));
  const waiting = new Map<number, (answer: Answer<unknown>) => void>();
  const ears = hearing();
  let unsent: string[] = [];
  let socket: Socket | null = null;
  let lastId = 0;

  const loseAll = () => {
    const lost = [...waiting.values()];
    waiting.clear();
    unsent = [];
    for (const answer of lost) answer(refused(LOST));
  };

  const open = () => {
    const next = connect();
    next.addEventListener('open', () => {
      socket = next;
      status.setState({ state: 'up', failures: 0 });
      for (const text of unsent.splice(0)) next.send(text);
    });
    next.addEventListener('message', ({ data }) =>
      take(JSON.parse(String(data)) as AnswerFrame | { push: PushFrame }),
    );
    next.addEventListener('close', () => {
      const { failures } = status.getState();
      socket = null;
      status.setState({ state: 'lost', failures: failures + 1 });
      loseAll();
      later(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** failures), open);
    });
  };

  const take = (frame: AnswerFrame | { push: PushFrame }) => {
    if ('push' in frame) {
      ears.take(frame.push);
      return;
    }
    const answer = waiting.get(frame.id);
    waiting.delete(frame.id);
    answer?.(frame.answer);
  };

  open();
  return {
    status,
    ask: (call, input) =>
      new Promise((resolve) => {
        if (status.getState().state === 'lost') return resolve(refused(LOST));
        const id = ++lastId;
        const text = JSON.stringify({ id, call, input });
        waiting.set(id, resolve);
        if (socket === null) unsent.push(text);
        else socket.send(text);
      }),
    listen: ears.listen,
  };
}
