import { z } from 'zod';

export const sid = (letters: string) => z.string().regex(new RegExp(`^${letters}[0-9a-f]{32}$`));
export const rfc2822 = z.string().regex(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
export const digits = z.string().regex(/^\d+$/);
export const flag = z.enum(['true', 'false']);
export const verb = z.enum(['GET', 'POST']);
export const address = z.url({ protocol: /^https?$/ });
/** A phone, a softphone of ours, or a SIP address. */
export const endpoint = z.string().regex(/^(\+[1-9]\d{6,14}|client:[\w-]{1,256}|sip:.+)$/);
export const eventNames = (names: readonly [string, ...string[]]) => {
  const event = z.enum(names);
  return z.union([event, z.array(event)]);
};

export const statusEvents = eventNames(['initiated', 'ringing', 'answered', 'completed']);
export const recordingEvents = eventNames([
  'started',
  'in-progress',
  'paused',
  'resumed',
  'stopped',
  'completed',
  'failed',
  'absent',
]);

export const CALL_STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;

/** What every list of Twilio’s has around its rows. */
export const listOf = (name: string, row: z.ZodType) =>
  z.strictObject({
    [name]: z.array(row),
    start: z.int(),
    end: z.int(),
    page: z.int(),
    page_size: z.int(),
    uri: z.string(),
    first_page_uri: z.string(),
    next_page_uri: z.string().nullable(),
    previous_page_uri: z.string().nullable(),
  });

export const pageQuery = {
  PageSize: digits.optional(),
  Page: digits.optional(),
  PageToken: z.string().optional(),
};

/** What calls and participants are both asked for with. */
export const detectionFields = {
  MachineDetection: z.enum(['Enable', 'DetectMessageEnd']).optional(),
  MachineDetectionTimeout: digits.optional(),
  MachineDetectionSpeechThreshold: digits.optional(),
  MachineDetectionSpeechEndThreshold: digits.optional(),
  MachineDetectionSilenceTimeout: digits.optional(),
};

export const recordingFields = {
  Record: flag.optional(),
  RecordingChannels: z.enum(['mono', 'dual']).optional(),
  RecordingTrack: z.enum(['inbound', 'outbound', 'both']).optional(),
  RecordingStatusCallback: address.optional(),
  RecordingStatusCallbackMethod: verb.optional(),
  RecordingStatusCallbackEvent: recordingEvents.optional(),
  Trim: z.enum(['trim-silence', 'do-not-trim']).optional(),
};

export const statusFields = {
  StatusCallback: address.optional(),
  StatusCallbackMethod: verb.optional(),
  StatusCallbackEvent: statusEvents.optional(),
};
