import { z } from 'zod';
import { CALL_STATUSES, address, digits, flag, rfc2822, sid } from './twilio-common.ts';

const aboutCall = {
  CallSid: sid('CA'),
  AccountSid: sid('AC'),
  From: z.string(),
  To: z.string(),
  Caller: z.string(),
  Called: z.string(),
  Direction: z.enum(['inbound', 'outbound-api', 'outbound-dial']),
  ApiVersion: z.literal('2010-04-01'),
};

const answeredBy = z.enum([
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
]);

/** The forms that Twilio sends, by what they are about. */
export const TWILIO_HOOKS = {
  status: z.strictObject({
    ...aboutCall,
    CallStatus: z.enum(['initiated', ...CALL_STATUSES]),
    Timestamp: rfc2822,
    CallbackSource: z.literal('call-progress-events'),
    SequenceNumber: digits,
    ParentCallSid: sid('CA').optional(),
    CallDuration: digits.optional(),
    Duration: digits.optional(),
    SipResponseCode: digits.optional(),
    AnsweredBy: answeredBy.optional(),
  }),
  detection: z.strictObject({
    CallSid: sid('CA'),
    AccountSid: sid('AC'),
    AnsweredBy: answeredBy,
    MachineDetectionDuration: digits,
  }),
  recording: z.strictObject({
    AccountSid: sid('AC'),
    CallSid: sid('CA').optional(),
    ConferenceSid: sid('CF').optional(),
    RecordingSid: sid('RE'),
    RecordingUrl: address,
    RecordingStatus: z.enum(['in-progress', 'completed', 'absent', 'failed']),
    RecordingDuration: digits.optional(),
    RecordingChannels: z.enum(['1', '2']),
    RecordingStartTime: rfc2822,
    RecordingSource: z.string(),
    RecordingTrack: z.enum(['inbound', 'outbound', 'both']),
  }),
  conference: z.strictObject({
    ConferenceSid: sid('CF'),
    FriendlyName: z.string(),
    AccountSid: sid('AC'),
    Timestamp: rfc2822,
    SequenceNumber: digits,
    StatusCallbackEvent: z.enum([
      'conference-start',
      'conference-end',
      'participant-join',
      'participant-leave',
      'participant-mute',
      'participant-unmute',
      'participant-hold',
      'participant-unhold',
      'participant-modify',
    ]),
    CallSid: sid('CA').optional(),
    ParticipantLabel: z.string().optional(),
    Muted: flag.optional(),
    Hold: flag.optional(),
    Coaching: flag.optional(),
    CallSidToCoach: sid('CA').optional(),
    StartConferenceOnEnter: flag.optional(),
    EndConferenceOnExit: flag.optional(),
    ReasonParticipantLeft: z.string().optional(),
    ParticipantCallStatus: z.string().optional(),
    ReasonConferenceEnded: z.string().optional(),
    CallSidEndingConference: sid('CA').optional(),
  }),
  /** What Twilio asks with, before it does what TwiML says. */
  voice: z.looseObject({ ...aboutCall, CallStatus: z.enum(['ringing', 'in-progress']) }),
} as const;
