import { SECOND_MS, MINUTE_MS } from '../../../shared/lib/instants.ts';
import type { Field, KnownCarrier } from '../known.ts';
import { vapiCarrier } from './vapi.ts';

const FIELDS: readonly Field[] = [
  {
    key: 'key',
    label: 'Private key',
    hint: 'Stands in the Vapi dashboard under API keys. The public one cannot place calls.',
    isSecret: true,
    isRequired: true,
    form: /^\S{8,200}$/,
    complaint: 'A private key has no spaces in it.',
  },
  {
    key: 'assistantId',
    label: 'Assistant',
    hint: 'Who talks where a campaign names nobody: its ID from the Vapi dashboard.',
    isSecret: false,
    isRequired: true,
    form: /^[\w-]{1,64}$/,
    complaint: 'An assistant’s ID is letters, digits and dashes.',
  },
  {
    key: 'publicKey',
    label: 'Public key',
    hint: 'Only for talking to an assistant yourself, from a campaign’s screen. It can do nothing else.',
    isSecret: false,
    isRequired: false,
    form: /^\S{8,200}$/,
    complaint: 'A public key has no spaces in it.',
  },
  {
    key: 'voicemail',
    label: 'Message for machines',
    hint: 'What the assistant leaves on a machine. Left empty, its own words are.',
    isSecret: false,
    isRequired: false,
    form: /^[^<>]{1,1000}$/,
    complaint: 'The message for machines is at most 1,000 letters, without < and >.',
  },
  {
    key: 'talkMinutes',
    label: 'Longest talk',
    hint: 'In minutes, after which the assistant hangs up. Left empty, its own limit is.',
    isSecret: false,
    isRequired: false,
    form: /^([1-9]|[1-9]\d|[1-6]\d\d|7[01]\d|720)$/,
    complaint: 'The longest talk is a number of minutes from 1 to 720.',
  },
  {
    key: 'signing',
    label: 'Signing secret',
    hint: 'Only where a webhook credential of the kind HMAC was made at Vapi.',
    isSecret: true,
    isRequired: false,
    form: /^\S{8,200}$/,
    complaint: 'A signing secret has no spaces in it.',
  },
  {
    key: 'requestsPerMinute',
    label: 'Requests a minute',
    hint: 'What the account takes; 100 unless Vapi says otherwise. Fetching old calls stays below it.',
    isSecret: false,
    isRequired: false,
    isRare: true,
    form: /^[1-9]\d{0,4}$/,
    complaint: 'Requests a minute are a number from 1 to 99,999.',
  },
  {
    key: 'baseUrl',
    label: 'Address',
    hint: 'Leave it empty unless you reach the carrier by another address than its own.',
    isSecret: false,
    isRequired: false,
    // A key goes to nobody in the clear, but to this very computer.
    form: /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(?=[:/]|$))[^\s?#@]*$/,
    complaint: 'The address begins with https:// and has no question mark in it.',
  },
];

export const vapi: KnownCarrier = {
  title: 'Vapi',
  about: 'Campaigns whose calls an AI voice holds: assistants, transcripts, scores, listening in.',
  fields: FIELDS,
  identity: [],
  serves: ['voice'],
  cannot: [
    'Calls of agents and recorded messages need Twilio. Vapi holds no call; it mutes its assistant instead.',
  ],
  hasNumbers: true,
  hasBalance: false,
  make: (values, { clock, hooks }) =>
    vapiCarrier({
      key: values['key'] ?? '',
      clock,
      hooks,
      assistantId: values['assistantId'],
      voicemail: values['voicemail'],
      talkSecondsMax: values['talkMinutes']
        ? (Number(values['talkMinutes']) * MINUTE_MS) / SECOND_MS
        : undefined,
      baseUrl: values['baseUrl'],
      requestsPerMinute: values['requestsPerMinute'] ? Number(values['requestsPerMinute']) : undefined,
    }),
  testCall: () => ({}),
  complaint: () => null,
};
