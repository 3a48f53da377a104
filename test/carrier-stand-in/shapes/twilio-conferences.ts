import { z } from 'zod';
import {
  address,
  detectionFields,
  digits,
  endpoint,
  eventNames,
  flag,
  listOf,
  pageQuery,
  recordingEvents,
  recordingFields,
  rfc2822,
  sid,
  statusFields,
  verb,
} from './twilio-common.ts';

const LABEL_MAX = 128;

export const CreateParticipantForm = z.strictObject({
  From: endpoint,
  To: endpoint,
  Label: z.string().max(LABEL_MAX).optional(),
  Timeout: digits.optional(),
  TimeLimit: digits.optional(),
  Muted: flag.optional(),
  Beep: z.enum(['true', 'false', 'onEnter', 'onExit']).optional(),
  StartConferenceOnEnter: flag.optional(),
  EndConferenceOnExit: flag.optional(),
  WaitUrl: z.string().optional(),
  WaitMethod: verb.optional(),
  EarlyMedia: flag.optional(),
  MaxParticipants: digits.optional(),
  ConferenceRecord: z.string().optional(),
  ConferenceTrim: z.string().optional(),
  ConferenceStatusCallback: address.optional(),
  ConferenceStatusCallbackMethod: verb.optional(),
  ConferenceStatusCallbackEvent: eventNames([
    'start',
    'end',
    'join',
    'leave',
    'mute',
    'hold',
    'modify',
    'speaker',
    'announcement',
  ]).optional(),
  ConferenceRecordingStatusCallback: address.optional(),
  ConferenceRecordingStatusCallbackMethod: verb.optional(),
  ConferenceRecordingStatusCallbackEvent: recordingEvents.optional(),
  Coaching: flag.optional(),
  CallSidToCoach: sid('CA').optional(),
  JitterBufferSize: z.enum(['off', 'small', 'medium', 'large']).optional(),
  Region: z.string().optional(),
  CallerId: z.string().optional(),
  CallReason: z.string().optional(),
  AmdStatusCallback: address.optional(),
  AmdStatusCallbackMethod: verb.optional(),
  ...statusFields,
  ...detectionFields,
  ...recordingFields,
});

export const UpdateParticipantForm = z.strictObject({
  Muted: flag.optional(),
  Hold: flag.optional(),
  HoldUrl: address.optional(),
  HoldMethod: verb.optional(),
  AnnounceUrl: address.optional(),
  AnnounceMethod: verb.optional(),
  WaitUrl: z.string().optional(),
  BeepOnExit: flag.optional(),
  EndConferenceOnExit: flag.optional(),
  Coaching: flag.optional(),
  CallSidToCoach: sid('CA').optional(),
});

export const ListParticipantsQuery = z.strictObject({
  Muted: flag.optional(),
  Hold: flag.optional(),
  Coaching: flag.optional(),
  ...pageQuery,
});

export const ParticipantAnswer = z.strictObject({
  account_sid: sid('AC'),
  call_sid: sid('CA'),
  conference_sid: sid('CF'),
  label: z.string().nullable(),
  muted: z.boolean(),
  hold: z.boolean(),
  coaching: z.boolean(),
  call_sid_to_coach: sid('CA').nullable(),
  start_conference_on_enter: z.boolean(),
  end_conference_on_exit: z.boolean(),
  status: z.enum(['queued', 'connecting', 'ringing', 'connected', 'complete', 'failed']),
  queue_time: digits,
  date_created: rfc2822,
  date_updated: rfc2822,
  uri: z.string(),
});

export const ParticipantListAnswer = listOf('participants', ParticipantAnswer);

export const UpdateConferenceForm = z.strictObject({
  Status: z.literal('completed').optional(),
  AnnounceUrl: address.optional(),
  AnnounceMethod: verb.optional(),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}/);
const status = z.enum(['init', 'in-progress', 'completed']);

export const ListConferencesQuery = z.strictObject({
  FriendlyName: z.string().optional(),
  Status: status.optional(),
  DateCreated: day.optional(),
  'DateCreated<': day.optional(),
  'DateCreated>': day.optional(),
  DateUpdated: day.optional(),
  'DateUpdated<': day.optional(),
  'DateUpdated>': day.optional(),
  ...pageQuery,
});

export const ConferenceAnswer = z.strictObject({
  sid: sid('CF'),
  account_sid: sid('AC'),
  friendly_name: z.string(),
  status,
  region: z.string(),
  api_version: z.literal('2010-04-01'),
  date_created: rfc2822,
  date_updated: rfc2822,
  reason_conference_ended: z.string().nullable(),
  call_sid_ending_conference: sid('CA').nullable(),
  uri: z.string(),
  subresource_uris: z.record(z.string(), z.string()),
});

export const ConferenceListAnswer = listOf('conferences', ConferenceAnswer);
