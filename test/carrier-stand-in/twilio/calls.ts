import { type Fields, many, one } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  CallAnswer,
  CallListAnswer,
  CreateCallForm,
  ListCallsQuery,
  UpdateCallForm,
} from '../shapes/twilio-calls.ts';
import type { Twilio } from './account.ts';
import { type CallPlan, type TwilioCall, callbackOf, isLive, planOf } from './call.ts';
import { callFace } from './faces.ts';
import { type NewCall, endCall, pretendCall, startCall } from './life.ts';
import { isOnDay, pageOf } from './paging.ts';
import { runProgram } from './program.ts';
import { NOT_FOUND, magicRefusal, refusal, refusalOf } from './refusals.ts';

const CALLS = '/2010-04-01/Accounts/{AccountSid}/Calls.json';
const CALL = '/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json';

export function callRoutes(twilio: Twilio): readonly Route[] {
  const find = ({ params }: Routed) => callBySid(twilio, params['Sid'] ?? '', params['AccountSid'] ?? '');
  const face = (call: TwilioCall, status = 200) => ({ status, json: callFace(twilio, call) });
  return [
    {
      method: 'POST',
      path: CALLS,
      form: CreateCallForm,
      answer: CallAnswer,
      run: (asked) => create(twilio, asked),
    },
    {
      method: 'GET',
      path: CALLS,
      query: ListCallsQuery,
      answer: CallListAnswer,
      run: (asked) => list(twilio, asked),
    },
    {
      method: 'GET',
      path: CALL,
      answer: CallAnswer,
      run: (asked) => {
        const call = find(asked);
        return call === null ? NOT_FOUND() : face(call);
      },
    },
    {
      method: 'POST',
      path: CALL,
      form: UpdateCallForm,
      answer: CallAnswer,
      run: (asked) => {
        const call = find(asked);
        if (call === null) return NOT_FOUND();
        const code = update(twilio, call, asked.form);
        return code === null ? face(call) : refusal(code);
      },
    },
    {
      method: 'DELETE',
      path: CALL,
      run: (asked) => {
        const call = find(asked);
        if (call === null) return NOT_FOUND();
        if (isLive(call)) return refusal(20001);
        call.isDeleted = true;
        return { status: 204 };
      },
    },
  ];
}

export function callBySid({ account }: Twilio, sid: string, accountSid = account.sid): TwilioCall | null {
  const call = account.calls.get(sid);
  return call === undefined || call.isDeleted || call.accountSid !== accountSid ? null : call;
}

function create(twilio: Twilio, { form, params }: Routed) {
  const { account, world } = twilio;
  const plan = planOf(form);
  const wish = wishOf(form, plan, (call) => void runProgram(twilio, call, plan));
  if (params['AccountSid'] === account.testSid) {
    const code = magicRefusal(form);
    if (code !== null) return refusal(code);
    return {
      status: 201,
      json: callFace(twilio, pretendCall(twilio, { ...wish, fate: world.fates.next(wish.to) })),
    };
  }
  let fate: NewCall['fate'] | null = null;
  const drawn = () => (fate ??= world.fates.next(wish.to));
  const code = refusalOf(twilio, form, drawn);
  if (code !== null) return refusal(code);
  if (plan.url === null && plan.twiml === null && one(form, 'ApplicationSid') === undefined)
    return refusal(21205);
  return { status: 201, json: callFace(twilio, startCall(twilio, { ...wish, fate: drawn() })) };
}

/** What somebody wants of a new call, but for what will become of it. */
export function wishOf(form: Fields, plan: CallPlan, onAnswer: NewCall['onAnswer']): Omit<NewCall, 'fate'> {
  return {
    to: one(form, 'To') ?? '',
    from: one(form, 'From') ?? '',
    plan,
    statusCallback: callbackOf(form, 'StatusCallback', ['completed']),
    attemptId: attemptOf(form),
    direction: 'outbound-api',
    parentSid: null,
    onAnswer,
  };
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;

/** Whose attempt a call is, wherever it was written: the label, or the address that is told of it. */
export function attemptOf(form: Fields): string | null {
  const label = one(form, 'Label');
  if (label !== undefined) return label;
  for (const address of many(form, 'StatusCallback')) {
    const named = /[?&]attempt(?:Id)?=([^&#]+)/.exec(address)?.[1];
    const found = named === undefined ? UUID.exec(address)?.[0] : decodeURIComponent(named);
    if (found !== undefined) return found;
  }
  return UUID.exec(one(form, 'Twiml') ?? '')?.[0] ?? null;
}

function list(twilio: Twilio, asked: Routed) {
  const { query, params, path } = asked;
  const isAsked = (name: string, value: string | null) =>
    one(query, name) === undefined || one(query, name) === value;
  const calls = [...twilio.account.calls.values()]
    .filter((call) => !call.isDeleted && call.accountSid === params['AccountSid'])
    .filter((call) => isAsked('To', call.to) && isAsked('From', call.from) && isAsked('Status', call.status))
    .filter((call) => isAsked('ParentCallSid', call.parentSid))
    .filter((call) => isOnDay(query, 'StartTime', call.dialedAt) && isOnDay(query, 'EndTime', call.endedAt))
    .toReversed();
  return pageOf('calls', calls, (call) => callFace(twilio, call), { path, query });
}

/** Changes a call that is going on: the code of what stands in the way, or null. */
function update(twilio: Twilio, call: TwilioCall, form: Fields): number | null {
  const status = one(form, 'Status');
  const twiml = one(form, 'Twiml') ?? null;
  const url = one(form, 'Url') ?? null;
  const callback = callbackOf(form, 'StatusCallback', ['initiated', 'ringing', 'answered', 'completed']);
  if (callback !== null) call.statusCallback = callback;
  if (!isLive(call)) return 21220;
  if (status === 'canceled') {
    if (call.status === 'in-progress') return 21220;
    endCall(twilio, call, 'canceled');
  } else if (status === 'completed') {
    endCall(twilio, call, call.status === 'in-progress' ? 'completed' : 'canceled');
  } else if (twiml !== null || url !== null) {
    if (call.status !== 'in-progress') return 21220;
    call.interrupt();
    void runProgram(twilio, call, { ...planOf(form), twiml, url });
  } else if (callback === null) {
    return status === undefined ? 20001 : 21220;
  }
  return null;
}
