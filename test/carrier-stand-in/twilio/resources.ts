import { type Fields, one } from '../http.ts';
import type { Route } from '../routes.ts';
import {
  AccountAnswer,
  ApplicationAnswer,
  ApplicationForm,
  ApplicationListAnswer,
  BalanceAnswer,
  CallerIdListAnswer,
  NumberListAnswer,
  TokenAnswer,
} from '../shapes/twilio-resources.ts';
import { hexOf } from '../world.ts';
import { type Twilio, newSid, twilioDate } from './account.ts';
import { pageOf } from './paging.ts';
import { NOT_FOUND } from './refusals.ts';

const ROOT = '/2010-04-01/Accounts/{AccountSid}';
const OPENED_AT = Date.UTC(2025, 0, 6, 9) as Parameters<typeof twilioDate>[0];

/** What an account has besides calls: itself, its money, its numbers, its softphones’ tokens. */
export function resourceRoutes(twilio: Twilio): readonly Route[] {
  const { account, world } = twilio;
  return [
    {
      method: 'GET',
      path: '/2010-04-01/Accounts/{Sid}.json',
      answer: AccountAnswer,
      run: () => ({ status: 200, json: accountFace(twilio) }),
    },
    {
      method: 'GET',
      path: `${ROOT}/Balance.json`,
      answer: BalanceAnswer,
      run: () => ({ status: 200, json: { account_sid: account.sid, balance: '41.87', currency: 'USD' } }),
    },
    {
      method: 'GET',
      path: `${ROOT}/IncomingPhoneNumbers.json`,
      answer: NumberListAnswer,
      run: (asked) => {
        const wished = one(asked.query, 'PhoneNumber');
        const shown = account.numbers.filter(({ phoneNumber }) => (wished ?? phoneNumber) === phoneNumber);
        return pageOf('incoming_phone_numbers', shown, (number) => numberFace(twilio, number), asked);
      },
    },
    {
      method: 'GET',
      path: `${ROOT}/OutgoingCallerIds.json`,
      answer: CallerIdListAnswer,
      run: (asked) =>
        pageOf(
          'outgoing_caller_ids',
          account.callerIds,
          ({ sid, phoneNumber, name }) => ({
            sid,
            account_sid: account.sid,
            phone_number: phoneNumber,
            friendly_name: name,
            date_created: twilioDate(OPENED_AT),
            date_updated: twilioDate(OPENED_AT),
            uri: `${twilio.root()}/OutgoingCallerIds/${sid}.json`,
          }),
          asked,
        ),
    },
    {
      method: 'POST',
      path: `${ROOT}/Tokens.json`,
      answer: TokenAnswer,
      run: ({ form }) => ({
        status: 201,
        json: {
          account_sid: account.sid,
          username: hexOf(world.random, 32),
          password: hexOf(world.random, 32),
          ttl: one(form, 'Ttl') ?? '86400',
          date_created: twilioDate(world.carrierNow()),
          date_updated: twilioDate(world.carrierNow()),
          ice_servers: [{ url: 'stun:stand-in.invalid:3478', urls: 'stun:stand-in.invalid:3478' }],
        },
      }),
    },
    ...applicationRoutes(twilio),
  ];
}

function applicationRoutes(twilio: Twilio): readonly Route[] {
  const { applications } = twilio.account;
  const find = (sid: string | undefined) => applications.find((known) => known.sid === sid) ?? null;
  return [
    {
      method: 'GET',
      path: `${ROOT}/Applications.json`,
      answer: ApplicationListAnswer,
      run: (asked) => pageOf('applications', applications, (each) => applicationFace(twilio, each), asked),
    },
    {
      method: 'POST',
      path: `${ROOT}/Applications.json`,
      form: ApplicationForm,
      answer: ApplicationAnswer,
      run: ({ form }) => {
        const made = { sid: newSid(twilio, 'AP'), fields: plain(form) };
        applications.push(made);
        return { status: 201, json: applicationFace(twilio, made) };
      },
    },
    {
      method: 'POST',
      path: `${ROOT}/Applications/{Sid}.json`,
      form: ApplicationForm,
      answer: ApplicationAnswer,
      run: ({ params, form }) => {
        const known = find(params['Sid']);
        if (known === null) return NOT_FOUND();
        Object.assign(known.fields, plain(form));
        return { status: 200, json: applicationFace(twilio, known) };
      },
    },
  ];
}

function plain(form: Fields): Record<string, string> {
  return Object.fromEntries(Object.keys(form).map((name) => [name, one(form, name) ?? '']));
}

function accountFace(twilio: Twilio): Record<string, unknown> {
  const { account } = twilio;
  const uri = twilio.root();
  return {
    sid: account.sid,
    owner_account_sid: account.sid,
    friendly_name: 'Stand-in account',
    auth_token: account.authToken,
    status: account.isSuspended ? 'suspended' : 'active',
    type: account.limits.isTrial ? 'Trial' : 'Full',
    date_created: twilioDate(OPENED_AT),
    date_updated: twilioDate(OPENED_AT),
    uri: `${uri}.json`,
    subresource_uris: { calls: `${uri}/Calls.json`, balance: `${uri}/Balance.json` },
  };
}

function numberFace(
  twilio: Twilio,
  { sid, phoneNumber, name }: { sid: string; phoneNumber: string; name: string },
): Record<string, unknown> {
  return {
    sid,
    account_sid: twilio.account.sid,
    phone_number: phoneNumber,
    friendly_name: name,
    api_version: '2010-04-01',
    address_requirements: 'none',
    beta: false,
    origin: 'twilio',
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    status: 'in-use',
    voice_url: null,
    voice_method: 'POST',
    date_created: twilioDate(OPENED_AT),
    date_updated: twilioDate(OPENED_AT),
    uri: `${twilio.root()}/IncomingPhoneNumbers/${sid}.json`,
  };
}

function applicationFace(
  twilio: Twilio,
  { sid, fields }: { sid: string; fields: Record<string, string> },
): Record<string, unknown> {
  const { world, account } = twilio;
  return {
    sid,
    account_sid: account.sid,
    api_version: '2010-04-01',
    friendly_name: fields['FriendlyName'] ?? null,
    voice_url: fields['VoiceUrl'] ?? null,
    voice_method: fields['VoiceMethod'] ?? 'POST',
    voice_fallback_url: fields['VoiceFallbackUrl'] ?? null,
    status_callback: fields['StatusCallback'] ?? null,
    date_created: twilioDate(OPENED_AT),
    date_updated: twilioDate(world.carrierNow()),
    uri: `${twilio.root()}/Applications/${sid}.json`,
  };
}
