import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { RequestFault } from './faults.ts';
import { type Answer, type Asked, bytesOf, readAsked, send } from './http.ts';
import type { Mount } from './mount.ts';
import { openApi } from './openapi.ts';
import type { Found } from './routes.ts';
import type { CarrierName } from './truth.ts';
import type { World } from './world.ts';

/** A request that came in, and what became of it. */
export interface Seen {
  readonly carrier: CarrierName;
  readonly method: string;
  /** Without the mount, with the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
  /** Null where it was never answered. */
  readonly status: number | null;
  readonly fault: string | null;
}

const SERVER_ERROR = 500;
const SAMPLE = 5;

/** Listens on this machine alone. `control` answers under `/control`, and no fault befalls it. */
export function openServer(
  world: World,
  mounts: Readonly<Record<string, Mount>>,
  control: (asked: Asked) => Promise<Answer> | Answer,
  requests: Seen[],
): Server {
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      console.error('The stand-in broke:', error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
    const [prefix, mount] = mountOf(path);
    if (mount?.upgrade?.(path.slice(prefix.length), request, socket, head) !== true) socket.destroy();
  });
  return server;

  function mountOf(path: string): [string, Mount | undefined] {
    const prefix = Object.keys(mounts).find((one) => path === one || path.startsWith(`${one}/`)) ?? '';
    // Twilio’s answers name addresses from the root on; whoever follows them there is let in, too.
    return path.startsWith('/2010-04-01/') ? ['', mounts['/twilio']] : [prefix, mounts[prefix]];
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const [prefix, mount] = mountOf(url.pathname);
    if (url.pathname === '/control' || url.pathname.startsWith('/control/')) {
      const answer = await control(await readAsked(request, '/control', world.clock.now()));
      return send(response, answer, bytesOf(answer));
    }
    const asked = await readAsked(request, prefix, world.clock.now());
    if (mount === undefined) return send(response, { status: 404 }, Buffer.from('Nobody answers here.\n'));
    const { carrier } = mount;
    const fault = world.faults.forRequest({
      carrier,
      method: asked.method,
      path: asked.path,
      to: mount.numberOf(asked),
    });
    const seen = (status: number | null) =>
      void requests.push({
        carrier,
        method: asked.method,
        path: asked.path + url.search,
        headers: asked.headers,
        body: asked.body.toString('utf8'),
        at: asked.at,
        status,
        fault: fault?.trouble ?? null,
      });
    if (fault !== null && isBefore(fault)) return refuse(response, mount, fault, seen);
    mount.during?.(1);
    const answer = await answerTo(world, mount, asked).finally(() => mount.during?.(-1));
    if (fault?.trouble === 'time-out-after') return seen(null);
    if (fault?.trouble === 'reset-after') return void (seen(null), response.destroy());
    const told = fault?.trouble === 'server-error-after' ? mount.broken() : answer;
    const body = spoiled(told, fault);
    seen(told.status);
    // The carrier’s own clock stands in every answer.
    const date = new Date(world.carrierNow()).toUTCString();
    send(response, { ...told, headers: { date, ...mount.headers(), ...told.headers } }, body);
  }
}

function isBefore({ trouble }: RequestFault): boolean {
  return ['time-out-before', 'reset-before', 'server-error-before', 'unavailable', 'too-many'].includes(
    trouble,
  );
}

/** What is not even looked at. Whoever is left waiting is let go when they give up. */
function refuse(
  response: ServerResponse,
  mount: Mount,
  fault: RequestFault,
  seen: (status: number | null) => void,
): void {
  if (fault.trouble === 'time-out-before') return seen(null);
  if (fault.trouble === 'reset-before') {
    seen(null);
    response.destroy();
    return;
  }
  const seconds = fault.retryAfterSeconds;
  const answer =
    fault.trouble === 'too-many'
      ? mount.tooMany(seconds === undefined ? {} : { 'retry-after': String(seconds) })
      : fault.trouble === 'unavailable'
        ? mount.unavailable()
        : mount.broken();
  seen(answer.status);
  send(response, answer, bytesOf(answer));
}

async function answerTo(world: World, mount: Mount, asked: Asked): Promise<Answer> {
  const refused = mount.gate(asked);
  if (refused !== null) return refused;
  const found = mount.find(asked.method, asked.path);
  if (found === null) {
    const where = `${asked.method} ${asked.path}`;
    world.violations.add({
      carrier: mount.carrier,
      by: 'request',
      where,
      against: 'shape',
      what: 'there is no such request',
    });
    return mount.notFound();
  }
  checkRequest(world, mount.carrier, asked, found);
  const answer = await found.route.run({ ...asked, params: found.params });
  if (answer.status < SERVER_ERROR) checkAnswer(world, mount.carrier, found, answer);
  return answer;
}

function checkRequest({ violations }: World, carrier: CarrierName, asked: Asked, { route }: Found): void {
  const where = `${route.method} ${route.path}`;
  const about = { carrier, by: 'request', where } as const;
  const { query, form, json } = asked;
  for (const [shape, value] of [
    [route.query, query],
    [route.form, form],
    [route.json, json],
  ] as const)
    if (shape !== undefined) violations.check(value, shape, about);
  // Twilio takes forms, and forms alone.
  const body = carrier === 'twilio' ? form : json;
  for (const what of openApi()?.requestFaults(carrier, {
    method: route.method,
    path: route.path,
    query,
    body,
  }) ?? [])
    violations.add({ ...about, against: 'openapi', what });
}

function checkAnswer(
  { violations }: World,
  carrier: CarrierName,
  { route }: Found,
  { status, json }: Answer,
): void {
  const about = { carrier, by: 'answer', where: `${route.method} ${route.path} ${status}` } as const;
  // As it is sent: what is undefined is not there.
  const sent: unknown = json === undefined ? undefined : JSON.parse(JSON.stringify(json, sampled));
  if (status < 300 && route.answer !== undefined) violations.check(sent, route.answer, about);
  for (const what of openApi()?.answerFaults(carrier, {
    method: route.method,
    path: route.path,
    status,
    json: sent,
  }) ?? [])
    violations.add({ ...about, against: 'openapi', what });
}

/** Of long lists a few rows stand for all: they are made alike, and reading every one would take its time. */
function sampled(_key: string, value: unknown): unknown {
  return Array.isArray(value) && value.length > 2 * SAMPLE
    ? [...value.slice(0, SAMPLE), ...value.slice(-SAMPLE)]
    : value;
}

/** The body as a fault leaves it. */
function spoiled(answer: Answer, fault: RequestFault | null): Buffer {
  const body = bytesOf(answer);
  switch (fault?.trouble) {
    case 'truncated':
      return body.subarray(0, Math.floor(body.length / 2));
    case 'not-json':
      return Buffer.from('<!doctype html><title>Maintenance</title>');
    case 'extra-fields':
      return changed(answer, (fields) => ({
        ...fields,
        a_field_of_tomorrow: { of: ['any', 'kind'] },
        status_reason: null,
      }));
    case 'missing-fields':
      return changed(answer, (fields) => without(fields, fault.fields ?? Object.keys(fields).slice(0, 3)));
    default:
      return body;
  }
}

function changed({ json }: Answer, change: (fields: Record<string, unknown>) => unknown): Buffer {
  const isFields = typeof json === 'object' && json !== null && !Array.isArray(json);
  return Buffer.from(JSON.stringify(isFields ? change(json as Record<string, unknown>) : json));
}

function without(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
