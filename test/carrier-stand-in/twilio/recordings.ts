import { type Answer, one } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  CallRecordingAnswer,
  CallRecordingListAnswer,
  CreateRecordingForm,
  ListRecordingsQuery,
  RecordingAnswer,
  RecordingListAnswer,
  UpdateRecordingForm,
} from '../shapes/twilio-recordings.ts';
import { mp3Of } from '../mp3.ts';
import { wavOf, wordsOf } from '../sound.ts';
import { type Twilio, twilioDate } from './account.ts';
import { isLive, recordingPlanOf } from './call.ts';
import { callBySid } from './calls.ts';
import { isOnDay, pageOf } from './paging.ts';
import { NOT_FOUND, refusal } from './refusals.ts';
import { type Tape, currentTape, mediaUrl, setPaused, startTape, stopTape, tapeMs } from './tapes.ts';

const ACCOUNT = '/2010-04-01/Accounts/{AccountSid}';
const OF_CALL = `${ACCOUNT}/Calls/{CallSid}/Recordings`;
/** Per minute begun. */
const PRICE_A_MINUTE = 0.0025;

export function recordingRoutes(twilio: Twilio): readonly Route[] {
  const find = (sid: string): Tape | null => twilio.account.tapes.get(sid) ?? null;
  const ofCall = ({ params }: Routed): Tape | null => {
    const call = callBySid(twilio, params['CallSid'] ?? '');
    const sid = params['Sid'] ?? '';
    if (call === null) return null;
    return sid === 'Twilio.CURRENT' ? currentTape(twilio, call) : find(sid);
  };
  const media = (asked: Routed) => orNone(find(asked.params['Sid'] ?? ''), (tape) => soundOf(tape, asked));
  return [
    {
      method: 'POST',
      path: `${OF_CALL}.json`,
      form: CreateRecordingForm,
      answer: CallRecordingAnswer,
      run: (asked) => start(twilio, asked),
    },
    {
      method: 'GET',
      path: `${OF_CALL}.json`,
      answer: CallRecordingListAnswer,
      run: (asked) =>
        orNone(callBySid(twilio, asked.params['CallSid'] ?? ''), (call) =>
          pageOf(
            'recordings',
            tapes(twilio).filter(({ callSid }) => callSid === call.sid),
            (tape) => callFace(twilio, tape),
            asked,
          ),
        ),
    },
    {
      method: 'GET',
      path: `${OF_CALL}/{Sid}.json`,
      answer: CallRecordingAnswer,
      run: (asked) => orNone(ofCall(asked), (tape) => ({ status: 200, json: callFace(twilio, tape) })),
    },
    {
      method: 'POST',
      path: `${OF_CALL}/{Sid}.json`,
      form: UpdateRecordingForm,
      answer: CallRecordingAnswer,
      run: (asked) => orNone(ofCall(asked), (tape) => change(twilio, tape, one(asked.form, 'Status'))),
    },
    {
      method: 'GET',
      path: `${ACCOUNT}/Recordings.json`,
      query: ListRecordingsQuery,
      answer: RecordingListAnswer,
      run: (asked) => pageOf('recordings', asList(twilio, asked), (tape) => face(twilio, tape), asked),
    },
    {
      method: 'GET',
      path: `${ACCOUNT}/Recordings/{Sid}.json`,
      answer: RecordingAnswer,
      run: ({ params }) =>
        orNone(find(params['Sid'] ?? ''), (tape) => ({ status: 200, json: face(twilio, tape) })),
    },
    {
      method: 'DELETE',
      path: `${ACCOUNT}/Recordings/{Sid}.json`,
      run: ({ params }) =>
        orNone(find(params['Sid'] ?? ''), (tape) => {
          if (tape.status === 'in-progress' || tape.status === 'paused') return refusal(21220);
          tape.status = 'deleted';
          return { status: 204 };
        }),
    },
    { method: 'GET', path: `${ACCOUNT}/Recordings/{Sid}.wav`, run: media },
    { method: 'GET', path: `${ACCOUNT}/Recordings/{Sid}.mp3`, run: media },
    { method: 'GET', path: `${ACCOUNT}/Recordings/{Sid}`, run: media },
  ];
}

function orNone<T>(value: T | null, then: (value: T) => Answer): Answer {
  return value === null ? NOT_FOUND() : then(value);
}

function tapes({ account }: Twilio): readonly Tape[] {
  return [...account.tapes.values()].filter(({ status }) => status !== 'deleted');
}

function asList(twilio: Twilio, { query }: Routed): readonly Tape[] {
  const all =
    one(query, 'IncludeSoftDeleted') === 'true' ? [...twilio.account.tapes.values()] : tapes(twilio);
  const is = (name: string, value: string | null) =>
    one(query, name) === undefined || one(query, name) === value;
  return all
    .filter(({ callSid, conferenceSid }) => is('CallSid', callSid) && is('ConferenceSid', conferenceSid))
    .filter(({ startedAt }) => isOnDay(query, 'DateCreated', startedAt))
    .toReversed();
}

function start(twilio: Twilio, { params, form }: Routed): Answer {
  const call = callBySid(twilio, params['CallSid'] ?? '');
  if (call === null) return NOT_FOUND();
  if (!isLive(call) || call.status !== 'in-progress') return refusal(21220);
  const tape = startTape(twilio, { call, plan: recordingPlanOf(form), source: 'StartCallRecordingAPI' });
  return { status: 201, json: callFace(twilio, tape) };
}

function change(twilio: Twilio, tape: Tape, status: string | undefined): Answer {
  if (tape.status !== 'in-progress' && tape.status !== 'paused') return refusal(21220);
  if (status === 'stopped') stopTape(twilio, tape);
  else if (status === 'paused' || status === 'in-progress') setPaused(twilio, tape, status === 'paused');
  else return refusal(20001);
  return { status: 200, json: callFace(twilio, tape) };
}

function soundOf(tape: Tape, { path, query }: Routed): Answer {
  if (tape.status !== 'completed') return NOT_FOUND();
  const channels = one(query, 'RequestedChannels') === '2' ? 2 : 1;
  if (channels > tape.plan.channels) return refusal(20001);
  const talkMs = tapeMs(tape);
  if (path.endsWith('.mp3'))
    return { status: 200, bytes: mp3Of(wordsOf(tape.sid, talkMs), talkMs), mime: 'audio/mpeg' };
  return { status: 200, bytes: wavOf(tape.sid, talkMs, channels), mime: 'audio/x-wav' };
}

function common(twilio: Twilio, tape: Tape): Record<string, unknown> {
  const isOver = tape.endedAt !== null;
  return {
    sid: tape.sid,
    account_sid: twilio.account.sid,
    call_sid: tape.callSid,
    conference_sid: tape.conferenceSid,
    api_version: '2010-04-01',
    duration: isOver ? String(Math.round(tapeMs(tape) / 1_000)) : '-1',
    channels: tape.plan.channels,
    source: tape.source,
    price_unit: 'USD',
    error_code: tape.status === 'absent' ? 16101 : null,
    date_created: twilioDate(tape.startedAt),
    date_updated: twilioDate(tape.updatedAt),
    start_time: twilioDate(tape.startedAt),
    encryption_details: null,
  };
}

function priceOf(tape: Tape): number | null {
  return tape.status === 'completed' ? -PRICE_A_MINUTE * Math.ceil(tapeMs(tape) / 60_000) : null;
}

function face(twilio: Twilio, tape: Tape): Record<string, unknown> {
  return {
    ...common(twilio, tape),
    status: tape.status,
    price: priceOf(tape)?.toFixed(5) ?? null,
    media_url: mediaUrl(twilio, tape),
    uri: `${twilio.root()}/Recordings/${tape.sid}.json`,
    subresource_uris: {},
  };
}

/** Under its call a recording looks a little different: its price is a number there. */
function callFace(twilio: Twilio, tape: Tape): Record<string, unknown> {
  return {
    ...common(twilio, tape),
    status: tape.status === 'deleted' ? 'absent' : tape.status,
    price: priceOf(tape),
    track: tape.plan.track,
    uri: `${twilio.root()}/Calls/${tape.callSid}/Recordings/${tape.sid}.json`,
  };
}
