import { type SimulatedClock, simulatedClock } from '../../../shared/lib/simulated-clock.ts';
import type { E164 } from '../../../shared/domain/phone.ts';
import { instant } from '../../../shared/lib/instants.ts';
import type { PlaceRequest } from '../carrier.ts';
import { type FakeAnswer, type FakeCarrier, type SeenRequest, fakeCarrier } from '../testing-server.ts';
import { type TwilioCarrier, type TwilioOptions, twilioCarrier } from './twilio.ts';

/* A Twilio of a few lines on a real socket, at which agent 42 waits in the room and every call is taken. */

export const NOON = instant(Date.UTC(2026, 8, 8, 14, 3, 10));
export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const AGENT_LEG = `CA${'9'.repeat(32)}`;
export const CALL = `CA${'1'.repeat(32)}`;
export const OTHER = `CA${'2'.repeat(32)}`;
export const ROOM = `CF${'3'.repeat(32)}`;
export const ATTEMPT = '01990000-0000-7000-8000-000000000001';
export const BASE = `/2010-04-01/Accounts/${ACCOUNT}`;
export const CREATED = 'Tue, 08 Sep 2026 14:03:11 +0000';
export const OK = { headers: { date: new Date(NOON).toUTCString() } };

export const request: PlaceRequest = {
  attemptId: ATTEMPT,
  to: '+12125550123' as E164,
  from: '+12125550100',
  agentId: 42,
  ringMs: 25_000,
  record: false,
  detectMachine: false,
};
export const sought = { attemptId: ATTEMPT, to: request.to, from: request.from, sentAt: NOON };

export interface TestTwilio {
  readonly fake: FakeCarrier;
  readonly clock: SimulatedClock;
  readonly lines: string[];
  make(given?: Partial<TwilioOptions>): TwilioCarrier;
  /** Requests that ring a contact. */
  placing(): SeenRequest[];
}

export async function aTwilio(): Promise<TestTwilio> {
  const fake = await fakeCarrier(answers);
  const clock = simulatedClock(NOON);
  const lines: string[] = [];
  return {
    fake,
    clock,
    lines,
    make: (given = {}) =>
      twilioCarrier({
        credentials: { accountSid: ACCOUNT, keySid: 'SKtest', secret: 'hush' },
        clock,
        baseUrl: fake.url,
        timeoutMs: 5_000,
        trace: (line) => lines.push(line),
        ...given,
      }),
    placing: () =>
      fake.seen.filter(({ method, url }) => method === 'POST' && url.endsWith('/Participants.json')),
  };
}

export function going(): AbortSignal {
  return new AbortController().signal;
}

/** How it answers while nothing goes wrong. */
export function answers({ method, url }: SeenRequest): FakeAnswer {
  const headers = { date: new Date(NOON).toUTCString() };
  if (url.includes('/Conferences.json?') && url.includes('in-progress'))
    return {
      headers,
      json: { conferences: [{ sid: ROOM, friendly_name: 'agent-42' }], next_page_uri: null },
    };
  if (url.includes('/Conferences.json?')) return { headers, json: { conferences: [], next_page_uri: null } };
  if (url.includes('/Participants/agent-42.json'))
    return { headers, json: { call_sid: AGENT_LEG, conference_sid: ROOM, status: 'connected' } };
  if (url.endsWith('/Participants.json'))
    return {
      status: 201,
      headers,
      json: { call_sid: CALL, conference_sid: ROOM, label: ATTEMPT, status: 'queued', date_created: CREATED },
    };
  if (url.endsWith(`/Calls/${AGENT_LEG}.json`))
    return { headers, json: { sid: AGENT_LEG, status: 'in-progress' } };
  if (method === 'POST' && url.endsWith('/Calls.json'))
    return { status: 201, headers, json: { sid: CALL, status: 'queued', date_created: CREATED } };
  return { headers, json: { sid: CALL, status: 'queued', date_created: CREATED } };
}
