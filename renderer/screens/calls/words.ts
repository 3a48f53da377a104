import type { LatencyStep } from '../../../shared/domain/latency.ts';
import type { RecordingFace } from '../../../shared/domain/recording-face.ts';

export const RECORDING_WORD: Readonly<Record<RecordingFace, string>> = {
  none: 'None',
  'with-carrier': 'At carrier',
  fetching: 'Fetching',
  ready: 'Ready',
  failed: 'Failed',
  'held-back': 'Held back',
  deleted: 'Deleted',
};

export const STEP_WORD: Readonly<Record<LatencyStep, string>> = {
  wished: 'Wished for',
  requested: 'Carrier asked',
  ringing: 'Rings',
  answered: 'Answered',
  audio: 'First sound',
  ended: 'Over',
  filed: 'Outcome saved',
  next: 'Next call asked for',
};

/** What Vapi bills for, in words; anything else is told by its own name. */
export const COST_WORD: Readonly<Record<string, string>> = {
  transport: 'Phone line',
  transcriber: 'Writing down',
  stt: 'Writing down',
  model: 'Thinking',
  llm: 'Thinking',
  voice: 'Voice',
  tts: 'Voice',
  vapi: 'Vapi itself',
  chat: 'Chat',
  analysis: 'Looking back at the talk',
  'voicemail-detection': 'Telling machines from people',
  'knowledge-base': 'Looking things up',
};

/** `0.4 s`, `12 s`, `3:05`: short steps to the tenth. */
export function waitText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
