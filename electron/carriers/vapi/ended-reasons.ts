import type { AnsweredBy, CallEnd, CallFacts } from '../../../shared/domain/call.ts';
import { UNREACHABLE_NUMBER } from '../carrier.ts';

/* Why Vapi ended a call, in its nearly 600 words and whatever it may add, as an end and a sentence of ours. */

export type EndClass =
  | 'talked'
  | 'talked-to-limit'
  | 'silence'
  | 'voicemail'
  | 'no-answer'
  | 'busy'
  | 'bad-number'
  | 'line-failed'
  | 'canceled'
  | 'forwarded'
  | 'forward-failed'
  | 'billing'
  | 'number-limit'
  | 'concurrency'
  | 'policy'
  | 'configuration'
  | 'model-key'
  | 'model-quota'
  | 'model-fault'
  | 'voice-fault'
  | 'vapi-fault'
  | 'no-audio'
  | 'unknown';

interface Ending {
  readonly end: CallEnd;
  readonly endedBy?: NonNullable<CallFacts['endedBy']>;
  readonly answeredBy?: AnsweredBy;
  /** What went wrong and what to do; left out where nothing did. */
  readonly sentence?: string;
}

const AGAIN = 'It can be tried again later.';

const ENDINGS: Readonly<Record<EndClass, Ending>> = {
  talked: { end: 'completed', answeredBy: 'human' },
  'talked-to-limit': {
    end: 'completed',
    endedBy: 'carrier',
    answeredBy: 'human',
    sentence: 'The talk reached the longest time the assistant may talk, and was ended.',
  },
  silence: {
    end: 'completed',
    endedBy: 'carrier',
    answeredBy: 'unknown',
    sentence: 'Nobody said a word for so long that the assistant hung up.',
  },
  voicemail: { end: 'completed', answeredBy: 'machine_start' },
  'no-answer': { end: 'no-answer' },
  busy: { end: 'busy' },
  'bad-number': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'This number cannot be rung: it does not exist, or was written down wrongly.',
  },
  'line-failed': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `The phone company could not put the call through, or lost it. ${AGAIN}`,
  },
  canceled: { end: 'canceled', endedBy: 'us' },
  forwarded: { end: 'completed', endedBy: 'us', answeredBy: 'human' },
  'forward-failed': {
    end: 'completed',
    endedBy: 'carrier',
    answeredBy: 'human',
    sentence: 'They talked with the assistant, but could not be put through to anybody. Call them back.',
  },
  billing: {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'Vapi wants to be paid before it calls: look at the plan and the credit of your Vapi account.',
  },
  'number-limit': {
    end: 'failed',
    endedBy: 'carrier',
    sentence:
      'A free number of Vapi makes few calls a day and none abroad. Choose another number in Settings › Carriers.',
  },
  concurrency: {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `As many calls as your Vapi account allows were under way. ${AGAIN}`,
  },
  policy: {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'Vapi blocked the call by a check of its own. Ask Vapi about it before you go on.',
  },
  configuration: {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'The assistant, the number or a tool is not set up rightly at Vapi. Look at it there.',
  },
  'model-key': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'A key that Vapi holds for an AI service was refused. Renew it in your Vapi account.',
  },
  'model-quota': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `An AI service behind the assistant has had enough requests for now. ${AGAIN}`,
  },
  'model-fault': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `An AI service behind the assistant failed. ${AGAIN}`,
  },
  'voice-fault': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `The assistant’s voice, ears or mind failed in the middle. ${AGAIN}`,
  },
  'vapi-fault': { end: 'failed', endedBy: 'carrier', sentence: `Vapi itself failed. ${AGAIN}` },
  'no-audio': {
    end: 'failed',
    endedBy: 'carrier',
    sentence: `Nothing could be heard from the other side, so the assistant gave up. ${AGAIN}`,
  },
  unknown: {
    end: 'failed',
    endedBy: 'carrier',
    sentence: 'Vapi ended the call for a reason that Parley has no words for yet.',
  },
};

/** The first that fits says what it is: the particular comes before the general. */
const SIGNS: readonly (readonly [RegExp, EndClass])[] = [
  [/^voicemail$/, 'voicemail'],
  [/^customer-did-not-answer$/, 'no-answer'],
  [/^customer-busy$/, 'busy'],
  [/misdialed$/, 'bad-number'],
  [/^(manually-canceled|(scheduled-)?call-deleted)$/, 'canceled'],
  [/^exceeded-max-duration$/, 'talked-to-limit'],
  [/^silence-timed-out$/, 'silence'],
  [/^assistant-forwarded-call$/, 'forwarded'],
  [/warm-transfer-(?!attempt)|transfer-failed|^call\.forwarding\./, 'forward-failed'],
  [/customer-audio|microphone-permission/, 'no-audio'],
  [/^customer-ended-call|^assistant-(ended-call|said-end-call-phrase)/, 'talked'],
  [/^vonage-completed$|completed-call$|hook-executed-/, 'talked'],
  [/concurrency-limit/, 'concurrency'],
  [/error-subscription-/, 'billing'],
  [/error-vapi-number-/, 'number-limit'],
  [/fraud-check/, 'policy'],
  [/^call\.start\.error-vapifault/, 'vapi-fault'],
  [/^(assistant-request-|assistant-not-|call\.start\.|call-start-error-)/, 'configuration'],
  [/bypass-enabled-but-no-call/, 'configuration'],
  [/^(twilio|vonage)-|closed-websocket$|outbound-sip-|sip-inbound|sip-outbound/, 'line-failed'],
  [/^(worker-shutdown|assistant-join-timed-out)$/, 'vapi-fault'],
  [/transport|worker-(not|died)/, 'vapi-fault'],
  [/-40[13]-|credential|unauthorized|api-key|-access-denied/, 'model-key'],
  [/-429-|quota|rate-limit|character-limit|out-of-credits/, 'model-quota'],
  [/-5\d\d-|server-error|overloaded|error-providerfault-/, 'model-fault'],
  [/^pipeline-|error-pipeline-|error-vapifault-/, 'voice-fault'],
];

export function endClassOf(reason: string): EndClass {
  return SIGNS.find(([sign]) => sign.test(reason))?.[1] ?? 'unknown';
}

/** What an ended call came to. The reason itself is kept as it was given. */
export function endOf(reason: string | null | undefined): CallFacts {
  const kind = endClassOf(reason ?? '');
  const { sentence, ...facts } = ENDINGS[kind];
  const told: CallFacts = {
    status: 'ended',
    rawStatus: reason ?? 'ended',
    ...facts,
    ...byWhom(reason ?? ''),
  };
  if (sentence === undefined) return told;
  const code = kind === 'bad-number' ? UNREACHABLE_NUMBER : `vapi:${kind}`;
  const words = kind === 'unknown' && reason ? `${sentence} Its own word: ${reason}.` : sentence;
  return { ...told, error: { code, sentence: words } };
}

function byWhom(reason: string): Pick<CallFacts, 'endedBy'> {
  if (reason.startsWith('customer-ended-call')) return { endedBy: 'them' };
  if (/^assistant-(ended|said|forwarded)/.test(reason)) return { endedBy: 'us' };
  return {};
}
