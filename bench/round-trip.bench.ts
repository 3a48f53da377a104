import { once } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { WebSocket, WebSocketServer } from 'ws';
import { startBrowserHost } from '../electron/browser-host/server.ts';
import { openPracticeHouse, percentile } from './practice-house.ts';
import { report } from './report.ts';

/*
 * What a screen waits for an answer: through the door, checked on both sides, against an echo of the same bytes
 * over the same transport. The call is the largest that screens make, the whole desk in a session.
 */

const RUNS = 600;
const WARM_UP = 100;

const house = await openPracticeHouse();
const campaigns = await house.ask<{ campaigns?: { id: number }[] } | { id: number }[]>('campaigns.list');
const [campaign] = Array.isArray(campaigns) ? campaigns : (campaigns.campaigns ?? []);
await house.ask('desk.start', { campaignId: campaign!.id, mode: 'preview' });
const payload = await house.answer('desk.view', undefined);

/** The middle time of one question after the other. */
async function medianOf(ask: (id: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let id = 0; id < WARM_UP + RUNS; id++) {
    const startedAt = performance.now();
    await ask(id);
    if (id >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.5);
}

/** The work itself, without a transport: what the ratios are to be read with. */
const direct = await medianOf(() => house.answer('desk.view', undefined));
report({ name: 'desk.view, the answer alone', value: direct, unit: 'ms', bar: { of: 'value', atMost: 5 } });

// Over a WebSocket, as the browser host does it.
const folder = join(import.meta.dirname, '../out/renderer');
const memory = { prints: [], keep() {} };
const host = await startBrowserHost({ folder, port: 0, memory, answer: house.answer as never });
if (!host.ok) throw new Error(host.error);
const entered = await fetch(host.value.address());
const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
const origin = `http://127.0.0.1:${host.value.port}`;
const socket = new WebSocket(`ws://127.0.0.1:${host.value.port}/wire`, { headers: { cookie, origin } });
await once(socket, 'open');
const overSocket = (on: WebSocket, text: string) => {
  const answered = once(on, 'message').then(([data]) => JSON.parse(String(data)) as unknown);
  on.send(text);
  return answered;
};
const ours = await medianOf((id) => overSocket(socket, JSON.stringify({ id, call: 'desk.view' })));

const echo = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await once(echo, 'listening');
const bytes = JSON.stringify({ id: 0, answer: payload });
echo.on('connection', (each) => each.on('message', () => each.send(bytes)));
const plain = new WebSocket(`ws://127.0.0.1:${(echo.address() as { port: number }).port}`);
await once(plain, 'open');
const bare = await medianOf((id) => overSocket(plain, JSON.stringify({ id, call: 'desk.view' })));
report({ name: 'desk.view over a WebSocket', value: ours, unit: 'ms', baseline: bare });
report({
  name: 'what the door adds to a WebSocket echo',
  value: Math.max(0, ours - bare - direct),
  unit: 'ms',
  bar: { of: 'value', atMost: 1 },
});

// Over a message channel: a structured clone each way, as Electron's IPC does it.
const overPort = (port: MessagePort, message: unknown) => {
  const answered = once(port, 'message');
  port.postMessage(message);
  return answered;
};
const door = new MessageChannel();
door.port2.on('message', ({ id, call }: { id: number; call: string }) => {
  void house.answer(call, undefined).then((answer) => door.port2.postMessage({ id, answer }));
});
const oursOverPort = await medianOf((id) => overPort(door.port1, { id, call: 'desk.view' }));
const mirror = new MessageChannel();
mirror.port2.on('message', ({ id }: { id: number }) => mirror.port2.postMessage({ id, answer: payload }));
const bareOverPort = await medianOf((id) => overPort(mirror.port1, { id, call: 'desk.view' }));
report({ name: 'desk.view over a message channel', value: oursOverPort, unit: 'ms', baseline: bareOverPort });

for (const port of [door.port1, mirror.port1]) port.close();
socket.close();
plain.close();
echo.close();
await host.value.close();
await house.close();
