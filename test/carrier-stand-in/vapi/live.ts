import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer } from '../http.ts';
import type { Route } from '../routes.ts';
import { ControlMessage } from '../shapes/vapi-messages.ts';
import { wavOf } from '../sound.ts';
import { type VapiCall, isLive } from './call.ts';
import { endCall, forward, at } from './life.ts';
import { tellSpeech } from './messages.ts';
import type { Vapi } from './org.ts';
import { refusal } from './refusals.ts';

const MS_A_WORD = 330;
const SAMPLE_RATE = 16_000;
/** Each frame of sound is a tenth of a second. */
const FRAME_MS = 100;
const WAV_HEADER_BYTES = 44;

/** Telling a live call what to do. Whoever knows the address may. */
export function controlRoutes(vapi: Vapi): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/live/{id}/control',
      json: ControlMessage,
      run: ({ params, json }) => {
        const call = vapi.org.calls.get(params['id'] ?? '');
        if (call === undefined || !isLive(call)) return refusal(404, 'That call is over.');
        const read = ControlMessage.safeParse(json);
        if (!read.success)
          return refusal(
            400,
            read.error.issues.map(({ message }) => message),
          );
        vapi.org.controls.push({ callId: call.id, message: read.data });
        return carryOut(vapi, call, read.data);
      },
    },
  ];
}

function carryOut(vapi: Vapi, call: VapiCall, message: z.infer<typeof ControlMessage>): Answer {
  switch (message.type) {
    case 'end-call':
      endCall(vapi, call, 'manually-canceled');
      break;
    case 'transfer':
      if (call.status !== 'in-progress') return refusal(400, 'Nobody is on the line.');
      forward(vapi, call, message.destination);
      break;
    case 'say':
      say(vapi, call, message.content, message.endCallAfterSpoken === true);
      break;
    case 'control':
      mute(call, message.control);
      break;
    case 'add-message':
    case 'send-transport-message':
      break;
  }
  return { status: 200, json: { message: 'OK' } };
}

function say(vapi: Vapi, call: VapiCall, text: string, isLast: boolean): void {
  const ms = text.split(/\s+/).length * MS_A_WORD;
  const fromMs = vapi.world.carrierNow() - (call.startedAt ?? vapi.world.carrierNow());
  at(vapi, call, ms, () => {
    const segment = { speaker: 'agent', fromMs, toMs: fromMs + ms, text } as const;
    call.said.push(segment);
    tellSpeech(vapi, call, segment);
    if (isLast) endCall(vapi, call, 'assistant-ended-call-after-message-spoken');
  });
}

function mute(call: VapiCall, control: string): void {
  const [verb, who] = control.split('-', 2);
  if (who !== 'assistant' && who !== 'customer') return;
  if (verb === 'mute') call.muted.add(who);
  else call.muted.delete(who);
}

/** Listening in: first what the sound is like, as JSON, then the sound, 16 bits, the customer left and the assistant right. */
export function listener(
  vapi: Vapi,
): (path: string, request: IncomingMessage, socket: Duplex, head: Buffer) => boolean {
  const sockets = new WebSocketServer({ noServer: true });
  return (path, request, socket, head) => {
    const call = vapi.org.calls.get(/^\/live\/([^/]+)\/listen$/.exec(path)?.[1] ?? '');
    if (call === undefined || !isLive(call)) return false;
    sockets.handleUpgrade(request, socket, head, (listening) => play(vapi, call, listening));
    return true;
  };
}

function play({ world }: Vapi, call: VapiCall, listening: WebSocket): void {
  listening.send(
    JSON.stringify({
      type: 'start',
      encoding: 'linear16',
      container: 'raw',
      sampleRate: SAMPLE_RATE,
      channels: 2,
    }),
  );
  const sound = doubled(wavOf(call.id, 60_000, 2).subarray(WAV_HEADER_BYTES));
  const frameBytes = (SAMPLE_RATE * FRAME_MS * 4) / 1_000;
  let from = 0;
  const next = () => {
    if (listening.readyState !== listening.OPEN) return;
    if (!isLive(call)) return listening.close(1_000);
    // Silence until somebody answers.
    const isTalk = call.status === 'in-progress';
    listening.send(isTalk ? sound.subarray(from, from + frameBytes) : Buffer.alloc(frameBytes));
    if (isTalk) from = (from + frameBytes) % (sound.length - frameBytes);
    world.clock.after(FRAME_MS, next);
  };
  next();
}

/** Each frame twice: 8 kHz made 16. */
function doubled(bytes: Uint8Array): Buffer {
  const out = Buffer.alloc(bytes.length * 2);
  for (let from = 0; from + 4 <= bytes.length; from += 4) {
    out.set(bytes.subarray(from, from + 4), from * 2);
    out.set(bytes.subarray(from, from + 4), from * 2 + 4);
  }
  return out;
}
