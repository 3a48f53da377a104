import { SECOND_MS } from '../../../shared/lib/instants.ts';
import { type Answer, type Asked, basicOf } from '../http.ts';
import type { Mount } from '../mount.ts';
import { routerOf } from '../routes.ts';
import { callRoutes } from './calls.ts';
import { accountRoutes, historyRoutes } from './history.ts';
import { type VoipStudio, isOver } from './office.ts';
import { refusal } from './refusals.ts';

export function voipStudioMount(studio: VoipStudio): Mount {
  return {
    carrier: 'voipstudio',
    find: routerOf([...callRoutes(studio), ...historyRoutes(studio), ...accountRoutes(studio)]),
    gate: (asked) => gate(studio, asked),
    notFound: () => refusal(404, 'There is nothing here.'),
    broken: () => refusal(500, 'Something broke in here.'),
    unavailable: () => refusal(503, 'Not available now.'),
    tooMany: (headers) => ({ ...refusal(429, 'Too many requests.'), headers }),
    headers: () => ({}),
    numberOf: ({ json }) => {
      const to = (json as { to?: unknown } | undefined)?.to;
      return typeof to === 'string' ? `+${to}` : null;
    },
  };
}

/** By a token in its own header, or with the user’s id as Basic. Bearer is not understood. */
function gate({ office, world }: VoipStudio, { headers, path }: Asked): Answer | null {
  if (path === '/login') return null;
  const basic = basicOf(headers);
  const token =
    headers['x-auth-token'] ?? (basic?.user === String(office.users[0]!.id) ? basic.password : undefined);
  const isKnown = token === office.token || office.apiTokens.some((known) => known.token === token);
  if (!isKnown || office.isTokenRevoked) return refusal(401, 'Unauthorized');
  const isTooFast = isOver(office.askedAt, world.clock.now(), SECOND_MS, office.limits.requestsPerSecondMax);
  return isTooFast ? refusal(429, 'Too many requests.') : null;
}
