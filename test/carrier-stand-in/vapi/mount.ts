import type { Answer, Asked } from '../http.ts';
import type { Mount } from '../mount.ts';
import { routerOf } from '../routes.ts';
import { callRoutes } from './calls.ts';
import { controlRoutes, listener } from './live.ts';
import { type Vapi, isTooMany } from './org.ts';
import { refusal } from './refusals.ts';
import { resourceRoutes, storageRoutes } from './resources.ts';

const common = {
  carrier: 'vapi',
  notFound: () => refusal(404, 'There is nothing here.'),
  broken: () => refusal(500, 'Something broke in here.'),
  unavailable: () => refusal(503, 'Not available now.'),
  tooMany: (headers: Record<string, string>) => refusal(429, 'Too many requests.', {}, headers),
  headers: () => ({}),
} as const;

export function vapiMount(vapi: Vapi): Mount {
  return {
    ...common,
    find: routerOf([...callRoutes(vapi), ...resourceRoutes(vapi), ...controlRoutes(vapi)]),
    gate: (asked) => gate(vapi, asked),
    numberOf: ({ json }) => numberIn(json),
    upgrade: listener(vapi),
  };
}

export function storageMount(vapi: Vapi): Mount {
  return { ...common, find: routerOf(storageRoutes(vapi)), gate: () => null, numberOf: () => null };
}

/** The private key opens everything; a control address needs none. */
function gate(vapi: Vapi, { headers, path }: Asked): Answer | null {
  if (path.startsWith('/live/')) return null;
  if (headers.authorization !== `Bearer ${vapi.org.privateKey}`)
    return refusal(401, 'That key opens nothing.');
  return isTooMany(vapi) ? refusal(429, 'Too many requests.', {}, { 'retry-after': '5' }) : null;
}

function numberIn(json: unknown): string | null {
  const customer = (json as { customer?: { number?: unknown } } | undefined)?.customer;
  return typeof customer?.number === 'string' ? customer.number : null;
}
