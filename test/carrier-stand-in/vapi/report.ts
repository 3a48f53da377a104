import type { TranscriptSegment } from '../../../shared/domain/call.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/lib/instants.ts';
import { seededRandom } from '../../../shared/lib/random.ts';
import { type VapiCall, overridesOf, talkMsOf } from './call.ts';
import type { Vapi } from './org.ts';

/** In dollars, per minute of talk. */
const RATES = { transport: 0.014, transcriber: 0.01, model: 0.03, voice: 0.036, vapi: 0.05 } as const;
const ANALYSIS_COST = 0.0012;

/** What a call cost, as a sum, as parts, and as the older breakdown. */
export function costsOf(call: VapiCall): Record<string, unknown> {
  const minutes = talkMsOf(call) / MINUTE_MS;
  const cost = (part: keyof typeof RATES) => rounded(minutes * RATES[part]);
  const characters = call.said.reduce((sum, { text }) => sum + text.length, 0);
  const analysis = call.said.length > 0 ? ANALYSIS_COST : 0;
  const total = rounded(
    (Object.keys(RATES) as (keyof typeof RATES)[]).reduce((sum, part) => sum + cost(part), analysis),
  );
  return {
    cost: total,
    costBreakdown: {
      transport: cost('transport'),
      stt: cost('transcriber'),
      llm: cost('model'),
      tts: cost('voice'),
      vapi: cost('vapi'),
      total,
      llmPromptTokens: characters * 6,
      llmCompletionTokens: Math.round(characters / 4),
      ttsCharacters: characters,
    },
    costs: [
      { type: 'transport', provider: 'twilio', minutes, cost: cost('transport') },
      { type: 'transcriber', transcriber: { provider: 'deepgram' }, minutes, cost: cost('transcriber') },
      {
        type: 'model',
        model: { provider: 'openai' },
        promptTokens: characters * 6,
        completionTokens: Math.round(characters / 4),
        cost: cost('model'),
      },
      { type: 'voice', voice: { provider: 'vapi' }, characters, cost: cost('voice') },
      { type: 'vapi', subType: 'normal', minutes, cost: cost('vapi') },
      ...(analysis > 0
        ? [
            {
              type: 'analysis',
              analysisType: 'summary',
              model: { provider: 'openai' },
              promptTokens: 300,
              completionTokens: 60,
              cost: analysis,
            },
          ]
        : []),
    ],
  };
}

function rounded(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000;
}

/** What was made of a talk afterwards. Nothing for calls in which nothing was said. */
export function analysisOf(call: VapiCall): Record<string, unknown> {
  if (call.said.length === 0) return {};
  const isSuccess = isGood(call);
  return {
    summary: isSuccess
      ? 'They want the visit and will call back about the day.'
      : 'They did not want to talk today.',
    structuredData: { interest: isSuccess ? 'warm' : 'none' },
    successEvaluation: String(isSuccess),
  };
}

function isGood(call: VapiCall): boolean {
  return seededRandom(`${call.customer.number}/success`).next() < 0.5;
}

export function artifactOf(vapi: Vapi, call: VapiCall): Record<string, unknown> {
  const wishes = overridesOf(call);
  const structured = wishes.artifactPlan?.structuredOutputIds ?? [];
  return {
    transcript: call.said
      .map(({ speaker, text }) => `${speaker === 'agent' ? 'AI' : 'User'}: ${text}`)
      .join('\n'),
    messages: call.said.map((segment) => messageOf(call, segment)),
    ...(call.hasRecording && recordingOf(vapi, call)),
    ...(wishes.variableValues !== undefined && { variableValues: wishes.variableValues }),
    ...(structured.length > 0 && {
      structuredOutputs: Object.fromEntries(
        structured.map((id, nth) => [
          id,
          {
            name: `Output ${nth + 1}`,
            result: isGood(call) ? { interested: true, budget: 3 } : { interested: false, budget: 0 },
          },
        ]),
      ),
    }),
    performanceMetrics: { turnLatencyAverage: 840, numUserInterrupted: 0, numAssistantInterrupted: 0 },
  };
}

function recordingOf({ world }: Vapi, call: VapiCall): Record<string, unknown> {
  const at = `${storageOf(world.url)}/${call.id}`;
  return {
    recording: {
      stereoUrl: `${at}/stereo.wav`,
      mono: {
        combinedUrl: `${at}/mono.wav`,
        assistantUrl: `${at}/assistant.wav`,
        customerUrl: `${at}/customer.wav`,
      },
    },
    recordingUrl: `${at}/mono.wav`,
    stereoRecordingUrl: `${at}/stereo.wav`,
  };
}

/** Sounds lie at another origin, as they do with Vapi: whoever sends a key along gives it away. */
export function storageOf(url: string): string {
  return `${url.replace('127.0.0.1', 'localhost')}/vapi-storage`;
}

export function messageOf(
  call: VapiCall,
  { speaker, fromMs, toMs, text }: TranscriptSegment,
): Record<string, unknown> {
  const startedAt = call.startedAt ?? call.createdAt;
  return {
    role: speaker === 'agent' ? 'bot' : 'user',
    message: text,
    time: startedAt + fromMs,
    endTime: startedAt + toMs,
    secondsFromStart: fromMs / SECOND_MS,
    duration: toMs - fromMs,
  };
}
