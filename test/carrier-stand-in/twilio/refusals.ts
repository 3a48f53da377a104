import type { Fate } from '../fates.ts';
import { type Answer, type Fields, many, one } from '../http.ts';
import type { Twilio } from './account.ts';
import { isLive } from './call.ts';

/** What the codes say, in words of our own: the app has to go by the code. */
const WORDS: Readonly<Record<number, string>> = {
  10004: 'Too many calls at once for this account',
  20001: 'A parameter is not valid',
  20003: 'Who are you?',
  20005: 'This account is not active',
  20008: 'Test credentials cannot do this',
  20404: 'There is no such thing here',
  20429: 'Too many requests',
  20500: 'Something broke in here',
  20503: 'Not available now',
  21201: 'No number to call',
  21202: 'A premium number',
  21205: 'That is no address',
  21206: 'Those are no digits to send',
  21208: 'That is no time to ring for',
  21210: 'That caller ID is not yours',
  21211: 'That is no phone number',
  21212: 'That is no caller ID',
  21213: 'No caller ID',
  21214: 'That number cannot be reached',
  21215: 'This account may not call that country',
  21216: 'This account may not call that number',
  21217: 'That does not look like a phone number',
  21219: 'A trial may not call that number',
  21220: 'The call is past that',
  21626: 'There is no such event',
  22005: 'Too many calls are waiting',
  16025: 'That label is taken in this room',
};

export function refusal(code: number, status = 400, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers,
    json: {
      code,
      message: WORDS[code] ?? `Refused with ${code}`,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    },
  };
}

export const NOT_FOUND = (): Answer => refusal(20404, 404);

const E164 = /^\+[1-9]\d{6,14}$/;
const OWN_ENDS = /^(client|sip):.+/;
const STATUS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

/** Why Twilio takes no call on: null where it does. In the order in which Twilio looks. */
export function refusalOf({ account, world }: Twilio, form: Fields, fateOf: () => Fate): number | null {
  const to = one(form, 'To') ?? '';
  const from = one(form, 'From') ?? '';
  const { limits, calls, numbers, callerIds } = account;
  if (to === '') return 21201;
  if (from === '') return 21213;
  const isOurs = [...numbers, ...callerIds].some(({ phoneNumber }) => phoneNumber === from);
  if (!OWN_ENDS.test(from) && !E164.test(from)) return 21212;
  if (!OWN_ENDS.test(from) && !isOurs) return 21210;
  if (!OWN_ENDS.test(to) && !E164.test(to)) return 21211;
  if (to.startsWith('+1900')) return 21202;
  if (E164.test(to) && limits.countries !== null && !limits.countries.some((code) => to.startsWith(code)))
    return 21215;
  if (E164.test(to) && limits.isTrial && !limits.verified.includes(to)) return 21219;
  const fields = fieldRefusal(form);
  if (fields !== null) return fields;
  if ([...calls.values()].filter(isLive).length >= limits.callsMax) return 10004;
  if (account.nextDialAt - world.clock.now() > limits.queueMsMax) return 22005;
  return fateOf().code;
}

function fieldRefusal(form: Fields): number | null {
  const timeout = one(form, 'Timeout');
  if (timeout !== undefined && !/^\d{1,3}$/.test(timeout)) return 21208;
  const digits = one(form, 'SendDigits');
  if (digits !== undefined && !/^[0-9A-D#*wW]{1,32}$/.test(digits)) return 21206;
  const events = many(form, 'StatusCallbackEvent').flatMap((event) => event.split(/\s+/));
  if (events.some((event) => !STATUS_EVENTS.includes(event))) return 21626;
  const addresses = ['Url', 'StatusCallback', 'FallbackUrl'].map((name) => one(form, name) ?? '');
  return addresses.some((address) => address !== '' && !isAddress(address)) ? 21205 : null;
}

/** A host name of Twilio’s liking has no underscore in it. */
function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && !url.hostname.includes('_');
}

/** What test credentials come to, by the number asked for; null where a call is “made”. */
export function magicRefusal(form: Fields): number | null {
  const from = one(form, 'From');
  const to = one(form, 'To') ?? '';
  if (from === '+15005550001') return 21212;
  if (from !== '+15005550006') return 21210;
  const magic: Readonly<Record<string, number>> = {
    '+15005550001': 21217,
    '+15005550002': 21214,
    '+15005550003': 21215,
    '+15005550004': 21216,
  };
  return magic[to] ?? (E164.test(to) ? null : 21211);
}
