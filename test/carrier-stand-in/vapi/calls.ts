import type { z } from 'zod';
import { type Answer, type Fields, one } from '../http.ts';
import type { Route, Routed } from '../routes.ts';
import {
  BatchAnswer,
  CallAnswer,
  CreateCall,
  ListCallsQuery,
  PagedCallsAnswer,
  UpdateCall,
} from '../shapes/vapi-calls.ts';
import { type CallWish, type Customer, type VapiCall, isLive } from './call.ts';
import { faceOf, limitsOf } from './faces.ts';
import { endCall, startCall } from './life.ts';
import type { Vapi } from './org.ts';
import { refusal } from './refusals.ts';

const LIMIT = 100;
const LIMIT_MAX = 1_000;

export function callRoutes(vapi: Vapi): readonly Route[] {
  const found = ({ params }: Routed, then: (call: VapiCall) => Answer): Answer => {
    const call = vapi.org.calls.get(params['id'] ?? '');
    return call === undefined ? refusal(404, 'There is no such call.') : then(call);
  };
  return [
    {
      method: 'POST',
      path: '/call',
      json: CreateCall,
      answer: CallAnswer.or(BatchAnswer),
      run: (asked) => create(vapi, asked),
    },
    {
      method: 'GET',
      path: '/call',
      query: ListCallsQuery,
      answer: CallAnswer.array(),
      run: ({ query }) => ({
        status: 200,
        json: chosen(vapi, query)
          .slice(0, limitOf(query))
          .map((call) => faceOf(vapi, call)),
      }),
    },
    { method: 'GET', path: '/v2/call', answer: PagedCallsAnswer, run: ({ query }) => paged(vapi, query) },
    {
      method: 'GET',
      path: '/call/{id}',
      answer: CallAnswer,
      run: (asked) => found(asked, (call) => ({ status: 200, json: faceOf(vapi, call) })),
    },
    {
      method: 'PATCH',
      path: '/call/{id}',
      json: UpdateCall,
      answer: CallAnswer,
      run: (asked) =>
        found(asked, (call) => {
          call.name = (asked.json as z.infer<typeof UpdateCall> | undefined)?.name ?? call.name;
          return { status: 200, json: faceOf(vapi, call) };
        }),
    },
    {
      method: 'DELETE',
      path: '/call/{id}',
      answer: CallAnswer,
      run: (asked) => found(asked, (call) => erase(vapi, call)),
    },
  ];
}

function create(vapi: Vapi, { json }: Routed): Answer {
  if (json === undefined) return refusal(400, ['The body is no JSON.']);
  const read = CreateCall.safeParse(json);
  if (!read.success)
    return refusal(
      400,
      read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    );
  const wish = read.data as CallWish & { customer?: Customer; customers?: readonly Customer[] };
  const wrong = wrongIn(vapi, wish);
  if (wrong !== null) return wrong;
  if (wish.customers !== undefined) return createMany(vapi, wish, wish.customers);
  const customer = wish.customer ?? {};
  const refused = refusedOf(vapi, customer);
  if (refused !== null)
    return refusal(400, refused, isFull(vapi) ? { subscriptionLimits: limitsOf(vapi) } : {});
  return { status: 201, json: faceOf(vapi, startCall(vapi, wish, customer)) };
}

function createMany(vapi: Vapi, wish: CallWish, customers: readonly Customer[]): Answer {
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const customer of customers) {
    const refused = refusedOf(vapi, customer);
    if (refused === null) results.push(faceOf(vapi, startCall(vapi, wish, customer)));
    else errors.push({ customer, error: refused });
  }
  return { status: 201, json: { results, errors, subscriptionLimits: limitsOf(vapi) } };
}

/** What is wrong with the request itself. */
function wrongIn({ org }: Vapi, { assistantId, assistant, phoneNumberId }: CallWish): Answer | null {
  if (org.isFrozen) return refusal(402, 'The subscription is frozen. Pay for it first.');
  if (assistantId === undefined && assistant === undefined) return refusal(400, 'Needs an assistant.');
  if (assistantId !== undefined && !org.assistants.some(({ id }) => id === assistantId))
    return refusal(404, `There is no assistant ${assistantId}.`);
  if (phoneNumberId === undefined) return refusal(400, 'Needs a phone number to call from.');
  return org.phoneNumbers.some(({ id }) => id === phoneNumberId)
    ? null
    : refusal(404, `There is no phone number ${phoneNumberId}.`);
}

/** Why this customer is not called; null where they are. */
function refusedOf(vapi: Vapi, { number }: Customer): string | null {
  const { limits, calls } = vapi.org;
  if (number === undefined || !/^\+[1-9]\d{6,14}$/.test(number)) return 'customer.number must be in E.164.';
  if (isFull(vapi) && limits.overCallsMax === 'refused') return 'Over the concurrency limit.';
  return calls.size >= limits.dailyCallsMax ? 'The number’s daily limit of outbound calls is reached.' : null;
}

function isFull({ org }: Vapi): boolean {
  return (
    [...org.calls.values()].filter((call) => isLive(call) && call.status !== 'scheduled').length >=
    org.limits.callsMax
  );
}

/** Of a planned call it is made undone; of any other its data are erased, and it goes on. */
function erase(vapi: Vapi, call: VapiCall): Answer {
  if (call.status === 'scheduled') endCall(vapi, call, 'scheduled-call-deleted');
  else vapi.org.calls.delete(call.id);
  return { status: 200, json: faceOf(vapi, call) };
}

function limitOf(query: Fields): number {
  return Math.min(LIMIT_MAX, Number(one(query, 'limit') ?? LIMIT));
}

/** Newest first. */
function chosen({ org }: Vapi, query: Fields): readonly VapiCall[] {
  const is = (name: string, value: string | undefined) =>
    one(query, name) === undefined || one(query, name) === value;
  const wasCreated = within(query, 'createdAt');
  const wasUpdated = within(query, 'updatedAt');
  return [...org.calls.values()]
    .filter(
      ({ id, wish }) =>
        is('id', id) && is('assistantId', wish.assistantId) && is('phoneNumberId', wish.phoneNumberId),
    )
    .filter(({ createdAt, updatedAt }) => wasCreated(createdAt) && wasUpdated(updatedAt))
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}

/** Whether an instant lies between the bounds of that name. They are read once: books may have many thousands of calls. */
function within(query: Fields, name: string): (at: number) => boolean {
  const bound = (kind: string, open: number) => {
    const text = one(query, `${name}${kind}`);
    return text === undefined ? open : Date.parse(text);
  };
  const [after, from] = [bound('Gt', -Infinity), bound('Ge', -Infinity)];
  const [before, upTo] = [bound('Lt', Infinity), bound('Le', Infinity)];
  return (at) => after < at && from <= at && at < before && at <= upTo;
}

function paged(vapi: Vapi, query: Fields): Answer {
  const wanted = customerIn(query);
  const all = chosen(vapi, query).filter(({ customer }) =>
    Object.entries(wanted).every(([name, value]) => customer[name as keyof Customer] === value),
  );
  const shown = one(query, 'sortOrder')?.toUpperCase() === 'ASC' ? all.toReversed() : all;
  const size = limitOf(query);
  const page = Number(one(query, 'cursor') ?? one(query, 'page') ?? 1);
  const totalPages = Math.max(1, Math.ceil(shown.length / size));
  return {
    status: 200,
    json: {
      results: shown.slice((page - 1) * size, page * size).map((call) => faceOf(vapi, call)),
      metadata: {
        itemsPerPage: size,
        totalItems: shown.length,
        currentPage: page,
        totalPages,
        hasNextPage: page < totalPages,
        ...(page < totalPages && { nextCursor: String(page + 1) }),
      },
    },
  };
}

function customerIn(query: Fields): Record<string, unknown> {
  try {
    return JSON.parse(one(query, 'customer') ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}
