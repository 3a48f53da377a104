import { type StandIn } from './open.ts';

export const LINE = '+12025550100';
export const CONTACT = '+12025550150';
export const STAY = '<Response><Pause length="600"/></Response>';
export const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

export type Form = Record<string, string | readonly string[]>;

/** Asks the stand-in’s Twilio, with the API key unless other credentials are given. */
export async function askTwilio(
  at: StandIn,
  method: string,
  path: string,
  form?: Form,
  credentials?: readonly [user: string, password: string],
) {
  const { baseUrl, keySid, keySecret, sid } = at.twilio;
  const [user, password] = credentials ?? [keySid, keySecret];
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form ?? {}))
    for (const each of [value].flat()) body.append(name, each);
  const account = user.startsWith('AC') ? user : sid;
  const answer = await fetch(`${baseUrl}/2010-04-01/Accounts/${account}${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    ...(form !== undefined && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) };
}

/** Places a call that stays up until somebody ends it. */
export function placeCall(at: StandIn, more: Form = {}) {
  return askTwilio(at, 'POST', '/Calls.json', { To: CONTACT, From: LINE, Twiml: STAY, ...more });
}
