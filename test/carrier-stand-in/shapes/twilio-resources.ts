import { z } from 'zod';
import { address, listOf, rfc2822, sid, verb } from './twilio-common.ts';

export const AccountAnswer = z.strictObject({
  sid: sid('AC'),
  owner_account_sid: sid('AC'),
  friendly_name: z.string(),
  auth_token: z.string(),
  status: z.enum(['active', 'suspended', 'closed']),
  type: z.enum(['Trial', 'Full']),
  date_created: rfc2822,
  date_updated: rfc2822,
  uri: z.string(),
  subresource_uris: z.record(z.string(), z.string()),
});

export const BalanceAnswer = z.strictObject({
  account_sid: sid('AC'),
  balance: z.string(),
  currency: z.string().length(3),
});

const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/);

export const NumberListAnswer = listOf(
  'incoming_phone_numbers',
  z.strictObject({
    sid: sid('PN'),
    account_sid: sid('AC'),
    phone_number: E164,
    friendly_name: z.string(),
    api_version: z.literal('2010-04-01'),
    address_requirements: z.enum(['none', 'any', 'local', 'foreign']),
    beta: z.boolean(),
    origin: z.string(),
    capabilities: z.strictObject({
      voice: z.boolean(),
      sms: z.boolean(),
      mms: z.boolean(),
      fax: z.boolean(),
    }),
    status: z.string(),
    voice_url: address.nullable(),
    voice_method: verb,
    date_created: rfc2822,
    date_updated: rfc2822,
    uri: z.string(),
  }),
);

export const CallerIdListAnswer = listOf(
  'outgoing_caller_ids',
  z.strictObject({
    sid: sid('PN'),
    account_sid: sid('AC'),
    phone_number: E164,
    friendly_name: z.string(),
    date_created: rfc2822,
    date_updated: rfc2822,
    uri: z.string(),
  }),
);

export const TokenAnswer = z.strictObject({
  account_sid: sid('AC'),
  username: z.string(),
  password: z.string(),
  ttl: z.string(),
  date_created: rfc2822,
  date_updated: rfc2822,
  ice_servers: z.array(z.strictObject({ url: z.string(), urls: z.string() })),
});

export const ApplicationForm = z.strictObject({
  FriendlyName: z.string().max(64).optional(),
  VoiceUrl: address.optional(),
  VoiceMethod: verb.optional(),
  VoiceFallbackUrl: address.optional(),
  VoiceFallbackMethod: verb.optional(),
  StatusCallback: address.optional(),
  StatusCallbackMethod: verb.optional(),
});

export const ApplicationAnswer = z.strictObject({
  sid: sid('AP'),
  account_sid: sid('AC'),
  api_version: z.literal('2010-04-01'),
  friendly_name: z.string().nullable(),
  voice_url: address.nullable(),
  voice_method: verb,
  voice_fallback_url: address.nullable(),
  status_callback: address.nullable(),
  date_created: rfc2822,
  date_updated: rfc2822,
  uri: z.string(),
});

export const ApplicationListAnswer = listOf('applications', ApplicationAnswer);
