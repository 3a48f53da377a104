import { createHmac } from 'node:crypto';
import { instant } from '../../shared/lib/instants.ts';
import type { CarrierEvent } from '../carriers/carrier.ts';
import { formIn } from './form.ts';
import { type Hook, unreadable } from './hook.ts';
import { isFromTwilio, isFromVapi } from './signatures.ts';

/* Hooks as carriers have them, for tests and benchmarks: a form that is signed, and a text that carries a secret. */

export const TOKEN = 'a token of nobody';
export const BASE = 'https://desk.example';

export function formHook(): Hook {
  return {
    isGenuine: (posted) => isFromTwilio(posted, [TOKEN]),
    tokenOf: (headers) => String(headers['i-twilio-idempotency-token'] ?? '') || null,
    read({ body, attemptId, receivedAt }) {
      const form = formIn(body);
      const status = form?.CallStatus;
      if (form?.CallSid === undefined || status === undefined) return unreadable('No call is named in it.');
      const facts: CarrierEvent['event']['facts'] =
        status === 'ended' ? { status, end: 'completed' } : { rawStatus: status };
      const event = { key: `${form.SequenceNumber}:${status}`, at: instant(receivedAt), facts };
      return { kind: 'read', events: [{ callRef: form.CallSid, attemptId, event }] };
    },
    answer: ({ kind }) => (kind === 'voice' ? { mime: 'text/xml', text: '<Response/>' } : null),
  };
}

export function secretHook(secretFor: (attemptId: string) => string): Hook {
  return {
    isGenuine: (posted) => isFromVapi(posted, { secretFor }, instant(0)),
    read({ body, attemptId, receivedAt }) {
      const { id } = JSON.parse(body.toString()) as { id: string };
      const event = { key: body.toString(), at: receivedAt, facts: { rawStatus: 'told' } };
      return { kind: 'read', events: [{ callRef: id, attemptId, event }] };
    },
  };
}

/** A request to a hook as Twilio would make it; `address` as it was given to it, with our public base. */
export function signedForm(address: string, fields: Readonly<Record<string, string>>, token = TOKEN) {
  const text = Object.keys(fields)
    .sort()
    .reduce((before, key) => before + key + fields[key], address);
  return {
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', token).update(text).digest('base64'),
    },
  };
}
