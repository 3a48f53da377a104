import type { Clock } from '../../../shared/lib/clock.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { type PlaceRequest, type Placed, type Refused, UNREACHABLE_NUMBER } from '../carrier.ts';
import { retryAfterMs } from '../http.ts';
import type { Directory } from './account.ts';
import { type VapiClient, refusalOf } from './client.ts';
import { type VapiCall, callShape, instantIn } from './shapes.ts';

/** Where Vapi may tell us what happens in a call, and the secret it shows there. */
export interface VapiHooks {
  /** Null while the tunnel is down: then the call is asked about. */
  urlFor(kind: 'call', attemptId: string): string | null;
  secretFor(attemptId: string): string;
}

export interface PlaceParts {
  readonly client: VapiClient;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly hooks: VapiHooks | null;
  /** Who talks where a call does not say. */
  readonly assistantId: string;
  /** What is left on a machine; without it the assistant’s own words are. */
  readonly voicemail: string | null;
  /** How long a talk may be, in seconds. */
  readonly talkSecondsMax: number | null;
  readonly placed: (call: VapiCall) => void;
}

export async function placeAtVapi(
  parts: PlaceParts,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<Placed> {
  const { client, clock, directory } = parts;
  if (request.say !== undefined) return NO_MESSAGES;
  const assistantId = request.assistant ?? parts.assistantId;
  if (assistantId === '') return NO_ASSISTANT;
  const number = await directory.numberId(request.from);
  if (number.kind === 'absent') return NO_SUCH_NUMBER;
  if (number.kind === 'unreachable') return NOT_ASKED;
  const body = bodyFor(parts, request, { assistantId, phoneNumberId: number.id });
  const told = await client.post('/call', body, signal);
  if (told.kind === 'not-sent')
    return {
      kind: 'refused',
      code: 'not-sent',
      sentence: `Vapi: ${told.sentence} Nobody was rung.`,
      retry: true,
    };
  if (told.kind === 'unclear') return unclear(told.sentence);
  if (told.kind === 'no') return refusedBy(told.status, told.message, retryAfterMs(told.headers));
  const call = callShape.safeParse(told.body).data;
  if (call === undefined) return unclear('Vapi’s answer could not be understood.');
  parts.placed(call);
  return { kind: 'placed', callRef: call.id, at: instant(instantIn(call.createdAt) ?? clock.now()) };
}

/** The request for one call, which carries its attempt wherever Vapi keeps such a thing. */
export function bodyFor(
  { hooks, voicemail, talkSecondsMax }: Pick<PlaceParts, 'hooks' | 'voicemail' | 'talkSecondsMax'>,
  { attemptId, to, record, detectMachine, voice, variables = {} }: PlaceRequest,
  ids: { readonly assistantId: string; readonly phoneNumberId: string },
): Record<string, unknown> {
  const name = (variables['name'] ?? '').slice(0, NAME_MAX);
  return {
    name: attemptId,
    ...ids,
    customer: { number: to, externalId: attemptId, ...(name === '' ? {} : { name }) },
    assistantOverrides: {
      metadata: { attemptId },
      ...(Object.keys(variables).length === 0 ? {} : { variableValues: variables }),
      ...voiceOf(voice),
      ...serverOf(hooks, attemptId),
      voicemailDetection: detectMachine ? { provider: 'vapi' } : 'off',
      ...(voicemail === null ? {} : { voicemailMessage: voicemail.slice(0, VOICEMAIL_MAX) }),
      ...(talkSecondsMax === null ? {} : { maxDurationSeconds: talkSecondsMax }),
      artifactPlan: { recordingEnabled: record },
    },
  };
}

const NAME_MAX = 40;
const VOICEMAIL_MAX = 1_000;

/** A voice is named by who makes it and which one: `11labs:rachel`. */
function voiceOf(voice: string | undefined): Record<string, unknown> {
  const [provider = '', voiceId = ''] = (voice ?? '').split(':', 2);
  return provider === '' || voiceId === '' ? {} : { voice: { provider, voiceId } };
}

/** Addressed for this very call, so that a tunnel that changes its address does no harm. */
function serverOf(hooks: VapiHooks | null, attemptId: string): Record<string, unknown> {
  const url = hooks?.urlFor('call', attemptId) ?? null;
  if (hooks === null || url === null) return {};
  return {
    server: {
      url,
      timeoutSeconds: 20,
      headers: { 'x-vapi-secret': hooks.secretFor(attemptId) },
      backoffPlan: { type: 'exponential', maxRetries: 5, baseDelaySeconds: 1 },
    },
    serverMessages: ['status-update', 'end-of-call-report', 'conversation-update'],
  };
}

function unclear(sentence: string): Placed {
  return {
    kind: 'unclear',
    sentence: `${sentence} There may be a call; Vapi is asked before anybody is rung again.`,
  };
}

function refusedBy(status: number, message: string, waitMs: number | null): Refused {
  const isFull = status === 429 || /concurren/i.test(message);
  const isNumber = status === 400 && /customer\S*number|e\.?164|phone number/i.test(message) && !isFull;
  const sentence = isFull
    ? 'As many calls as your Vapi account allows are under way. Nobody was rung; it is tried again.'
    : isNumber
      ? 'Vapi says that this number cannot be rung.'
      : refusalOf(status, message);
  return {
    kind: 'refused',
    code: isNumber ? UNREACHABLE_NUMBER : isFull ? 'vapi:concurrency' : `vapi:${status}`,
    sentence,
    retry: isFull,
    ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
  };
}

const NO_MESSAGES: Refused = {
  kind: 'refused',
  code: 'vapi:no-messages',
  sentence:
    'Vapi talks; it plays no recorded messages. Use another carrier for this campaign. Nobody was rung.',
  retry: false,
};

const NO_ASSISTANT: Refused = {
  kind: 'refused',
  code: 'vapi:no-assistant',
  sentence: 'No assistant is chosen. Choose one in Settings › Carriers. Nobody was rung.',
  retry: false,
};

const NO_SUCH_NUMBER: Refused = {
  kind: 'refused',
  code: 'vapi:no-number',
  sentence:
    'The number to call from is none of your Vapi account. Choose one of its numbers. Nobody was rung.',
  retry: false,
};

const NOT_ASKED: Refused = {
  kind: 'refused',
  code: 'not-sent',
  sentence: 'Vapi cannot be reached. Nobody was rung; trying again later is safe.',
  retry: true,
};
