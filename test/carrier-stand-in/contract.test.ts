import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { faultsIn } from './json-schema.ts';
import { openApi, openApiFolder } from './openapi.ts';
import { CreateCallForm } from './shapes/twilio-calls.ts';
import { TWILIO_HOOKS } from './shapes/twilio-hooks.ts';
import { CreateCall as CreateVapiCall } from './shapes/vapi-calls.ts';
import { ControlMessage } from './shapes/vapi-messages.ts';
import { CreateCall as CreateStudioCall } from './shapes/voipstudio.ts';
import { signatureOf } from './twilio/signature.ts';

type Fields = Record<string, never>;

interface Examples {
  readonly twilio: Record<string, Fields & Fields[]>;
  readonly vapi: Record<string, Fields & Fields[]>;
  readonly voipstudio: Record<string, Fields>;
}

/** A file beside the checkout; null, and a line that says what was not checked, where it does not lie there. */
function beside<T>(file: string, unchecked: string): T | null {
  if (openApiFolder !== null) return JSON.parse(readFileSync(join(openApiFolder, file), 'utf8')) as T;
  console.log(`The carriers' documents do not lie beside this checkout. Not checked: ${unchecked}.`);
  return null;
}

function problems(shape: z.ZodType, value: unknown): string[] {
  return (shape.safeParse(value).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

/** A form as it comes in: all of it is text. */
function asForm(fields: Record<string, unknown>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

test('the signatures are those that Twilio’s own library makes', () => {
  interface Vector {
    readonly kind: string;
    readonly url: string;
    readonly signedUrl?: string;
    readonly params?: Record<string, string | string[]>;
    readonly signature: string;
    readonly valid: boolean;
  }
  const file = beside<{ authToken: string; vectors: Vector[] }>(
    'twilio-signature-vectors.json',
    'signature vectors',
  );
  for (const { kind, url, signedUrl, params, signature, valid } of file?.vectors ?? []) {
    const isOfBody = kind.startsWith('json');
    const made = signatureOf(file!.authToken, signedUrl ?? url, params);
    // The signature of a JSON body covers its address alone: the hash in it is what a changed body breaks.
    expect([kind, made === signature]).toEqual([kind, valid || isOfBody]);
  }
});

test('a fragment in the address is not signed, for it is not sent', () => {
  const fields = { CallSid: 'CA1' };
  expect(signatureOf('key', 'https://a.example/x?b=1#rc=3&rp=all', fields)).toBe(
    signatureOf('key', 'https://a.example/x?b=1', fields),
  );
});

test('Twilio’s example payloads are what our shapes and its document say', () => {
  const examples = beside<{ examples: Examples }>('example-payloads.json', 'Twilio’s example payloads')
    ?.examples.twilio;
  if (examples === undefined) return;
  const schema = (name: string, value: unknown) =>
    openApi()!.schemaFaults('twilio', `api.v2010.account.${name}`, value);
  expect(schema('call', examples['callResource'])).toEqual([]);
  expect(schema('call', examples['callResourceCompleted'])).toEqual([]);
  expect(schema('conference.participant', examples['participantResource'])).toEqual([]);
  expect(schema('recording', examples['recordingResource'])).toEqual([]);
  expect(problems(CreateCallForm, asForm(examples['createCallRequestForm']!))).toEqual([]);
  const forms = [...examples['statusCallbackForms']!, examples['statusCallbackNotReached']];
  for (const form of forms) expect(problems(TWILIO_HOOKS.status.partial(), form)).toEqual([]);
  for (const form of examples['conferenceEventForms']!)
    expect(problems(TWILIO_HOOKS.conference, form)).toEqual([]);
  expect(problems(TWILIO_HOOKS.detection, examples['amdCallbackForm'])).toEqual([]);
  expect(problems(TWILIO_HOOKS.recording, examples['recordingCallbackForm'])).toEqual([]);
});

test('Vapi’s example payloads are what our shapes and its document say', () => {
  const examples = beside<{ examples: Examples }>('example-payloads.json', 'Vapi’s example payloads')
    ?.examples.vapi;
  if (examples === undefined) return;
  const api = openApi()!;
  expect(problems(CreateVapiCall, examples['createCallRequest'])).toEqual([]);
  expect(problems(CreateVapiCall, examples['createScheduledBatchRequest'])).toEqual([]);
  for (const name of ['callQueued', 'callEnded'])
    expect(api.schemaFaults('vapi', 'Call', examples[name])).toEqual([]);
  expect(api.schemaFaults('vapi', 'CallBatchResponse', examples['callBatchResponse'])).toEqual([]);
  for (const message of examples['controlMessages']!) expect(problems(ControlMessage, message)).toEqual([]);
  const posted = Object.values(examples)
    .flat()
    .map((each) => each['message'] as { type?: string } | undefined)
    .filter((message) => message?.type !== undefined);
  expect(posted.length).toBeGreaterThan(8);
  for (const message of posted)
    expect([
      message!.type,
      api.schemaFaults('vapi', api.messageSchemas[message!.type!] ?? '', message),
    ]).toEqual([message!.type, []]);
});

test('VoIPStudio’s example payloads are what our shapes and the document say', () => {
  const examples = beside<{ examples: Examples }>('example-payloads.json', 'VoIPStudio’s example payloads')
    ?.examples.voipstudio;
  if (examples === undefined) return;
  const api = openApi()!;
  expect(problems(CreateStudioCall, examples['createCall'])).toEqual([]);
  expect(api.schemaFaults('voipstudio', 'CreatedCall', examples['createCallResponse']!['data'])).toEqual([]);
  expect(api.schemaFaults('voipstudio', 'WebhookEvent', examples['webhook'])).toEqual([]);
  expect(api.schemaFaults('voipstudio', 'Error', examples['error400'])).toEqual([]);
});

test('the reader of schemas finds each kind of mistake, and says where', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', pattern: '^CA' },
      count: { type: 'integer', minimum: 1 },
      kind: { enum: ['a', 'b'] },
      when: { type: 'string', format: 'date-time' },
      some: { type: 'array', items: { anyOf: [{ type: 'string' }, { $ref: '#/x/Number' }] } },
      none: { type: 'string', nullable: true },
    },
  } as const;
  const faults = (value: unknown) => faultsIn(value, schema, () => ({ type: 'number' }));
  expect(
    faults({ id: 'CA1', count: 2, kind: 'a', when: '2026-01-01T00:00:00Z', some: ['x', 1], none: null }),
  ).toEqual([]);
  expect(faults({})).toEqual(['id is missing']);
  for (const [wrong, where] of [
    [{ id: 'XX' }, /^id does not look like/],
    [{ id: 'CA', count: 0 }, /^count is 0/],
    [{ id: 'CA', count: 1.5 }, /^count is number, not integer/],
    [{ id: 'CA', kind: 'c' }, /^kind is "c"/],
    [{ id: 'CA', when: 'Tuesday' }, /^when is no ISO/],
    [{ id: 'CA', some: [true] }, /^some\[0\] fits 0 of 2/],
    [{ id: null }, /^id is null/],
  ] as const)
    expect(faults(wrong)).toEqual([expect.stringMatching(where)]);
});

test('a clone without the documents is told what was not checked, and nothing more is asked of it', () => {
  if (openApiFolder !== null) return expect(openApi()).not.toBeNull();
  console.log(
    'Not checked: requests, answers and events against the carriers’ documents; our own shapes were.',
  );
  expect(openApi()).toBeNull();
});
