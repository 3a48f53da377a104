import { z } from 'zod';
import { digits, flag, listOf, pageQuery, recordingFields, rfc2822, sid } from './twilio-common.ts';

const { Record: _record, ...onStart } = recordingFields;

export const CreateRecordingForm = z.strictObject(onStart);

export const UpdateRecordingForm = z.strictObject({
  Status: z.enum(['paused', 'in-progress', 'stopped']),
  PauseBehavior: z.enum(['skip', 'silence']).optional(),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}/);

export const ListRecordingsQuery = z.strictObject({
  CallSid: sid('CA').optional(),
  ConferenceSid: sid('CF').optional(),
  DateCreated: day.optional(),
  'DateCreated<': day.optional(),
  'DateCreated>': day.optional(),
  IncludeSoftDeleted: flag.optional(),
  ...pageQuery,
});

const common = {
  sid: sid('RE'),
  account_sid: sid('AC'),
  call_sid: sid('CA').nullable(),
  conference_sid: sid('CF').nullable(),
  api_version: z.literal('2010-04-01'),
  duration: z.union([digits, z.literal('-1')]),
  channels: z.union([z.literal(1), z.literal(2)]),
  source: z.enum([
    'DialVerb',
    'Conference',
    'OutboundAPI',
    'Trunking',
    'RecordVerb',
    'StartCallRecordingAPI',
    'StartConferenceRecordingAPI',
  ]),
  price_unit: z.string().length(3),
  error_code: z.int().nullable(),
  date_created: rfc2822,
  date_updated: rfc2822,
  start_time: rfc2822,
  encryption_details: z.null(),
  uri: z.string(),
};

const STATUSES = ['in-progress', 'paused', 'stopped', 'processing', 'completed', 'absent'] as const;

export const RecordingAnswer = z.strictObject({
  ...common,
  status: z.enum([...STATUSES, 'deleted']),
  price: z.string().nullable(),
  media_url: z.url(),
  subresource_uris: z.record(z.string(), z.string()),
});

export const CallRecordingAnswer = z.strictObject({
  ...common,
  status: z.enum(STATUSES),
  price: z.number().nullable(),
  track: z.enum(['inbound', 'outbound', 'both']),
});

export const RecordingListAnswer = listOf('recordings', RecordingAnswer);
export const CallRecordingListAnswer = listOf('recordings', CallRecordingAnswer);
