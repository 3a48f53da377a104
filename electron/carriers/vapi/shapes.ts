import { z } from 'zod';

/* What Vapi answers and posts, as far as we read it. Whatever else it says is let through unread. */

const words = z.string().nullish().catch(null);
const amount = z.number().nullish().catch(null);

export const messageShape = z.object({
  role: z.string().catch(''),
  message: z.string().nullish().catch(null),
  content: z.string().nullish().catch(null),
  /** Milliseconds since 1970. */
  time: amount,
  endTime: amount,
  secondsFromStart: amount,
  /** Milliseconds. */
  duration: amount,
});
export type VapiMessage = z.output<typeof messageShape>;

const messages = z.array(messageShape).nullish().catch(null);

const recordingShape = z
  .object({
    stereoUrl: words,
    mono: z.object({ combinedUrl: words }).nullish().catch(null),
  })
  .nullish()
  .catch(null);

export const artifactShape = z.object({
  transcript: words,
  messages,
  recording: recordingShape,
  recordingUrl: words,
  stereoRecordingUrl: words,
  structuredOutputs: z.record(z.string(), z.unknown()).nullish().catch(null),
});

export const analysisShape = z.object({
  summary: words,
  structuredData: z.record(z.string(), z.unknown()).nullish().catch(null),
  successEvaluation: z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null),
});

const costShape = z.object({ type: z.string(), cost: z.number() });

/** What a report says of an ended call: the same words in a webhook and in an answer. */
export const reportShape = z.object({
  endedReason: words,
  startedAt: words,
  endedAt: words,
  cost: amount,
  costs: z.array(costShape.nullable().catch(null)).nullish().catch(null),
  costBreakdown: z.record(z.string(), z.unknown()).nullish().catch(null),
  artifact: artifactShape.nullish().catch(null),
  analysis: analysisShape.nullish().catch(null),
  transcript: z.unknown().optional(),
  messages,
  recordingUrl: words,
  stereoRecordingUrl: words,
  summary: words,
});
export type VapiReport = z.output<typeof reportShape>;

export const callShape = reportShape.extend({
  id: z.string().min(1),
  status: words,
  type: words,
  createdAt: words,
  updatedAt: words,
  phoneNumberId: words,
  phoneCallProviderId: words,
  name: words,
  customer: z.object({ number: words, externalId: words }).nullish().catch(null),
  phoneNumber: z.object({ number: words }).nullish().catch(null),
  assistantOverrides: z
    .object({ metadata: z.record(z.string(), z.unknown()).nullish().catch(null) })
    .nullish()
    .catch(null),
  monitor: z.object({ listenUrl: words, controlUrl: words }).nullish().catch(null),
});
export type VapiCall = z.output<typeof callShape>;

export const phoneNumberShape = z.object({
  id: z.string().min(1),
  number: words,
  name: words,
  provider: words,
  status: words,
});
export type VapiPhoneNumber = z.output<typeof phoneNumberShape>;

export const assistantShape = z.object({
  id: z.string().min(1),
  name: words,
  updatedAt: words,
  voice: z.object({ provider: words, voiceId: words }).nullish().catch(null),
  firstMessage: words,
  model: z
    .object({
      messages: z
        .array(z.object({ content: words }).catch({ content: null }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type VapiAssistant = z.output<typeof assistantShape>;

export const errorShape = z.object({
  message: z.union([z.string(), z.array(z.string())]).catch(''),
  statusCode: z.number().nullish().catch(null),
});

/** An instant as Vapi writes it; null for what is none. */
export function instantIn(text: string | null | undefined): number | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : ms;
}

/** Our attempt, wherever the call carries it. */
export function attemptOf({ customer, assistantOverrides, name }: VapiCall): string | null {
  const kept = assistantOverrides?.metadata?.['attemptId'];
  const found = [kept, customer?.externalId, name].find(
    (each) => typeof each === 'string' && isAttemptId(each),
  );
  return typeof found === 'string' ? found : null;
}

/** As our attempts are named; whoever uses the same account for something else names its calls otherwise. */
function isAttemptId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
