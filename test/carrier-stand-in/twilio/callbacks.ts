import type { Hook, RetryPlan } from '../hooks.ts';
import { hexOf } from '../world.ts';
import { type Twilio, twilioDate } from './account.ts';
import { type Callback, type TwilioCall, isLive, secondsOf } from './call.ts';
import { signatureOf, withoutFragment } from './signature.ts';
import { TWILIO_HOOKS } from '../shapes/twilio-hooks.ts';

/** Tells of a new status, where it was asked for. */
export function tellStatus(
  twilio: Twilio,
  call: TwilioCall,
  event: 'initiated' | 'ringing' | 'answered' | 'completed',
): void {
  const sequence = call.sequence++;
  const callback = call.statusCallback;
  if (callback === null || !callback.events.includes(event)) return;
  const status = event === 'initiated' ? 'initiated' : call.status;
  sendForm(twilio, callback, {
    kind: status,
    shape: 'status',
    call,
    fields: statusFields(twilio, call, status, sequence),
  });
}

function statusFields(
  twilio: Twilio,
  call: TwilioCall,
  status: string,
  sequence: number,
): Record<string, string> {
  const seconds = secondsOf(call);
  return {
    ...callFields(twilio, call),
    CallStatus: status,
    Timestamp: twilioDate(twilio.world.carrierNow()),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequence),
    ...(call.parentSid !== null && { ParentCallSid: call.parentSid }),
    ...(!isLive(call) && {
      CallDuration: String(seconds),
      Duration: String(Math.ceil(seconds / 60)),
      SipResponseCode: String(call.sipCode ?? 200),
      ...(call.answeredBy !== null && { AnsweredBy: call.answeredBy }),
    }),
  };
}

/** What every form of Twilio’s about a call begins with. */
export function callFields(twilio: Twilio, call: TwilioCall): Record<string, string> {
  return {
    CallSid: call.sid,
    AccountSid: twilio.account.sid,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    Direction: call.direction,
    ApiVersion: '2010-04-01',
  };
}

/** A form on its way to us, signed. */
export function sendForm(twilio: Twilio, callback: Callback, about: FormAbout): void {
  twilio.world.hooks.send(hookOf(twilio, callback, about));
}

export interface FormAbout {
  readonly kind: string;
  readonly shape: keyof typeof TWILIO_HOOKS;
  readonly call: TwilioCall | null;
  readonly fields: Record<string, string>;
}

export function hookOf(
  twilio: Twilio,
  { url, method }: Pick<Callback, 'url' | 'method'>,
  about: FormAbout,
): Hook {
  const { world, account } = twilio;
  const { kind, shape, call, fields } = about;
  world.violations.check(fields, TWILIO_HOOKS[shape], {
    carrier: 'twilio',
    by: 'hook',
    where: `${shape} ${kind}`,
  });
  const token = `${hexOf(world.random, 8)}-${hexOf(world.random, 12)}`;
  return {
    carrier: 'twilio',
    kind,
    callRef: call?.sid ?? fields['ConferenceSid'] ?? '',
    to: call?.to ?? null,
    url: withoutFragment(url),
    method,
    retry: retryOf(url),
    letter: (isForged) => {
      const key = isForged ? 'somebody-else’s-token' : account.authToken;
      const text = new URLSearchParams(fields).toString();
      const asked = method === 'GET' ? withQuery(withoutFragment(url), text) : withoutFragment(url);
      return {
        url: asked,
        body: method === 'GET' ? '' : text,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          'user-agent': 'TwilioProxy/1.1',
          'x-twilio-signature': signatureOf(key, asked, method === 'GET' ? {} : fields),
          'i-twilio-idempotency-token': token,
        },
      };
    },
  };
}

function withQuery(url: string, text: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

/** What the fragment of an address asks for: `#rc=3&rp=all`. Left out, one more try where nobody could be reached. */
function retryOf(url: string): RetryPlan {
  const wishes = new URLSearchParams(url.split('#', 2)[1] ?? '');
  const on = (wishes.get('rp') ?? 'ct').split(',');
  const has = (...words: string[]) => words.some((word) => on.includes(word) || on.includes('all'));
  const readMs = Number(wishes.get('rt') ?? 15_000);
  return {
    retriesMax: Number(wishes.get('rc') ?? 1),
    timeoutMs: Math.min(readMs, Number(wishes.get('tt') ?? 15_000)),
    pauseMs: (nth) => 100 * 2 ** nth,
    isFor: (status) =>
      status === null ? has('ct', 'rt') : status >= 500 ? has('5xx') : status >= 400 && has('4xx'),
  };
}
