import { Agent, request } from 'node:http';

export interface Loopback {
  /** Null where nobody answered in time. */
  send(letter: {
    url: string;
    method: 'GET' | 'POST';
    headers: Readonly<Record<string, string>>;
    body: string;
    timeoutMs: number;
  }): Promise<{ status: number; body: string } | null>;
  tunnel(publicOrigin: string, localOrigin: string): void;
  close(): void;
}

const ANSWER_BYTES_MAX = 64 * 1024;

/** Requests that never leave this machine: public addresses are reached through the tunnels that were named. */
export function openLoopback(): Loopback {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tunnels = new Map<string, string>();
  const localOf = (url: URL): URL | null => {
    const through = tunnels.get(url.origin);
    if (through !== undefined) return new URL(url.pathname + url.search, through);
    return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ? url : null;
  };

  return {
    send({ url, method, headers, body, timeoutMs }) {
      const asked = URL.parse(url);
      const local = asked === null ? null : localOf(asked);
      if (asked === null || local === null) return Promise.resolve(null);
      return new Promise((done) => {
        const sent = request(
          {
            agent,
            method,
            hostname: local.hostname.replaceAll(/[[\]]/g, ''),
            port: local.port,
            path: local.pathname + local.search,
            headers: {
              ...headers,
              host: asked.host,
              ...(method === 'POST' && { 'content-length': Buffer.byteLength(body) }),
            },
            timeout: timeoutMs,
          },
          (answer) => {
            const parts: Buffer[] = [];
            let bytes = 0;
            answer.on('data', (part: Buffer) => {
              bytes += part.length;
              if (bytes <= ANSWER_BYTES_MAX) parts.push(part);
            });
            answer.on('end', () =>
              done({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
            );
            answer.on('error', () => done(null));
          },
        );
        sent.on('timeout', () => sent.destroy());
        sent.on('error', () => done(null));
        sent.end(method === 'POST' ? body : undefined);
      });
    },
    tunnel: (publicOrigin, localOrigin) => void tunnels.set(new URL(publicOrigin).origin, localOrigin),
    close: () => agent.destroy(),
  };
}
