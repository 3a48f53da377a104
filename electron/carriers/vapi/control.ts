import type { CallAction, Done, LiveWord } from '../carrier.ts';
import { NONSENSE, type Told, type VapiClient, unreachable } from './client.ts';
import { callShape } from './shapes.ts';

/** Where a call under way is spoken to and listened to. */
export interface Monitor {
  readonly controlUrl: string | null;
  readonly listenUrl: string | null;
  readonly isOver: boolean;
}

export interface ControlParts {
  readonly client: VapiClient;
  readonly monitors: Map<string, Monitor>;
}

export async function controlAtVapi(parts: ControlParts, callRef: string, action: CallAction): Promise<Done> {
  const word = wordFor(action);
  return word.kind === 'cannot' ? word : command(parts, callRef, word.body);
}

export function tellVapi(parts: ControlParts, callRef: string, word: LiveWord): Promise<Done> {
  return command(
    parts,
    callRef,
    word.kind === 'say'
      ? { type: 'say', content: word.words, endCallAfterSpoken: word.thenHangUp }
      : {
          type: 'add-message',
          message: { role: 'system', content: word.words },
          triggerResponseEnabled: false,
        },
  );
}

async function command(parts: ControlParts, callRef: string, word: Record<string, unknown>): Promise<Done> {
  const monitor = await monitorOf(parts, callRef);
  if ('kind' in monitor) return monitor;
  if (monitor.isOver) return { kind: 'gone' };
  if (monitor.controlUrl === null) return NO_CONTROL;
  return doneOf(await parts.client.command(monitor.controlUrl, word));
}

/** Told with the answer to our request, or asked for. */
export async function monitorOf(
  { client, monitors }: ControlParts,
  callRef: string,
): Promise<Monitor | Done> {
  const known = monitors.get(callRef);
  if (known !== undefined && (known.controlUrl !== null || known.isOver)) return known;
  const told = await client.get(`/call/${encodeURIComponent(callRef)}`);
  if (told.kind === 'no' && told.status === 404) return { kind: 'gone' };
  if (told.kind !== 'ok') return unreachable(told);
  const call = callShape.safeParse(told.body).data;
  if (call === undefined) return NONSENSE;
  const monitor = {
    controlUrl: safeUrl(call.monitor?.controlUrl),
    listenUrl: safeUrl(call.monitor?.listenUrl),
    isOver: call.status === 'ended',
  };
  monitors.set(callRef, monitor);
  return monitor;
}

/** Encrypted, or on this very computer: what is said to a call is nobody else’s. */
export function safeUrl(text: string | null | undefined): string | null {
  const url = URL.parse(text ?? '');
  if (url === null) return null;
  const isHere = ['127.0.0.1', 'localhost'].includes(url.hostname);
  return ['https:', 'wss:'].includes(url.protocol) || isHere ? url.href : null;
}

const NOBODY_ASKED =
  'Nobody can be asked before a call of an AI voice is handed over. Hand it over as it is.';

type Word = { readonly kind: 'word'; readonly body: Record<string, unknown> };

function wordFor(action: CallAction): Word | Extract<Done, { kind: 'cannot' }> {
  switch (action.kind) {
    case 'hang-up':
      return spoken({ type: 'end-call' });
    case 'mute':
      return spoken({ type: 'control', control: action.on ? 'mute-assistant' : 'unmute-assistant' });
    case 'transfer':
      return action.warm
        ? cannot(NOBODY_ASKED)
        : spoken({ type: 'transfer', destination: { type: 'number', number: action.to } });
    case 'consult':
    case 'consult-end':
      return cannot(NOBODY_ASKED);
    case 'drop-voicemail':
      return action.say?.kind === 'words'
        ? spoken({ type: 'say', content: action.say.text, endCallAfterSpoken: true })
        : cannot('Vapi speaks words and plays no sounds. Nothing was left.');
    case 'hold':
      return cannot('Vapi cannot put a call on hold. Mute the assistant, or hand the call over.');
    case 'tones':
      return cannot('Vapi presses no keys for us. The assistant does that by itself where it is told to.');
    case 'monitor':
      return cannot('A call of an AI voice is listened to from the call itself, not through a phone.');
  }
}

function spoken(body: Record<string, unknown>): Word {
  return { kind: 'word', body };
}

function cannot(sentence: string): Extract<Done, { kind: 'cannot' }> {
  return { kind: 'cannot', sentence };
}

const NO_CONTROL = cannot(
  'This call cannot be steered: the assistant at Vapi is set up without control of its calls.',
);

function doneOf(told: Told): Done {
  if (told.kind === 'ok') return { kind: 'done' };
  if (told.kind !== 'no') return unreachable(told);
  if (told.status === 404 || told.status === 410) return { kind: 'gone' };
  return cannot('Vapi did not do it: nobody has answered yet, or the call is just ending. Try again.');
}
