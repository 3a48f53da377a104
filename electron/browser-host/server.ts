import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { FILES_PATH } from '../../shared/contract/pages.ts';
import { RECORDINGS_PATH } from '../../shared/contract/recordings.ts';
import { type Answer, type AskFrame, MESSAGE_BYTES_MAX, type PushFrame } from '../../shared/contract/wire.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { WISHES } from '../../shared/contract/hearing.ts';
import { tooLarge } from '../handlers/answer.ts';
import { EXPORTS_PATH } from '../handlers/contacts-export.ts';
import { isOurHost, isOurOrigin } from './guards.ts';
import { type PhoneHosts, pageAt, policyAt, sendPage, sendSentence } from './pages.ts';
import { type GiveFile, sendExport } from './send-export.ts';
import { sendSound } from './send-sound.ts';
import type { SoundSource } from './sound-answer.ts';
import { type PassMemory, type Passes, passes } from './passes.ts';
import { type TakeFile, takeFile } from './take-file.ts';

export interface BrowserHostParts {
  /** The built renderer. */
  readonly folder: string;
  readonly port: number;
  /** Whom it had let in before, so that their pages need no new link. */
  readonly memory: PassMemory;
  readonly answer: (call: string, input: unknown) => Promise<Answer<unknown>>;
  /** Takes a file that a page sends; left out, none is taken. */
  readonly take?: TakeFile;
  /** Gives a finished export for the word that stands for it; left out, there are none. */
  readonly give?: GiveFile;
  /** The sound behind an address; left out, there are none. */
  readonly sound?: SoundSource;
  /** Left out, the page of the phone speaks to nobody but us. */
  readonly phoneHosts?: PhoneHosts;
}

export interface BrowserHost {
  readonly port: number;
  /** An address for one browser. Every call makes a new one, good once. */
  address(): string;
  push(frame: PushFrame): void;
  close(): Promise<void>;
}

/** Serves the renderer and its wire on the loopback address, to whoever holds a pass and nobody else. */
export async function startBrowserHost(parts: BrowserHostParts): Promise<Result<BrowserHost, string>> {
  const doorman = passes(parts.memory);
  const server = createServer();
  const listening = await listen(server, parts.port);
  if (!listening.ok) return listening;
  const { port } = server.address() as AddressInfo;
  server.on('request', (request, response) => {
    serve(parts, doorman, port, request, response).catch(() => response.destroy());
  });
  // A link that Parley was started with comes before any browser does: it waits for the first.
  const unheard = new Map<string, string>();
  const sockets = wireOn(server, port, parts, doorman, unheard);
  return ok({
    port,
    address: () => `http://127.0.0.1:${port}/?ticket=${doorman.issueTicket()}`,
    push(frame) {
      const text = JSON.stringify({ push: frame });
      if (sockets.clients.size === 0 && WISHES.includes(frame.topic)) unheard.set(frame.topic, text);
      for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: () => closeBoth(server, sockets),
  });
}

async function serve(
  parts: BrowserHostParts,
  doorman: Passes,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (!isOurHost(request, port))
    return sendSentence(response, 403, 'Parley only answers on this computer’s own address.');
  const origin = `http://127.0.0.1:${port}`;
  const url = URL.parse(request.url ?? '/', origin);
  if (request.method === 'POST' && url?.pathname === FILES_PATH && parts.take !== undefined) {
    if (!doorman.holds(cookieOf(request, port))) return sendSentence(response, 403, NO_PASS);
    return takeFile(parts.take, port, url.searchParams.get('name') ?? '', request, response);
  }
  if (request.method !== 'GET') return sendSentence(response, 405, 'Parley serves pages here, nothing else.');
  if (url?.origin !== origin) return sendSentence(response, 404, NO_PAGE);

  const ticket = url.searchParams.get('ticket');
  if (ticket !== null) return enter(doorman, ticket, port, request, response);
  if (!doorman.holds(cookieOf(request, port))) return sendSentence(response, 403, NO_PASS);
  if (parts.give !== undefined && url.pathname.startsWith(EXPORTS_PATH))
    return sendExport(parts.give, url.pathname.slice(EXPORTS_PATH.length), response);
  if (parts.sound !== undefined && url.pathname.startsWith(RECORDINGS_PATH))
    return sendSound(parts.sound, url.pathname, port, request, response);
  const page = await pageAt(parts.folder, url.pathname);
  if (page === null) return sendSentence(response, 404, NO_PAGE);
  const connect = `'self' ws://127.0.0.1:${port} ws://localhost:${port}`;
  sendPage(response, page, policyAt(url.pathname, connect, parts.phoneHosts));
}

const NO_PAGE = 'There is no such page in Parley.';

const NO_PASS =
  'This address needs the full link that Parley printed when it started. Links work once: start Parley again, or look at its terminal for a new one.';

/** Spends the ticket, and leaves an address without it in the bar and the history. */
function enter(
  doorman: Passes,
  ticket: string,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const cookie = doorman.redeem(ticket);
  if (cookie === null && !doorman.holds(cookieOf(request, port))) return sendSentence(response, 403, NO_PASS);
  const headers: Record<string, string> = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
  if (cookie !== null)
    headers['Set-Cookie'] = `${cookieName(port)}=${cookie}; HttpOnly; SameSite=Strict; Path=/`;
  // Not a redirect by status: some browsers leave a strict cookie out of a request that began elsewhere.
  response.writeHead(200, { ...headers, Refresh: '0; url=/', 'Content-Type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Parley</title><link rel="icon" href="data:,">');
}

function wireOn(
  server: Server,
  port: number,
  parts: BrowserHostParts,
  doorman: Passes,
  unheard: Map<string, string>,
): WebSocketServer {
  // Twice the limit on the wire, so that a call slightly too large is answered instead of cut off.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 2 * MESSAGE_BYTES_MAX });
  server.on('upgrade', (request, socket, head) => {
    // Nobody else listens here: without this, one who hangs up too soon would end the program.
    socket.on('error', () => socket.destroy());
    const mayEnter =
      isOurHost(request, port) &&
      isOurOrigin(request, port) &&
      request.url === '/wire' &&
      doorman.holds(cookieOf(request, port));
    if (!mayEnter) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => {
      for (const text of unheard.values()) open.send(text);
      unheard.clear();
      open.on('error', () => open.terminate());
      open.on('message', (data) => {
        answerOn(open, parts, (data as Buffer).toString()).catch(() =>
          open.close(1011, 'Parley made a mistake'),
        );
      });
    });
  });
  return sockets;
}

async function answerOn(socket: WebSocket, parts: BrowserHostParts, text: string): Promise<void> {
  const frame = frameIn(text);
  if (frame === null) {
    socket.close(1008, 'Not a call of Parley');
    return;
  }
  const answer =
    text.length > MESSAGE_BYTES_MAX
      ? refused(tooLarge())
      : await parts.answer(frame.call, frame.input ?? undefined);
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id: frame.id, answer }));
}

function frameIn(text: string): AskFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('id' in frame) || !('call' in frame)) return null;
    return typeof frame.id === 'number' && typeof frame.call === 'string' ? (frame as AskFrame) : null;
  } catch {
    return null;
  }
}

function listen(server: Server, port: number): Promise<Result<null, string>> {
  return new Promise((resolve) => {
    if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) {
      return resolve(refused(`${port} is not a port. Ports are whole numbers from 1 to ${PORT_MAX}.`));
    }
    server.on('error', (error: NodeJS.ErrnoException) => {
      const other = port === PORT_MAX ? port - 1 : port + 1;
      resolve(
        refused(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use by another program. Start Parley with another one, such as --port ${other}, or without --port to let it choose.`
            : `Parley could not open port ${port} on this computer (${error.code ?? error.message}).`,
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(ok(null)));
  });
}

const PORT_MAX = 65_535;

/** Cookies are shared between the ports of a computer, and two Parleys may run on one. */
function cookieName(port: number): string {
  return `parley-${port}`;
}

function cookieOf(request: IncomingMessage, port: number): string {
  const start = `${cookieName(port)}=`;
  const found = (request.headers.cookie ?? '').split('; ').find((each) => each.startsWith(start));
  return found?.slice(start.length) ?? '';
}

function closeBoth(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
