import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A carrier of a few lines on a real socket, for tests of what is sent and of what is made of answers. */

export interface SeenRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export type FakeAnswer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  /** The request arrived, and nobody ever hears of it. */
  | 'silence'
  | 'cut';

export interface FakeCarrier {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** How requests are answered from now on. */
  answer: (request: SeenRequest) => FakeAnswer;
  close(): Promise<void>;
}

export async function fakeCarrier(answer: FakeCarrier['answer']): Promise<FakeCarrier> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const told = { method, url, headers, body };
      seen.push(told);
      const given = fake.answer(told);
      if (given === 'silence') return;
      if (given === 'cut') return request.socket.destroy();
      const { status = 200, json, text = json === undefined ? '' : JSON.stringify(json) } = given;
      response.writeHead(status, { 'content-type': 'application/json', ...given.headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeCarrier = { url: `http://127.0.0.1:${port}`, seen, answer, close: () => closed(server) };
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
