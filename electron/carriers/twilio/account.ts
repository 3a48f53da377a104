import type { Checked, OwnNumber } from '../account.ts';
import type { TwilioClient } from './client.ts';
import { accountShape, balanceShape, numberShape, pageOf } from './shapes.ts';

/** Asks Twilio whether it knows us: what somebody wants to hear who has just typed credentials. */
export async function checkTwilio(client: TwilioClient): Promise<Checked> {
  const told = await client.get('.json');
  if (told.kind === 'not-sent' || told.kind === 'unclear')
    return { kind: 'not-reached', sentence: `Twilio: ${told.sentence} Nothing was checked.` };
  if (told.kind === 'no') {
    const { code, sentence } = told.trouble;
    if (told.status === 404)
      return { kind: 'wrong', sentence: 'Twilio knows no such account. Check the account SID.' };
    // Test credentials may read nothing but what they make up themselves.
    if (code === '20008')
      return {
        kind: 'wrong',
        sentence:
          'These are test credentials: they reach nobody. Enter the live ones from the Twilio console.',
      };
    if (told.status === 401)
      return {
        kind: 'wrong',
        sentence:
          'Twilio does not accept these: the key or its secret is wrong, was revoked, or belongs to another account.',
      };
    return { kind: 'wrong', sentence };
  }
  const account = accountShape.safeParse(told.body).data;
  if (account === undefined)
    return {
      kind: 'not-reached',
      sentence: 'This address does not answer as Twilio does. Check the address.',
    };
  return standingOf(account);
}

function standingOf({
  status,
  type,
  friendly_name,
}: {
  status?: string | null | undefined;
  type?: string | null | undefined;
  friendly_name?: string | null | undefined;
}): Checked {
  if (status === 'suspended' || status === 'closed')
    return { kind: 'wrong', sentence: `This Twilio account is ${status}. Look into the Twilio console.` };
  const name = friendly_name ? ` “${friendly_name}”` : '';
  if (type === 'Trial')
    return {
      kind: 'good',
      sentence: `Connected to the trial account${name}. It calls verified numbers only, and ends calls after ten minutes.`,
    };
  return { kind: 'good', sentence: `Connected to the account${name}.` };
}

/** Numbers that may be shown: those of the account, and those it has proof of. Null where Twilio cannot be asked. */
export async function numbersAtTwilio(client: TwilioClient): Promise<OwnNumber[] | null> {
  const bought = await all(client, '/IncomingPhoneNumbers.json', 'incoming_phone_numbers');
  const proven = await all(client, '/OutgoingCallerIds.json', 'outgoing_caller_ids');
  if (bought === null || proven === null) return null;
  const known = new Set(bought.map(({ number }) => number));
  return [...bought, ...proven.filter(({ number }) => !known.has(number))];
}

const PAGES_MAX = 20;

async function all(client: TwilioClient, path: string, key: string): Promise<OwnNumber[] | null> {
  const found: OwnNumber[] = [];
  let told = await client.get(path, { PageSize: '1000' });
  for (let pages = 1; ; pages++) {
    const page = told.kind === 'ok' ? pageOf(told.body, key, numberShape) : null;
    if (page === null) return null;
    for (const { phone_number: number, friendly_name } of page.rows)
      found.push({ number, label: friendly_name && friendly_name !== number ? friendly_name : '' });
    if (page.next === null || pages >= PAGES_MAX) return found;
    told = await client.page(page.next);
  }
}

/** What is left on the account; null where it does not say. */
export async function balanceAtTwilio(
  client: TwilioClient,
): Promise<{ amount: number; currency: string } | null> {
  const told = await client.get('/Balance.json');
  const read = told.kind === 'ok' ? balanceShape.safeParse(told.body).data : undefined;
  const amount = Number(read?.balance ?? Number.NaN);
  return read === undefined || !Number.isFinite(amount) ? null : { amount, currency: read.currency };
}
