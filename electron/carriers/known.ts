import type { Clock } from '../../shared/lib/clock.ts';
import type { AccountCarrier } from './account.ts';
import type { PlaceRequest } from './carrier.ts';
import type { Purpose } from './fail-over.ts';
import { twilioCarrier } from './twilio/twilio.ts';
import { vapi } from './vapi/known.ts';
import { NO_POWER, voipstudioCarrier } from './voipstudio/voipstudio.ts';

/** What is typed for a carrier, by the key of its field. Secrets among them never leave the main process. */
export type Values = Readonly<Record<string, string>>;

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  /** Most people never touch it. */
  readonly isRare?: boolean;
  /** What it has to look like, and what is said where it does not. */
  readonly form: RegExp;
  readonly complaint: string;
}

/** Where carriers may call us back, while there is a way in from outside. */
export interface Hooks {
  urlFor(kind: string, attemptId: string): string | null;
  secretFor(attemptId: string): string;
}

export interface MakeParts {
  readonly clock: Clock;
  readonly hooks: Hooks | null;
}

/** A carrier that Parley knows: what it wants to be told, and how it is made of that. */
export interface KnownCarrier {
  readonly title: string;
  readonly about: string;
  readonly fields: readonly Field[];
  /** The fields by which an account is known: with other values it is another account. */
  readonly identity: readonly string[];
  readonly serves: readonly Purpose[];
  /** What it cannot do, a sentence each. */
  readonly cannot: readonly string[];
  readonly hasNumbers: boolean;
  readonly hasBalance: boolean;
  readonly make: (values: Values, parts: MakeParts) => AccountCarrier;
  /** What a test call to one’s own phone asks for. */
  readonly testCall: (agentId: number) => Pick<PlaceRequest, 'say' | 'agentId'>;
  /** Why what was typed cannot be right, whatever each field looks like; null where it may be. */
  readonly complaint: (values: Values) => string | null;
}

const TEST_WORDS = 'This is a test call from Parley. If you can hear this, calls go out. Goodbye.';

const ADDRESS: Field = {
  key: 'baseUrl',
  label: 'Address',
  hint: 'Leave it empty unless you reach the carrier by another address than its own.',
  isSecret: false,
  isRequired: false,
  isRare: true,
  // A key goes to nobody in the clear, but to this very computer.
  form: /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(?=[:/]|$))[^\s?#@]*$/,
  complaint: 'The address begins with https:// and has no question mark in it.',
};

const twilio: KnownCarrier = {
  title: 'Twilio',
  about: 'Power dialing with agents, recorded messages, recordings on two channels.',
  fields: [
    {
      key: 'accountSid',
      label: 'Account SID',
      hint: 'Begins with AC. It stands on the first page of the Twilio console.',
      isSecret: false,
      isRequired: true,
      form: /^AC[0-9a-fA-F]{32}$/,
      complaint: 'An account SID is AC and 32 letters and digits.',
    },
    {
      key: 'authToken',
      label: 'Auth token',
      hint: 'Stands below the account SID. Events from Twilio are checked with it.',
      isSecret: true,
      isRequired: true,
      form: /^\S{16,64}$/,
      complaint: 'An auth token is 32 letters and digits.',
    },
    {
      key: 'keySid',
      label: 'API key SID',
      hint: 'Begins with SK. Needed for the softphone; without it the auth token is used.',
      isSecret: false,
      isRequired: false,
      form: /^SK[0-9a-fA-F]{32}$/,
      complaint: 'The SID of an API key is SK and 32 letters and digits.',
    },
    {
      key: 'keySecret',
      label: 'API key secret',
      hint: 'Twilio shows it once, when the key is made.',
      isSecret: true,
      isRequired: false,
      form: /^\S{8,64}$/,
      complaint: 'The secret of an API key has no spaces in it.',
    },
    {
      key: 'callsPerSecond',
      label: 'Calls a second',
      hint: 'What the account may begin in a second; 1 unless Twilio raised it.',
      isSecret: false,
      isRequired: false,
      isRare: true,
      form: /^([1-9]|[12]\d|30)$/,
      complaint: 'Calls a second are a number from 1 to 30.',
    },
    {
      key: 'agentPhone',
      label: 'Agents’ phone',
      hint: 'A number with + that agents answer at. Left empty, the softphones agent_1, agent_2 … of the account ring.',
      isSecret: false,
      isRequired: false,
      form: /^\+\d{6,15}$/,
      complaint: 'The agents’ phone is + and digits, with the country first.',
    },
    {
      key: 'voicemail',
      label: 'Message for machines',
      hint: 'What is said when an agent leaves a message. Twilio speaks it.',
      isSecret: false,
      isRequired: false,
      form: /^[^<>]{1,500}$/,
      complaint: 'The message for machines is at most 500 letters, without < and >.',
    },
    {
      key: 'region',
      label: 'Region',
      hint: 'Where calls are handled, such as ie1. Empty is the United States.',
      isSecret: false,
      isRequired: false,
      isRare: true,
      form: /^[a-z]{2}\d$/,
      complaint: 'A region is two letters and a digit, such as ie1.',
    },
    {
      key: 'edge',
      label: 'Edge',
      hint: 'Where Twilio is entered, such as dublin. Empty lets Twilio choose.',
      isSecret: false,
      isRequired: false,
      isRare: true,
      form: /^[a-z][a-z-]{2,30}$/,
      complaint: 'An edge is a word such as dublin.',
    },
    ADDRESS,
  ],
  identity: ['accountSid'],
  serves: ['agent', 'message'],
  cannot: ['Twilio does not converse by itself: for an AI voice set up Vapi.'],
  hasNumbers: true,
  hasBalance: true,
  make(values, { clock, hooks }) {
    const { accountSid = '', authToken = '', keySid = '', keySecret = '' } = values;
    const credentials =
      keySid === ''
        ? { accountSid, keySid: accountSid, secret: authToken }
        : { accountSid, keySid, secret: keySecret };
    return twilioCarrier({
      credentials,
      clock,
      hooks,
      baseUrl: values['baseUrl'],
      edge: values['edge'],
      region: values['region'],
      agentPhone: values['agentPhone'],
      voicemail: values['voicemail'],
      callsPerSecond: Number(values['callsPerSecond'] || 1),
    });
  },
  testCall: () => ({ say: { kind: 'words', text: TEST_WORDS } }),
  complaint: ({ keySid = '', keySecret = '' }) =>
    (keySid === '') === (keySecret === '')
      ? null
      : 'An API key has a SID and a secret. Enter both, or leave both empty.',
};

const voipstudio: KnownCarrier = {
  title: 'VoIPStudio',
  about: 'Click to call: your own VoIPStudio phone rings first, then the contact’s.',
  fields: [
    {
      key: 'token',
      label: 'API token',
      hint: 'Made in the VoIPStudio dashboard, under your user. Never your password.',
      isSecret: true,
      isRequired: true,
      form: /^\S{8,200}$/,
      complaint: 'An API token has no spaces in it.',
    },
    {
      key: 'userId',
      label: 'User number',
      hint: 'Whose phone rings first. Empty is whoever made the token.',
      isSecret: false,
      isRequired: false,
      isRare: true,
      form: /^\d{1,12}$/,
      complaint: 'A user number is digits only.',
    },
    {
      key: 'currency',
      label: 'Currency',
      hint: 'What the account is billed in, such as EUR. Empty is USD.',
      isSecret: false,
      isRequired: false,
      isRare: true,
      form: /^[A-Z]{3}$/,
      complaint: 'A currency is three capital letters, such as EUR.',
    },
    ADDRESS,
  ],
  identity: [],
  serves: ['agent'],
  cannot: [
    NO_POWER,
    'Hold, mute and keys are on your own phone. VoIPStudio detects no machines and leaves no messages.',
  ],
  hasNumbers: false,
  hasBalance: false,
  make: (values, { clock }) =>
    voipstudioCarrier({
      token: values['token'] ?? '',
      clock,
      baseUrl: values['baseUrl'],
      userId: values['userId'],
      currency: values['currency'],
    }),
  testCall: (agentId) => ({ agentId }),
  complaint: () => null,
};

/** In the order in which they are offered. */
const KNOWN: Readonly<Record<string, KnownCarrier>> = { twilio, vapi, voipstudio };

export const CARRIER_KINDS: readonly string[] = Object.keys(KNOWN);

/** Null for a kind that this Parley does not know. */
export function knownCarrier(kind: string): KnownCarrier | null {
  return Object.hasOwn(KNOWN, kind) ? KNOWN[kind]! : null;
}

/** What is wrong with what was typed, in a sentence; null where nothing is. */
export function complaintAbout(carrier: KnownCarrier, values: Values): string | null {
  for (const { key, label, isRequired, form, complaint } of carrier.fields) {
    const value = values[key] ?? '';
    if (value === '' && isRequired) return `${label} is missing.`;
    if (value !== '' && !form.test(value)) return complaint;
  }
  return carrier.complaint(values);
}
