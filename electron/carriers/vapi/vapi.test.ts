import { afterEach, expect, test } from 'vitest';
import type { E164 } from '../../../shared/domain/phone.ts';
import { machineClock } from '../../../shared/lib/clock.ts';
import { instant } from '../../../shared/lib/instants.ts';
import { type PlaceRequest, UNREACHABLE_NUMBER } from '../carrier.ts';
import { type FakeAnswer, type FakeCarrier, type SeenRequest, fakeCarrier } from '../testing-server.ts';
import { type VapiOptions, vapiCarrier } from './vapi.ts';

const ATTEMPT = '0190f3aa-0000-7000-8000-00000000000a';
const NOON = instant(Date.UTC(2026, 10, 18, 12));
const NUMBERS = [{ id: 'pn-1', number: '+12125550199', name: 'Desk' }, { odd: true }];
const TO = '+12125550101' as E164;
const open: FakeCarrier[] = [];

afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

async function aVapi(answer: (request: SeenRequest) => FakeAnswer, options: Partial<VapiOptions> = {}) {
  const fake = await fakeCarrier((request) =>
    request.url.startsWith('/phone-number') ? { json: NUMBERS } : answer(request),
  );
  open.push(fake);
  const carrier = vapiCarrier({
    key: 'private-key',
    baseUrl: fake.url,
    clock: machineClock(),
    assistantId: 'as-1',
    timeoutMs: 300,
    ...options,
  });
  return { fake, carrier, asked: () => fake.seen.filter(({ url }) => !url.startsWith('/phone-number')) };
}

const REQUEST: PlaceRequest = {
  attemptId: ATTEMPT,
  to: TO,
  from: '+12125550199',
  ringMs: 30_000,
  record: true,
  detectMachine: true,
};

const place = (carrier: ReturnType<typeof vapiCarrier>, over: Partial<PlaceRequest> = {}) =>
  carrier.place({ ...REQUEST, ...over }, new AbortController().signal);

test('a call is asked for once, and carries its attempt, its address and its secret', async () => {
  const hooks = {
    urlFor: (kind: string, id: string) => `https://desk.example/hooks/vapi/${kind}?attempt=${id}`,
    secretFor: (id: string) => `secret of ${id}`,
  };
  const { carrier, asked } = await aVapi(
    () => ({ status: 201, json: { id: 'call-1', createdAt: '2026-11-18T12:00:00Z' } }),
    {
      hooks,
      voicemail: 'Please call us back.',
    },
  );
  const variables = { name: 'Maria Lopez', company: 'Example Ltd' };
  expect(await place(carrier, { variables, voice: '11labs:rachel' })).toEqual({
    kind: 'placed',
    callRef: 'call-1',
    at: NOON,
  });
  const [request, ...more] = asked();
  expect(more).toEqual([]);
  expect([request!.method, request!.url, request!.headers['authorization']]).toEqual([
    'POST',
    '/call',
    'Bearer private-key',
  ]);
  expect(JSON.parse(request!.body)).toEqual({
    name: ATTEMPT,
    assistantId: 'as-1',
    phoneNumberId: 'pn-1',
    customer: { number: TO, externalId: ATTEMPT, name: 'Maria Lopez' },
    assistantOverrides: {
      metadata: { attemptId: ATTEMPT },
      variableValues: variables,
      voice: { provider: '11labs', voiceId: 'rachel' },
      server: {
        url: `https://desk.example/hooks/vapi/call?attempt=${ATTEMPT}`,
        timeoutSeconds: 20,
        headers: { 'x-vapi-secret': `secret of ${ATTEMPT}` },
        backoffPlan: { type: 'exponential', maxRetries: 5, baseDelaySeconds: 1 },
      },
      serverMessages: ['status-update', 'end-of-call-report', 'conversation-update'],
      voicemailDetection: { provider: 'vapi' },
      voicemailMessage: 'Please call us back.',
      artifactPlan: { recordingEnabled: true },
    },
  });
});

const kindFor = async (answer: FakeAnswer) => {
  const { carrier } = await aVapi(() => answer);
  const placed = await place(carrier);
  await carrier.close();
  return placed.kind === 'refused' ? [placed.code, placed.retry] : [placed.kind];
};

const error = (statusCode: number, message: string) => ({
  status: statusCode,
  json: { statusCode, message, error: 'Error' },
});

test('what may have placed a call is in doubt, and what certainly did not is refused', async () => {
  expect(await kindFor('silence')).toEqual(['unclear']);
  expect(await kindFor('cut')).toEqual(['unclear']);
  expect(await kindFor({ status: 500, json: {} })).toEqual(['unclear']);
  expect(await kindFor({ status: 429, text: 'slow down' })).toEqual(['unclear']);
  expect(await kindFor({ status: 201, text: '{"id":' })).toEqual(['unclear']);
  expect(await kindFor({ status: 201, json: { id: 7 } })).toEqual(['unclear']);
  expect(await kindFor(error(429, 'Too many'))).toEqual(['vapi:concurrency', true]);
  expect(await kindFor(error(400, 'Over Concurrency Limit'))).toEqual(['vapi:concurrency', true]);
  expect(await kindFor(error(400, 'customer.number must be a valid phone number'))).toEqual([
    UNREACHABLE_NUMBER,
    false,
  ]);
  expect(await kindFor(error(401, 'Invalid Key'))).toEqual(['vapi:401', false]);
  expect(await kindFor(error(402, 'Wallet'))).toEqual(['vapi:402', false]);
});

test('a key that Vapi does not accept stops calls, with a sentence', async () => {
  const { carrier } = await aVapi(() => ({ status: 401, json: { message: 'Invalid Key', statusCode: 401 } }));
  await place(carrier);
  expect(carrier.readiness()).toMatchObject({
    kind: 'in-trouble',
    sentence: expect.stringContaining('the key'),
  });
  await carrier.close();
});

test('a call that timed out after it was taken is found by what it carries', async () => {
  const { carrier, asked } = await aVapi(({ method }) =>
    method === 'POST'
      ? 'silence'
      : {
          json: [
            { id: 'call-0', createdAt: '2026-11-18T12:00:01Z', customer: { externalId: 'another' } },
            { id: 'call-1', createdAt: '2026-11-18T12:00:00Z', customer: { externalId: ATTEMPT } },
          ],
        },
  );
  expect((await place(carrier)).kind).toBe('unclear');
  const sought = { attemptId: ATTEMPT, to: TO, from: '+12125550199', sentAt: NOON };
  expect(await carrier.find(sought)).toEqual({ kind: 'found', callRef: 'call-1', at: NOON });
  expect(await carrier.find({ ...sought, attemptId: ATTEMPT.replace('a', 'b') })).toEqual({ kind: 'absent' });
  expect(asked().filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('history goes from page to page without losing calls of the same instant', async () => {
  const all = Array.from({ length: 250 }, (_, nth) => ({
    id: `call-${nth}`,
    // Ten calls share each instant, so that pages end in the middle of one.
    createdAt: new Date(NOON - Math.floor((nth + 5) / 10) * 1_000).toISOString(),
    status: 'ended',
    endedReason: 'customer-busy',
    customer: { number: '+12125550101' },
  }));
  const { carrier } = await aVapi(({ url }) => {
    const asked = new URL(url, 'http://here').searchParams;
    const upTo = asked.get('createdAtLe') ?? '9';
    const limit = Number(asked.get('limit'));
    return { json: all.filter(({ createdAt }) => createdAt <= upTo).slice(0, limit) };
  });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await carrier.history({ from: instant(NOON - 3_600_000), to: instant(NOON + 1) }, cursor);
    if ('kind' in page) throw new Error(page.sentence);
    seen.push(...page.calls.map(({ callRef }) => callRef));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toEqual(all.map(({ id }) => id));
});

test('what we say to a call goes to its own address, without our key', async () => {
  const { fake, carrier, asked } = await aVapi(({ url, method }) => {
    if (url === '/control') return {};
    const controlUrl = `${fake.url}/control`;
    return {
      status: method === 'POST' ? 201 : 200,
      json: { id: 'call-1', status: 'in-progress', monitor: { controlUrl } },
    };
  });
  await place(carrier);
  const number = '+12125550142' as E164;
  expect(await carrier.control('call-1', { kind: 'hang-up' })).toEqual({ kind: 'done' });
  await carrier.control('call-1', { kind: 'transfer', to: number, warm: false });
  await carrier.control('call-1', { kind: 'mute', on: true });
  await carrier.tell('call-1', { kind: 'say', words: 'A colleague calls you back.', thenHangUp: true });
  expect((await carrier.control('call-1', { kind: 'hold', on: true })).kind).toBe('cannot');
  const said = asked().filter(({ url }) => url === '/control');
  expect(said.map(({ headers }) => headers['authorization'])).toEqual(Array(4).fill(undefined));
  expect(said.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { type: 'end-call' },
    { type: 'transfer', destination: { type: 'number', number } },
    { type: 'control', control: 'mute-assistant' },
    { type: 'say', content: 'A colleague calls you back.', endCallAfterSpoken: true },
  ]);
});

test('a call is never steered over an address that anybody could read', async () => {
  const { carrier } = await aVapi(() => ({
    json: { id: 'call-1', status: 'in-progress', monitor: { controlUrl: 'http://away.example/control' } },
  }));
  expect((await carrier.control('call-1', { kind: 'hang-up' })).kind).toBe('cannot');
});

test('a recording is fetched from where Vapi sends us, and our key stays behind', async () => {
  const { fake, carrier } = await aVapi(({ url }) =>
    url === '/call/call-1/stereo-recording'
      ? { status: 302, headers: { location: `${fake.url}/storage` } }
      : { text: 'RIFF', headers: { 'content-type': 'audio/wav' } },
  );
  const sound = await carrier.recording('call-1/stereo-recording');
  expect(sound).toMatchObject({ kind: 'sound', mime: 'audio/wav' });
  expect(fake.seen.find(({ url }) => url === '/storage')?.headers['authorization']).toBe(undefined);
  expect(await carrier.recording('../../secrets')).toBe(null);
});

test('a call that Vapi does not know is told as such, and an answer of nonsense is asked for again', async () => {
  let answer: FakeAnswer = { status: 404, json: { message: 'Not Found', statusCode: 404 } };
  const { carrier } = await aVapi(() => answer);
  expect(await carrier.fetch('call-1')).toBe(null);
  answer = { text: '<html>' };
  expect(await carrier.fetch('call-1')).toMatchObject({ kind: 'unreachable' });
});

test('a number that is none of the account is refused before anything is asked for', async () => {
  const { carrier, asked } = await aVapi(() => ({ status: 201, json: { id: 'call-1' } }));
  expect(await place(carrier, { from: '+12125550100' })).toMatchObject({
    kind: 'refused',
    code: 'vapi:no-number',
  });
  expect(asked()).toEqual([]);
});

test('what Vapi is asked with is never in the trace', async () => {
  const lines: string[] = [];
  const { carrier } = await aVapi(() => ({ json: [] }), { trace: (line) => void lines.push(line) });
  await carrier.find({ attemptId: ATTEMPT, to: TO, from: '+12125550199', sentAt: NOON });
  await place(carrier);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join('\n')).not.toMatch(/private-key|\+1212|createdAt/);
});
