import { createHmac } from 'node:crypto';
import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import type { Letter, RetryPlan } from '../hooks.ts';
import { openApi } from '../openapi.ts';
import { VAPI_MESSAGES } from '../shapes/vapi-messages.ts';
import { type Server, type VapiCall, overridesOf } from './call.ts';
import { shortFaceOf } from './faces.ts';
import { type Vapi, iso } from './org.ts';
import { analysisOf, artifactOf, costsOf, messageOf } from './report.ts';

/** Sent where a call names no kinds of its own. */
const USUAL = [
  'conversation-update',
  'end-of-call-report',
  'hang',
  'speech-update',
  'status-update',
  'tool-calls',
  'transfer-destination-request',
  'user-interrupted',
  'assistant.started',
];

const OLD_NAMES: Readonly<Record<string, string>> = { 'in-progress': 'call.started', ended: 'call.ended' };

type Message = { readonly type: keyof typeof VAPI_MESSAGES } & Readonly<Record<string, unknown>>;

export function tellStatus(vapi: Vapi, call: VapiCall): void {
  tell(vapi, call, {
    type: 'status-update',
    status: call.status,
    ...(call.status === 'ended' && { endedReason: call.endedReason }),
    ...(call.status === 'forwarding' && { destination: call.destination }),
  });
}

export function tellReport(vapi: Vapi, call: VapiCall): void {
  tell(vapi, call, {
    type: 'end-of-call-report',
    endedReason: call.endedReason,
    ...(call.startedAt !== null && { startedAt: iso(call.startedAt) }),
    ...(call.endedAt !== null && { endedAt: iso(call.endedAt) }),
    ...costs(call),
    analysis: analysisOf(call),
    artifact: artifactOf(vapi, call),
  });
}

/** The report says less of the costs than the call does. */
function costs(call: VapiCall): Record<string, unknown> {
  const { cost, costs: parts } = costsOf(call);
  return { cost, costs: parts };
}

/** What somebody just said, once in each of the ways in which it is told. */
export function tellSpeech(vapi: Vapi, call: VapiCall, segment: TranscriptSegment): void {
  const role = segment.speaker === 'agent' ? 'assistant' : 'user';
  tell(vapi, call, { type: 'speech-update', status: 'stopped', role, turn: call.said.length });
  tell(vapi, call, { type: 'transcript', role, transcriptType: 'final', transcript: segment.text });
  tell(vapi, call, {
    type: 'conversation-update',
    messages: call.said.map((each) => messageOf(call, each)),
    messagesOpenAIFormatted: call.said.map(({ speaker, text }) => ({
      role: speaker === 'agent' ? 'assistant' : 'user',
      content: text,
    })),
  });
}

function tell(vapi: Vapi, call: VapiCall, message: Message): void {
  const { world, org } = vapi;
  const server = serverOf(vapi, call);
  const wanted = overridesOf(call).serverMessages ?? USUAL;
  const isFinal =
    message['transcriptType'] === 'final' && wanted.includes('transcript[transcriptType="final"]');
  if (server === null || !(wanted.includes(message.type) || isFinal)) return;
  const whole = {
    ...message,
    timestamp: world.carrierNow(),
    call: shortFaceOf(vapi, call),
    customer: shortFaceOf(vapi, call)['customer'],
  };
  check(vapi, whole);
  const json = shaped(vapi, call, whole);
  if (json === null) return;
  const body = JSON.stringify(json);
  world.hooks.send({
    carrier: 'vapi',
    kind: message.type === 'status-update' ? `status-update ${call.status}` : message.type,
    callRef: call.id,
    to: call.customer.number ?? null,
    url: server.url,
    method: 'POST',
    retry: retryOf(server),
    letter: (isForged) =>
      letterOf(server, body, isForged, { stamp: String(world.carrierNow()), credentials: org.credentials }),
  });
}

/** Held against our shape and theirs, whatever shape it then leaves in. */
function check({ world }: Vapi, message: Message): void {
  const sent = JSON.parse(JSON.stringify(message)) as Message;
  const about = { carrier: 'vapi', by: 'hook', where: message.type } as const;
  world.violations.check(sent, VAPI_MESSAGES[message.type], about);
  const name = openApi()?.messageSchemas[message.type];
  const found = name === undefined ? [] : (openApi()?.schemaFaults('vapi', name, sent) ?? []);
  for (const what of found) world.violations.add({ ...about, against: 'openapi', what });
}

/** The body in the shape that was wished for; null where the older notes know nothing of it. */
function shaped({ org }: Vapi, call: VapiCall, message: Message): unknown {
  if (org.bodyShape === 'today') return { message };
  if (org.bodyShape === 'bare') return message;
  const type =
    message.type === 'status-update'
      ? hasFailed(call)
        ? 'call.failed'
        : OLD_NAMES[call.status]
      : message.type === 'end-of-call-report'
        ? 'transcript.ready'
        : undefined;
  if (type === undefined) return null;
  const old = { ...message, type };
  return org.bodyShape === 'old' ? { message: old } : old;
}

function hasFailed({ status, startedAt }: VapiCall): boolean {
  return status === 'ended' && startedAt === null;
}

/** Whose word counts: the call’s, else the assistant’s. */
function serverOf({ org }: Vapi, call: VapiCall): Server | null {
  const own = overridesOf(call).server;
  if (own !== undefined) return own;
  const assistant = org.assistants.find(({ id }) => id === call.wish.assistantId);
  return (assistant?.server ?? call.wish.assistant?.['server'] ?? null) as Server | null;
}

/** Without a plan nothing is tried again. */
function retryOf({ backoffPlan, timeoutSeconds = 20 }: Server): RetryPlan {
  const baseMs = (backoffPlan?.baseDelaySeconds ?? 1) * 1_000;
  return {
    retriesMax: backoffPlan?.maxRetries ?? 0,
    isFor: (status) => status === null || status >= 400,
    pauseMs: (nth) => (backoffPlan?.type === 'exponential' ? baseMs * 2 ** (nth - 1) : baseMs),
    timeoutMs: timeoutSeconds * 1_000,
  };
}

function letterOf(
  server: Server,
  body: string,
  isForged: boolean,
  { stamp, credentials }: { stamp: string; credentials: Vapi['org']['credentials'] },
): Letter {
  const credential = credentials[server.credentialId ?? ''];
  const secret = isForged ? 'somebody else’s' : (credential?.secret ?? '');
  const own = Object.entries(server.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    isForged ? 'forged' : value,
  ]);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(own),
      ...(credential?.kind === 'bearer' && { authorization: `Bearer ${isForged ? 'forged' : secret}` }),
      ...(credential?.kind === 'hmac' && {
        'x-timestamp': stamp,
        'x-signature': createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex'),
      }),
    },
  };
}
