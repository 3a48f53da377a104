import { z } from 'zod';
import { instant } from '../../../shared/lib/instants.ts';
import { FATE_KINDS } from '../fates.ts';
import { HOOK_TROUBLES, REQUEST_TROUBLES } from '../faults.ts';
import type { Answer, Asked } from '../http.ts';
import type { Seen } from '../server.ts';
import type { World } from '../world.ts';
import type { Control } from './control.ts';

const Fate = z.strictObject({
  kind: z.enum(FATE_KINDS),
  setupMs: z.number().min(0).optional(),
  ringMs: z.number().min(0).optional(),
  talkMs: z.number().min(0).nullable().optional(),
  beepMs: z.number().min(0).nullable().optional(),
  digits: z.string().optional(),
  endedReason: z.string().nullable().optional(),
  code: z.int().nullable().optional(),
});

const carrier = z.enum(['twilio', 'vapi', 'voipstudio']);
const rule = {
  carrier: carrier.optional(),
  chance: z.number().optional(),
  times: z.number().optional(),
  to: z.string().optional(),
};

const Fault = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('request'),
    trouble: z.enum(REQUEST_TROUBLES),
    method: z.string().optional(),
    path: z.string().optional(),
    retryAfterSeconds: z.number().optional(),
    fields: z.array(z.string()).optional(),
    ...rule,
  }),
  z.strictObject({
    on: z.literal('hook'),
    trouble: z.enum(HOOK_TROUBLES),
    kind: z.string().optional(),
    delayMs: z.number().optional(),
    ...rule,
  }),
]);

const anything = z.record(z.string(), z.unknown());

const Wish = z.strictObject({
  script: z.record(z.string(), z.union([Fate, z.array(Fate)])).optional(),
  mix: z.partialRecord(z.enum(FATE_KINDS), z.number().min(0)).optional(),
  speed: z.number().positive().optional(),
  faults: z.array(Fault).optional(),
  clearFaults: z.boolean().optional(),
  tunnelDown: z.boolean().optional(),
  tunnel: z.strictObject({ from: z.url(), to: z.url() }).optional(),
  skewMs: z.number().optional(),
  hangUp: z.string().optional(),
  limits: z.strictObject({ twilio: anything, vapi: anything, voipstudio: anything }).partial().optional(),
  suspend: z.strictObject({ carrier, isSuspended: z.boolean() }).optional(),
  vapiBodies: z.enum(['today', 'bare', 'old', 'old-bare']).optional(),
  voipStudioHooks: z.array(z.url()).optional(),
  voipStudioZoneMs: z.number().optional(),
  agentPhone: z
    .strictObject({
      userId: z.int(),
      isOpen: z.boolean().optional(),
      answersAfterMs: z.number().nullable().optional(),
    })
    .optional(),
  past: z
    .strictObject({
      carrier: z.enum(['twilio', 'vapi']),
      count: z.int().min(0).max(1_000_000),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      numbers: z.array(z.string()).min(1),
    })
    .optional(),
  reset: z.boolean().optional(),
});

const USAGE = `POST /control with any of these in one JSON object:
  script       {"+12025550110": {"kind": "busy"}}, or a list of fates, one for each call
               kinds: ${FATE_KINDS.join(', ')}
               with: setupMs, ringMs, talkMs (null stays on the line), beepMs, digits, code (Twilio refuses), endedReason (Vapi)
  mix          {"human": 3, "no-answer": 5, "machine": 2} for numbers without a script
  speed        10 makes a second last a tenth
  faults       [{"on": "request", "trouble": "time-out-after", "method": "POST", "path": "/Calls", "times": 1}]
               requests: ${REQUEST_TROUBLES.join(', ')}
               [{"on": "hook", "trouble": "drop", "chance": 0.2}]
               hooks: ${HOOK_TROUBLES.join(', ')}
  limits       {"twilio": {"callsPerSecond": 1, "isTrial": true}, "vapi": {"callsMax": 10, "requestsPerMinuteMax": 60}}
  suspend      {"carrier": "twilio", "isSuspended": true}
  vapiBodies   today, bare, old, old-bare
  voipStudioHooks ["http://127.0.0.1:4000/…"], voipStudioZoneMs, agentPhone {"userId": 123456, "isOpen": false}
  past         {"carrier": "vapi", "count": 5000, "from": "2024-01-01T00:00:00Z", "to": "2024-12-31T00:00:00Z", "numbers": ["+1…"]}
  clearFaults, tunnelDown, tunnel {"from": "https://public.example", "to": "http://127.0.0.1:4000"}, skewMs, hangUp "CA…", reset
GET /control/truth        every call that was taken on, and when a phone rang
GET /control/requests     what came in
GET /control/deliveries   what was sent to us
GET /control/violations   what no carrier would understand
`;

/** The door for hands and for other processes: the same wishes, as JSON. */
export function controlDoor(
  control: Control,
  world: World,
  requests: readonly Seen[],
): (asked: Asked) => Answer {
  return ({ method, path, body }) => {
    if (method === 'POST') return carryOut(control, body);
    const shown: Readonly<Record<string, unknown>> = {
      '/truth': { rings: world.truth.rings, secondCalls: world.truth.secondCalls() },
      '/requests': requests,
      '/deliveries': world.hooks.deliveries,
      '/violations': world.violations.all,
      '/faults': world.faults.all,
    };
    const json = shown[path];
    return json === undefined
      ? { status: 200, bytes: Buffer.from(USAGE), mime: 'text/plain' }
      : { status: 200, json };
  };
}

function carryOut(control: Control, body: Buffer): Answer {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return { status: 400, json: { error: 'That is no JSON.' } };
  }
  const read = Wish.safeParse(json);
  if (!read.success) return { status: 400, json: { error: z.prettifyError(read.error) } };
  const wish = read.data;
  if (wish.reset === true) control.reset();
  for (const [to, fates] of Object.entries(wish.script ?? {}))
    control.script(to, ...[fates].flat().map(defined));
  if (wish.mix !== undefined) control.mix(defined(wish.mix));
  if (wish.speed !== undefined) control.speed(wish.speed);
  if (wish.clearFaults === true) control.clearFaults();
  for (const fault of wish.faults ?? []) control.fault(fault);
  if (wish.tunnelDown !== undefined) control.tunnelDown(wish.tunnelDown);
  if (wish.tunnel !== undefined) control.tunnel(wish.tunnel.from, wish.tunnel.to);
  if (wish.skewMs !== undefined) control.skew(wish.skewMs);
  if (wish.hangUp !== undefined) control.hangUp(wish.hangUp);
  if (wish.limits !== undefined) control.limits(wish.limits);
  if (wish.suspend !== undefined) control.suspend(wish.suspend.carrier, wish.suspend.isSuspended);
  if (wish.vapiBodies !== undefined) control.vapiBodies(wish.vapiBodies);
  if (wish.voipStudioHooks !== undefined) control.voipStudioHooks(...wish.voipStudioHooks);
  if (wish.voipStudioZoneMs !== undefined) control.voipStudioZone(wish.voipStudioZoneMs);
  if (wish.agentPhone !== undefined) control.agentPhone(wish.agentPhone.userId, wish.agentPhone);
  if (wish.past !== undefined) {
    const [from, to] = [wish.past.from, wish.past.to].map((text) => instant(Date.parse(text)));
    control.past({ ...wish.past, from: from!, to: to! });
  }
  return { status: 200, json: { done: Object.keys(wish) } };
}

/** Fields that are left out are not there at all, rather than undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
