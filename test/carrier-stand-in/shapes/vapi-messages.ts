import { z } from 'zod';
import {
  VAPI_STATUSES,
  analysisShape,
  artifactShape,
  costsShape,
  messagesShape,
  shortCall,
} from './vapi-calls.ts';

const about = {
  timestamp: z.number(),
  call: z.strictObject(shortCall),
  customer: shortCall.customer,
};

/** The messages that Vapi posts, by their type. */
export const VAPI_MESSAGES = {
  'status-update': z.strictObject({
    ...about,
    type: z.literal('status-update'),
    status: z.enum(VAPI_STATUSES),
    endedReason: z.string().optional(),
    destination: z.unknown().optional(),
  }),
  'end-of-call-report': z.strictObject({
    ...about,
    type: z.literal('end-of-call-report'),
    endedReason: z.string(),
    startedAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime(),
    cost: z.number(),
    costs: costsShape,
    analysis: analysisShape,
    artifact: artifactShape,
  }),
  'speech-update': z.strictObject({
    ...about,
    type: z.literal('speech-update'),
    status: z.enum(['started', 'stopped']),
    role: z.enum(['assistant', 'user']),
    turn: z.number(),
  }),
  transcript: z.strictObject({
    ...about,
    type: z.literal('transcript'),
    role: z.enum(['assistant', 'user']),
    transcriptType: z.enum(['partial', 'final']),
    transcript: z.string(),
  }),
  'conversation-update': z.strictObject({
    ...about,
    type: z.literal('conversation-update'),
    messages: messagesShape,
    messagesOpenAIFormatted: z.array(
      z.strictObject({ role: z.enum(['assistant', 'user']), content: z.string() }),
    ),
  }),
} as const;

const destination = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('number'), number: z.string().min(3).max(40) }),
  z.looseObject({ type: z.literal('sip'), sipUri: z.string() }),
]);

/** What may be told to a live call by its control address. */
export const ControlMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('say'),
    content: z.string(),
    endCallAfterSpoken: z.boolean().optional(),
    interruptionsEnabled: z.boolean().optional(),
    interruptAssistantEnabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('add-message'),
    message: z.looseObject({ role: z.string(), content: z.string() }),
    triggerResponseEnabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('control'),
    control: z.enum([
      'mute-assistant',
      'unmute-assistant',
      'mute-customer',
      'unmute-customer',
      'say-first-message',
    ]),
  }),
  z.strictObject({ type: z.literal('transfer'), destination, content: z.string().optional() }),
  z.strictObject({ type: z.literal('end-call') }),
  z.strictObject({
    type: z.literal('send-transport-message'),
    message: z.looseObject({ transport: z.enum(['twilio', 'vapi.sip']) }),
  }),
]);
