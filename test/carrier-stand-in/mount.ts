import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answer, Asked } from './http.ts';
import type { Router } from './routes.ts';
import type { CarrierName } from './truth.ts';

/** One carrier’s API, as the server sees it. */
export interface Mount {
  readonly carrier: CarrierName;
  readonly find: Router;
  /** Whoever may not come in is told so; null lets them in. */
  readonly gate: (asked: Asked) => Answer | null;
  readonly notFound: () => Answer;
  /** How this carrier says that something broke, that it is not there, and that one asks too much. */
  readonly broken: () => Answer;
  readonly unavailable: () => Answer;
  readonly tooMany: (headers: Record<string, string>) => Answer;
  /** What stands in the head of every answer. */
  readonly headers: () => Record<string, string>;
  /** The number that a request wants called, where it wants one called. */
  readonly numberOf: (asked: Asked) => string | null;
  /** Told of each request that begins and ends. */
  readonly during?: (delta: 1 | -1) => void;
  /** Takes a WebSocket in. False where there is none at that path. */
  readonly upgrade?: (path: string, request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}
