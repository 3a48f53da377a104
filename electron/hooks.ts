import type { Clock } from '../shared/lib/clock.ts';
import type { Instant } from '../shared/lib/instants.ts';
import type { CarrierEvent } from './carriers/carrier.ts';
import { eventAt } from './carriers/fail-over.ts';
import { twilioEvent } from './carriers/twilio/events.ts';
import { vapiAnswer } from './carriers/vapi/answers.ts';
import { vapiEvents } from './carriers/vapi/events.ts';
import { voipstudioEvent } from './carriers/voipstudio/events.ts';
import { formIn } from './relay/form.ts';
import { type Hook, type Reading, unreadable } from './relay/hook.ts';
import { attemptKey, isFromTwilio, isFromVapi } from './relay/signatures.ts';
import type { WorkspaceCarriers } from './workspace-carriers.ts';

export interface HooksParts {
  readonly carriers: WorkspaceCarriers | null;
  /** What the secrets of single attempts are made from. */
  readonly secret: string;
  /** The tokens that Twilio may have signed with. */
  readonly twilioTokens: (now: Instant) => readonly string[];
  readonly clock: Clock;
}

/** How each carrier proves that it is it, and what it tells. Here the relay and the carriers meet. */
export function hooksFor({
  carriers,
  secret,
  twilioTokens,
  clock,
}: HooksParts): Readonly<Record<string, Hook>> {
  const typed = (kind: string, key: string) => carriers?.valuesOf(kind)?.[key] ?? '';
  const twilio: Hook = {
    isGenuine: (posted) => isFromTwilio(posted, twilioTokens(clock.now())),
    tokenOf: (headers) => one(headers['i-twilio-idempotency-token']),
    read({ body, attemptId, receivedAt }) {
      const form = formIn(body);
      if (form === null) return unreadable('It has more fields than anything that Twilio sends.');
      return told('twilio', [twilioEvent(form, receivedAt, attemptId)]);
    },
  };
  const vapi: Hook = {
    isGenuine: (posted) =>
      isFromVapi(
        posted,
        { secretFor: (id) => attemptKey(secret, id), signing: typed('vapi', 'signing') || null },
        clock.now(),
      ),
    read({ body, attemptId, receivedAt }) {
      const said = jsonIn(body);
      if (said === undefined) return unreadable(BROKEN);
      const events = vapiEvents(said, receivedAt, attemptId);
      return events === null
        ? unreadable('It names no call, or is no message of Vapi.')
        : told('vapi', events);
    },
    answer: ({ body }) => {
      const text = vapiAnswer(jsonIn(body));
      return text === null ? null : { mime: 'application/json', text };
    },
  };
  const voipstudio: Hook = {
    // VoIPStudio signs nothing: that somebody knows the address is all the proof there is.
    isGenuine: () => true,
    read({ body, receivedAt }) {
      const said = jsonIn(body);
      return said === undefined
        ? unreadable(BROKEN)
        : told('voipstudio', [voipstudioEvent(said, receivedAt)]);
    },
  };
  return { twilio, vapi, voipstudio };
}

const BROKEN = 'It is cut off, or no JSON at all. What it told is asked for instead.';

function told(kind: string, events: readonly (CarrierEvent | null)[]): Reading {
  return { kind: 'read', events: events.flatMap((event) => (event === null ? [] : [eventAt(kind, event)])) };
}

/** Bytes that are no letters make it unreadable, and not a text with holes. */
function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function one(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header !== '' ? header.slice(0, 200) : null;
}
