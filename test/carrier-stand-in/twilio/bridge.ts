import type { Twilio } from './account.ts';
import { type TwilioCall, callbackOf, planOf, secondsOf } from './call.ts';
import { endCall, startCall } from './life.ts';

type Attributes = Readonly<Record<string, string>>;

/** Rings somebody else and talks to them, until either hangs up or the time is over. What `action` is told of it. */
export function dialNumber(
  twilio: Twilio,
  call: TwilioCall,
  { to, attributes, noun }: { to: string; attributes: Attributes; noun: Attributes },
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const number = /^[+\d]/.test(to) ? to : `client:${to}`;
  const form = {
    ...(noun['statusCallback'] !== undefined && { StatusCallback: noun['statusCallback'] }),
    ...(noun['statusCallbackEvent'] !== undefined && { StatusCallbackEvent: noun['statusCallbackEvent'] }),
    Timeout: attributes['timeout'] ?? '30',
  };
  return new Promise((done) => {
    const child = startCall(twilio, {
      to: number,
      from: attributes['callerId'] ?? call.from,
      plan: planOf(form),
      fate: twilio.world.fates.next(number),
      statusCallback: callbackOf(form, 'StatusCallback', ['completed']),
      attemptId: null,
      direction: 'outbound-dial',
      parentSid: call.sid,
      onAnswer: () => {},
    });
    child.onEnd.add(() =>
      done({
        DialCallSid: child.sid,
        DialCallStatus: child.status,
        DialCallDuration: String(secondsOf(child)),
      }),
    );
    signal.addEventListener(
      'abort',
      () => endCall(twilio, child, child.answeredAt === null ? 'canceled' : 'completed'),
      {
        once: true,
      },
    );
  });
}
