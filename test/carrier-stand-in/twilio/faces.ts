import { type Twilio, twilioDate } from './account.ts';
import { type TwilioCall, isLive, secondsOf } from './call.ts';

/** A call as the API shows it. */
export function callFace(twilio: Twilio, call: TwilioCall): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: call.parentSid,
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    phone_number_sid:
      twilio.account.numbers.find(({ phoneNumber }) => phoneNumber === call.from)?.sid ?? null,
    status: call.status,
    start_time: call.dialedAt === null ? null : twilioDate(call.dialedAt),
    end_time: call.endedAt === null ? null : twilioDate(call.endedAt),
    duration: isLive(call) ? null : String(secondsOf(call)),
    price: call.price,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(Math.round(call.queueMs)),
    trunk_sid: null,
    date_created: twilioDate(call.createdAt),
    date_updated: twilioDate(call.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: {
      recordings: `${uri}/Recordings.json`,
      notifications: `${uri}/Notifications.json`,
      events: `${uri}/Events.json`,
    },
  };
}
