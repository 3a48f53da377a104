import { type Answer, type Asked, basicOf } from '../http.ts';
import type { Mount } from '../mount.ts';
import { routerOf } from '../routes.ts';
import type { Twilio } from './account.ts';
import { callRoutes } from './calls.ts';
import { conferenceRoutes } from './conferences.ts';
import { participantRoutes } from './participants.ts';
import { recordingRoutes } from './recordings.ts';
import { NOT_FOUND, refusal } from './refusals.ts';
import { resourceRoutes } from './resources.ts';

export function twilioMount(twilio: Twilio): Mount {
  return {
    carrier: 'twilio',
    find: routerOf([
      ...callRoutes(twilio),
      ...participantRoutes(twilio),
      ...conferenceRoutes(twilio),
      ...recordingRoutes(twilio),
      ...resourceRoutes(twilio),
    ]),
    gate: (asked) => gate(twilio, asked),
    notFound: NOT_FOUND,
    broken: () => refusal(20500, 500),
    unavailable: () => refusal(20503, 503),
    tooMany: (headers) => refusal(20429, 429, headers),
    headers: () => ({
      'twilio-request-duration': '0.042',
      'twilio-concurrent-requests': String(twilio.account.requestsNow),
    }),
    numberOf: ({ form }) => [form['To']].flat()[0] ?? null,
    during: (delta) => {
      twilio.account.requestsNow += delta;
    },
  };
}

/** Who may come in at all: the account by its token or a key of it, and test credentials for little. */
function gate({ account }: Twilio, { headers, path, method }: Asked): Answer | null {
  const basic = basicOf(headers);
  const pathSid = /^\/2010-04-01\/Accounts\/([^/.]+)/.exec(path)?.[1] ?? '';
  const is = (user: string, password: string, of: string) =>
    basic?.user === user && basic.password === password && pathSid === of;
  if (is(account.testSid, account.testAuthToken, account.testSid)) {
    const isCall = method === 'POST' && path.endsWith('/Calls.json');
    return isCall ? null : refusal(20008, 403);
  }
  const isKnown =
    is(account.sid, account.authToken, account.sid) || is(account.keySid, account.keySecret, account.sid);
  if (!isKnown) return refusal(20003, 401);
  if (account.isSuspended && method !== 'GET') return refusal(20005, 401);
  return account.requestsNow > account.limits.requestsMax ? refusal(20429, 429) : null;
}
