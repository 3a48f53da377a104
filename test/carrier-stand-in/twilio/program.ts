import type { TwilioCall } from './call.ts';
import { type CallPlan, callbackOf, isLive, recordingPlanOf } from './call.ts';
import { callFields, hookOf } from './callbacks.ts';
import type { Twilio } from './account.ts';
import { dialNumber } from './bridge.ts';
import { endCall } from './life.ts';
import { joinRoom, membershipOf, roomOf } from './rooms.ts';
import { startTape, stopTape } from './tapes.ts';
import { type Verb, readTwiml } from './twiml.ts';

type Source = Pick<CallPlan, 'url' | 'method' | 'fallbackUrl' | 'twiml'>;

/** One run of TwiML. It stops where the call ends, or is told to do something else. */
interface Run {
  readonly twilio: Twilio;
  readonly call: TwilioCall;
  readonly signal: AbortSignal;
}

const MS_A_WORD = 330;
const PLAY_MS = 5_000;
const MS_A_DIGIT = 500;
const REDIRECTS_MAX = 20;

/** Does with a call what TwiML says, from an address or as it stands; hangs up at its end. */
export async function runProgram(twilio: Twilio, call: TwilioCall, source: Source): Promise<void> {
  const stop = new AbortController();
  call.interrupt = () => stop.abort();
  const run: Run = { twilio, call, signal: stop.signal };
  let next: Source | null = source;
  for (let hops = 0; next !== null && hops < REDIRECTS_MAX; hops += 1) {
    const verbs = await verbsFrom(run, next);
    if (stop.signal.aborted) return;
    if (verbs === null) break;
    next = await follow(run, verbs);
    if (stop.signal.aborted) return;
  }
  endCall(twilio, call, 'completed');
}

/** An address goes before words that came along. */
async function verbsFrom(
  run: Run,
  { url, method, fallbackUrl, twiml }: Source,
): Promise<readonly Verb[] | null> {
  const { account } = run.twilio;
  if (url === null) return read(run, twiml ?? '', '');
  const text = await askFor(run, url, method, {});
  const verbs = text === null ? null : read(run, text, url);
  if (verbs !== null) return verbs;
  if (text === null) account.debug.push({ code: 11200, callSid: run.call.sid, url });
  const second = fallbackUrl === null ? null : await askFor(run, fallbackUrl, 'POST', { ErrorUrl: url });
  return second === null ? null : read(run, second, fallbackUrl ?? '');
}

function read({ twilio, call }: Run, text: string, url: string): readonly Verb[] | null {
  const verbs = readTwiml(text);
  if (verbs === null) twilio.account.debug.push({ code: 12100, callSid: call.sid, url });
  return verbs;
}

/** What our own server answers when it is asked what to do; null where it does not. */
async function askFor(
  { twilio, call }: Run,
  url: string,
  method: 'GET' | 'POST',
  more: Record<string, string>,
): Promise<string | null> {
  const fields = { ...callFields(twilio, call), CallStatus: call.status, ...more };
  const told = await twilio.world.hooks.ask(
    hookOf(twilio, { url, method }, { kind: 'voice', shape: 'voice', call, fields }),
  );
  return told.outcome === 'delivered' ? told.answer : null;
}

/** Goes through the verbs; where one of them leads elsewhere, that is the answer. */
async function follow(run: Run, verbs: readonly Verb[]): Promise<Source | null> {
  for (const verb of verbs) {
    const lead = await doOne(run, verb);
    if (run.signal.aborted) return null;
    if (lead !== undefined) return lead;
  }
  return null;
}

/** Undefined goes on with the next; null ends the call. */
async function doOne(run: Run, verb: Verb): Promise<Source | null | undefined> {
  const { attributes, text } = verb;
  switch (verb.name) {
    case 'Say':
    case 'Play':
      await speak(run, verb);
      return undefined;
    case 'Pause':
      await wait(run, Number(attributes['length'] ?? 1) * 1_000);
      return undefined;
    case 'Redirect':
      return sourceOf(text, attributes['method']);
    case 'Gather':
      return gather(run, verb);
    case 'Record':
      return record(run, verb);
    case 'Dial':
      return dial(run, verb);
    default:
      // Hangup and Reject: the same to those who are on the line.
      return null;
  }
}

function sourceOf(url: string, method: string | undefined): Source {
  return { url, method: method === 'GET' ? 'GET' : 'POST', fallbackUrl: null, twiml: null };
}

async function speak(run: Run, verb: Verb): Promise<void> {
  const { digits } = verb.attributes;
  const ms =
    digits !== undefined
      ? digits.length * MS_A_DIGIT
      : verb.name === 'Play'
        ? PLAY_MS
        : verb.text.split(/\s+/).length * MS_A_WORD;
  run.twilio.account.heard.push({ callSid: run.call.sid, verb: verb.name, what: digits ?? verb.text });
  await wait(run, ms * Math.max(1, Number(verb.attributes['loop'] ?? 1)));
}

async function gather(run: Run, { attributes, children }: Verb): Promise<Source | undefined> {
  for (const verb of children) await doOne(run, verb);
  const digits = run.call.fate.digits.slice(0, Number(attributes['numDigits'] ?? 20));
  await wait(run, digits === '' ? Number(attributes['timeout'] ?? 5) * 1_000 : 1_000);
  if (digits === '' || run.signal.aborted) return undefined;
  return actionOf(run, attributes, { Digits: digits });
}

async function record(run: Run, { attributes }: Verb): Promise<Source | undefined> {
  const plan = recordingPlanOf({
    ...(attributes['recordingStatusCallback'] !== undefined && {
      RecordingStatusCallback: attributes['recordingStatusCallback'],
    }),
  });
  const tape = startTape(run.twilio, { call: run.call, plan, source: 'RecordVerb' });
  await wait(run, Number(attributes['maxLength'] ?? 5) * 1_000);
  stopTape(run.twilio, tape);
  return actionOf(run, attributes, { RecordingSid: tape.sid });
}

async function dial(run: Run, verb: Verb): Promise<Source | null | undefined> {
  const { twilio, call } = run;
  const { attributes, children, text } = verb;
  const limitMs = Number(attributes['timeLimit'] ?? 14_400) * 1_000;
  const track = (attributes['record'] ?? 'do-not-record') === 'do-not-record' ? null : attributes['record']!;
  const tape =
    track === null
      ? null
      : startTape(twilio, {
          call,
          source: 'DialVerb',
          plan: recordingPlanOf({
            ...(track.endsWith('-dual') && { RecordingChannels: 'dual' }),
            ...(attributes['recordingStatusCallback'] !== undefined && {
              RecordingStatusCallback: attributes['recordingStatusCallback'],
            }),
          }),
        });
  const noun = children[0];
  const timedOut = AbortSignal.any([run.signal, signalAfter(run, limitMs)]);
  const result =
    noun?.name === 'Conference'
      ? await joinRoom(
          twilio,
          roomOf(twilio, noun.text, roomCallback(noun)),
          call,
          membershipOf(noun.attributes),
          timedOut,
        )
      : await dialNumber(
          twilio,
          call,
          { to: noun?.text ?? text, attributes, noun: noun?.attributes ?? {} },
          timedOut,
        );
  if (tape !== null) stopTape(twilio, tape);
  return actionOf(run, attributes, result);
}

function roomCallback({ attributes }: Verb) {
  return callbackOf(
    {
      ...(attributes['statusCallback'] !== undefined && { StatusCallback: attributes['statusCallback'] }),
      ...(attributes['statusCallbackMethod'] !== undefined && {
        StatusCallbackMethod: attributes['statusCallbackMethod'],
      }),
      ...(attributes['statusCallbackEvent'] !== undefined && {
        StatusCallbackEvent: attributes['statusCallbackEvent'],
      }),
    },
    'StatusCallback',
    ['start', 'end'],
  );
}

/** Asks the action’s address what to do next; without one the next verb is on. */
async function actionOf(
  run: Run,
  { action, method }: Readonly<Record<string, string>>,
  fields: Record<string, string>,
): Promise<Source | undefined> {
  if (action === undefined || action === '' || run.signal.aborted) return undefined;
  const text = await askFor(run, action, method === 'GET' ? 'GET' : 'POST', fields);
  if (text === null) {
    run.twilio.account.debug.push({ code: 11200, callSid: run.call.sid, url: action });
    return { url: null, method: 'POST', fallbackUrl: null, twiml: '<Response><Hangup/></Response>' };
  }
  return { url: null, method: 'POST', fallbackUrl: null, twiml: text };
}

/** Waits in the world’s time, and no longer than the run goes on. */
function wait({ twilio, call, signal }: Run, ms: number): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted || !isLive(call)) return done();
    const cancel = twilio.world.clock.after(ms, done);
    signal.addEventListener('abort', () => (cancel(), done()), { once: true });
  });
}

function signalAfter(run: Run, ms: number): AbortSignal {
  const stop = new AbortController();
  const cancel = run.twilio.world.clock.after(ms, () => stop.abort());
  run.signal.addEventListener('abort', cancel, { once: true });
  run.call.onEnd.add(cancel);
  return stop.signal;
}
