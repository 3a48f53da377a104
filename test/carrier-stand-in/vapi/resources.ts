import { wavOf } from '../sound.ts';
import { type Answer, type Fields, one } from '../http.ts';
import type { Route } from '../routes.ts';
import { AssistantAnswer, PhoneNumberAnswer } from '../shapes/vapi-resources.ts';
import { talkMsOf } from './call.ts';
import { type Vapi, iso } from './org.ts';
import { refusal } from './refusals.ts';
import { storageOf } from './report.ts';

const MADE_AT = Date.UTC(2025, 5, 2, 9) as Parameters<typeof iso>[0];
const KINDS = ['stereo', 'mono', 'customer', 'assistant'] as const;

/** Assistants, phone numbers, and where a call’s sound is. */
export function resourceRoutes(vapi: Vapi): readonly Route[] {
  const { org } = vapi;
  const assistants = () =>
    org.assistants.map(({ id, name, firstMessage }) => ({
      ...made(vapi, id),
      name,
      firstMessage,
      voice: { provider: 'vapi', voiceId: 'Elliot' },
    }));
  const numbers = () =>
    org.phoneNumbers.map(({ id, provider, number, name }) => ({
      ...made(vapi, id),
      provider,
      number,
      name,
      status: 'active',
    }));
  return [
    {
      method: 'GET',
      path: '/assistant',
      answer: AssistantAnswer.array(),
      run: ({ query }) => listed(assistants(), query),
    },
    {
      method: 'GET',
      path: '/assistant/{id}',
      answer: AssistantAnswer,
      run: ({ params }) => byId(assistants(), params['id']),
    },
    {
      method: 'GET',
      path: '/phone-number',
      answer: PhoneNumberAnswer.array(),
      run: ({ query }) => listed(numbers(), query),
    },
    {
      method: 'GET',
      path: '/phone-number/{id}',
      answer: PhoneNumberAnswer,
      run: ({ params }) => byId(numbers(), params['id']),
    },
    ...KINDS.map(
      (kind): Route => ({
        method: 'GET',
        path: `/call/{id}/${kind}-recording`,
        run: ({ params }) => {
          const call = org.calls.get(params['id'] ?? '');
          if (call?.hasRecording !== true) return refusal(404, 'There is no recording, or not yet.');
          return {
            status: 302,
            headers: { location: `${storageOf(vapi.world.url)}/${call.id}/${kind}.wav` },
          };
        },
      }),
    ),
  ];
}

function listed(all: readonly unknown[], query: Fields): Answer {
  return { status: 200, json: all.slice(0, Number(one(query, 'limit') ?? 100)) };
}

function byId(all: readonly { id: unknown }[], id: string | undefined): Answer {
  const json = all.find((each) => each.id === id);
  return json === undefined ? refusal(404, 'There is no such thing.') : { status: 200, json };
}

function made(
  { org }: Vapi,
  id: string,
): { id: string; orgId: string; createdAt: string; updatedAt: string } {
  return { id, orgId: org.orgId, createdAt: iso(MADE_AT), updatedAt: iso(MADE_AT) };
}

/** Where the sounds lie. Nobody shows a key here, and whoever does has given it to strangers. */
export function storageRoutes(vapi: Vapi): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/{id}/{kind}.wav',
      run: ({ params, headers }) => {
        const call = vapi.org.calls.get(params['id'] ?? '');
        if (headers.authorization !== undefined)
          vapi.world.violations.add({
            carrier: 'vapi',
            by: 'request',
            where: 'GET recording',
            against: 'shape',
            what: 'the key was sent along to where the sound lies',
          });
        if (call?.hasRecording !== true) return refusal(404, 'There is nothing here.');
        return {
          status: 200,
          bytes: wavOf(call.id, talkMsOf(call), params['kind'] === 'stereo' ? 2 : 1),
          mime: 'audio/wav',
        };
      },
    },
  ];
}
