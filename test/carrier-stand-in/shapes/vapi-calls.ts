import { z } from 'zod';

const TEXT_MAX = 40;

export const VAPI_STATUSES = [
  'scheduled',
  'queued',
  'ringing',
  'in-progress',
  'forwarding',
  'ended',
] as const;

/** Kinds of events that a call may wish for. */
const MESSAGES = [
  'assistant.started',
  'assistant.speechStarted',
  'conversation-update',
  'end-of-call-report',
  'function-call',
  'hang',
  'language-changed',
  'language-change-detected',
  'model-output',
  'phone-call-control',
  'speech-update',
  'status-update',
  'transcript',
  'transcript[transcriptType="final"]',
  'tool-calls',
  'transfer-destination-request',
  'handoff-destination-request',
  'transfer-update',
  'user-interrupted',
  'voice-input',
] as const;

const ServerShape = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  timeoutSeconds: z.number().min(1).max(300).optional(),
  credentialId: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  staticIpAddressesEnabled: z.boolean().optional(),
  backoffPlan: z
    .strictObject({
      type: z.enum(['fixed', 'exponential']),
      maxRetries: z.number().min(0).max(10),
      baseDelaySeconds: z.number().min(0).max(10),
    })
    .optional(),
});

const OverridesShape = z.strictObject({
  variableValues: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  firstMessage: z.string().optional(),
  firstMessageMode: z
    .enum([
      'assistant-speaks-first',
      'assistant-speaks-first-with-model-generated-message',
      'assistant-waits-for-user',
    ])
    .optional(),
  maxDurationSeconds: z.number().min(10).max(43_200).optional(),
  voicemailDetection: z
    .union([z.literal('off'), z.looseObject({ provider: z.enum(['google', 'openai', 'twilio', 'vapi']) })])
    .optional(),
  voicemailMessage: z.string().max(1_000).optional(),
  endCallMessage: z.string().optional(),
  endCallPhrases: z.array(z.string()).optional(),
  server: ServerShape.optional(),
  serverMessages: z.array(z.enum(MESSAGES)).optional(),
  clientMessages: z.array(z.string()).optional(),
  voice: z.looseObject({ provider: z.string() }).optional(),
  model: z.looseObject({ provider: z.string() }).optional(),
  transcriber: z.looseObject({ provider: z.string() }).optional(),
  artifactPlan: z
    .looseObject({
      recordingEnabled: z.boolean().optional(),
      structuredOutputIds: z.array(z.string()).optional(),
    })
    .optional(),
  analysisPlan: z.looseObject({}).optional(),
  hooks: z.array(z.looseObject({ on: z.string() })).optional(),
  'tools:append': z.array(z.looseObject({})).optional(),
  credentialIds: z.array(z.string()).optional(),
  backgroundSound: z.string().optional(),
  monitorPlan: z
    .strictObject({
      listenEnabled: z.boolean().optional(),
      listenAuthenticationEnabled: z.boolean().optional(),
      controlEnabled: z.boolean().optional(),
      controlAuthenticationEnabled: z.boolean().optional(),
      monitorIds: z.array(z.string()).optional(),
    })
    .optional(),
});

const CustomerShape = z.strictObject({
  number: z.string().min(3).max(TEXT_MAX).optional(),
  numberE164CheckEnabled: z.boolean().optional(),
  extension: z.string().max(10).optional(),
  name: z.string().max(TEXT_MAX).optional(),
  email: z.string().max(TEXT_MAX).optional(),
  externalId: z.string().max(TEXT_MAX).optional(),
  sipUri: z.string().optional(),
  assistantOverrides: OverridesShape.optional(),
});

const SchedulePlan = z.strictObject({ earliestAt: z.iso.datetime(), latestAt: z.iso.datetime().optional() });

export const CreateCall = z
  .strictObject({
    assistantId: z.string().optional(),
    assistant: z.looseObject({}).optional(),
    assistantOverrides: OverridesShape.optional(),
    squadId: z.string().optional(),
    workflowId: z.string().optional(),
    assistantVersion: z.string().optional(),
    phoneNumberId: z.string().optional(),
    phoneNumber: z.looseObject({ twilioPhoneNumber: z.string() }).optional(),
    customer: CustomerShape.optional(),
    customers: z.array(CustomerShape).min(1).optional(),
    customerId: z.string().optional(),
    name: z.string().max(TEXT_MAX).optional(),
    schedulePlan: SchedulePlan.optional(),
  })
  .refine(
    ({ customer, customers, customerId }) => [customer, customers, customerId].filter(Boolean).length === 1,
    {
      error: 'needs one of customer, customers and customerId',
    },
  );

export const UpdateCall = z.strictObject({ name: z.string().max(TEXT_MAX).optional() });

const limit = z.string().regex(/^\d+$/).optional();
const date = z.iso.datetime().optional();

export const ListCallsQuery = z.strictObject({
  id: z.string().optional(),
  assistantId: z.string().optional(),
  phoneNumberId: z.string().optional(),
  limit,
  createdAtGt: date,
  createdAtLt: date,
  createdAtGe: date,
  createdAtLe: date,
  updatedAtGt: date,
  updatedAtLt: date,
  updatedAtGe: date,
  updatedAtLe: date,
});

const spoken = z.strictObject({
  role: z.enum(['bot', 'user']),
  message: z.string(),
  time: z.number(),
  endTime: z.number(),
  secondsFromStart: z.number(),
  duration: z.number(),
});

export const messagesShape = z.array(spoken);

export const costsShape = z.array(z.looseObject({ type: z.string(), cost: z.number().min(0) }));

export const analysisShape = z.strictObject({
  summary: z.string().optional(),
  structuredData: z.record(z.string(), z.unknown()).optional(),
  successEvaluation: z.string().optional(),
});

export const artifactShape = z.strictObject({
  transcript: z.string(),
  messages: messagesShape,
  recording: z
    .strictObject({
      stereoUrl: z.url(),
      mono: z.strictObject({ combinedUrl: z.url(), assistantUrl: z.url(), customerUrl: z.url() }),
    })
    .optional(),
  recordingUrl: z.url().optional(),
  stereoRecordingUrl: z.url().optional(),
  variableValues: z.record(z.string(), z.unknown()).optional(),
  structuredOutputs: z
    .record(z.string(), z.strictObject({ name: z.string(), result: z.unknown() }))
    .optional(),
  performanceMetrics: z.record(z.string(), z.number()),
});

export const shortCall = {
  id: z.uuid(),
  orgId: z.uuid(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  type: z.literal('outboundPhoneCall'),
  phoneCallProvider: z.enum(['twilio', 'vapi']),
  phoneCallTransport: z.literal('pstn'),
  phoneCallProviderId: z.string(),
  assistantId: z.string().optional(),
  phoneNumberId: z.string().optional(),
  customer: CustomerShape.omit({ assistantOverrides: true }),
  name: z.string().max(TEXT_MAX).optional(),
};

const limits = z.strictObject({
  concurrencyBlocked: z.boolean(),
  concurrencyLimit: z.number(),
  remainingConcurrentCalls: z.number(),
});

export const CallAnswer = z.strictObject({
  ...shortCall,
  status: z.enum(VAPI_STATUSES),
  endedReason: z.string().optional(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  destination: z.unknown().optional(),
  assistantOverrides: OverridesShape.optional(),
  schedulePlan: SchedulePlan.optional(),
  monitor: z.strictObject({ listenUrl: z.string().startsWith('ws'), controlUrl: z.url() }),
  cost: z.number().optional(),
  costBreakdown: z.record(z.string(), z.number()).optional(),
  costs: costsShape.optional(),
  analysis: analysisShape.optional(),
  artifact: artifactShape.optional(),
  subscriptionLimits: limits.optional(),
});

export const BatchAnswer = z.strictObject({
  results: z.array(CallAnswer),
  errors: z.array(z.strictObject({ customer: CustomerShape, error: z.string() })),
  subscriptionLimits: limits,
});

export const PagedCallsAnswer = z.strictObject({
  results: z.array(CallAnswer),
  metadata: z.strictObject({
    itemsPerPage: z.number(),
    totalItems: z.number(),
    currentPage: z.number(),
    totalPages: z.number(),
    hasNextPage: z.boolean(),
    nextCursor: z.string().optional(),
  }),
});
