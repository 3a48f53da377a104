import { z } from 'zod';
import {
  CALL_STATUSES,
  address,
  detectionFields,
  digits,
  endpoint,
  flag,
  listOf,
  pageQuery,
  recordingFields,
  rfc2822,
  sid,
  statusFields,
  verb,
} from './twilio-common.ts';

const TWIML_MAX = 4_000;

export const CreateCallForm = z
  .strictObject({
    To: endpoint,
    From: endpoint,
    Url: address.optional(),
    Method: verb.optional(),
    Twiml: z.string().startsWith('<').max(TWIML_MAX).optional(),
    ApplicationSid: sid('AP').optional(),
    FallbackUrl: address.optional(),
    FallbackMethod: verb.optional(),
    Timeout: digits.optional(),
    TimeLimit: digits.optional(),
    SendDigits: z
      .string()
      .regex(/^[0-9A-D#*wW]{1,32}$/)
      .optional(),
    AsyncAmd: flag.optional(),
    AsyncAmdStatusCallback: address.optional(),
    AsyncAmdStatusCallbackMethod: verb.optional(),
    CallerId: z.string().optional(),
    CallReason: z.string().optional(),
    ...statusFields,
    ...detectionFields,
    ...recordingFields,
  })
  .refine((form) => [form.Url, form.Twiml, form.ApplicationSid].filter(Boolean).length === 1, {
    error: 'needs one of Url, Twiml and ApplicationSid',
  })
  .refine((form) => form.SendDigits === undefined || form.MachineDetection === undefined, {
    error: 'MachineDetection is ignored where SendDigits is set',
  });

export const UpdateCallForm = z
  .strictObject({
    Status: z.enum(['canceled', 'completed']).optional(),
    Twiml: z.string().startsWith('<').max(TWIML_MAX).optional(),
    Url: address.optional(),
    Method: verb.optional(),
    FallbackUrl: address.optional(),
    FallbackMethod: verb.optional(),
    StatusCallback: address.optional(),
    StatusCallbackMethod: verb.optional(),
    TimeLimit: digits.optional(),
  })
  .refine((form) => [form.Status, form.Twiml, form.Url].filter(Boolean).length <= 1, {
    error: 'takes one of Status, Twiml and Url at a time',
  });

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}/);

export const ListCallsQuery = z.strictObject({
  To: z.string().optional(),
  From: z.string().optional(),
  ParentCallSid: sid('CA').optional(),
  Status: z.enum(CALL_STATUSES).optional(),
  StartTime: day.optional(),
  'StartTime<': day.optional(),
  'StartTime>': day.optional(),
  EndTime: day.optional(),
  'EndTime<': day.optional(),
  'EndTime>': day.optional(),
  ...pageQuery,
});

export const CallAnswer = z.strictObject({
  sid: sid('CA'),
  account_sid: sid('AC'),
  parent_call_sid: sid('CA').nullable(),
  to: z.string(),
  to_formatted: z.string(),
  from: z.string(),
  from_formatted: z.string(),
  phone_number_sid: sid('PN').nullable(),
  status: z.enum(CALL_STATUSES),
  start_time: rfc2822.nullable(),
  end_time: rfc2822.nullable(),
  duration: digits.nullable(),
  price: z
    .string()
    .regex(/^-?\d+\.\d+$/)
    .nullable(),
  price_unit: z.string().length(3),
  direction: z.enum(['inbound', 'outbound-api', 'outbound-dial']),
  answered_by: z.string().nullable(),
  api_version: z.literal('2010-04-01'),
  forwarded_from: z.string().nullable(),
  group_sid: z.string().nullable(),
  caller_name: z.string().nullable(),
  queue_time: digits,
  trunk_sid: z.string().nullable(),
  date_created: rfc2822,
  date_updated: rfc2822,
  uri: z.string(),
  subresource_uris: z.record(z.string(), z.string()),
});

export const CallListAnswer = listOf('calls', CallAnswer);
